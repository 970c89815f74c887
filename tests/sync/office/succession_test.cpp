// One kiosk in the place of another: what the audit says when the logs agree, and when they do not.
#include <algorithm>

#include "sync/office/status_text.h"
#include "tests/sync/office/audit_fixture.h"

namespace sala::office {
namespace {

class Succession : public AuditedOffice {
  protected:
    void SetUp() override {
        AuditedOffice::SetUp();
        enrol_kiosk(old_);
        old_.whole_day(20270115);
        day_ = old_.size();
    }
    void end_old() { old_.add(ledger::LogEnd{LogBuilder(2).key().public_key()}); }
    void enrol_in_place(const LogBuilder& log) {
        const Result<void> done = enrol(*owner_, log.code(), "โถงหน้า", old_.code());
        ASSERT_TRUE(done) << done.error().line();
    }
    void take_whole(LogBuilder& log) {
        log.whole_day(20270116);
        const auto taken = take(log.bundle());
        ASSERT_TRUE(taken) << taken.error().line();
    }
    std::string status_of_old() { return status_text(*database_->status()); }
    LogBuilder old_;
    std::uint64_t day_ = 0;
};

TEST_P(Succession, APlannedOneIsSaidAndNothingIsBroken) {
    end_old();
    ASSERT_TRUE(take(old_.bundle()));
    EXPECT_EQ(remarks(), Codes{"AUDIT-ENDED"}) << "nothing goes on from here yet";
    LogBuilder next = LogBuilder::in_place_of(old_, old_.size());
    enrol_in_place(next);
    take_whole(next);
    EXPECT_EQ(breaks(), Codes());
    EXPECT_EQ(remarks(), Codes{"AUDIT-REPLACED"});
    EXPECT_NE(status_of_old().find("another key goes on"), std::string::npos);
    old_.add(ledger::Alive{});
    EXPECT_EQ(refusal(old_.bundle()), "LOG-RULE") << "nothing stands behind its end";
}

TEST_P(Succession, LinesThatOnlyTheNextLogNamesAreHeldByNobodyUntilTheyCome) {
    ASSERT_TRUE(take(old_.bundle(0, day_)));
    end_old();
    LogBuilder next = LogBuilder::in_place_of(old_, old_.size());
    enrol_in_place(next);
    take_whole(next);
    const audit::AuditReport report = audited();
    EXPECT_EQ(codes(report, audit::Weight::kBreak), Codes());
    EXPECT_EQ(codes(report, audit::Weight::kRemark), Codes{"AUDIT-REPLACED-UNSENT"});
    const auto old = std::ranges::find(report.logs, old_.code(), &audit::LogReport::device);
    EXPECT_EQ(old->held.back().by, audit::HeldBy::kNobody);
    EXPECT_EQ(old->held.back().to, old_.size());
    ASSERT_TRUE(take(old_.bundle(day_, old_.size())));
    EXPECT_EQ(remarks(), Codes{"AUDIT-REPLACED"});
}

TEST_P(Succession, AfterALossNothingBindsTheEndAndTheAuditSaysSo) {
    old_.open_day(20270116);
    old_.cast(3);
    ASSERT_TRUE(take(old_.bundle()));
    LogBuilder next = LogBuilder::in_place_of(old_, 0);
    next.pass_ms(3'600'000);
    EXPECT_EQ(refusal(next.bundle()), "BUNDLE-NOT-ENROLLED");
    EXPECT_NE(take(next.bundle()).error().english.find("--replaces " + old_.code()), std::string::npos);
    enrol_in_place(next);
    take_whole(next);
    const audit::AuditReport report = audited();
    EXPECT_EQ(codes(report, audit::Weight::kBreak), Codes());
    const auto lost = std::ranges::find(report.findings, "AUDIT-REPLACED-LOST",
                                        [](const audit::Finding& finding) { return finding.what.code; });
    ASSERT_NE(lost, report.findings.end());
    EXPECT_EQ(lost->first, old_.size());
    EXPECT_NE(lost->what.english.find("3 ratings"), std::string::npos) << lost->what.english;
}

TEST_P(Succession, AnOldKioskThatGoesOnWritingIsNamed) {
    LogBuilder next = LogBuilder::in_place_of(old_, 0);
    enrol_in_place(next);
    take_whole(next);
    old_.pass_ms(86'400'000);
    old_.whole_day(20270116);
    ASSERT_TRUE(take(old_.bundle())) << "what comes late is kept";
    EXPECT_EQ(remarks(), (Codes{"AUDIT-REPLACED-LOST", "AUDIT-REPLACED-WENT-ON"}));
}

TEST_P(Succession, LinesBehindWhereTheNextLogTookOverAreABreak) {
    LogBuilder next = LogBuilder::in_place_of(old_, day_);
    enrol_in_place(next);
    take_whole(next);
    old_.whole_day(20270116);
    ASSERT_TRUE(take(old_.bundle()));
    EXPECT_EQ(breaks(), Codes{"AUDIT-REPLACED-WENT-ON"});
}

TEST_P(Succession, AnotherHistoryThanTheOneHeldIsABreak) {
    end_old();
    ASSERT_TRUE(take(old_.bundle()));
    LogBuilder other;
    other.whole_day(20270115, 9);
    other.add(ledger::Alive{});
    LogBuilder next = LogBuilder::in_place_of(other, old_.size());
    enrol_in_place(next);
    take_whole(next);
    EXPECT_EQ(breaks(), Codes{"AUDIT-REPLACED-OTHER"});
}

TEST_P(Succession, AnotherKeyThanTheOneThatTheLogNamedIsABreak) {
    end_old();
    ASSERT_TRUE(take(old_.bundle()));
    LogBuilder thief = LogBuilder::in_place_of(old_, old_.size(), 7);
    enrol_in_place(thief);
    take_whole(thief);
    EXPECT_EQ(breaks(), Codes{"AUDIT-REPLACED-OTHER"});
}

TEST_P(Succession, EnrolmentAndLogThatDisagreeAreNamed) {
    ASSERT_TRUE(take(old_.bundle()));
    LogBuilder unsaid(3);
    enrol_in_place(unsaid);
    take_whole(unsaid);
    EXPECT_EQ(remarks(), Codes{"AUDIT-REPLACED-UNSAID"});
    LogBuilder unenrolled = LogBuilder::in_place_of(unsaid, 0, 4);
    enrol_kiosk(unenrolled);
    take_whole(unenrolled);
    const Codes said = remarks();
    EXPECT_NE(std::ranges::find(said, "AUDIT-REPLACED-UNENROLLED"), said.end());
    EXPECT_EQ(breaks(), Codes());
}

TEST_P(Succession, AKioskEnrolledForOneAndSayingAnotherIsABreak) {
    ASSERT_TRUE(take(old_.bundle()));
    LogBuilder third(5);
    enrol_kiosk(third);
    LogBuilder next = LogBuilder::in_place_of(third, 0);
    enrol_in_place(next);
    take_whole(next);
    EXPECT_EQ(breaks(), Codes{"AUDIT-REPLACED-OTHER"});
}

SALA_ON_BOTH_ENGINES(Succession);

}  // namespace
}  // namespace sala::office
