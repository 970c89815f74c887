// The waiting hall, read again from the journal: as it stood when the kiosk stopped, and how fast the queue
// moved on days like today.
#pragma once

#include "kiosk/queue/hall.h"
#include "kiosk/store/journal.h"
#include "sync/record/office.h"

namespace sala::kiosk {

// From the last close on, and from before it what concerns those who were carried over it: a few days' lines
// at most (queue::kCarriedMax). REQUIRES: `size` is the journal's. Refuses STORE-DAMAGED.
Result<queue::Hall> read_hall(sqlite::Database& database, std::uint64_t size, queue::Ratio ratio);

// Where to begin reading so that every line about the queue of `day` (yyyymmdd) is read: behind the close
// before that day's first one (of the last sixty), or at the first line of who was carried over that.
Result<std::uint64_t> first_line_for(sqlite::Database& database, int day);

// Of each division the times between calls on the same weekday of the four weeks before `today`, newest
// first. Reads those days' lines: some ten thousand at most, so not while somebody waits for it.
using EarlierTimes = std::map<std::string, std::vector<std::int64_t>, std::less<>>;
Result<EarlierTimes> earlier_call_times(sqlite::Database& database, const record::Office& office,
                                        record::Date today);

}  // namespace sala::kiosk
