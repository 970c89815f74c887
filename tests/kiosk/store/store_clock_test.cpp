// A kiosk's clock stands behind, shows 1970 or runs ahead: the day and its numbers stay right, and nobody is
// flagged.
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

class StoreClockTest : public StoreFixture {};

TEST_F(StoreClockTest, AClockThatStandsBehindFlagsNobody) {
    rate(5);
    clock_.set_wall(kFridayMorning - 9 * kHourMs);  // 01:00 of the same day, said by a clock that went back
    for (int i = 0; i < 4; ++i) rate(2);
    ASSERT_TRUE(store().close_day().ok());
    ASSERT_EQ(lines_of<ledger::Sealed>().size(), 1u);
    EXPECT_EQ(lines_of<ledger::Sealed>()[0].n, 5u);
    EXPECT_EQ(lines_of<ledger::Sealed>()[0].ballot_class, ledger::kWalkUp);
    ASSERT_EQ(lines_of<ledger::ClockChanged>().size(), 1u);
    EXPECT_EQ(lines_of<ledger::ClockChanged>()[0].to_ms, kFridayMorning - 9 * kHourMs);
    EXPECT_FALSE(lines().back().stamp.clock_trusted);
}

TEST_F(StoreClockTest, AClockBackIn1970KeepsTheDayAndItsNumbers) {
    const auto& a = division(0);
    ticket(a.id, a.services[0].id);
    clock_.set_wall(5'000);
    EXPECT_EQ(ticket(a.id, a.services[0].id), fmt::format("{}002", a.prefix));
    reopen();
    EXPECT_EQ(ticket(a.id, a.services[0].id), fmt::format("{}003", a.prefix));
    EXPECT_EQ(lines_of<ledger::DayOpened>().size(), 1u);
}

TEST_F(StoreClockTest, AfterAClockRanAheadTheKioskGoesBackToTheRightDay) {
    const auto& a = division(0);
    ticket(a.id, a.services[0].id);
    clock_.set_wall(2159838000000);  // a Friday of 2038
    ticket(a.id, a.services[0].id);
    rate(1);
    clock_.set_wall(kFridayMorning + kHourMs);
    EXPECT_EQ(ticket(a.id, a.services[0].id), fmt::format("{}002", a.prefix));
    for (int i = 0; i < 4; ++i) rate(5);
    ASSERT_TRUE(store().close_day().ok());
    std::vector<int> days;
    for (const auto& opened : lines_of<ledger::DayOpened>()) days.push_back(opened.day);
    EXPECT_EQ(days, (std::vector<int>{20270115, 20380611, 20270115}));
    EXPECT_EQ(lines_of<ledger::Sealed>().size(), 1u)
        << "what waited from the wrong date is sealed with the rest";
}

}  // namespace
}  // namespace sala::kiosk
