#include "sync/figures/day_kind.h"

#include <algorithm>

namespace sala::figures {

DayKind DayRules::kind(record::Date day) const {
    if (holidays && std::ranges::find(*holidays, day, &record::Holiday::date) != holidays->end())
        return DayKind::kHoliday;
    if (hours && !hours->open_on(std::chrono::weekday(std::chrono::sys_days(day)))) return DayKind::kClosed;
    return hours && holidays ? DayKind::kUsual : DayKind::kUnknown;
}

}  // namespace sala::figures
