#include "sync/report/period.h"

#include <fmt/format.h>

namespace sala::report {
namespace {

using namespace std::chrono;

bool is_year(int year_be) { return kYearBeMin <= year_be && year_be <= kYearBeMax; }

record::Date last_day(year_month month) { return year_month_day(month / last); }

}  // namespace

std::optional<record::DateRange> fiscal_round(int year_be, int round) {
    if (!is_year(year_be) || (round != 6 && round != 12)) return {};
    record::DateRange range = record::fiscal_year(year_be);
    if (round == 6) range.last = last_day(range.last.year() / March);
    return range;
}

std::optional<record::DateRange> fiscal_month(int year_be, int month_number) {
    if (!is_year(year_be) || month_number < 1 || month_number > 12) return {};
    const record::DateRange whole = record::fiscal_year(year_be);
    const year in = month_number >= 10 ? whole.first.year() : whole.last.year();
    const year_month the_month = in / month(static_cast<unsigned>(month_number));
    return record::DateRange{the_month / day(1), last_day(the_month)};
}

std::string period_text(const record::DateRange& period) {
    const auto first = record::month_text(period.first, record::Language::kThai);
    const auto last = record::month_text(period.last, record::Language::kThai);
    if (first == last) return "ประจำเดือน" + first;
    const char* months = period.last.month() == March ? "๖" : "๑๒";
    return fmt::format("รอบ {} เดือน (เดือน{} ถึง เดือน{})", months, first, last);
}

}  // namespace sala::report
