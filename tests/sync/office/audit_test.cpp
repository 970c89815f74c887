#include "sync/office/audit.h"

#include "tests/sync/office/office_fixture.h"

namespace sala::office {
namespace {

// An office that took in two days of one kiosk, day by day.
class Audit : public OfficeTest {
  protected:
    void SetUp() override {
        OfficeTest::SetUp();
        enrol_kiosk(log_);
        log_.whole_day(20270115);
        day_ = log_.size();
        log_.whole_day(20270116);
        ASSERT_TRUE(take(log_.bundle(0, day_)));
        ASSERT_TRUE(take(log_.bundle(day_, log_.size())));
    }

    audit::AuditReport audited(const std::string& outside = "") {
        const auto heads = audit::read_outside_heads(outside, "outside");
        EXPECT_TRUE(heads) << heads.error().line();
        const auto report = audit_office(*database_, *heads, kNow_s);
        EXPECT_TRUE(report) << report.error().line();
        return report ? *report : audit::AuditReport();
    }
    static std::vector<std::string> codes(const audit::AuditReport& report, audit::Weight weight) {
        std::vector<std::string> codes;
        for (const audit::Finding& finding : report.findings) {
            if (finding.weight == weight) codes.push_back(finding.what.code);
        }
        return codes;
    }
    std::vector<std::string> breaks(const std::string& outside = "") {
        return codes(audited(outside), audit::Weight::kBreak);
    }
    std::vector<std::string> remarks() { return codes(audited(), audit::Weight::kRemark); }

    // Done by somebody who owns the database.
    void tamper(const std::string& sql) {
        auto owner = connect(url_, Access::kWrite);
        ASSERT_TRUE(owner) << owner.error().line();
        const Result<void> done = (*owner)->execute(sql.c_str());
        ASSERT_TRUE(done) << done.error().line();
    }

    using Codes = std::vector<std::string>;
    LogBuilder log_;
    std::uint64_t day_ = 0;
};

TEST_P(Audit, OfAnHonestOfficeFindsThatEverythingAgrees) {
    const audit::AuditReport report = audited();
    EXPECT_EQ(report.breaks(), 0U) << audit::audit_text(report);
    ASSERT_EQ(report.logs.size(), 1U);
    const audit::LogReport& log = report.logs.front();
    EXPECT_EQ(log.lines, log_.size());
    EXPECT_EQ(log.cast, 14U);
    EXPECT_EQ(log.sealed, 14U);
    ASSERT_EQ(log.held.size(), 1U);
    EXPECT_EQ(log.held.front().by, audit::HeldBy::kOffice);
    EXPECT_EQ(log.held.front().to, log_.size());
}

TEST_P(Audit, OfTicketsAtCountersEverythingAgrees) {
    log_.open_day(20270118);
    const std::uint64_t carried = log_.ticket("finance", "land-tax");
    const std::uint64_t first = log_.ticket("finance", "land-tax");
    log_.add(ledger::TicketCalled{{}, first, "counter-2", "chosen", "emergency"});
    log_.add(ledger::TicketServed{{}, first, "counter", "counter-2"});
    const std::uint64_t walked = log_.add(ledger::WalkIn{{}, 20270118, "clerk", "water", "counter-1"});
    log_.add(ledger::TicketServed{{}, walked, "counter", "counter-1"});
    log_.add(ledger::TicketCarried{{}, carried});
    log_.close_day();
    const std::uint64_t evening = log_.size();
    log_.open_day(20270119);
    log_.add(ledger::TicketCalled{{}, carried, "counter-2", "next", ""});
    log_.add(ledger::TicketServed{{}, carried, "counter", "counter-2"});
    log_.close_day();
    ASSERT_TRUE(log_.rules_kept());
    const std::uint64_t held = audited().logs.front().lines;
    ASSERT_TRUE(take(log_.bundle(held, evening)));
    ASSERT_TRUE(take(log_.bundle(evening, log_.size())));
    const audit::AuditReport report = audited();
    EXPECT_EQ(report.breaks(), 0U) << audit::audit_text(report);
    EXPECT_EQ(report.logs.front().lines, log_.size());
    tamper("UPDATE ticket SET service_id = 'land-tax' WHERE number = ''");
    EXPECT_EQ(breaks(), Codes{"AUDIT-TABLE-DIFFERS"});
}

TEST_P(Audit, SaysWhichLinesAreHeldOutside) {
    const audit::AuditReport report = audited(log_.checkpoint(day_).bytes());
    EXPECT_EQ(report.breaks(), 0U) << audit::audit_text(report);
    const auto& held = report.logs.front().held;
    ASSERT_EQ(held.size(), 2U);
    EXPECT_EQ(held[0].by, audit::HeldBy::kOutside);
    EXPECT_EQ(held[0].to, day_);
    EXPECT_EQ(held[1].by, audit::HeldBy::kOffice);
}

TEST_P(Audit, NamesTheLineThatATableContradicts) {
    tamper("UPDATE ticket SET number = 'B009' WHERE seq = 4");
    const audit::AuditReport report = audited();
    ASSERT_EQ(codes(report, audit::Weight::kBreak), Codes{"AUDIT-TABLE-DIFFERS"});
    EXPECT_EQ(report.findings.front().first, 4U);
    EXPECT_NE(report.findings.front().what.english.find("B009"), std::string::npos);
}

TEST_P(Audit, SeesAFaceThatWasMovedInTheTables) {
    tamper("UPDATE envelope_count SET n = n + 1 WHERE value = 5 AND seq < 20");
    tamper("UPDATE envelope_count SET n = n - 1 WHERE value = 1 AND seq < 20");
    EXPECT_EQ(breaks(), Codes{"AUDIT-TABLE-DIFFERS"});
}

TEST_P(Audit, SeesRatingsCastThatWereTakenOutOfTheTables) {
    tamper("UPDATE cast_count SET n = n - 1");
    EXPECT_EQ(breaks(), Codes{"AUDIT-TABLE-DIFFERS"});
}

TEST_P(Audit, SeesRowsThatComeFromNoLine) {
    tamper(
        "INSERT INTO ticket VALUES ('banmai', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1, 20270115, 'finance', "
        "'land-tax', 'B001')");
    EXPECT_EQ(breaks(), Codes{"AUDIT-ROWS-WITHOUT-LINES"});
}

TEST_P(Audit, SeesACosignatureThatWasTakenAway) {
    tamper("UPDATE bundle SET cosigned = '' WHERE from_size = 0");
    EXPECT_EQ(breaks(), Codes{"AUDIT-COSIGNATURE"});
}

TEST_P(Audit, SeesAHeadThatWasMoved) {
    tamper("UPDATE bundle SET last_closed = 20270117 WHERE from_size > 0");
    EXPECT_EQ(breaks(), Codes{"AUDIT-HEAD-DIFFERS"});
}

TEST_P(Audit, NamesTheLinesOfABundleThatWasRemoved) {
    tamper("DELETE FROM bundle WHERE from_size = 0");
    const audit::AuditReport report = audited();
    ASSERT_EQ(codes(report, audit::Weight::kBreak), Codes{"AUDIT-MISSING-LINES"});
    EXPECT_EQ(report.findings.front().first, 0U);
    EXPECT_EQ(report.findings.front().end, day_);
}

TEST_P(Audit, SeesACutLogOnlyWithWhatIsHeldOutside) {
    for (const char* table : {"envelope_count", "envelope", "ticket_served", "ticket"})
        tamper(fmt::format("DELETE FROM {} WHERE seq >= {}", table, day_));
    tamper("DELETE FROM cast_count WHERE day = 20270116");
    tamper(fmt::format("DELETE FROM bundle WHERE to_size > {}", day_));
    EXPECT_EQ(breaks(), Codes());
    EXPECT_EQ(breaks(log_.checkpoint(log_.size()).bytes()), Codes{"AUDIT-OUTSIDE-AHEAD"});
}

TEST_P(Audit, SeesARewrittenHistoryOnlyWithWhatIsHeldOutside) {
    LogBuilder rewritten;  // the same key
    rewritten.whole_day(20270115, 9);
    const std::string honest = log_.checkpoint(day_).bytes();
    for (const char* table :
         {"envelope_count", "envelope", "ticket_served", "ticket", "cast_count", "bundle"})
        tamper(fmt::format("DELETE FROM {}", table));
    ASSERT_TRUE(take(rewritten.bundle()));
    EXPECT_EQ(breaks(), Codes());
    EXPECT_EQ(breaks(honest), Codes{"AUDIT-OUTSIDE-DIFFERS"});
}

TEST_P(Audit, TellsOfAForkForEverAndWhichSideIsSupported) {
    LogBuilder clone;
    clone.whole_day(20270115);
    clone.whole_day(20270117, 9);
    ASSERT_EQ(refusal(clone.bundle(day_, clone.size())), "BUNDLE-FORK");
    audit::AuditReport report = audited();
    ASSERT_EQ(codes(report, audit::Weight::kBreak), Codes{"AUDIT-FORK"});
    const auto fork = [&] {
        return *std::find_if(report.findings.begin(), report.findings.end(),
                             [](const audit::Finding& finding) { return finding.what.code == "AUDIT-FORK"; });
    };
    EXPECT_EQ(fork().first, day_);
    EXPECT_NE(fork().what.english.find("nothing held outside supports the other side"), std::string::npos);
    report =
        audited(fmt::format("{} {}\n", clone.size(), ledger::root_letters(clone.tree(clone.size()).root())));
    EXPECT_NE(fork().what.english.find("supports the side that was not counted"), std::string::npos);
}

TEST_P(Audit, TellsOfKiosksThatAreSilentOrNeverSent) {
    LogBuilder other(7);
    enrol_kiosk(other);
    EXPECT_EQ(remarks(), Codes{"AUDIT-NEVER-SENT"});
    const auto report = audit_office(*database_, {}, kNow_s + 8 * 86'400);
    ASSERT_TRUE(report);
    EXPECT_EQ(codes(*report, audit::Weight::kRemark).size(), 2U);
}

TEST_P(Audit, EndsWithTheFirstLineThatBreaksTheEvidence) {
    // Somebody who owns the database changes one digit of a kept line.
    auto owner = connect(url_, Access::kWrite);
    ASSERT_TRUE(owner);
    std::string bytes = log_.bundle(day_, log_.size());
    bytes.replace(bytes.find("\"eit_shown\":2"), 13, "\"eit_shown\":3");
    auto update = (*owner)->prepare("UPDATE bundle SET bytes = ? WHERE from_size > 0");
    ASSERT_TRUE(update);
    ASSERT_TRUE(update->bind(bytes_of(bytes)).run());
    const audit::AuditReport report = audited();
    ASSERT_EQ(codes(report, audit::Weight::kBreak), Codes{"BUNDLE-DAMAGED"});
    EXPECT_EQ(report.findings.front().first, day_);
    EXPECT_EQ(report.findings.front().end, log_.size());
    EXPECT_EQ(report.logs.front().lines, day_);
    EXPECT_EQ(report.logs.front().held.back().by, audit::HeldBy::kNobody);
}

TEST_P(Audit, IsToldAsTextAndAsOneLineOfJson) {
    const audit::AuditReport report = audited(log_.checkpoint(day_).bytes());
    EXPECT_NE(audit::audit_text(report).find("everything agrees"), std::string::npos);
    const std::string json = audit::audit_json(report);
    EXPECT_EQ(std::count(json.begin(), json.end(), '\n'), 1);
    EXPECT_NE(json.find(R"("breaks":0)"), std::string::npos);
}

SALA_ON_BOTH_ENGINES(Audit);

}  // namespace
}  // namespace sala::office
