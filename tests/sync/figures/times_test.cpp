#include "sync/figures/times.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace sala::figures {
namespace {

Times of(const std::vector<std::int64_t>& values) {
    Times times;
    for (const std::int64_t value : values) times.add(value);
    return times;
}

TEST(Times, APercentileIsTheValueAtItsNearestRank) {
    const Times ten = of({70, 10, 30, 20, 50, 40, 60, 90, 80, 100});
    EXPECT_EQ(ten.median(), 50) << "the smaller one of the two in the middle";
    EXPECT_EQ(ten.percentile(90), 90);
    EXPECT_EQ(ten.percentile(91), 100);
    EXPECT_EQ(ten.percentile(10), 10);
    EXPECT_EQ(ten.percentile(11), 20);
    EXPECT_EQ(ten.percentile(1), 10);
    EXPECT_EQ(ten.percentile(100), 100);
    const Times five = of({5, 4, 3, 2, 1});
    EXPECT_EQ(five.median(), 3);
    EXPECT_EQ(five.percentile(90), 5);
    EXPECT_EQ(of({7, 7, 7, 7, 7, 7}).percentile(90), 7);
}

TEST(Times, SayNothingOfFewerThanFive) {
    for (const std::vector<std::int64_t>& few : {std::vector<std::int64_t>{}, {1}, {1, 2, 3, 4}}) {
        EXPECT_EQ(of(few).median(), std::nullopt);
        EXPECT_EQ(of(few).percentile(90), std::nullopt);
        EXPECT_EQ(of(few).within(100), std::nullopt);
    }
    Times times = of({1, 2, 3, 4});
    times.add({});
    EXPECT_EQ(times.median(), std::nullopt) << "what nobody knows is no value";
    EXPECT_EQ(times.known(), 4U);
    EXPECT_EQ(times.unknown(), 1U);
}

TEST(Times, CountWhatTookNoLonger) {
    EXPECT_EQ(of({1, 2, 3, 4, 5}).within(3), 3U);
    EXPECT_EQ(of({1, 2, 3, 4, 5}).within(0), 0U);
}

TEST(Times, AreTheSameInWhicheverOrderTheyCame) {
    std::vector<std::int64_t> values = {5, 1, 4, 1, 5, 9, 2, 6};
    const Times one = of(values);
    std::ranges::sort(values);
    Times two = of({values.begin(), values.begin() + 3});
    two += of({values.begin() + 3, values.end()});
    for (int percent = 1; percent <= 100; ++percent)
        EXPECT_EQ(one.percentile(percent), two.percentile(percent));
}

}  // namespace
}  // namespace sala::figures
