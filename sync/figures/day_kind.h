// Whether a day was one on which the office is open by its own rule, a holiday, or neither.
//
// The trap: where a year's holidays are unknown, a day of the week on which the office is open is kUnknown
// and not kUsual; a day on which it is closed by its own rule is kClosed all the same.
#pragma once

#include <optional>
#include <vector>

#include "sync/record/year.h"

namespace sala::figures {

enum class DayKind {
    kUsual,    // the office is open by its rule, and it is no holiday
    kHoliday,  // of the year's list, whatever the day of the week
    kClosed,   // no opening day of the office
    kUnknown,  // nobody knows its opening days, or the year's holidays
};

// Nothing: unknown.
struct DayRules {
    std::optional<record::OpeningHours> hours;
    std::optional<std::vector<record::Holiday>> holidays;  // of the years that are asked for

    DayKind kind(record::Date day) const;
};

}  // namespace sala::figures
