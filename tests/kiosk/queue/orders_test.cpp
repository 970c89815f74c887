#include "kiosk/queue/orders.h"

#include "kiosk/queue/reasons.h"
#include "sync/ledger/place.h"
#include "tests/kiosk/queue/queue_day.h"

namespace sala::queue {
namespace {

TEST(Orders, NextEndsWhatIsUnderWayAndCallsInOneStep) {
    QueueDay day;
    const TicketId a = day.issue(), b = day.issue();
    EXPECT_EQ(day.obey(call_next(day.queue, kTwo, {})), "");
    const auto order = call_next(day.queue, kTwo, a);
    ASSERT_TRUE(order);
    ASSERT_EQ(order->size(), 2U);
    EXPECT_EQ(std::get<ledger::TicketServed>(order->front()).ticket, a);
    EXPECT_EQ(std::get<ledger::TicketCalled>(order->back()).ticket, b);
    day.obey(order);
    EXPECT_EQ(day.obey(call_next(day.queue, kTwo, b)), "") << "nobody waits: b is served and that is all";
    EXPECT_EQ(day.queue.with("counter-2"), nullptr);
    EXPECT_EQ(day.obey(call_next(day.queue, kTwo, {})), "QUEUE-EMPTY");
}

TEST(Orders, NextMayCallTheSameTicketForItsNextService) {
    QueueDay day;
    const TicketId a = day.issue("/finance/land-tax", false, {"/finance/sign-tax"});
    day.issue();
    EXPECT_EQ(day.call_next(kTwo), a);
    EXPECT_EQ(day.call_next(kTwo), a) << "its place in time is before the other one";
    EXPECT_EQ(day.queue.find(a)->service.service, "sign-tax");
}

TEST(Orders, OfTwoCountersThatClickAtOnceOneIsTold) {
    QueueDay day;
    const TicketId a = day.issue(), b = day.issue();
    const auto first = call_this(day.queue, kTwo, b, "emergency"),
               second = call_this(day.queue, kThree, b, "frail");
    EXPECT_EQ(day.obey(first), "");
    EXPECT_EQ(day.obey(call_this(day.queue, kThree, b, "frail")), "QUEUE-MOVED-ON");
    ASSERT_TRUE(second) << "decided on the same queue; the store decides one after the other";
    EXPECT_EQ(day.obey(done(day.queue, kThree, b)), "QUEUE-MOVED-ON");
    EXPECT_EQ(day.obey(call_next(day.queue, kTwo, a)), "QUEUE-MOVED-ON") << "it is b that is seen there";
    EXPECT_EQ(day.obey(call_next(day.queue, kThree, b)), "QUEUE-MOVED-ON") << "nobody is there";
    EXPECT_EQ(day.obey(transfer(day.queue, kThree, b, {"clerk", "water"}, "other")), "QUEUE-MOVED-ON");
    EXPECT_EQ(day.obey(cancel(day.queue, kThree, b, "twice")), "QUEUE-MOVED-ON");
}

TEST(Orders, AnExceptionNeedsItsReasonAndTheRuleNone) {
    QueueDay day;
    const TicketId a = day.issue(), b = day.issue(), c = day.issue();
    EXPECT_EQ(day.obey(call_this(day.queue, kTwo, b, "")), "QUEUE-NO-REASON");
    EXPECT_EQ(day.obey(call_this(day.queue, kTwo, b, "copies")), "QUEUE-NO-REASON") << "one of another list";
    EXPECT_EQ(day.obey(call_this(day.queue, kTwo, a, "")), "") << "that is the next one anyway";
    EXPECT_EQ(std::get<ledger::TicketCalled>(day.lines.back().happening).how, "next");
    EXPECT_EQ(day.obey(call_this(day.queue, kTwo, b, "frail")), "QUEUE-COUNTER-BUSY");
    EXPECT_EQ(day.obey(park(day.queue, kTwo, a, "")), "QUEUE-NO-REASON");
    EXPECT_EQ(day.obey(park(day.queue, kTwo, a, "form")), "");
    EXPECT_EQ(day.obey(call_this(day.queue, kTwo, a, "")), "") << "it was parked";
    EXPECT_EQ(day.obey(transfer(day.queue, kTwo, a, {"clerk", "water"}, "")), "QUEUE-NO-REASON");
    EXPECT_EQ(day.obey(transfer(day.queue, kTwo, a, {"finance", "land-tax"}, "other")), "QUEUE-SAME-SERVICE");
    EXPECT_EQ(day.obey(cancel(day.queue, kTwo, c, "")), "QUEUE-NO-REASON");
    EXPECT_EQ(day.obey(explain_delay(day.queue, kTwo, a, "slow")), "QUEUE-NO-REASON");
}

TEST(Orders, AboutATicketThatIsGoneAreRefused) {
    QueueDay day;
    const TicketId a = day.issue();
    day.call_next(kTwo);
    day.obey(done(day.queue, kTwo, a));
    EXPECT_EQ(day.obey(call_this(day.queue, kTwo, a, "other")), "QUEUE-MOVED-ON");
    EXPECT_EQ(day.obey(come_back(day.queue, kTwo, a)), "QUEUE-MOVED-ON");
    EXPECT_EQ(day.obey(cancel(day.queue, kTwo, a, "other")), "QUEUE-MOVED-ON");
    EXPECT_EQ(day.obey(transfer(day.queue, kTwo, a, {"clerk", "water"}, "other")), "QUEUE-MOVED-ON");
    EXPECT_EQ(day.obey(recall(day.queue, kTwo, a)), "QUEUE-MOVED-ON");
    EXPECT_EQ(day.obey(no_show(day.queue, kTwo, a)), "QUEUE-MOVED-ON");
    EXPECT_EQ(day.obey(park(day.queue, kTwo, a, "form")), "QUEUE-MOVED-ON");
}

TEST(Orders, ATicketThatWasMissedComesBackBeforeAnythingElse) {
    QueueDay day;
    const TicketId a = day.issue();
    day.call_next(kTwo);
    day.obey(no_show(day.queue, kTwo, a));
    EXPECT_EQ(day.obey(call_this(day.queue, kTwo, a, "frail")), "QUEUE-MOVED-ON");
    EXPECT_EQ(day.obey(transfer(day.queue, kTwo, a, {"clerk", "water"}, "other")), "QUEUE-MOVED-ON");
    EXPECT_EQ(day.obey(come_back(day.queue, kThree, a)), "") << "at any counter";
    EXPECT_EQ(day.obey(cancel(day.queue, kThree, a, "went-home")), "");
}

TEST(Orders, EveryReasonIsAnIdOfTheJournalWithItsSentences) {
    std::size_t all = 0;
    for (const auto& list : {reasons_to_choose(), reasons_to_park(), reasons_to_transfer(),
                             reasons_to_cancel(), reasons_of_delay()}) {
        for (const Reason& reason : list) {
            EXPECT_TRUE(ledger::is_id(reason.id)) << reason.id;
            EXPECT_FALSE(reason.thai.empty() || reason.english.empty()) << reason.id;
            EXPECT_EQ(find_reason(list, reason.id), &reason) << "twice in one list";
            ++all;
        }
        EXPECT_LE(list.size(), 9U) << "one key of the number pad each";
        EXPECT_EQ(find_reason(list, "close"), nullptr) << "the day's own word";
    }
    EXPECT_GT(all, 20U);
}

}  // namespace
}  // namespace sala::queue
