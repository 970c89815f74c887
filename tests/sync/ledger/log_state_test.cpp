#include "sync/ledger/log_state.h"

#include <functional>

#include "tests/sync/ledger/sample.h"

namespace sala::ledger {
namespace {

// The state before the first line of `kind` in the sample days, and that line.
struct Before {
    LogState state;
    Line line;
};

Before before(std::string_view kind, int which = 0) {
    Before found;
    for (const Line& line : sample::lines()) {
        found.line = line;
        if (kind_of(line.happening) == kind && which-- == 0) return found;
        EXPECT_TRUE(found.state.take(line));
    }
    ADD_FAILURE() << kind;
    return found;
}

// The line as if it came next.
Line moved(Line line, const Before& at) {
    line.stamp = at.line.stamp;
    return line;
}

// Refused with LOG-RULE and this reason, the state as before.
void expect_refused(const Before& at, const Line& line, const std::string& reason) {
    LogState state = at.state;
    const Result<void> taken = state.take(line);
    ASSERT_FALSE(taken) << reason;
    EXPECT_EQ(taken.error().code, "LOG-RULE");
    EXPECT_NE(taken.error().english.find("(" + reason + ")"), std::string::npos)
        << reason << " / " << taken.error().english;
    EXPECT_EQ(state, at.state);
}

template <typename T>
void expect_refused(const Before& at, const std::function<void(T&)>& change, const std::string& reason) {
    Before good = at;
    EXPECT_TRUE(good.state.take(at.line));
    Line line = at.line;
    change(std::get<T>(line.happening));
    expect_refused(at, line, reason);
}

TEST(LogState, TakesTheSampleDaysAndAddsThemUp) {
    LogState state;
    const std::vector<Line> lines = sample::lines();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        ASSERT_TRUE(state.take(lines[i])) << i;
        if (i + 2 == sample::kFirstDayLines) {
            EXPECT_EQ(state.waiting_total(), 1U);
        }
    }
    EXPECT_EQ(state.next_seq, lines.size());
    EXPECT_EQ(state.open_day, 0);
    EXPECT_EQ(state.waiting_total(), 0U);
    EXPECT_TRUE(state.open_tickets.empty());
    EXPECT_TRUE(state.kind_counts().empty());
}

TEST(LogState, RefusesLinesOutOfTheirPlace) {
    Before at = before("cast");
    Line line = at.line;
    ++line.stamp.seq;
    expect_refused(at, line, "a line is missing or out of order");
    line.stamp.seq -= 2;
    expect_refused(at, line, "a line is missing or out of order");

    Before first = before("log_start");
    Line boot = before("boot").line;
    boot.stamp.seq = 0;
    expect_refused(first, boot, "the log does not begin with log_start");

    expect_refused(at, moved(first.line, at), "log_start stands only at the beginning");
}

TEST(LogState, RefusesAMalformedBootId) {
    const Before at = before("alive");
    for (const char* boot :
         {"", "boot", "0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdef0",
          "0123456789ABCDEF0123456789abcdef", "01234567-89ab-cdef-0123-456789abcdef"}) {
        Line line = at.line;
        line.stamp.boot = boot;
        expect_refused(at, line, "the boot id is malformed");
    }
}

TEST(LogState, RefusesAStartThatDoesNotNameItsKey) {
    const Before at = before("log_start");
    const std::string origin = sample::origin();
    expect_refused<LogStart>(
        at, [](auto& line) { line.office = ""; }, "the office's id is malformed");
    expect_refused<LogStart>(
        at, [](auto& line) { line.office = "Ban Mai"; }, "the office's id is malformed");
    const std::string reason = "the origin does not name the key";
    expect_refused<LogStart>(
        at, [](auto& line) { line.key[0] ^= 1; }, reason);
    for (const std::string& wrong : {origin + "x", origin.substr(1 + origin.find('/')), " " + origin,
                                     "B" + origin, std::string(201, 'a') + origin.substr(origin.find('/'))}) {
        expect_refused<LogStart>(
            at, [&](auto& line) { line.origin = wrong; }, reason);
    }
}

TEST(LogState, RefusesABootThatMisstatesWhatWasBefore) {
    const Before at = before("boot", 1);
    expect_refused<Boot>(
        at, [](auto& line) { ++line.dark_since; }, "boot misstates when the kiosk was last alive");
    expect_refused<Boot>(
        at, [](auto& line) { line.waiting = 0; }, "boot misstates the ratings that wait");
    for (const std::string& wrong :
         {std::string(), std::string("0 1"), std::string("1\n"), std::string(41, '1')}) {
        expect_refused<Boot>(
            at, [&](auto& line) { line.version = wrong; }, "the program's version is malformed");
    }
}

TEST(LogState, RefusesADayThatMayNotOpen) {
    const Before at = before("day_opened", 1);
    for (const int day : {0, 1, 20270229, 20271301, 20270100, 19691231, 99999999}) {
        expect_refused<DayOpened>(
            at, [&](auto& line) { line.day = day; }, "a day is no date");
    }
    const std::string low = "k is lower than allowed";
    expect_refused<DayOpened>(
        at, [](auto& line) { line.k = 4; }, low);
    expect_refused<DayOpened>(
        at, [](auto& line) { line.k_counter = 9; }, low);
    expect_refused<DayOpened>(
        at, [](auto& line) { line.k = 11; }, low);
    expect_refused<DayOpened>(
        at, [](auto& line) { line.wait = "month"; }, "an unknown wait");
    expect_refused<DayOpened>(
        at, [](auto& line) { line.rule = "a b"; }, "the rule of the classes is malformed");
    expect_refused<DayOpened>(
        at,
        [](auto& line) {
            line.pages = {"face.1", "face.1"};
        },
        "form pages are out of order");
    expect_refused<DayOpened>(
        at, [](auto& line) { line.pages = {"face.2"}; }, "an unknown form page");

    Before open = before("cast");
    const Line line = moved(at.line, open);
    expect_refused(open, line, "a day was opened while another was open");
}

// A clock that stood years ahead must not lock the kiosk for years.
TEST(LogState, AllowsTheSameOrAnEarlierDayAndARaisedK) {
    for (const int day : {20270115, 20260101}) {
        Before at = before("day_opened", 1);
        auto& opened = std::get<DayOpened>(at.line.happening);
        opened.day = day;
        opened.k = opened.k_counter = 20;
        EXPECT_TRUE(at.state.take(at.line));
        EXPECT_EQ(at.state.rules.k, 20);
        EXPECT_EQ(at.state.open_day, day);
    }
}

TEST(LogState, CallsNoClockTrustedThatStandsBehindATrustedLine) {
    const Before at = before("alive");
    const std::int64_t last = at.state.last_utc_ms;
    Line line = at.line;
    line.stamp.utc_ms = last - 1;
    expect_refused(at, line, "a clock that stands behind an earlier line is called trusted");
    line.stamp.clock_trusted = false;
    LogState state = at.state;
    ASSERT_TRUE(state.take(line));
    EXPECT_EQ(state.last_utc_ms, last - 1);
    ++line.stamp.seq;
    line.stamp.clock_trusted = true;
    const LogState behind = state;
    EXPECT_FALSE(state.take(line));
    EXPECT_EQ(state, behind);
    line.stamp.utc_ms = last;
    EXPECT_TRUE(state.take(line));
}

TEST(LogState, RefusesATicketOutsideItsDay) {
    const Before at = before("ticket_issued");
    const std::string outside = "a ticket was issued outside its day";
    expect_refused<TicketIssued>(
        at, [](auto& line) { line.day = 20270116; }, outside);
    expect_refused<TicketIssued>(
        at, [](auto& line) { line.division = ""; }, "a ticket names no service");
    expect_refused<TicketIssued>(
        at, [](auto& line) { line.service = "a/b"; }, "a ticket names no service");
    for (const char* number :
         {"", "B", "007", "B07", "b007", "BB007", "B00007", "B007 ", "B 07", "B-07", "B00x"}) {
        expect_refused<TicketIssued>(
            at, [&](auto& line) { line.number = number; }, "a ticket's number is malformed");
    }
    Before closed = before("cosigned");
    const Line line = moved(at.line, closed);
    expect_refused(closed, line, outside);
}

TEST(LogState, RefusesATicketServedTwiceOrNeverIssued) {
    Before at = before("ticket_served");
    const std::string reason = "a ticket was served that is not open";
    expect_refused<TicketServed>(
        at, [](auto& line) { line.ticket = 3; }, reason);
    expect_refused<TicketServed>(
        at, [](auto& line) { line.by = "visitor"; }, "a ticket was served by nobody we know");
    Line again = at.line;
    ++again.stamp.seq;
    ASSERT_TRUE(at.state.take(at.line));
    expect_refused(at, again, reason);
}

TEST(LogState, RefusesARatingThatMayNotBeCast) {
    const Before at = before("cast");
    expect_refused<Cast>(
        at, [](auto& line) { line.page = "face.2"; }, "a rating was cast on no page of the day");
    Before closed = before("cosigned");
    const Line line = moved(at.line, closed);
    expect_refused(closed, line, "a rating was cast while no day was open");
}

TEST(LogState, RefusesAnEnvelopeThatTellsTooMuch) {
    const Before at = before("sealed");
    const auto counts = [](Sealed& line, std::vector<std::uint64_t> values) {
        line.items[0].counts = std::move(values);
        line.n = line.items[0].total();
    };
    const std::string few = "an envelope holds too few";
    expect_refused<Sealed>(
        at,
        [&](auto& line) {
            counts(line, {0, 0, 0, 0, 0, 4});
        },
        few);
    expect_refused<Sealed>(
        at,
        [&](auto& line) {
            counts(line, {0, 0, 0, 0, 0, 4}), line.k = 4;
        },
        few);
    expect_refused<Sealed>(
        at, [](auto& line) { line.k = 4; }, few);
    expect_refused<Sealed>(
        at, [](auto& line) { line.place = "/a/b/c"; }, few);
    expect_refused<Sealed>(
        at,
        [&](auto& line) {
            counts(line, {0, 0, 0, 0, 0, 8});
        },
        "more ratings were sealed than cast");
    expect_refused<Sealed>(
        at, [](auto& line) { line.n = 5; }, "an item of an envelope does not count every rater");
    const std::string items = "an envelope has not the items of its page";
    expect_refused<Sealed>(
        at, [](auto& line) { line.items.clear(); }, items);
    expect_refused<Sealed>(
        at, [](auto& line) { line.items.push_back(line.items[0]); }, items);
    expect_refused<Sealed>(
        at, [](auto& line) { line.items[0].item = "age"; }, items);
    expect_refused<Sealed>(
        at, [](auto& line) { line.items[0].counts.push_back(0); }, items);
    expect_refused<Sealed>(
        at, [](auto& line) { line.page = "face.2"; }, "an unknown form page");
    expect_refused<Sealed>(
        at, [](auto& line) { line.place = "a"; }, "an envelope has no place or class");
    expect_refused<Sealed>(
        at, [](auto& line) { line.ballot_class = "late"; }, "an envelope has no place or class");
    const std::string days = "an envelope's days are out of order";
    expect_refused<Sealed>(
        at, [](auto& line) { line.days.clear(); }, days);
    expect_refused<Sealed>(
        at,
        [](auto& line) {
            line.days = {20270115, 20270115};
        },
        days);
    expect_refused<Sealed>(
        at,
        [](auto& line) {
            line.days = {20270115, 20270114};
        },
        days);
    expect_refused<Sealed>(
        at, [](auto& line) { line.days = {20270100}; }, "a day of an envelope is no date");

    Before closed = before("cosigned");
    const Line line = moved(at.line, closed);
    expect_refused(closed, line, "an envelope was sealed while no day was open");
}

TEST(LogState, RefusesACloseThatDoesNotAddUp) {
    const Before at = before("day_closed");
    expect_refused<DayClosed>(
        at, [](auto& line) { line.day = 20270114; }, "a day was closed that was not open");
    const std::string lines = "the close miscounts its lines";
    expect_refused<DayClosed>(
        at, [](auto& line) { ++line.lines[2].n; }, lines);
    expect_refused<DayClosed>(
        at, [](auto& line) { std::swap(line.lines[0], line.lines[1]); }, lines);
    expect_refused<DayClosed>(
        at, [](auto& line) { line.lines.pop_back(); }, lines);
    expect_refused<DayClosed>(
        at,
        [](auto& line) {
            line.lines.push_back({"void", 0});
        },
        lines);
    const std::string waiting = "the close misstates the ratings that wait";
    expect_refused<DayClosed>(
        at, [](auto& line) { line.waiting.clear(); }, waiting);
    expect_refused<DayClosed>(
        at, [](auto& line) { line.waiting[0].n = 2; }, waiting);
    expect_refused<DayClosed>(
        at, [](auto& line) { line.texts = {"AAAA"}; }, "a text's commitment is no hash");
    Before closed = at;
    ASSERT_TRUE(closed.state.take(at.line));
    Line again = at.line;
    ++again.stamp.seq;
    expect_refused(closed, again, "a day was closed that was not open");
}

TEST(LogState, RefusesACosignatureForLinesToCome) {
    const Before at = before("cosigned");
    expect_refused<Cosigned>(
        at, [&](auto& line) { line.size = at.line.stamp.seq + 1; },
        "a cosignature is for more lines than there were");
    for (const char* by : {"", "a b", "a+b"}) {
        expect_refused<Cosigned>(
            at, [&](auto& line) { line.by = by; }, "a cosigner's name is malformed");
    }
}

TEST(LogState, IsTheSameAfterSavingAtEveryLine) {
    LogState state;
    for (const Line& line : sample::lines()) {
        const std::optional<LogState> restored = LogState::restore(state.save());
        ASSERT_TRUE(restored) << state.save();
        EXPECT_EQ(*restored, state);
        ASSERT_TRUE(state.take(line));
    }
}

TEST(LogState, RefusesASavedTextThatIsCutOrChanged) {
    const std::string saved = before("day_closed").state.save();
    ASSERT_TRUE(LogState::restore(saved));
    for (std::size_t i = 0; i < saved.size(); ++i) EXPECT_FALSE(LogState::restore(saved.substr(0, i))) << i;
    EXPECT_FALSE(LogState::restore(saved + " "));
    EXPECT_FALSE(LogState::restore("5" + saved.substr(1)));
    EXPECT_FALSE(LogState::restore(" " + saved));
}

}  // namespace
}  // namespace sala::ledger
