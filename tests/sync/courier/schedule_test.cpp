// When a kiosk sends, with the clock in the test's hand.
#include "sync/courier/schedule.h"

#include <gtest/gtest.h>

#include <set>

namespace sala::courier {
namespace {

constexpr const char* kDevice = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

TEST(Schedule, NothingIsDueBeforeItBegins) {
    Schedule schedule(kDevice, 1);
    EXPECT_FALSE(schedule.due_ms());
    schedule.failed(1000, 0);
    EXPECT_FALSE(schedule.due_ms()) << "an officer's own try begins no other";
}

TEST(Schedule, TheFirstTryIsADevicesOwnMomentWithinAMinute) {
    std::set<std::int64_t> moments;
    for (int i = 0; i < 200; ++i) {
        const std::int64_t jitter = start_jitter_ms(std::to_string(i));
        EXPECT_GE(jitter, 0);
        EXPECT_LE(jitter, Schedule::kStartWithinMs);
        moments.insert(jitter / 1000);
    }
    EXPECT_GT(moments.size(), 50u) << "spread over the minute";
    Schedule schedule(kDevice, 1), other_dice(kDevice, 2);
    schedule.begin(5000);
    other_dice.begin(5000);
    EXPECT_EQ(schedule.due_ms(), 5000 + start_jitter_ms(kDevice));
    EXPECT_EQ(schedule.due_ms(), other_dice.due_ms());
}

TEST(Schedule, WaitsGrowToTheLongestAndAreThrownOverTheirWholeLength) {
    constexpr int kRuns = 300;
    std::vector<std::int64_t> longest(Schedule::kTriesMax, 0), shortest(Schedule::kTriesMax, 1 << 30);
    for (int seed = 0; seed < kRuns; ++seed) {
        Schedule schedule(kDevice, static_cast<std::uint64_t>(seed));
        schedule.begin(0);
        for (int tries = 1; tries < Schedule::kTriesMax; ++tries) {
            schedule.failed(0, 0);
            ASSERT_TRUE(schedule.due_ms()) << tries;
            longest[tries] = std::max(longest[tries], *schedule.due_ms());
            shortest[tries] = std::min(shortest[tries], *schedule.due_ms());
        }
    }
    for (int tries = 1; tries < Schedule::kTriesMax; ++tries) {
        const std::int64_t bound =
            std::min(Schedule::kWaitMaxMs, Schedule::kFirstWaitMs << std::min(tries - 1, 20));
        EXPECT_LE(longest[tries], bound) << tries;
        EXPECT_GT(longest[tries], bound * 9 / 10) << tries;
        EXPECT_LT(shortest[tries], bound / 10) << tries;
    }
}

TEST(Schedule, AfterItsTriesItGivesUpUntilItBeginsAgain) {
    Schedule schedule(kDevice, 1);
    schedule.begin(0);
    int tries = 0;
    while (schedule.due_ms() && tries < 1000) {
        schedule.failed(*schedule.due_ms(), 0);
        ++tries;
    }
    EXPECT_EQ(tries, Schedule::kTriesMax);
    schedule.begin(1'000'000);
    EXPECT_EQ(schedule.due_ms(), 1'000'000 + start_jitter_ms(kDevice));
    schedule.failed(2'000'000, 0);
    ASSERT_TRUE(schedule.due_ms());
    EXPECT_LE(*schedule.due_ms(), 2'000'000 + Schedule::kFirstWaitMs) << "the waits begin anew too";
}

TEST(Schedule, WaitsAsLongAsTheOfficeAsksButNeverBeyondTheLongest) {
    Schedule schedule(kDevice, 1);
    schedule.begin(0);
    schedule.failed(0, 30'000);
    EXPECT_EQ(schedule.due_ms(), 30'000);
    schedule.failed(0, 1'000'000'000);
    EXPECT_EQ(schedule.due_ms(), Schedule::kWaitMaxMs);
}

TEST(Schedule, EndsWhenThereIsNothingToSend) {
    Schedule schedule(kDevice, 1);
    schedule.begin(0);
    schedule.end();
    EXPECT_FALSE(schedule.due_ms());
}

TEST(Schedule, EqualSeedsWaitEqually) {
    Schedule one(kDevice, 7), two(kDevice, 7), three(kDevice, 8);
    for (Schedule* schedule : {&one, &two, &three}) {
        schedule->begin(0);
        for (int i = 0; i < 10; ++i) schedule->failed(0, 0);
    }
    EXPECT_EQ(one.due_ms(), two.due_ms());
    EXPECT_NE(one.due_ms(), three.due_ms());
}

}  // namespace
}  // namespace sala::courier
