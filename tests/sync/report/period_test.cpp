#include "sync/report/period.h"

#include <gtest/gtest.h>

namespace sala::report {
namespace {

using namespace std::chrono;

void expect_range(const std::optional<record::DateRange>& range, record::Date first, record::Date last) {
    ASSERT_TRUE(range);
    EXPECT_EQ(record::iso_date(range->first), record::iso_date(first));
    EXPECT_EQ(record::iso_date(range->last), record::iso_date(last));
}

TEST(FiscalRound, OfSixMonthsIsOctoberToMarch) {
    expect_range(fiscal_round(2570, 6), 2026y / October / 1, 2027y / March / 31);
}

TEST(FiscalRound, OfTwelveMonthsIsTheWholeFiscalYear) {
    expect_range(fiscal_round(2570, 12), 2026y / October / 1, 2027y / September / 30);
}

TEST(FiscalMonth, OctoberIsOfTheYearBefore) {
    expect_range(fiscal_month(2570, 10), 2026y / October / 1, 2026y / October / 31);
    expect_range(fiscal_month(2570, 12), 2026y / December / 1, 2026y / December / 31);
    expect_range(fiscal_month(2570, 1), 2027y / January / 1, 2027y / January / 31);
    expect_range(fiscal_month(2571, 2), 2028y / February / 1, 2028y / February / 29);
    expect_range(fiscal_month(2570, 9), 2027y / September / 1, 2027y / September / 30);
}

TEST(FiscalPeriod, IsNothingForWhatIsNoneSuch) {
    EXPECT_FALSE(fiscal_round(2570, 3));
    EXPECT_FALSE(fiscal_round(2027, 6)) << "a year of the Common Era";
    EXPECT_FALSE(fiscal_month(2570, 0));
    EXPECT_FALSE(fiscal_month(2570, 13));
    EXPECT_FALSE(fiscal_month(2027, 1));
}

TEST(FiscalPeriod, IsSaidInTheWordsOfTheReports) {
    EXPECT_EQ(period_text(*fiscal_round(2570, 6)), "รอบ ๖ เดือน (เดือนตุลาคม ๒๕๖๙ ถึง เดือนมีนาคม ๒๕๗๐)");
    EXPECT_EQ(period_text(*fiscal_round(2566, 12)), "รอบ ๑๒ เดือน (เดือนตุลาคม ๒๕๖๕ ถึง เดือนกันยายน ๒๕๖๖)");
    EXPECT_EQ(period_text(*fiscal_month(2570, 10)), "ประจำเดือนตุลาคม ๒๕๖๙");
}

}  // namespace
}  // namespace sala::report
