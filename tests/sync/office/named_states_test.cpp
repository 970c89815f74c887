// States that an officer meets and an audit says for ever (the table: sync/README.md).
#include <algorithm>

#include "sync/office/import_files.h"
#include "sync/office/status_text.h"
#include "tests/sync/office/audit_fixture.h"

namespace sala::office {
namespace {

namespace fs = std::filesystem;

class NamedStates : public AuditedOffice {
  protected:
    void SetUp() override {
        AuditedOffice::SetUp();
        enrol_kiosk(log_);
        log_.whole_day(20270115);
        day_ = log_.size();
        log_.whole_day(20270116);
        ASSERT_TRUE(take(log_.bundle(0, day_)));
    }
    std::vector<std::string> incidents() {
        std::vector<std::string> codes;
        const auto noted = database_->incidents("banmai");
        EXPECT_TRUE(noted);
        for (const Incident& incident : *noted) codes.push_back(incident.code);
        return codes;
    }
    LogBuilder log_;
    std::uint64_t day_ = 0;
};

// The office had both days once; its database came back from a copy with the first one.
TEST_P(NamedStates, ADatabaseFromAnOldCopyIsKnownByTheKiosksNote) {
    log_.add(ledger::Alive{});
    const std::uint64_t had = log_.size() - 1;
    const fs::path stick = folder_.path() / "stick";
    fs::create_directory(stick);
    ASSERT_TRUE(write_file_durably(stick / "a.bundle", log_.bundle(had, log_.size(), cosigned(log_, had))));
    const auto verdicts = import_files(*database_, *key_, {stick / "a.bundle"}, kNow_s);
    EXPECT_EQ(verdicts.at(0).exit_code(), 4);
    EXPECT_NE(verdicts.at(0).line().find("brought back from an older copy"), std::string::npos);
    const auto held = read_file(stick / ledger::held_answer_name(log_.code()), 512);
    ASSERT_TRUE(held);
    EXPECT_EQ(ledger::parse_held_answer(*held), (ledger::HeldAnswer{log_.origin(), day_}));
    EXPECT_EQ(incidents(), Codes{"OFFICE-RESTORED"});

    ASSERT_TRUE(take(log_.bundle(day_, log_.size(), cosigned(log_, had)))) << "what the kiosk sends then";
    EXPECT_EQ(incidents(), Codes{"OFFICE-RESTORED"}) << "once";
    EXPECT_EQ(breaks(), Codes());
    EXPECT_EQ(remarks(), Codes{"AUDIT-OFFICE-RESTORED"}) << "and for ever";
}

TEST_P(NamedStates, AnHonestGapIsNoRestoredDatabase) {
    const Result<Receipt> gap = take(log_.bundle(day_ + 2, log_.size(), cosigned(log_, day_)));
    ASSERT_FALSE(gap);
    EXPECT_EQ(gap.error().code, "BUNDLE-GAP");
    EXPECT_EQ(incidents(), Codes());
}

TEST_P(NamedStates, AKioskFromAnOldImageOrAClonedOneIsNamedForEver) {
    ASSERT_TRUE(take(log_.bundle(day_, log_.size())));
    LogBuilder image;  // as it stood after the first day, and then it went on
    image.whole_day(20270115);
    image.whole_day(20270118, 8);
    const Result<Receipt> fork = take(image.bundle(day_, image.size()));
    ASSERT_FALSE(fork);
    EXPECT_EQ(fork.error().code, "BUNDLE-FORK");
    EXPECT_NE(fork.error().english.find("stop this kiosk"), std::string::npos);
    EXPECT_EQ(breaks(), Codes{"AUDIT-FORK"});
    const Codes said = remarks();
    EXPECT_NE(std::ranges::find(said, "AUDIT-INCIDENT"), said.end());
}

TEST_P(NamedStates, ABundleShorterThanWhatWasCosignedIsNamedForEver) {
    EXPECT_EQ(refusal(log_.bundle(0, day_ - 1, cosigned(log_, day_))), "BUNDLE-BEHIND");
    EXPECT_EQ(remarks(), Codes{"AUDIT-KIOSK-BEHIND"});
}

TEST_P(NamedStates, LinesThatCameLateAreNamedForEver) {
    const auto late = ingest(*database_, *key_, log_.bundle(day_, log_.size()), kNow_s + 20 * 86'400);
    ASSERT_TRUE(late);
    const audit::AuditReport report = audited();
    ASSERT_EQ(codes(report, audit::Weight::kRemark), Codes{"AUDIT-SENT-LATE"});
    EXPECT_EQ(report.findings.front().first, day_);
    EXPECT_EQ(report.findings.front().end, log_.size());
}

TEST_P(NamedStates, ADayThatWasNotClosedIsNamedAndStaysNamedWhenItWasClosedLate) {
    ASSERT_TRUE(take(log_.bundle(day_, log_.size())));
    log_.open_day(20270117);
    const std::uint64_t open = log_.size();
    ASSERT_TRUE(take(log_.bundle(log_.size() - 1, open)));
    const auto after = audit_office(*database_, {}, kNow_s + 3 * 86'400);
    ASSERT_TRUE(after);
    EXPECT_EQ(codes(*after, audit::Weight::kRemark), Codes{"AUDIT-NOT-CLOSED"});
    log_.pass_ms(4 * 86'400'000LL);
    log_.close_day();
    ASSERT_TRUE(ingest(*database_, *key_, log_.bundle(open, log_.size()), kNow_s + 5 * 86'400));
    EXPECT_EQ(remarks(), Codes{"AUDIT-CLOSED-LATE"});
}

TEST_P(NamedStates, AKioskThatNeverSendsIsNamedUntilItDoesAndThenSoIsTheDelay) {
    ASSERT_TRUE(take(log_.bundle(day_, log_.size())));
    LogBuilder other(7);
    enrol_kiosk(other);
    EXPECT_EQ(remarks(), Codes{"AUDIT-NEVER-SENT"});
    const std::string said = status_text(*database_->status());
    EXPECT_GT(said.find("never sent"), said.find(other.code())) << said;
    ASSERT_TRUE(ingest(*database_, *key_, other.bundle(), kNow_s + 40 * 86'400));
    EXPECT_EQ(remarks(), Codes{"AUDIT-SENT-LATE"});
    EXPECT_EQ(status_text(*database_->status()).find("never sent"), std::string::npos);
}

SALA_ON_BOTH_ENGINES(NamedStates);

}  // namespace
}  // namespace sala::office
