#include "kiosk/queue/expected_wait.h"

#include <cmath>
#include <random>

#include "tests/kiosk/queue/queue_day.h"

namespace sala::queue {
namespace {

constexpr std::int64_t kMinute = 60'000;
using Times = std::vector<std::int64_t>;

Times of(const QueueDay& day) {
    const auto times = day.times.of("finance");
    return {times.begin(), times.end()};
}

TEST(CallTimes, AreMeasuredOnlyWhileSomebodyWaits) {
    QueueDay day;
    for (int i = 0; i < 3; ++i) day.issue();
    day.call_next(kTwo);
    day.now_ms += 4 * kMinute;
    day.call_next(kThree);
    EXPECT_EQ(of(day), Times{4 * kMinute + 1000});
    day.now_ms += 5 * kMinute;
    day.call_next(kTwo);  // two lines: served, called
    EXPECT_EQ(of(day), (Times{4 * kMinute + 1000, 5 * kMinute + 2000}));
    day.now_ms += 40 * kMinute;  // nobody waits
    day.issue();
    day.call_next(kThree);
    EXPECT_EQ(of(day).size(), 2U);
}

TEST(CallTimes, KnowNothingOfTheParkedOrOfTheDayBefore) {
    QueueDay day;
    for (int i = 0; i < 4; ++i) day.issue();
    const TicketId parked = day.call_next(kTwo);
    day.obey(park(day.queue, kTwo, parked, "copies"));
    day.call_next(kThree);
    EXPECT_EQ(of(day).size(), 1U);
    day.obey(call_this(day.queue, kTwo, parked, ""));
    EXPECT_EQ(of(day).size(), 1U);
    day.close(AtClose::kEnded);
    EXPECT_EQ(of(day), Times{});
}

TEST(CallTimes, AreOfEachDivisionByItself) {
    QueueDay day;
    for (int i = 0; i < 2; ++i) day.issue(), day.issue("/clerk/water");
    day.call_next(kTwo);
    day.call_next(kOne);
    day.call_next(kTwo);
    EXPECT_EQ(of(day).size(), 1U);
    EXPECT_EQ(day.times.of("clerk").size(), 0U);
}

TEST(ExpectedWait, SaysNothingOfTooLittleOrTooLong) {
    const Times few(kCallTimesMin - 1, 5 * kMinute), enough(kCallTimesMin, 5 * kMinute);
    EXPECT_EQ(expected_wait(few, {}, 3), std::nullopt);
    EXPECT_EQ(expected_wait({}, {}, 3), std::nullopt);
    EXPECT_TRUE(expected_wait(enough, {}, 3));
    EXPECT_TRUE(expected_wait(few, enough, 3)) << "the same weekday before helps";
    EXPECT_EQ(expected_wait(enough, {}, 60), std::nullopt) << "five hours";
}

TEST(ExpectedWait, OfEvenCallsIsNarrow) {
    const Times even(30, 5 * kMinute);
    EXPECT_EQ(expected_wait(even, {}, 0), (WaitRange{0, 5}));
    EXPECT_EQ(expected_wait(even, {}, 6), (WaitRange{30, 35}));
    EXPECT_EQ(expected_wait(even, {}, 6), expected_wait(even, {}, 6));
}

TEST(ExpectedWait, OfALongQueueGrowsByTheMeanAndSpreadsAsTheRoot) {
    const Times even(30, 20'000);
    const auto long_even = expected_wait(even, {}, 300);
    ASSERT_TRUE(long_even);
    EXPECT_GE(long_even->from_minutes, 95);
    EXPECT_LE(long_even->to_minutes, 105);
    Times uneven;
    for (int i = 0; i < 40; ++i) uneven.push_back(i % 2 == 0 ? 5'000 : 55'000);
    std::mt19937_64 chance(7);
    std::shuffle(uneven.begin(), uneven.end(), chance);
    const auto some = expected_wait(uneven, {}, 64), many = expected_wait(uneven, {}, 256);
    ASSERT_TRUE(some && many);
    EXPECT_NEAR(some->from_minutes + some->to_minutes, 64, 10);
    EXPECT_NEAR(many->from_minutes + many->to_minutes, 256, 20);
    EXPECT_LT(many->to_minutes - many->from_minutes, 3 * (some->to_minutes - some->from_minutes));
}

TEST(ExpectedWait, LooksAtTheLastHoursAndNotAtEarlierDaysWhereTodayTellsEnough) {
    Times today(100, 20 * kMinute);
    today.insert(today.end(), 40, 2 * kMinute);
    const Times slow(40, 30 * kMinute);
    EXPECT_EQ(expected_wait(today, slow, 5), (WaitRange{10, 15}));
}

// A division's day: who comes when, and how long each takes at a counter.
struct Office {
    const char* name;
    int counters;
    double between_arrivals_min, service_min, spread;  // spread: sigma of the logarithm
    bool pauses;                                       // half of the counters at noon
    double at_least = 70;                              // percent of the waits within what was told
};

struct Replay {
    int told = 0, within = 0, silent = 0;
    double width_min = 0, off_min = 0;
    Times earlier;  // newest first

    void day(const Office& office, std::mt19937_64& chance) {
        QueueDay day;
        std::normal_distribution<double> normal;
        std::exponential_distribution<double> gap(1 / office.between_arrivals_min);
        std::vector<double> free_at(static_cast<std::size_t>(office.counters), 0);
        std::map<TicketId, std::pair<double, WaitRange>> promised;
        const std::int64_t begin = day.now_ms;
        double next_arrival = gap(chance);
        const auto at = [&](double minute) {
            const auto ms = begin + static_cast<std::int64_t>(minute * kMinute);
            day.now_ms = std::max(day.now_ms, ms);
        };
        constexpr double kDayMin = 480, kNoonMin = 210, kAfternoonMin = 270;
        for (;;) {
            const std::size_t counter =
                static_cast<std::size_t>(std::min_element(free_at.begin(), free_at.end()) - free_at.begin());
            const bool somebody = day.queue.next("finance") != nullptr;
            if (next_arrival < kDayMin && (!somebody || next_arrival <= free_at[counter])) {
                at(next_arrival);
                arrive(day, next_arrival, promised);
                next_arrival += gap(chance);
                continue;
            }
            if (!somebody) break;
            double now = std::max(free_at[counter], static_cast<double>(day.now_ms - begin) / kMinute);
            if (office.pauses && now > kNoonMin && now < kAfternoonMin && counter * 2 < free_at.size()) {
                free_at[counter] = kAfternoonMin;
                continue;
            }
            at(now);
            const TicketId id = day.call_next({fmt::format("counter-{}", counter), "finance"});
            const auto told_then = promised.find(id);
            if (told_then != promised.end()) judge(now - told_then->second.first, told_then->second.second);
            free_at[counter] = now + office.service_min * std::exp(office.spread * normal(chance));
        }
        const auto today = day.times.of("finance");
        earlier.insert(earlier.begin(), today.rbegin(), today.rend());
    }

    void arrive(QueueDay& day, double now, std::map<TicketId, std::pair<double, WaitRange>>& promised) {
        const TicketId id = day.issue();
        const auto order = day.waiting("finance");
        const auto ahead =
            static_cast<std::size_t>(std::find(order.begin(), order.end(), id) - order.begin());
        if (ahead == 0) return;  // no wait to speak of
        const auto range = expected_wait(day.times.of("finance"), earlier, ahead);
        if (range) promised[id] = {now, *range};
        silent += range ? 0 : 1;
    }

    void judge(double waited_min, const WaitRange& range) {
        ++told;
        within += waited_min >= range.from_minutes && waited_min <= range.to_minutes ? 1 : 0;
        width_min += range.to_minutes - range.from_minutes;
        off_min += std::abs(waited_min - (range.from_minutes + range.to_minutes) / 2.0);
    }
};

TEST(ExpectedWait, HoldsOverReplayedDaysAboutAsOftenAsItSays) {
    const Office offices[] = {
        {"one counter, steady", 1, 11, 10, 0.3, false},
        {"one counter, uneven", 1, 11, 10, 0.9, false},
        {"two counters, busy", 2, 5, 10, 0.6, false},
        {"two counters, a pause", 2, 5.5, 10, 0.6, true},
        {"three counters, uneven", 3, 5.2, 10, 0.9, true},
        {"three counters, overrun", 3, 3.5, 10, 0.9, true, 60},
    };
    constexpr int kDays = 40;
    for (const Office& office : offices) {
        std::mt19937_64 chance(2570);
        Replay replay;
        for (int day = 0; day < kDays; ++day) replay.day(office, chance);
        const double held = 100.0 * replay.within / replay.told;
        fmt::print("{}: {} told, {} silent, {:.0f} % within, {:.0f} min wide, {:.0f} min off its middle\n",
                   office.name, replay.told, replay.silent, held, replay.width_min / replay.told,
                   replay.off_min / replay.told);
        EXPECT_GT(replay.told, 100) << office.name;
        EXPECT_GE(held, office.at_least) << office.name;
        EXPECT_LE(held, 97) << office.name << ": a range that always holds says nothing";
    }
}

}  // namespace
}  // namespace sala::queue
