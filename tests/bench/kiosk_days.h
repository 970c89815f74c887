// Invented kiosks of one office, and the bundles of their days.
#pragma once

#include <string>

#include "sync/record/office.h"
#include "tests/sync/office/log_builder.h"

namespace sala::bench {

inline constexpr std::uint64_t kNow_s = 1'900'000'000;

// The office of every LogBuilder.
record::Office sample_office();

// Adds the day `number` of a kiosk and answers its bundle of `lines` lines (100 at least); that of day 0
// begins with the log. Of a hundred lines 25 are tickets, 25 say that those were served, 42 are ratings, a
// third of which is sealed, and 8 mean no row of a table.
std::string add_day(office::LogBuilder& log, int number, std::uint64_t lines);

}  // namespace sala::bench
