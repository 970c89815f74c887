// The queue on disk: orders are lines or nothing, a restart changes nothing, no number is given twice.
#include "kiosk/queue/reasons.h"
#include "kiosk/store/store.h"
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

class StoreQueueTest : public StoreFixture {
  protected:
    const record::Division& finance() const { return division(1); }
    queue::AtCounter counter(int number) const { return {fmt::format("c{}", number), finance().id}; }
    queue::TicketId issue(bool priority = false, std::vector<queue::ServiceRef> then = {}) {
        const auto issued = store().issue_ticket(
            token(), {finance().id, finance().services[0].id, priority, std::move(then)});
        EXPECT_TRUE(issued) << issued.error().line();
        last_ = *issued;
        return issued->id;
    }
    std::string order(const queue::Order& order) {
        const Result<void> done = store().order(order);
        return done ? "" : done.error().code;
    }
    std::string call_next(int number, std::optional<queue::TicketId> seen = {}) {
        return order(
            [=, this](const queue::Queue& queue, int) { return call_next_of(queue, counter(number), seen); });
    }
    static Result<queue::Lines> call_next_of(const queue::Queue& queue, const queue::AtCounter& at,
                                             std::optional<queue::TicketId> seen) {
        return queue::call_next(queue, at, seen);
    }
    queue::TicketId with(int number) {
        const queue::Ticket* ticket = store().hall().queue().with(counter(number).counter);
        return ticket == nullptr ? 0 : ticket->id;
    }
    void expect_the_same_after_a_restart() {
        const queue::Hall before = store().hall();
        reopen();
        EXPECT_EQ(store().hall().queue(), before.queue());
        EXPECT_EQ(store().hall().calls(), before.calls());
        EXPECT_EQ(store().hall().times(), before.times());
        EXPECT_EQ(store().hall().day(), before.day());
    }
    void close_by(record::QueueClose rule) {
        office_.queue.at_close = rule;
        const auto closed = store().close_day();
        ASSERT_TRUE(closed && *closed) << (closed ? "no day" : closed.error().line());
        closed_ = **closed;
    }

    TicketReceipt last_;
    DayClose closed_;
};

TEST_F(StoreQueueTest, ActsOfOneCommitSeeEachOtherAndAreKeptTogether) {
    queue::TicketId first = 0;
    const Result<bool> kept = store().together([&] {
        first = issue();
        issue();
        EXPECT_EQ(last_.ahead, 1u);
        EXPECT_EQ(call_next(2), "");
        EXPECT_EQ(call_next(2, 0), "QUEUE-MOVED-ON") << "a refusal takes nothing back";
    });
    ASSERT_TRUE(kept && *kept);
    EXPECT_EQ(with(2), first);
    expect_the_same_after_a_restart();
    EXPECT_EQ(with(2), first);
}

TEST_F(StoreQueueTest, WhereAnActFailsAfterItWroteNothingOfItsCommitIsKept) {
    issue();
    const queue::Hall before = store().hall();
    const ledger::LogState state = store().position().state;
    const ledger::Frontier tree = store().position().tree;
    const Result<bool> kept = store().together([&] {
        issue();
        const Result<void> failed = store().change([](Draft& draft) -> Result<void> {
            EXPECT_TRUE(draft.append(ledger::Alive{}));
            return Error{"NOT-NOW", "", ""};
        });
        EXPECT_EQ(failed.error().code, "NOT-NOW");
        EXPECT_EQ(store().note_eit_shown().error().code, "STORE-AGAIN") << "what comes behind is not tried";
    });
    ASSERT_TRUE(kept);
    EXPECT_FALSE(*kept);
    EXPECT_EQ(store().hall(), before);
    EXPECT_EQ(store().position().state, state);
    EXPECT_EQ(store().position().tree, tree);
    issue();
    EXPECT_EQ(last_.number, ticket_number(finance().prefix, 2)) << "the number was not used up";
    expect_the_same_after_a_restart();
}

TEST_F(StoreQueueTest, WhatCannotBeCommittedLeavesMemoryAsTheDiskIs) {
    issue();
    const queue::Hall before = store().hall();
    const std::uint64_t size = store().position().tree.size();
    const Result<bool> kept = store().together([&] {
        issue();
        EXPECT_TRUE(store().database().execute("ROLLBACK").ok()) << "as SQLite does of a full disk";
    });
    EXPECT_FALSE(kept);
    EXPECT_EQ(store().hall(), before);
    EXPECT_EQ(store().position().tree.size(), size);
    issue();
    EXPECT_EQ(last_.number, ticket_number(finance().prefix, 2));
    expect_the_same_after_a_restart();
}

TEST_F(StoreQueueTest, AnOrderIsOnDiskWhenItIsAnswered) {
    const queue::TicketId first = issue(), second = issue();
    EXPECT_EQ(call_next(2), "");
    EXPECT_EQ(with(2), first);
    expect_the_same_after_a_restart();
    EXPECT_EQ(call_next(2, first), "");
    EXPECT_EQ(with(2), second);
    EXPECT_EQ(lines_of<ledger::TicketCalled>().size(), 2u);
    EXPECT_EQ(lines_of<ledger::TicketServed>().size(), 1u);
    EXPECT_NE(lines_of<ledger::TicketCalled>()[0].salt, ledger::Salt{});
    expect_the_same_after_a_restart();
}

TEST_F(StoreQueueTest, ARefusedOrderWritesNothingNotEvenTheDaysOpening) {
    store();
    const std::uint64_t before = store().position().tree.size();
    EXPECT_EQ(call_next(2), "QUEUE-EMPTY");
    EXPECT_EQ(store().position().tree.size(), before);
    EXPECT_EQ(store().position().state.open_day, 0);
    const queue::TicketId ticket = issue();
    EXPECT_EQ(call_next(2), "");
    const std::uint64_t called = store().position().tree.size();
    EXPECT_EQ(call_next(3), "QUEUE-EMPTY");
    EXPECT_EQ(call_next(2), "QUEUE-MOVED-ON");
    EXPECT_EQ(store().position().tree.size(), called);
    EXPECT_EQ(with(2), ticket);
}

TEST_F(StoreQueueTest, SomebodyWhoWalksInOpensTheDay) {
    EXPECT_EQ(order([this](const queue::Queue& queue, int day) {
                  return queue::walk_in(queue, counter(2), day, finance().services[0].id);
              }),
              "");
    EXPECT_EQ(store().position().state.open_day, 20270115);
    EXPECT_EQ(lines_of<ledger::WalkIn>().size(), 1u);
}

TEST_F(StoreQueueTest, ATicketSaysHowManyAreCalledBefore) {
    issue();
    EXPECT_EQ(last_.ahead, 0u);
    issue();
    issue();
    EXPECT_EQ(last_.ahead, 2u);
    issue(true);
    EXPECT_EQ(last_.ahead, 0u) << "the priority lane begins";
    issue(true);
    EXPECT_EQ(last_.ahead, 3u) << "one of the priority lane, then two others, then this one";
    EXPECT_FALSE(last_.wait) << "nothing is known of this day yet";
    EXPECT_EQ(lines_of<ledger::TicketIssued>().back().route->lane, "priority");
}

TEST_F(StoreQueueTest, OneTicketLeadsThroughSeveralServices) {
    const record::Division& clerk = division(0);
    const queue::TicketId ticket = issue(false, {{clerk.id, clerk.services[0].id}});
    EXPECT_EQ(call_next(2), "");
    EXPECT_EQ(order([&](const queue::Queue& queue, int) { return queue::done(queue, counter(2), ticket); }),
              "");
    EXPECT_EQ(store().hall().queue().next(clerk.id)->id, ticket);
    expect_the_same_after_a_restart();
    std::vector<queue::ServiceRef> many(kServicesOnTicketMax, {clerk.id, clerk.services[0].id});
    const auto refused = store().issue_ticket(token(), {finance().id, finance().services[0].id, false, many});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "TICKET-NO-SERVICE");
}

TEST_F(StoreQueueTest, TellsTheWaitOnceThisWeekdayIsKnown) {
    const auto a_day_of = [&](int visitors) {
        for (int i = 0; i < visitors; ++i) issue();
        std::optional<queue::TicketId> seen;
        for (int i = 0; i < visitors; ++i) {
            EXPECT_EQ(call_next(2, seen), "");
            seen = with(2);
            clock_.pass_ms(4 * 60'000);
        }
        EXPECT_EQ(call_next(2, seen), "");
    };
    a_day_of(30);
    ASSERT_TRUE(store().close_day());
    clock_.pass_ms(7 * 24 * kHourMs - 2 * kHourMs);
    reopen();
    store().look_back();
    for (int i = 0; i < 6; ++i) issue();
    ASSERT_TRUE(last_.wait);
    EXPECT_EQ(last_.ahead, 5u);
    EXPECT_LE(last_.wait->from_minutes, 20);
    EXPECT_GE(last_.wait->to_minutes, 20);
    clock_.pass_ms(24 * kHourMs);
    store().look_back();
    issue();
    EXPECT_FALSE(last_.wait) << "a Saturday is another day";
}

TEST_F(StoreQueueTest, EndsTheDayByTheOfficesRule) {
    const queue::TicketId first = issue();
    issue();
    EXPECT_EQ(call_next(2), "");
    close_by(record::QueueClose::kEnded);
    EXPECT_EQ(closed_.tickets_served_at_close, 1u);
    EXPECT_EQ(closed_.tickets_cancelled_at_close, 1u);
    EXPECT_EQ(closed_.tickets_carried, 0u);
    EXPECT_TRUE(store().hall().queue().tickets().empty());
    EXPECT_EQ(lines_of<ledger::TicketServed>()[0].ticket, first);
}

TEST_F(StoreQueueTest, WhoIsCarriedKeepsNumberAndPlaceAndNobodyElseGetsTheNumber) {
    const queue::TicketId carried = issue();
    const std::string number = last_.number;
    close_by(record::QueueClose::kCarried);
    EXPECT_EQ(closed_.tickets_carried, 1u);
    expect_the_same_after_a_restart();
    clock_.pass_ms(24 * kHourMs);
    const queue::TicketId today = issue();
    EXPECT_NE(last_.number, number);
    EXPECT_EQ(last_.number, ticket_number(finance().prefix, 2));
    EXPECT_EQ(last_.ahead, 1u);
    EXPECT_EQ(call_next(2), "");
    EXPECT_EQ(with(2), carried);
    expect_the_same_after_a_restart();
    EXPECT_EQ(call_next(2, carried), "");
    EXPECT_EQ(with(2), today);
    EXPECT_EQ(store().hall().queue().balance(), (queue::Balance{1, 1, 1, 0, 0, 1}));
    expect_the_same_after_a_restart();
}

TEST_F(StoreQueueTest, NobodyIsCarriedForEver) {
    issue();
    for (int close = 0; close < queue::kCarriedMax; ++close) {
        close_by(record::QueueClose::kCarried);
        EXPECT_EQ(closed_.tickets_carried, 1u);
        clock_.pass_ms(24 * kHourMs);
        EXPECT_EQ(order([this](const queue::Queue& queue, int day) {
                      return queue::walk_in(queue, counter(4 + day % 5), day, finance().services[0].id);
                  }),
                  "");
        // Who walked in is served, so that only the first ticket is carried.
        const queue::Queue& queue = store().hall().queue();
        const queue::Ticket walked = queue.tickets().rbegin()->second;
        EXPECT_EQ(order([&](const queue::Queue& now, int) {
                      return queue::done(now, {walked.counter, finance().id}, walked.id);
                  }),
                  "");
    }
    close_by(record::QueueClose::kCarried);
    EXPECT_EQ(closed_.tickets_carried, 0u);
    EXPECT_EQ(closed_.tickets_cancelled_at_close, 1u);
}

TEST_F(StoreQueueTest, TwoKiosksOfOneOfficeNeverGiveOneNumber) {
    office_.queue.kiosk = 2;
    issue();
    EXPECT_EQ(last_.number, fmt::format("{}2001", finance().prefix));
    office_.queue.kiosk = 3;
    issue();
    EXPECT_EQ(last_.number, fmt::format("{}3001", finance().prefix));
    office_.queue.kiosk.reset();
    issue();
    EXPECT_EQ(last_.number, fmt::format("{}3002", finance().prefix)) << "no number of this day twice";
}

TEST_F(StoreQueueTest, AfterTheLastNumberItRefusesAndSaysWhomToAsk) {
    office_.queue.kiosk = 1;
    for (int n = 1; n <= 999; ++n) issue();
    EXPECT_EQ(last_.number, fmt::format("{}1999", finance().prefix));
    const auto refused = store().issue_ticket(token(), {finance().id, finance().services[0].id});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "TICKET-USED-UP");
}

TEST_F(StoreQueueTest, NoNumberComesTwiceWhenTheClockGoesBack) {
    issue();
    const std::string first = last_.number;
    clock_.pass_ms(24 * kHourMs);
    issue();
    clock_.set_wall(kFridayMorning);
    issue();
    EXPECT_NE(last_.number, first);
}

TEST_F(StoreQueueTest, NotesWhatWasNotPrintedWhileTheTicketIsOpen) {
    const queue::TicketId ticket = issue();
    ASSERT_TRUE(store().note_paper(ticket, "paper"));
    EXPECT_FALSE(store().hall().queue().find(ticket)->on_paper);
    ASSERT_EQ(lines_of<ledger::PrintFailed>().size(), 1u);
    EXPECT_EQ(lines_of<ledger::PrintFailed>()[0].why, "paper");
    expect_the_same_after_a_restart();
    ASSERT_TRUE(store().close_day());
    ASSERT_TRUE(store().note_paper(ticket, "paper"));
    EXPECT_EQ(lines_of<ledger::PrintFailed>().size(), 1u);
}

TEST_F(StoreQueueTest, WritesThatATicketIsPrintedAgainAndTellsWhatStandsOnIt) {
    const queue::TicketId first = issue(), second = issue(true);
    ASSERT_TRUE(store().note_paper(first, "paper"));
    const std::int64_t taken = clock_.wall_ms();
    clock_.pass_ms(600'000);
    const auto copy = store().note_reprinted(first);
    ASSERT_TRUE(copy) << copy.error().line();
    EXPECT_TRUE(store().hall().queue().find(first)->on_paper);
    EXPECT_EQ(copy->ticket.number, store().hall().queue().find(first)->number);
    EXPECT_EQ(copy->taken_utc_ms, taken);
    EXPECT_EQ(copy->ticket.ahead, 1u) << "the priority lane's";
    EXPECT_FALSE(copy->priority);
    EXPECT_TRUE(store().note_reprinted(second)->priority);
    EXPECT_EQ(lines_of<ledger::TicketReprinted>().size(), 2u);
    ASSERT_TRUE(store().note_paper(first, ""));
    ASSERT_TRUE(store().note_paper(second, ""));
    expect_the_same_after_a_restart();
    ASSERT_TRUE(store().note_paper(first, "cover"));
    EXPECT_FALSE(store().hall().queue().find(first)->on_paper);
    EXPECT_EQ(store().note_reprinted(999).error().code, "TICKET-GONE");
    ASSERT_TRUE(store().close_day());
    EXPECT_EQ(store().note_reprinted(first).error().code, "TICKET-GONE");
    EXPECT_EQ(lines_of<ledger::TicketReprinted>().size(), 2u);
}

TEST_F(StoreQueueTest, WhatWasAtThePrinterWhenThePowerFailedIsUnprintedUntilAnOfficerLooks) {
    const auto to_printer = [&] {
        TicketWish wish{division(0).id, division(0).services[0].id, false, {}};
        wish.to_printer = true;
        return store().issue_ticket(token(), wish)->id;
    };
    const queue::TicketId on_screen = issue(), printed = to_printer(), jammed = to_printer();
    const queue::TicketId cut_off = to_printer(), next = to_printer(), again = issue();
    ASSERT_TRUE(store().note_paper(printed, ""));
    ASSERT_TRUE(store().note_paper(jammed, "cover"));
    ASSERT_TRUE(store().note_reprinted(again));
    EXPECT_TRUE(store().hall().queue().find(cut_off)->on_paper) << "nothing is known yet";
    reopen();
    const auto& tickets = store().hall().queue();
    for (const queue::TicketId known : {on_screen, printed}) EXPECT_TRUE(tickets.find(known)->on_paper);
    for (const queue::TicketId doubtful : {jammed, cut_off, next, again})
        EXPECT_FALSE(tickets.find(doubtful)->on_paper);
    ASSERT_EQ(lines_of<ledger::PrintFailed>().size(), 4u);
    EXPECT_EQ(lines_of<ledger::PrintFailed>()[1].ticket, cut_off);
    EXPECT_EQ(lines_of<ledger::PrintFailed>()[1].why, "failed");
    expect_the_same_after_a_restart();
    EXPECT_EQ(lines_of<ledger::PrintFailed>().size(), 4u) << "said once";
}

TEST_F(StoreQueueTest, WhoWasServedMeanwhileNeedsNoPaper) {
    TicketWish wish{division(0).id, division(0).services[0].id, false, {}};
    wish.to_printer = true;
    ASSERT_TRUE(store().issue_ticket(token(), wish));
    ASSERT_TRUE(store().close_day());
    reopen();
    EXPECT_EQ(lines_of<ledger::PrintFailed>().size(), 0u);
}

TEST_F(StoreQueueTest, WhatIsSentVerifiesAndBalances) {
    for (int i = 0; i < 5; ++i) issue(i == 2);
    EXPECT_EQ(call_next(2), "");
    EXPECT_EQ(call_next(3), "");
    EXPECT_EQ(
        order([&](const queue::Queue& queue, int) { return queue::no_show(queue, counter(3), with(3)); }),
        "");
    EXPECT_EQ(call_next(2, with(2)), "");
    const queue::Balance open = store().hall().queue().balance();
    EXPECT_EQ(open.carried + open.issued, open.served + open.missed + open.cancelled + open.open);
    close_by(record::QueueClose::kEnded);
    ledger::LogState state;
    for (const ledger::Line& line : lines()) ASSERT_TRUE(state.take(line));
    EXPECT_TRUE(state.open_tickets.empty());
}

}  // namespace
}  // namespace sala::kiosk
