// What the log says of tickets: its lines, and that no ticket is where it cannot be.
#include "sync/ledger/open_tickets.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/sync/ledger/sample_queue.h"

namespace sala::ledger {
namespace {

using sample::kQueueDay;

constexpr std::uint64_t kFirst = 2;  // seq of the first ticket
const std::string kTwo = "counter-2", kThree = "counter-3";

// A day of tickets under the rules of the log.
class Tickets : public testing::Test {
  protected:
    Tickets() {
        say(LogStart{"banmai", sample::queue_origin(), sample::queue_key().public_key()});
        say(DayOpened{kQueueDay, 5, 10, "day", "burst.1", {"face.1"}});
    }

    // What the log has against it; empty where it took it.
    std::string say(Happening happening) {
        const Line line{{state_.next_seq, 1'800'000'000'000, 1, std::string(32, '0'), true},
                        std::move(happening)};
        const Result<Line> read = parse_line(write_line(line));
        EXPECT_TRUE(read && *read == line) << write_line(line);
        const Result<void> taken = state_.take(line);
        EXPECT_EQ(*LogState::restore(state_.save()), state_) << state_.save();
        return taken ? "" : taken.error().english;
    }
    std::string issue(std::optional<Route> route = {}) {
        return say(TicketIssued{{}, kQueueDay, "finance", "land-tax", "B001", std::move(route)});
    }
    std::string call(std::uint64_t ticket, const std::string& counter = kTwo, const char* how = "next",
                     const char* reason = "") {
        return say(TicketCalled{{}, ticket, counter, how, reason});
    }
    std::string close() { return say(DayClosed{state_.open_day, state_.kind_counts(), {}, 0, {}}); }

    // Every line about the ticket, with the name of its kind; of `counter` where it names one.
    static std::vector<Happening> about(std::uint64_t ticket, const std::string& counter) {
        return {TicketCalled{{}, ticket, counter, "next", ""},
                TicketCalled{{}, ticket, counter, "parked", ""},
                TicketRecalled{{}, ticket, counter},
                TicketMissed{{}, ticket, counter},
                TicketReturned{{}, ticket, counter},
                TicketParked{{}, ticket, counter, "copies"},
                TicketTransferred{{}, ticket, counter, "clerk", "water", "wrong-service"},
                ServiceDone{{}, ticket, counter},
                TicketServed{{}, ticket, "counter", counter},
                TicketServed{{}, ticket, "officer"},
                TicketCancelled{{}, ticket, counter, "went-home"},
                TicketDelayed{{}, ticket, counter, "system-down"},
                TicketCarried{{}, ticket},
                PrintFailed{{}, ticket, "cover"},
                TicketReprinted{{}, ticket}};
    }
    // The kinds that the log would take now of this ticket.
    std::string allowed(std::uint64_t ticket, const std::string& counter = kTwo) const {
        std::string kinds;
        for (const Happening& happening : about(ticket, counter)) {
            LogState copy = state_;
            const Line line{{copy.next_seq, 1'800'000'000'000, 1, std::string(32, '0'), true}, happening};
            if (!copy.take(line)) continue;
            kinds += kinds.empty() ? "" : " ";
            kinds += kind_of(happening);
            if (const auto* called = std::get_if<TicketCalled>(&happening)) kinds += "/" + called->how;
            if (const auto* served = std::get_if<TicketServed>(&happening)) kinds += "/" + served->by;
        }
        return kinds;
    }

    LogState state_;
};

#define EXPECT_REFUSED(said, why) EXPECT_NE((said).find(why), std::string::npos) << said

TEST_F(Tickets, ThatWaitAreCalledOrGoElsewhere) {
    issue();
    EXPECT_EQ(allowed(kFirst),
              "ticket_called/next ticket_transferred ticket_served/officer ticket_cancelled ticket_carried "
              "print_failed ticket_reprinted");
}

TEST_F(Tickets, WithACounterObeyThatCounterAlone) {
    issue();
    EXPECT_EQ(call(kFirst), "");
    EXPECT_EQ(
        allowed(kFirst),
        "ticket_recalled ticket_missed ticket_parked ticket_transferred ticket_served/counter "
        "ticket_served/officer ticket_cancelled ticket_delayed ticket_carried print_failed ticket_reprinted");
    EXPECT_EQ(allowed(kFirst, kThree),
              "ticket_transferred ticket_served/officer ticket_cancelled ticket_carried print_failed "
              "ticket_reprinted");
}

TEST_F(Tickets, ThatWereMissedComeBackAndAreNotCalledBefore) {
    issue();
    call(kFirst);
    EXPECT_EQ(say(TicketMissed{{}, kFirst, kTwo}), "");
    EXPECT_EQ(allowed(kFirst),
              "ticket_returned ticket_served/officer ticket_cancelled print_failed ticket_reprinted");
    EXPECT_EQ(say(TicketReturned{{}, kFirst, ""}), "");
    EXPECT_EQ(call(kFirst, kThree), "");
}

TEST_F(Tickets, ThatAreParkedAreCalledAsSuch) {
    issue();
    call(kFirst);
    EXPECT_EQ(say(TicketParked{{}, kFirst, kTwo, "copies"}), "");
    EXPECT_EQ(allowed(kFirst),
              "ticket_called/parked ticket_transferred ticket_served/officer ticket_cancelled ticket_carried "
              "print_failed ticket_reprinted");
    EXPECT_EQ(call(kFirst, kThree, "parked"), "");
}

TEST_F(Tickets, OfSeveralServicesAreServedWhenTheLastIsDone) {
    issue(Route{"priority", {"/finance/sign-tax"}});
    call(kFirst);
    EXPECT_REFUSED(say(TicketServed{{}, kFirst, "counter", kTwo}), "a service of it is left");
    EXPECT_EQ(say(ServiceDone{{}, kFirst, kTwo}), "");
    EXPECT_EQ(call(kFirst, kThree), "");
    EXPECT_REFUSED(say(ServiceDone{{}, kFirst, kThree}), "no further service");
    EXPECT_EQ(say(TicketServed{{}, kFirst, "counter", kThree}), "");
    EXPECT_EQ(allowed(kFirst), "");
}

TEST_F(Tickets, AreNeverWithTwoCountersAndNoCounterHasTwo) {
    issue();
    issue();
    call(kFirst);
    EXPECT_REFUSED(call(kFirst, kThree), "did not wait");
    EXPECT_REFUSED(call(kFirst + 1, kTwo), "a counter has two tickets");
    EXPECT_REFUSED(say(WalkIn{{}, kQueueDay, "finance", "land-tax", kTwo}), "a counter has two tickets");
    EXPECT_EQ(say(WalkIn{{}, kQueueDay, "finance", "land-tax", kThree}), "");
    EXPECT_REFUSED(call(kFirst + 1, kThree), "a counter has two tickets");
    // Whatever takes the ticket away makes the counter free.
    for (const Happening& happening : about(kFirst, kTwo)) {
        LogState kept = state_;
        if (say(happening).empty() && !state_.open_tickets.with(kTwo)) {
            EXPECT_EQ(call(kFirst + 1), "") << kind_of(happening);
        }
        state_ = kept;
    }
}

TEST_F(Tickets, ThatAreCarriedWaitForTheNextDayAndNothingHappensToThemBefore) {
    issue(Route{"ordinary", {"/finance/sign-tax"}});
    issue();
    call(kFirst);
    call(kFirst + 1, kThree);
    EXPECT_EQ(say(TicketCarried{{}, kFirst}), "");
    EXPECT_EQ(allowed(kFirst), "");
    EXPECT_REFUSED(close(), "without a word");
    EXPECT_EQ(say(TicketMissed{{}, kFirst + 1, kThree}), "");
    EXPECT_EQ(close(), "");
    EXPECT_EQ(allowed(kFirst), "") << "no day is open";
    EXPECT_REFUSED(say(LogEnd{{1}}), "while a ticket is carried");
    EXPECT_EQ(say(DayOpened{20270119, 5, 10, "day", "burst.1", {"face.1"}}), "");
    EXPECT_EQ(state_.open_tickets.size(), 1U) << "the other one ended with its day";
    EXPECT_EQ(call(kFirst), "");
    EXPECT_EQ(say(ServiceDone{{}, kFirst, kTwo}), "");
}

TEST_F(Tickets, AreLostAtNoCloseOnceTheLogSpeaksOfAQueue) {
    issue();
    EXPECT_EQ(close(), "") << "as version 1 allows";
    say(DayOpened{20270119, 5, 10, "day", "burst.1", {"face.1"}});
    say(WalkIn{{}, 20270119, "finance", "land-tax", kTwo});
    EXPECT_REFUSED(close(), "without a word");
    EXPECT_EQ(say(TicketServed{{}, state_.next_seq - 1, "close"}), "");
    EXPECT_EQ(close(), "");
    say(DayOpened{20270120, 5, 10, "day", "burst.1", {"face.1"}});
    EXPECT_EQ(say(TicketIssued{{}, 20270120, "finance", "land-tax", "B001"}), "");
    EXPECT_REFUSED(close(), "without a word");
}

TEST_F(Tickets, ThatAreNotThereAreSpokenOfByNoLine) {
    EXPECT_EQ(allowed(kFirst), "");
    issue();
    close();
    EXPECT_EQ(allowed(kFirst), "");
    EXPECT_REFUSED(say(WalkIn{{}, kQueueDay, "finance", "land-tax", kTwo}), "outside the day");
}

TEST_F(Tickets, HaveValuesThatAreNoFreeText) {
    const auto refused = [&](Happening happening, const char* why) {
        EXPECT_REFUSED(say(std::move(happening)), why);
    };
    EXPECT_REFUSED(issue(Route{"ordinary", {}}), "malformed");
    EXPECT_REFUSED(issue(Route{"first", {}}), "malformed");
    EXPECT_REFUSED(issue(Route{"priority", {"/finance"}}), "malformed");
    EXPECT_REFUSED(issue(Route{"priority", std::vector<std::string>(8, "/finance/sign-tax")}), "malformed");
    issue();
    refused(TicketCalled{{}, kFirst, "", "next", ""}, "counter's id");
    refused(TicketCalled{{}, kFirst, kTwo, "next", "emergency"}, "no way we know");
    refused(TicketCalled{{}, kFirst, kTwo, "chosen", ""}, "reason");
    refused(TicketCalled{{}, kFirst, kTwo, "chosen", "นายสมชาย ใจดี"}, "reason");
    refused(TicketCalled{{}, kFirst, kTwo, "because", ""}, "no way we know");
    refused(TicketTransferred{{}, kFirst, "", "clerk", "", "wrong-service"}, "names no service");
    refused(TicketCancelled{{}, kFirst, "", ""}, "reason");
    refused(TicketCancelled{{}, kFirst, "Counter", "went-home"}, "counter's id");
    refused(PrintFailed{{}, kFirst, "fire"}, "no cause");
    refused(Officer{"mayor", "", "entered"}, "no role");
    refused(Officer{"desk", kTwo, "entered"}, "no role");
    refused(Officer{"counter", "", "entered"}, "no role");
    refused(Officer{"counter", kTwo, "left"}, "did nothing we know");
    call(kFirst);
    refused(TicketParked{{}, kFirst, kTwo, ""}, "reason");
    refused(TicketDelayed{{}, kFirst, kTwo, ""}, "reason");
    refused(TicketServed{{}, kFirst, "officer", kTwo}, "counter's id");
}

TEST_F(Tickets, AreNotNeededForAnOfficersLineNorIsADay) {
    EXPECT_EQ(say(Officer{"desk", "", "entered"}), "");
    EXPECT_EQ(close(), "");
    EXPECT_EQ(say(Officer{"counter", kTwo, "new_pin"}), "");
}

TEST_F(Tickets, OfTheGoldenFilesAreEveryKindAndReadAsWritten) {
    std::string all;
    std::set<std::string> kinds;
    LogState state;
    for (const Line& line : sample::queue_lines()) {
        all += write_line(line) + "\n";
        kinds.insert(kind_of(line.happening));
        const Result<void> taken = state.take(line);
        ASSERT_TRUE(taken) << taken.error().english;
        EXPECT_EQ(*LogState::restore(state.save()), state) << state.save();
    }
    EXPECT_TRUE(state.open_tickets.empty());
    EXPECT_EQ(kinds.size(), 14U + 5U) << "and log_start, issued, served, day opened and closed";
    EXPECT_EQ(all, sample::golden("queue-lines.jsonl"));
    EXPECT_EQ(sample::queue_bundle(), sample::golden("queue.bundle"));
    EXPECT_TRUE(open_bundle(sample::queue_bundle()));
}

TEST_F(Tickets, AreNotRestoredFromATextThatNobodySaved) {
    issue();
    call(kFirst);
    const std::string text = state_.save();
    ASSERT_NE(text.find("2:c:0:counter-2"), std::string::npos) << text;
    for (const char* other : {"2:z:0:counter-2", "2:c:00:counter-2", "2:c:0", "2:c", "2:", ":", "2:w:0:"}) {
        std::string changed = text;
        changed.replace(changed.find("2:c:0:counter-2"), 15, other);
        EXPECT_FALSE(LogState::restore(changed)) << other;
    }
}

}  // namespace
}  // namespace sala::ledger
