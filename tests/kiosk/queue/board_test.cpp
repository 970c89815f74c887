// What the hall may see.
#include "kiosk/queue/board.h"

#include "tests/kiosk/queue/queue_day.h"

namespace sala::queue {
namespace {

record::Office office_of_three_counters() {
    record::Office office;
    office.divisions = {{"clerk", {}, 'A', {}}, {"finance", {}, 'B', {}}};
    office.counters = {
        {"counter-1", {}, "clerk"}, {"counter-3", {}, "finance"}, {"counter-2", {}, "finance"}};
    return office;
}

Board board_after(const QueueDay& day) {
    Hall hall;
    for (const ledger::Line& line : day.lines) hall.take(line);
    return board_of(office_of_three_counters(), hall);
}

TEST(Board, OfAnEmptyHallNamesEverySeries) {
    const Board board = board_after(QueueDay());
    EXPECT_TRUE(board.now.empty());
    EXPECT_TRUE(board.calls.empty());
    EXPECT_EQ(board.waiting, (std::vector<Board::Waiting>{{"clerk", 0}, {"finance", 0}}));
}

TEST(Board, ShowsCountersInTheProfilesOrderAndCallsAsTheyCame) {
    QueueDay day;
    for (int i = 0; i < 4; ++i) day.issue();
    day.call_next(kTwo);
    const TicketId second = day.call_next(kThree);
    day.obey(explain_delay(day.queue, kThree, second, "complex"));
    const Board board = board_after(day);
    EXPECT_EQ(board.now,
              (std::vector<Board::Serving>{{"counter-3", "B002", "complex"}, {"counter-2", "B001", ""}}));
    ASSERT_EQ(board.calls.size(), 2u);
    EXPECT_EQ(board.calls[0].number, "B001");
    EXPECT_EQ(board.calls[1].counter, "counter-3");
    EXPECT_EQ(board.waiting, (std::vector<Board::Waiting>{{"clerk", 0}, {"finance", 2}}));
}

TEST(Board, LeavesOutWhoHasNoNumberAndCountersThatAreGone) {
    QueueDay day;
    day.obey(walk_in(day.queue, kTwo, QueueDay::kDay, "land-tax"));
    day.issue();
    day.call_next({"counter-9", "finance"});
    const Board board = board_after(day);
    EXPECT_TRUE(board.now.empty());
    EXPECT_TRUE(board.calls.empty());
}

}  // namespace
}  // namespace sala::queue
