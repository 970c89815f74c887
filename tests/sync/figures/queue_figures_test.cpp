// Small days whose figures were computed by hand.
#include "sync/figures/queue_figures.h"

#include "platform/base/files.h"
#include "tests/sync/figures/figure_log.h"
#include "tests/sync/ledger/sample_queue.h"

namespace sala::figures {
namespace {

constexpr int kFriday = 20270115, kMonday = 20270118;
const ServicePlace kTax{"finance", "tax"}, kSign{"finance", "sign"};

QueueFigures of_golden(int first, int last) {
    QueueFigures figures;
    LogReader reader(figures, days(first, last));
    for (const ledger::Line& line : ledger::sample::queue_lines()) reader.take(line);
    reader.finish();
    return figures;
}

// The golden log passes a minute from line to line.
TEST(QueueFigures, OfTheGoldenDayAreThoseCountedByHand) {
    const QueueFigures figures = of_golden(20270118, 20270118);
    const Group all = figures.whole();
    EXPECT_EQ(all.issued, 5U);
    EXPECT_EQ(all.walked_in, 1U);
    EXPECT_EQ(all.served, 3U);
    EXPECT_EQ(all.missed, 1U);
    EXPECT_EQ(all.cancelled, 1U);
    EXPECT_EQ(all.carried_out, 1U);
    EXPECT_EQ(all.carried_in + all.left + all.open + all.unmeasured, 0U);
    EXPECT_EQ(all.moved_in, 2U);
    EXPECT_EQ(all.done, 1U);
    EXPECT_EQ(all.transferred, 1U);
    EXPECT_EQ(all.calls, 7U);
    EXPECT_EQ(all.recalls, 1U);
    EXPECT_EQ(all.chosen, 1U);
    EXPECT_EQ(all.parked, 1U);
    EXPECT_EQ(all.delayed, 1U);
    EXPECT_EQ(all.unprinted, 1U);
    EXPECT_TRUE(figures.balanced());
    EXPECT_EQ(all.wait_times.known(), 5U)
        << "a second call after a missed one, and of a parked one, are no waits";
    EXPECT_EQ(all.wait_times.median(), 6 * kMinute_ms) << "of 1, 6, 6, 9 and 15 minutes";
    EXPECT_EQ(all.wait_times.percentile(90), 15 * kMinute_ms);
    EXPECT_EQ(all.service_times.known(), 4U) << "6, 1, 1 and 12 minutes; the parked one was carried over";
    EXPECT_EQ(all.service_times.median(), std::nullopt);
    EXPECT_EQ(figures.services.at({"finance", "sign-tax"}).moved_in, 1U);
    EXPECT_EQ(figures.services.at({"clerk", "water"}).cancelled, 1U);
    EXPECT_EQ(figures.divisions().at("finance").came(), 7U);
    EXPECT_EQ(figures.counters.at("counter-2").served, 2U);
    EXPECT_EQ(figures.counters.at("counter-3").missed, 1U);
    EXPECT_EQ(figures.reasons.at({ReasonOf::kChosen, "emergency"}), 1U);
    EXPECT_EQ(figures.reasons.at({ReasonOf::kTransferred, "wrong-service"}), 1U);
    EXPECT_EQ(figures.reasons.at({ReasonOf::kPrint, "paper"}), 1U);
    EXPECT_EQ(figures.reasons.size(), 6U);
}

TEST(QueueFigures, WhoIsCarriedIsOutOfOneDayAndInTheNext) {
    const Group next = of_golden(20270119, 20270119).whole();
    EXPECT_EQ(next.carried_in, 1U);
    EXPECT_EQ(next.issued, 0U);
    EXPECT_EQ(next.served, 1U);
    EXPECT_EQ(next.unmeasured, 1U) << "served at the close";
    EXPECT_EQ(next.wait_times.known(), 1U) << "from the day's beginning";

    const QueueFigures both = of_golden(20270118, 20270119);
    const Group all = both.whole();
    EXPECT_EQ(all.carried_in, 0U);
    EXPECT_EQ(all.carried_out, 0U);
    EXPECT_EQ(all.issued + all.walked_in, all.served + all.missed + all.cancelled);
    EXPECT_TRUE(both.balanced());
    EXPECT_EQ(all.wait_times.median(), 6 * kMinute_ms) << "of 1, 1, 6, 6, 9 and 15 minutes";
    EXPECT_EQ(all.service_times.median(), 1 * kMinute_ms) << "of 1, 1, 1, 6 and 12 minutes";
}

TEST(QueueFigures, AWaitBelongsToTheHourInWhichItBegan) {
    FigureLog log;
    log.open(kFriday);
    log.minutes(115);
    const auto before_noon = log.issue();  // 11:55
    log.minutes(10);
    const auto at_noon = log.issue();  // 12:05
    log.call(before_noon);
    log.minutes(50);
    log.serve(before_noon);  // 12:55
    log.call(at_noon);
    log.minutes(10);
    log.serve(at_noon);  // 13:05
    const QueueFigures figures = log.figures();
    EXPECT_EQ(figures.hours.at(11).wait_times.known(), 1U);
    EXPECT_EQ(figures.hours.at(11).served, 0U);
    EXPECT_EQ(figures.lunch().issued, 1U);
    EXPECT_EQ(figures.lunch().served, 1U);
    EXPECT_EQ(figures.lunch().wait_times.known(), 1U);
    EXPECT_EQ(figures.lunch().service_times.known(), 2U) << "both were called in it";
    EXPECT_EQ(figures.other_hours().issued, 1U);
    EXPECT_EQ(figures.other_hours().served, 1U);
}

TEST(QueueFigures, TimeBetweenTwoBootsIsKnownByTrustedClocksOnly) {
    FigureLog log;
    log.open(kFriday);
    const auto known = log.issue(), unknown = log.issue();
    log.reboot();
    log.minutes(7);
    log.call(known);
    log.trusted = false;
    log.minutes(1);
    log.call(unknown, "c2");
    log.minutes(5);
    log.serve(known);
    log.reboot();
    log.minutes(5);
    log.serve(unknown, "c2");
    const QueueFigures figures = log.figures();
    const Group all = figures.whole();
    EXPECT_EQ(all.wait_times.known(), 1U);
    EXPECT_EQ(all.wait_times.unknown(), 1U);
    EXPECT_EQ(all.service_times.known(), 1U);
    EXPECT_EQ(all.service_times.unknown(), 1U);
    EXPECT_EQ(figures.hours.at(kUnknownHour).served, 2U);
    EXPECT_EQ(figures.other_hours().served, 0U);
}

TEST(QueueFigures, WhileATicketIsParkedItIsNotServed) {
    FigureLog log;
    log.open(kFriday);
    for (int i = 0; i < 5; ++i) {
        const auto ticket = log.issue();
        log.minutes(2);
        log.call(ticket);
        log.minutes(3);
        log.say(ledger::TicketParked{{}, ticket, "c1", "copies"});
        log.minutes(60);
        log.say(ledger::TicketCalled{{}, ticket, "c1", "parked", ""});
        log.minutes(4);
        log.serve(ticket);
    }
    const Group all = log.figures().whole();
    EXPECT_EQ(all.service_times.median(), 7 * kMinute_ms);
    EXPECT_EQ(all.wait_times.percentile(90), 2 * kMinute_ms);
    EXPECT_EQ(all.calls, 10U);
}

TEST(QueueFigures, EachServiceOfATicketHasAWaitOfItsOwn) {
    FigureLog log;
    log.open(kFriday);
    for (int i = 0; i < 5; ++i) {
        const auto ticket = log.issue("tax", {"/finance/sign"});
        log.minutes(9);
        log.call(ticket);
        log.minutes(1);
        log.say(ledger::ServiceDone{{}, ticket, "c1"});
        log.minutes(4);
        log.call(ticket, "c2");
        log.minutes(2);
        log.serve(ticket, "c2");
    }
    const QueueFigures figures = log.figures();
    EXPECT_EQ(figures.services.at(kTax).wait_times.median(), 9 * kMinute_ms);
    EXPECT_EQ(figures.services.at(kSign).wait_times.median(), 4 * kMinute_ms);
    EXPECT_EQ(figures.services.at(kTax).service_times.median(), 1 * kMinute_ms);
    EXPECT_EQ(figures.services.at(kSign).service_times.median(), 2 * kMinute_ms);
    EXPECT_EQ(figures.services.at(kTax).done, 5U);
    EXPECT_EQ(figures.whole().served, 5U) << "a ticket of two services is one";
    EXPECT_EQ(figures.counters.at("c2").served, 5U);
}

TEST(QueueFigures, VersionOneHasCountsAndNoTimes) {
    FigureLog log;
    log.open(kFriday);
    for (int i = 0; i < 7; ++i) {
        const auto ticket = log.issue();
        log.minutes(3);
        if (i < 6) log.say(ledger::TicketServed{{}, ticket, i < 4 ? "close" : "officer"});
    }
    log.close();
    const QueueFigures figures = log.figures();
    const Group all = figures.whole();
    EXPECT_EQ(all.issued, 7U);
    EXPECT_EQ(all.served, 6U);
    EXPECT_EQ(all.left, 1U) << "version 1 may leave one";
    EXPECT_EQ(all.unmeasured, 6U);
    EXPECT_EQ(all.wait_times.known() + all.wait_times.unknown(), 0U);
    EXPECT_EQ(all.service_times.known() + all.service_times.unknown(), 0U);
    EXPECT_EQ(figures.days_without_calls, std::set<int>{kFriday});
    EXPECT_TRUE(figures.balanced());
    EXPECT_NE(figures.json().find(R"("waits":{"n":0,"unknown":0,"median_ms":null,"p90_ms":null})"),
              std::string::npos);
}

TEST(QueueFigures, OfADayThatIsOpenBalanceToo) {
    FigureLog log;
    log.open(kFriday);
    log.visitor(1, 1);
    log.issue();
    const auto missed = log.issue();
    log.call(missed);
    log.say(ledger::TicketMissed{{}, missed, "c1"});
    const QueueFigures figures = log.figures();
    EXPECT_EQ(figures.whole().open, 1U);
    EXPECT_EQ(figures.whole().missed, 1U);
    EXPECT_TRUE(figures.balanced());
    EXPECT_TRUE(figures.days_without_calls.empty());
}

TEST(QueueFigures, CountLinesWhoseTicketWasNotReadAndNothingElseOfThem) {
    FigureLog log;
    log.open(kFriday);
    const auto erased = log.issue();
    log.call(erased);
    log.serve(erased);
    log.visitor(1, 1);
    log.lines.erase(log.lines.begin() + static_cast<std::ptrdiff_t>(erased));
    const QueueFigures figures = log.figures();
    EXPECT_EQ(figures.unread, 2U);
    EXPECT_EQ(figures.whole().issued, 1U);
    EXPECT_EQ(figures.whole().calls, 1U);
    EXPECT_TRUE(figures.balanced());
}

TEST(QueueFigures, SeveralLogsAddUp) {
    FigureLog one, other;
    one.open(kFriday);
    other.open(kFriday);
    for (int i = 0; i < 3; ++i) one.visitor(2, 4);
    for (int i = 0; i < 2; ++i) other.visitor(10, 6, "c2");
    QueueFigures figures;
    for (const FigureLog* log : {&one, &other}) {
        LogReader reader(figures, days(kFriday, kFriday));
        for (const ledger::Line& line : log->lines) reader.take(line);
        reader.finish();
    }
    const Group all = figures.whole();
    EXPECT_EQ(all.served, 5U);
    EXPECT_EQ(all.wait_times.median(), 2 * kMinute_ms);
    EXPECT_EQ(all.wait_times.percentile(90), 10 * kMinute_ms);
    EXPECT_EQ(all.service_times.percentile(90), 6 * kMinute_ms);
    EXPECT_EQ(figures.days.at(DayKind::kUnknown).size(), 1U);
}

TEST(QueueFigures, DaysOfAHolidayStandApart) {
    FigureLog log;
    log.open(kFriday);
    log.visitor(2, 4);
    log.close();
    log.open(20270116);  // a Saturday
    log.visitor(2, 4);
    log.close();
    log.open(kMonday);
    log.visitor(2, 4);
    log.visitor(2, 4);
    log.close();
    const DayRules rules{record::OpeningHours{}, std::vector<record::Holiday>{
                                                     {*record::date_of(kFriday), {"วันครู", "Teachers' Day"}}}};
    const QueueFigures figures = log.figures(days(kFriday, kMonday), rules);
    EXPECT_EQ(figures.day_kinds.at(DayKind::kHoliday).served, 1U);
    EXPECT_EQ(figures.day_kinds.at(DayKind::kClosed).served, 1U);
    EXPECT_EQ(figures.day_kinds.at(DayKind::kUsual).served, 2U);
    EXPECT_EQ(figures.days.at(DayKind::kUsual), std::set<int>{kMonday});
    EXPECT_EQ(log.figures(days(kFriday, kMonday)).json(), figures.json()) << "JSON asks no configuration";
}

TEST(QueueFigures, AreSpeltInOneWay) {
    FigureLog log;
    log.open(kFriday);
    for (int i = 0; i < 5; ++i) log.visitor(i, 2 * i + 1);
    const std::string json = log.figures().json();
    const std::string group =
        R"("carried_in":0,"issued":5,"walked_in":0,"moved_in":0,"served":5,"done":0,"transferred":0,)"
        R"("missed":0,"cancelled":0,"carried_out":0,"left":0,"open":0,"calls":5,"recalls":0,"chosen":0,)"
        R"("parked":0,"delayed":0,"unprinted":0,"unmeasured":0,)"
        R"("waits":{"n":5,"unknown":0,"median_ms":120000,"p90_ms":240000},)"
        R"("services":{"n":5,"unknown":0,"median_ms":300000,"p90_ms":540000})";
    EXPECT_NE(
        json.find(R"({"days":1,"days_without_calls":0,"unread":0,"balanced":true,"whole":{)" + group + "}"),
        std::string::npos)
        << json;
    EXPECT_NE(json.find(R"("services":[{"place":"/finance/tax",)" + group + "}]"), std::string::npos) << json;
    EXPECT_NE(json.find(R"("hours":[{"hour":10,)" + group + "}]"), std::string::npos) << json;
    const std::string text = log.figures().text();
    EXPECT_NE(text.find("เวลารอ / wait, minutes        2.0 (90% 4.0, n 5)"), std::string::npos) << text;
}

}  // namespace
}  // namespace sala::figures
