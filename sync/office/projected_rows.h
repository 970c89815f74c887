// The rows of the tables that lines are projected into, spelt so that two sides can be compared: what a log
// demands, and what a database holds.
#pragma once

#include <compare>

#include "sync/audit/log_walk.h"

namespace sala::office {

struct ProjectedRow {
    std::uint64_t seq = 0;  // of the line that it comes from
    std::string what;       // table and columns
    auto operator<=>(const ProjectedRow&) const = default;
};

// In order.
std::vector<ProjectedRow> rows_of(const audit::Facts& facts);

// ---- the spelling of each table ----

std::string ticket_row(std::int64_t day, std::string_view division, std::string_view service,
                       std::string_view number);
std::string served_row(std::uint64_t ticket, std::string_view by);
std::string envelope_row(std::string_view page, std::string_view ballot_class, std::string_view place,
                         std::int64_t day_first, std::int64_t day_last, std::int64_t k, std::uint64_t n);
std::string count_row(std::string_view item, std::uint64_t value, std::uint64_t n);

}  // namespace sala::office
