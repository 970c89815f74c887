// What the tables answer: the counts report and the status.
#include "sync/office/status_text.h"
#include "sync/report/period.h"
#include "tests/sync/office/office_fixture.h"

namespace sala::office {
namespace {

class OfficeFigures : public OfficeTest {
  protected:
    report::CountsReport january() { return *database_->counts("banmai", *report::fiscal_month(2570, 1)); }
};

TEST_P(OfficeFigures, CountTicketsPerDayAndServiceInTheOrderOfTheCatalogue) {
    LogBuilder log;
    enrol_kiosk(log);
    log.open_day(20270115);
    log.ticket("clerk", "birth");
    log.serve(log.ticket("finance", "waste"));
    log.ticket("finance", "land-tax");
    log.serve(log.ticket("finance", "land-tax"));
    log.ticket("gone", "long-ago");
    log.close_day();
    log.open_day(20270201);
    log.ticket("clerk", "birth");
    ASSERT_TRUE(log.rules_kept());
    ASSERT_TRUE(take(log.bundle()));
    std::string told;
    for (const report::TicketFigures& row : january().tickets) {
        told += fmt::format("{} {}/{} {} {}\n", record::iso_date(row.day), row.division, row.service,
                            row.issued, row.served);
    }
    EXPECT_EQ(told,
              "2027-01-15 กองคลัง/ชำระภาษีที่ดิน 2 1\n"
              "2027-01-15 กองคลัง/=ค่าขยะ 1 1\n"
              "2027-01-15 สำนักปลัด/แจ้งเกิด 1 0\n"
              "2027-01-15 gone/long-ago 1 0\n");
    told.clear();
    for (const auto& [division, service] : january().catalogue) told += division + "/" + service + "\n";
    EXPECT_EQ(told, "กองคลัง/ชำระภาษีที่ดิน\nกองคลัง/=ค่าขยะ\nสำนักปลัด/แจ้งเกิด\n");
}

TEST_P(OfficeFigures, NeverSplitAnEnvelopeAndCarryWhatWaits) {
    LogBuilder log;
    enrol_kiosk(log);
    log.open_day(20270129);
    log.cast(9);
    log.seal("/finance/land-tax", {20270129}, {1, 0, 0, 0, 2, 3}, "after_service");
    log.close_day();  // three wait
    log.open_day(20270201);
    log.cast(4);
    log.seal("/", {20270129, 20270201}, {0, 0, 0, 0, 0, 7});
    log.close_day();
    ASSERT_TRUE(log.rules_kept());
    ASSERT_TRUE(take(log.bundle()));

    const report::CountsReport first = january();
    ASSERT_EQ(first.envelopes.size(), 1u);
    EXPECT_EQ(first.envelopes[0].division, "กองคลัง");
    EXPECT_EQ(first.envelopes[0].service, "ชำระภาษีที่ดิน");
    EXPECT_EQ(first.envelopes[0].raters, 6);
    EXPECT_EQ(first.envelopes[0].faces, (std::array<std::int64_t, 6>{1, 0, 0, 0, 2, 3}));
    EXPECT_EQ(first.balance.carried, 0);
    EXPECT_EQ(first.balance.cast, 9);
    EXPECT_EQ(first.balance.sealed, 6);
    EXPECT_EQ(first.balance.waiting, 3);

    const report::CountsReport second = *database_->counts("banmai", *report::fiscal_month(2570, 2));
    ASSERT_EQ(second.envelopes.size(), 1u);
    EXPECT_EQ(record::iso_date(second.envelopes[0].first_day), "2027-01-29");
    EXPECT_EQ(second.balance.carried, 3);
    EXPECT_EQ(second.balance.cast, 4);
    EXPECT_EQ(second.balance.sealed, 7);
    EXPECT_EQ(second.balance.waiting, 0);
}

TEST_P(OfficeFigures, NameTheCounterBesideItsService) {
    LogBuilder log;
    enrol_kiosk(log);
    log.open_day(20270115);
    log.cast(10);
    ledger::ItemCounts item{"face", {0, 0, 0, 0, 0, 10}};
    log.add(ledger::Sealed{"face.1", "after_service", "/finance/land-tax/c1", {20270115}, 10, 10, {item}});
    ASSERT_TRUE(log.rules_kept());
    ASSERT_TRUE(take(log.bundle()));
    EXPECT_EQ(january().envelopes.at(0).service, "ชำระภาษีที่ดิน / ช่อง 1");
}

TEST_P(OfficeFigures, AreTheSameBytesWhicheverWayTheDataCame) {
    LogBuilder log;
    log.whole_day(20270115);
    log.whole_day(20270118, 9);
    enrol_kiosk(log);
    ASSERT_TRUE(take(log.bundle()));
    const std::string one = status_json(*database_->status()) + report::counts_csv(january());

    const Place second(GetParam());
    const std::string& url = second.url;
    ASSERT_TRUE(init_office(url, keys_, sample_office(), "[office]\n"));
    auto database = *ReportDb::open(url, Access::kWrite);
    ASSERT_TRUE(enrol(database, log.code(), "โถงหน้า", ""));
    ASSERT_TRUE(ingest(database, *key_, log.bundle(0, 9), kNow_s + 50));
    ASSERT_TRUE(ingest(database, *key_, log.bundle(4, log.size()), kNow_s + 90));
    const auto counts = *database.counts("banmai", *report::fiscal_month(2570, 1));
    EXPECT_EQ(status_json(*database.status()) + report::counts_csv(counts), one);
}

TEST_P(OfficeFigures, StandInTheStatusAsJson) {
    LogBuilder log;
    log.whole_day(20270115);
    log.open_day(20270118);
    log.cast(2);
    enrol_kiosk(log);
    ASSERT_TRUE(take(log.bundle()));
    const std::string figures =
        fmt::format(R"("lines":{},"tickets_issued":3,"tickets_served":2,"ratings_cast":9,"ratings_sealed":7,)"
                    R"("ratings_flagged":0,"ratings_counted":7,"ratings_waiting":2,"envelopes":1)",
                    log.size());
    EXPECT_EQ(
        status_json(*database_->status()),
        fmt::format(
            R"({{"office":"banmai","domain":"banmai.example","name":"อบต.บ้านใหม่","vkey":"{}",{},"devices":[)"
            R"({{"device_code":"{}","name":"โถงหน้า","replaced_by":null,"ended":false,)"
            R"("last_day_closed":"2027-01-15",{}}}],"incidents":[]}})"
            "\n",
            key_->verifier().text(), figures, log.code(), figures));
}

SALA_ON_BOTH_ENGINES(OfficeFigures);

}  // namespace
}  // namespace sala::office
