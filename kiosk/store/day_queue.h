// The queue's figures of one day, from the journal's own lines.
//
// The same code as the office's report (sync/figures), so that kiosk and office can be compared byte by byte.
#pragma once

#include "kiosk/store/journal.h"
#include "sync/figures/log_reader.h"

namespace sala::kiosk {

// Reads that day's lines, and before them from the first line of the oldest ticket that was carried into it:
// some thousand. `size` is the journal's; `day` yyyymmdd. Refuses STORE-DAMAGED.
Result<figures::QueueFigures> read_day_queue(sqlite::Database& database, int day, std::uint64_t size);

}  // namespace sala::kiosk
