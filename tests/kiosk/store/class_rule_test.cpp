// The rule burst.1, by itself and in a store: who queues is not set apart, who hammers is, and nothing is
// lost.
#include "kiosk/store/class_rule.h"

#include "kiosk/store/tally_table.h"
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

using namespace std::chrono;

const record::LocalTime kOpen{2027y / January / 15, 10 * 60};  // a Friday
const record::LocalTime kNight{2027y / January / 15, 22 * 60};
constexpr record::OpeningHours kHours;

TEST(ClassRule, SetsApartFromTheSixthOfAMinuteAndByNothingElse) {
    for (std::size_t before = 0; before < 8; ++before) {
        const char* expected = before < 5 ? ledger::kWalkUp : ledger::kFlagged;
        EXPECT_STREQ(class_by_rule("burst.1", kHours, {kOpen, true, false, before}), expected) << before;
        EXPECT_STREQ(class_by_rule("burst.1", kHours, {kOpen, false, false, before}), expected)
            << "the wall clock says nothing about a burst";
        EXPECT_STREQ(class_by_rule("hours.1", kHours, {kOpen, true, false, before}), ledger::kWalkUp);
        EXPECT_STREQ(class_by_rule("burst.1", kHours, {kOpen, true, true, before}), ledger::kAfterService);
    }
}

TEST(ClassRule, OutsideOpeningHoursNeedsATrustedClockAndNoService) {
    for (const char* rule : {"hours.1", "burst.1"}) {
        EXPECT_STREQ(class_by_rule(rule, kHours, {kNight, true, false, 0}), ledger::kFlagged);
        EXPECT_STREQ(class_by_rule(rule, kHours, {kNight, false, false, 0}), ledger::kWalkUp);
        EXPECT_STREQ(class_by_rule(rule, kHours, {kNight, true, true, 0}), ledger::kAfterService);
    }
}

class BurstTest : public StoreFixture {
  protected:
    // Ratings of the class that stand in the cells: what nobody but the store may look at before a close.
    std::uint64_t open_ratings(const char* ballot_class) {
        auto sum = store().database().prepare("SELECT n FROM cell WHERE class = ?");
        EXPECT_TRUE(sum.ok());
        sum->bind(std::string_view(ballot_class));
        std::uint64_t total = 0;
        while (*sum->step()) total += sum->blob(0).back();
        return total;
    }
};

TEST_F(BurstTest, AFamilyOfFiveIsNotSetApart) {
    for (const int score : {4, 5, 3, 5, 5}) {
        rate_at_once(score);
        clock_.pass_ms(7'000);
    }
    EXPECT_EQ(open_ratings(ledger::kWalkUp), 5u);
    EXPECT_EQ(open_ratings(ledger::kFlagged), 0u);
}

TEST_F(BurstTest, AQueueOfThirtyIsNotSetApart) {
    for (int i = 0; i < 30; ++i) {
        rate_at_once(1 + i % 5);
        clock_.pass_ms(12'000);
    }
    EXPECT_EQ(open_ratings(ledger::kWalkUp), 30u);
}

TEST_F(BurstTest, AHandThatHammersGetsFiveInAndTheRestSetApart) {
    for (int i = 0; i < 60; ++i) {
        rate_at_once(5);
        clock_.pass_ms(4'000);
    }
    EXPECT_EQ(open_ratings(ledger::kWalkUp), 5u);
    EXPECT_EQ(open_ratings(ledger::kFlagged), 55u);
}

TEST_F(BurstTest, WhichFaceWasTappedChangesNothing) {
    for (const int face : {1, 3, 5}) {
        clock_.pass_minutes(2);
        for (int i = 0; i < 7; ++i) rate_at_once(face);
    }
    EXPECT_EQ(open_ratings(ledger::kFlagged), 6u);
}

TEST_F(BurstTest, ARestartOfTheProgramDoesNotEndABurstAndOneOfTheMachineDoes) {
    for (int i = 0; i < 5; ++i) rate_at_once(5);
    reopen();
    rate_at_once(5);
    EXPECT_EQ(open_ratings(ledger::kFlagged), 1u);
    store_.reset();
    clock_.reboot(5'000);
    rate_at_once(5);
    EXPECT_EQ(open_ratings(ledger::kFlagged), 1u) << "times of another boot say nothing";
}

TEST_F(BurstTest, AClockSetForwardEndsNoBurst) {
    for (int i = 0; i < 5; ++i) rate_at_once(5);
    clock_.set_wall(clock_.wall_ms() + kHourMs);
    rate_at_once(5);
    EXPECT_EQ(open_ratings(ledger::kFlagged), 1u);
}

TEST_F(BurstTest, OneAfterServiceIsNeverSetApart) {
    const RatedAt counter{"/" + division(0).id + "/" + division(0).services[0].id, true};
    for (int i = 0; i < 9; ++i) rate_at_once(5, counter);
    EXPECT_EQ(open_ratings(ledger::kAfterService), 9u);
}

TEST_F(BurstTest, ADayThatAnEarlierVersionOpenedKeepsItsRule) {
    ASSERT_TRUE(store()
                    .change([&](Draft& draft) -> Result<void> {
                        const auto seq =
                            draft.append(ledger::DayOpened{20270115, 5, 10, "day", "hours.1", {"face.1"}});
                        return seq ? Result<void>() : seq.error();
                    })
                    .ok());
    ASSERT_TRUE(make_cells(store().database(), {"/"}).ok());
    for (int i = 0; i < 9; ++i) rate_at_once(5);
    EXPECT_EQ(open_ratings(ledger::kFlagged), 0u);
}

TEST_F(BurstTest, WhatWasSetApartStandsBesideWhatCounts) {
    for (int i = 0; i < 12; ++i) rate_at_once(5);
    ticket(division(0).id, division(0).services[0].id);
    EXPECT_EQ(read_figures(data())->tickets_served, 0u);
    ASSERT_TRUE(store().close_day().ok());
    const auto status = read_figures(data());
    ASSERT_TRUE(status.ok());
    EXPECT_EQ(status->classes.raw, 12u);
    EXPECT_EQ(status->classes.flagged, 7u);
    EXPECT_EQ(status->classes.counted(), 5u);
    EXPECT_EQ(status->tickets_served, 1u);
    EXPECT_NE(status->json().find(R"("ratings_sealed":12,"ratings_flagged":7,"ratings_counted":5,)"
                                  R"("ratings_waiting":0)"),
              std::string::npos)
        << status->json();
    const auto page = read_day_figures(store());
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(page->sealed.flagged, 7u);
    EXPECT_EQ(page->sealed.counted(), 5u);
    EXPECT_EQ(page->tickets_served, 1u);
}

}  // namespace
}  // namespace sala::kiosk
