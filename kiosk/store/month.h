// When places stop gathering, where an office lets them gather for a month.
#pragma once

#include "sync/ledger/tally.h"
#include "sync/record/office.h"

namespace sala::kiosk {

// Whether a close of `day` is the month's last by the calendar: no later date of its month is one on which
// the office opens. Holidays are not known here; a month whose last close did not come is sealed when the
// first day of a later month opens.
bool closes_its_month(record::Date day, const record::OpeningHours& hours);

// What waits, by whether its latest rating was cast in a month before `day`'s.
struct ByMonth {
    std::vector<ledger::Tally> earlier, rest;
};
ByMonth by_month(const std::vector<ledger::Tally>& tallies, int day);

}  // namespace sala::kiosk
