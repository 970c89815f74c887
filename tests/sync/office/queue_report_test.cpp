// The queue's figures, as the office has them from the evidence and as the kiosk has them from its lines.
#include "sync/office/queue_report.h"

#include <stdlib.h>

#include "sync/figures/log_reader.h"
#include "sync/report/period.h"
#include "tests/sync/office/office_fixture.h"
#include "tests/sync/record/smallest_office.h"

namespace sala::office {
namespace {

const record::DateRange kJanuary = *report::fiscal_month(2570, 1);

// Visitors who wait and are served some minutes, one who is missed, one who is carried over the close.
void queue_day(LogBuilder& log, int day, int visitors) {
    constexpr std::int64_t kMinute_ms = 60'000;
    const auto issue = [&] { return log.add(ledger::TicketIssued{{}, day, "finance", "waste", "B001", {}}); };
    const auto call = [&](std::uint64_t ticket) {
        log.pass_ms(kMinute_ms * static_cast<std::int64_t>(1 + ticket % 9));
        log.add(ledger::TicketCalled{{}, ticket, "c1", "next", ""});
    };
    log.open_day(day);
    for (int i = 0; i < visitors; ++i) {
        const std::uint64_t ticket = issue();
        call(ticket);
        log.pass_ms(kMinute_ms * (2 + i % 7));
        log.add(ledger::TicketServed{{}, ticket, "counter", "c1"});
    }
    const std::uint64_t missed = issue();
    issue();
    call(missed);
    log.add(ledger::TicketMissed{{}, missed, "c1"});
    for (const auto& [ticket, open] : std::map(log.state().open_tickets.all())) {
        if (open.standing == ledger::Standing::kWaiting) log.add(ledger::TicketCarried{{}, ticket});
    }
    log.close_day();
}

// As the kiosk reads its own journal.
std::string kiosk_json(const std::vector<const LogBuilder*>& logs) {
    figures::QueueFigures figures;
    for (const LogBuilder* log : logs) {
        figures::LogReader reader(figures, kJanuary);
        for (std::uint64_t seq = 0; seq < log->size(); ++seq)
            reader.take(*ledger::parse_line(log->line(seq)));
        reader.finish();
    }
    return figures.json();
}

class QueueReports : public OfficeTest {
  protected:
    Result<report::QueueReport> january(const std::optional<record::YearData>& year = {}) {
        return queue_report(*database_, "banmai", kJanuary, year);
    }
    std::string january_json() {
        const auto report = january();
        return report ? report->figures.json() : report.error().line();
    }
};

TEST_P(QueueReports, AreTheFiguresOfTheKiosksOwnLines) {
    LogBuilder log;
    queue_day(log, 20270115, 9);
    queue_day(log, 20270118, 8);
    ASSERT_TRUE(log.rules_kept());
    enrol_kiosk(log);
    ASSERT_TRUE(take(log.bundle(0, 11)));
    ASSERT_TRUE(take(log.bundle(7, log.size()))) << "lines that are held already come again";
    const std::string json = kiosk_json({&log});
    EXPECT_EQ(january_json(), json);
    EXPECT_NE(json.find(R"("days":2,"days_without_calls":0,"unread":0,"balanced":true,)"), std::string::npos);
    EXPECT_NE(json.find(R"("served":17,)"), std::string::npos) << json;
}

TEST_P(QueueReports, AddKiosksUpInWhicheverOrderTheyCame) {
    LogBuilder one(1), other(2);
    queue_day(one, 20270115, 9);
    queue_day(other, 20270115, 6);
    enrol_kiosk(one);
    enrol_kiosk(other);
    ASSERT_TRUE(take(other.bundle()));
    ASSERT_TRUE(take(one.bundle()));
    EXPECT_EQ(january_json(), kiosk_json({&one, &other}));
    EXPECT_EQ(january_json(), kiosk_json({&other, &one}));
    EXPECT_EQ(january()->figures.whole().served, 15U);
}

TEST_P(QueueReports, DoNotCountTheOtherSideOfAFork) {
    LogBuilder kept(1), other(1);
    queue_day(kept, 20270115, 5);
    queue_day(other, 20270115, 12);
    enrol_kiosk(kept);
    ASSERT_TRUE(take(kept.bundle()));
    EXPECT_EQ(refusal(other.bundle()), "BUNDLE-FORK");
    EXPECT_EQ(january_json(), kiosk_json({&kept}));
}

TEST_P(QueueReports, AreNotMadeOfDamagedEvidence) {
    LogBuilder log;
    queue_day(log, 20270115, 5);
    enrol_kiosk(log);
    ASSERT_TRUE(take(log.bundle()));
    {
        auto owner = connect(url_, Access::kWrite);
        ASSERT_TRUE(owner);
        std::string bytes = log.bundle();
        bytes[bytes.find("\"c1\"") + 2] = '2';
        auto change = (*owner)->prepare("UPDATE bundle SET bytes = ?");
        ASSERT_TRUE(change);
        ASSERT_TRUE(change->bind(bytes_of(bytes)).run());
    }
    const auto report = january();
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, "DB-DAMAGED");
}

TEST_P(QueueReports, NameWhatTheCatalogueHasAndSayWhatIsUnknown) {
    LogBuilder log;
    queue_day(log, 20270115, 6);
    enrol_kiosk(log);
    ASSERT_TRUE(take(log.bundle()));
    const auto without = january();
    ASSERT_TRUE(without);
    EXPECT_FALSE(without->hours_known) << "the profile of this office cannot be read";
    EXPECT_FALSE(without->holidays_known);
    EXPECT_TRUE(without->figures.day_kinds.contains(figures::DayKind::kUnknown));
    ASSERT_EQ(without->catalogue.size(), 3U);
    EXPECT_EQ(without->catalogue[1].service_name, "=ค่าขยะ");
    EXPECT_EQ(without->counters.at(0).second, "ช่อง 1");

    std::string profile =
        record::kSmallestOffice + "standard_minutes = 7\n[[division]]\nid = \"finance\"\n" +
        "prefix = \"B\"\nname = \"คลัง\"\n[[division.service]]\nid = \"waste\"\nname = \"ขยะ\"\n" +
        "steps = [\"ยื่น\"]\nduration = \"5 นาที\"\nchannel = \"ช่อง\"\nstandard_minutes = 4\n";
    ASSERT_TRUE(init_office(url_, keys_, sample_office(), profile));
    record::YearData year;
    year.year_be = 2570;
    year.holidays.emplace();
    const auto with = january(year);
    ASSERT_TRUE(with) << with.error().line();
    EXPECT_TRUE(with->hours_known && with->holidays_known);
    EXPECT_EQ(with->catalogue[1].standard_minutes, 4);
    EXPECT_EQ(with->catalogue[0].standard_minutes, std::nullopt);
    EXPECT_EQ(with->figures.day_kinds.at(figures::DayKind::kUsual).served, 6U);
    EXPECT_EQ(with->figures.json(), without->figures.json());
}

SALA_ON_BOTH_ENGINES(QueueReports);

TEST(YearFile, IsThatOfTheAssetsOrNone) {
    TemporaryFolder folder;
    std::filesystem::create_directory(folder.path() / "years");
    ASSERT_EQ(::setenv("SALA_ASSETS", SALA_SOURCE_DIR "/assets", 1), 0);
    const auto there = find_year(2570);
    ASSERT_TRUE(there && *there);
    EXPECT_EQ((*there)->year_be, 2570);
    ASSERT_EQ(::setenv("SALA_ASSETS", folder.path().c_str(), 1), 0);
    const auto none = find_year(2570);
    EXPECT_TRUE(none && !*none);
    ASSERT_TRUE(write_file_durably(folder.path() / "years" / "2570.toml", "year = 2571\n", 0600));
    const auto wrong = find_year(2570);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, "CONFIG-YEAR");
    ::unsetenv("SALA_ASSETS");
}

}  // namespace
}  // namespace sala::office
