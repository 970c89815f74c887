#include "kiosk/store/month.h"

namespace sala::kiosk {

bool closes_its_month(record::Date day, const record::OpeningHours& hours) {
    using namespace std::chrono;
    for (sys_days later = sys_days(day) + days(1); record::Date(later).month() == day.month();
         later += days(1)) {
        if (hours.open_on(weekday(later))) return false;
    }
    return true;
}

ByMonth by_month(const std::vector<ledger::Tally>& tallies, int day) {
    ByMonth parts;
    for (const ledger::Tally& tally : tallies) {
        const bool earlier = !tally.days.empty() && *tally.days.rbegin() / 100 < day / 100;
        (earlier ? parts.earlier : parts.rest).push_back(tally);
    }
    return parts;
}

}  // namespace sala::kiosk
