#include "kiosk/store/class_rule.h"

#include "sync/ledger/place.h"

namespace sala::kiosk {

const char* class_by_rule(std::string_view rule, const record::OpeningHours& hours,
                          const RatingMoment& moment) {
    if (moment.after_service) return ledger::kAfterService;
    const record::LocalTime& local = moment.local;
    const bool open = hours.open_on(std::chrono::weekday(std::chrono::sys_days(local.date))) &&
                      local.minute_of_day >= hours.opens_minute && local.minute_of_day < hours.closes_minute;
    // The wall clock sets nobody apart unless it can be trusted. The burst never asks it.
    if (!open && moment.clock_trusted) return ledger::kFlagged;
    const bool burst = rule == kBurstRule && moment.ratings_in_the_window >= kBurstRatings;
    return burst ? ledger::kFlagged : ledger::kWalkUp;
}

}  // namespace sala::kiosk
