#include "sync/figures/day_kind.h"

#include <gtest/gtest.h>

namespace sala::figures {
namespace {

using namespace std::chrono;

TEST(DayKind, UnknownHolidaysMakeNoDayUsual) {
    const record::Date friday = 2027y / January / 1, saturday = 2027y / January / 2;
    const std::vector<record::Holiday> new_year = {{friday, {"วันขึ้นปีใหม่", "New Year"}},
                                                   {saturday, {"วันหยุดพิเศษ", "Extra"}}};
    const DayRules known{record::OpeningHours{}, new_year};
    EXPECT_EQ(known.kind(friday), DayKind::kHoliday);
    EXPECT_EQ(known.kind(saturday), DayKind::kHoliday);
    EXPECT_EQ(known.kind(2027y / January / 3), DayKind::kClosed);
    EXPECT_EQ(known.kind(2027y / January / 4), DayKind::kUsual);

    const DayRules no_list{record::OpeningHours{}, {}};
    EXPECT_EQ(no_list.kind(friday), DayKind::kUnknown);
    EXPECT_EQ(no_list.kind(saturday), DayKind::kClosed);
    const DayRules no_hours{{}, new_year};
    EXPECT_EQ(no_hours.kind(friday), DayKind::kHoliday);
    EXPECT_EQ(no_hours.kind(2027y / January / 4), DayKind::kUnknown);
    EXPECT_EQ(DayRules{}.kind(friday), DayKind::kUnknown);
}

}  // namespace
}  // namespace sala::figures
