#include "kiosk/queue/queue.h"

#include "tests/kiosk/queue/queue_day.h"

namespace sala::queue {
namespace {

using Ids = std::vector<TicketId>;

TEST(Queue, CallsWhoCameFirst) {
    QueueDay day;
    const TicketId a = day.issue(), b = day.issue(), c = day.issue("/clerk/water");
    EXPECT_EQ(day.waiting("finance"), (Ids{a, b}));
    EXPECT_EQ(day.call_next(kTwo), a);
    EXPECT_EQ(day.call_next(kThree), b);
    EXPECT_EQ(day.call_next(kOne), c);
    EXPECT_EQ(day.queue.next("finance"), nullptr);
    EXPECT_EQ(day.queue.next("a-division-without-tickets"), nullptr);
}

TEST(Queue, InterleavesTheLanesByTheRatio) {
    QueueDay day;  // one of the priority lane, then two others
    Ids ordinary, priority;
    for (int i = 0; i < 5; ++i) ordinary.push_back(day.issue());
    for (int i = 0; i < 2; ++i) priority.push_back(day.issue("/finance/sign-tax", true));
    const Ids order{priority[0], ordinary[0], ordinary[1], priority[1],
                    ordinary[2], ordinary[3], ordinary[4]};
    EXPECT_EQ(day.waiting("finance"), order);
    for (const TicketId id : order) EXPECT_EQ(day.call_next(kTwo), id);
}

TEST(Queue, WhoIsCalledWhileOneLaneIsEmptyCountsToo) {
    QueueDay day;
    for (int i = 0; i < 3; ++i) day.issue("/finance/sign-tax", true);
    for (int i = 0; i < 3; ++i) day.call_next(kTwo);
    const TicketId priority = day.issue("/finance/sign-tax", true), ordinary = day.issue();
    EXPECT_EQ(day.waiting("finance"), (Ids{ordinary, priority})) << "three of the priority lane went before";
}

TEST(Queue, SeveralAtOnceFromThePriorityLaneWhereTheRatioSaysSo) {
    QueueDay day(Ratio{2, 1});
    const TicketId a = day.issue(), b = day.issue();
    const TicketId p = day.issue("/finance/sign-tax", true), q = day.issue("/finance/sign-tax", true);
    const TicketId r = day.issue("/finance/sign-tax", true);
    EXPECT_EQ(day.waiting("finance"), (Ids{p, q, a, r, b}));
}

TEST(Queue, WhoMissedTheCallAndComesBackStandsBehindTheNextOne) {
    QueueDay day;
    const TicketId late = day.issue(), a = day.issue(), b = day.issue();
    day.call_next(kTwo);
    EXPECT_EQ(day.obey(no_show(day.queue, kTwo, late)), "");
    EXPECT_EQ(day.waiting("finance"), (Ids{a, b}));
    EXPECT_EQ(day.obey(come_back(day.queue, kTwo, late)), "");
    EXPECT_EQ(day.waiting("finance"), (Ids{a, late, b}));
    // A second one comes back, later: behind the first.
    day.call_next(kTwo);
    EXPECT_EQ(day.obey(no_show(day.queue, kTwo, a)), "");
    EXPECT_EQ(day.obey(come_back(day.queue, kTwo, a)), "");
    EXPECT_EQ(day.waiting("finance"), (Ids{late, a, b}));
}

TEST(Queue, WhoComesBackWhereNobodyWaitsIsTheNext) {
    QueueDay day;
    const TicketId late = day.issue();
    day.call_next(kTwo);
    day.obey(no_show(day.queue, kTwo, late));
    day.obey(come_back(day.queue, kTwo, late));
    EXPECT_EQ(day.waiting("finance"), Ids{late});
}

TEST(Queue, ATransferKeepsThePlaceInTime) {
    QueueDay day;
    const TicketId first = day.issue("/clerk/water"), a = day.issue(), b = day.issue();
    EXPECT_EQ(day.obey(transfer(day.queue, kOne, first, {"finance", "land-tax"}, "wrong-service")), "");
    EXPECT_EQ(day.waiting("clerk"), Ids{});
    EXPECT_EQ(day.waiting("finance"), (Ids{first, a, b}));
    EXPECT_EQ(day.queue.find(first)->number, "B001") << "the number stays the visitor's own";
}

TEST(Queue, SeveralServicesOnOneTicketFollowEachOther) {
    QueueDay day;
    const TicketId a = day.issue("/finance/land-tax", false, {"/clerk/water", "/finance/sign-tax"});
    const TicketId b = day.issue("/clerk/water");
    day.call_next(kTwo);
    day.obey(done(day.queue, kTwo, a));
    EXPECT_EQ(day.waiting("clerk"), (Ids{a, b}))
        << "by the place in time, of the ticket and not of the service";
    EXPECT_EQ(day.call_next(kOne), a);
    EXPECT_EQ(day.call_next(kOne), b) << "done there, goes on to the last";
    EXPECT_EQ(day.call_next(kThree), a);
    EXPECT_EQ(day.queue.balance().served, 0U);
    day.obey(done(day.queue, kThree, a));
    EXPECT_EQ(day.queue.balance().served, 1U);
}

TEST(Queue, AWalkInIsAtTheCounterAndInTheBalance) {
    QueueDay day;
    const TicketId waiting = day.issue();
    EXPECT_EQ(day.obey(walk_in(day.queue, kTwo, QueueDay::kDay, "land-tax")), "");
    EXPECT_EQ(day.queue.with("counter-2")->number, "");
    EXPECT_EQ(day.queue.balance(), (Balance{0, 2, 0, 0, 0, 2}));
    EXPECT_EQ(day.call_next(kTwo), waiting);
    EXPECT_EQ(day.queue.balance(), (Balance{0, 2, 1, 0, 0, 1}));
}

TEST(Queue, CountsItsCallsAndSaysWhenSomethingTakesLong) {
    QueueDay day;
    const TicketId a = day.issue();
    day.call_next(kTwo);
    day.obey(recall(day.queue, kTwo, a));
    day.obey(recall(day.queue, kTwo, a));
    EXPECT_EQ(day.queue.find(a)->calls, 3);
    EXPECT_EQ(day.obey(explain_delay(day.queue, kTwo, a, "system-down")), "");
    EXPECT_EQ(day.queue.find(a)->delay, "system-down");
    day.write(ledger::PrintFailed{{}, a, "paper"});
    EXPECT_FALSE(day.queue.find(a)->on_paper);
    day.write(ledger::TicketReprinted{{}, a});
    EXPECT_TRUE(day.queue.find(a)->on_paper);
}

TEST(Queue, AtTheCloseEveryTicketEndsByTheRule) {
    for (const AtClose rule : {AtClose::kServed, AtClose::kEnded, AtClose::kCarried}) {
        QueueDay day;
        const TicketId missed = day.issue(), parked = day.issue();
        day.call_next(kTwo);
        day.obey(no_show(day.queue, kTwo, missed));
        day.call_next(kTwo);
        day.obey(park(day.queue, kTwo, parked, "copies"));
        const TicketId present = day.issue(), waiting = day.issue("/clerk/water", true);
        day.call_next(kTwo);
        day.close(rule);
        EXPECT_EQ(day.queue.tickets().contains(missed), false);
        const std::uint64_t carried = rule == AtClose::kCarried ? 3 : 0;
        EXPECT_EQ(day.queue.balance(), (Balance{carried, 0, 0, 0, 0, carried}));
        day.open(20270119);
        EXPECT_EQ(day.waiting("finance"), rule == AtClose::kCarried ? (Ids{parked, present}) : Ids{});
        EXPECT_EQ(day.waiting("clerk"), rule == AtClose::kCarried ? Ids{waiting} : Ids{});
        std::map<std::string, int> kinds;
        for (const ledger::Line& line : day.lines) ++kinds[ledger::kind_of(line.happening)];
        EXPECT_EQ(kinds["ticket_served"], rule == AtClose::kServed ? 3 : rule == AtClose::kEnded ? 1 : 0);
        EXPECT_EQ(kinds["ticket_cancelled"], rule == AtClose::kEnded ? 2 : 0);
    }
}

TEST(Queue, WhoIsCarriedGetsBackThePlaceInTime) {
    QueueDay day;
    const TicketId late = day.issue(), first = day.issue(), second = day.issue();
    day.call_next(kTwo);
    day.obey(no_show(day.queue, kTwo, late));
    day.obey(come_back(day.queue, kTwo, late));
    EXPECT_EQ(day.waiting("finance"), (Ids{first, late, second}));
    day.close(AtClose::kCarried);
    day.open(20270119);
    EXPECT_EQ(day.waiting("finance"), (Ids{late, first, second}));
}

TEST(Queue, MeasuresByTheClockThatCanTell) {
    const Moment from{1000, 50, "a", true}, same_boot{90'000, 80, "a", false}, next_boot{3000, 7, "b", true};
    EXPECT_EQ(elapsed_ms(from, same_boot), 30) << "whatever the wall clock says";
    EXPECT_EQ(elapsed_ms(from, next_boot), 2000);
    EXPECT_EQ(elapsed_ms(next_boot, from), std::nullopt) << "not below zero";
    EXPECT_EQ(elapsed_ms(same_boot, next_boot), std::nullopt) << "one of two boots had no clock to trust";
}

}  // namespace
}  // namespace sala::queue
