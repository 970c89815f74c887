#include "kiosk/queue/hall.h"

#include "tests/kiosk/queue/queue_day.h"

namespace sala::queue {
namespace {

Hall hall_of(const QueueDay& day, std::size_t from = 0) {
    Hall hall(day.queue.ratio());
    for (std::size_t i = from; i < day.lines.size(); ++i) hall.take(day.lines[i]);
    return hall;
}

TEST(Hall, KeepsEveryCallInItsOrderWithTheCounterThatCalled) {
    QueueDay day;
    const TicketId first = day.issue();
    day.issue();
    day.call_next(kTwo);
    EXPECT_EQ(day.obey(recall(day.queue, kTwo, first)), "");
    day.call_next(kThree);
    const Hall hall = hall_of(day);
    ASSERT_EQ(hall.calls().size(), 3U);
    EXPECT_EQ(hall.calls()[0].number, "B001");
    EXPECT_EQ(hall.calls()[0].counter, "counter-2");
    EXPECT_FALSE(hall.calls()[0].again);
    EXPECT_TRUE(hall.calls()[1].again);
    EXPECT_EQ(hall.calls()[1].ticket, first);
    EXPECT_EQ(hall.calls()[2].counter, "counter-3");
    EXPECT_LT(hall.calls()[0].seq, hall.calls()[1].seq);
    EXPECT_EQ(hall.day(), QueueDay::kDay);
    EXPECT_EQ(hall.as_of().utc_ms, day.now_ms);
}

TEST(Hall, CallsNobodyOutWhoWalkedIn) {
    QueueDay day;
    EXPECT_EQ(day.obey(walk_in(day.queue, kTwo, QueueDay::kDay, "land-tax")), "");
    EXPECT_TRUE(hall_of(day).calls().empty());
}

TEST(Hall, BeginsEachDayWithoutCalls) {
    QueueDay day;
    day.issue();
    day.call_next(kTwo);
    day.close(AtClose::kServed);
    EXPECT_TRUE(hall_of(day).calls().empty());
    EXPECT_EQ(hall_of(day).day(), 0);
}

TEST(Hall, KeepsNoMoreCallsThanItsLimit) {
    QueueDay day;
    for (std::size_t i = 0; i <= Hall::kCallsMax; ++i) day.issue();
    for (std::size_t i = 0; i <= Hall::kCallsMax; ++i) day.call_next(kTwo);
    const Hall hall = hall_of(day);
    ASSERT_EQ(hall.calls().size(), Hall::kCallsMax);
    EXPECT_EQ(hall.calls().front().number, "B002");
}

}  // namespace
}  // namespace sala::queue
