// What waits for a month's end: bound for everybody, opened by the auditor, and each difference named.
#include "sync/ledger/opening.h"
#include "tests/sync/office/audit_fixture.h"

namespace sala::office {
namespace {

constexpr const char* kService = "/finance/land-tax";

class OpeningAudit : public AuditedOffice {
  protected:
    void SetUp() override {
        AuditedOffice::SetUp();
        enrol_kiosk(log_);
    }
    // A close of the month: `faces` wait at the service, "no answer" first.
    void bound_day(int day, int casts, std::vector<std::uint64_t> faces, const crypto::BoxKey* to = nullptr) {
        open_month_day(day, to);
        log_.cast(casts);
        bind_and_close({{"face.1", "after_service", kService, {20270126}, 5, {{"face", std::move(faces)}}}});
    }
    void open_month_day(int day, const crypto::BoxKey* to = nullptr) {
        to_ = to == nullptr ? &auditor_ : to;
        log_.add(ledger::DayOpened{day, 5, 10, "month", "burst.1", {"face.1"}, to_->public_key()});
    }
    void bind_and_close(std::vector<ledger::Tally> waiting) {
        const int day = log_.state().open_day;
        const auto bound = ledger::bind_opening({log_.origin(), day, std::move(waiting)}, to_->public_key());
        log_.add(ledger::Bound{day, bound->commitment});
        openings_.push_back({"opening", bound->commitment, bound->sealed});
        log_.close_day();
    }
    void take_all() {
        ASSERT_TRUE(log_.rules_kept());
        const auto taken = take(log_.bundle(0, log_.size(), "", openings_));
        ASSERT_TRUE(taken) << taken.error().line();
    }
    std::uint64_t opened() { return audited(&auditor_).logs.front().opened; }

    const crypto::BoxKey auditor_ = crypto::BoxKey::generate(), other_ = crypto::BoxKey::generate();
    const crypto::BoxKey* to_ = nullptr;
    LogBuilder log_;
    std::vector<ledger::Attachment> openings_;
};

TEST_P(OpeningAudit, OfAnHonestMonthEverythingIsOpenedAndAgrees) {
    bound_day(20270126, 3, {0, 1, 0, 0, 0, 2});
    bound_day(20270127, 2, {0, 1, 0, 0, 1, 3});
    open_month_day(20270129);
    log_.cast(2);
    log_.seal(kService, {20270126, 20270129}, {1, 1, 0, 0, 1, 3}, "after_service");
    bind_and_close({{"face.1", "after_service", "/", {20270129}, 5, {{"face", {0, 0, 1, 0, 0, 0}}}}});
    take_all();
    EXPECT_EQ(breaks(), Codes());
    EXPECT_EQ(remarks(), Codes{"AUDIT-BOUND"}) << "without the key it is said how much is not opened";
    EXPECT_EQ(breaks(&auditor_), Codes());
    EXPECT_EQ(remarks(&auditor_), Codes());
    EXPECT_EQ(opened(), 3u);
    EXPECT_EQ(audit::audit_text(audited(&auditor_)).find("after_service"), std::string::npos)
        << "no face is told";
}

TEST_P(OpeningAudit, AFaceThatWasChangedBeforeItsEnvelopeIsABreak) {
    bound_day(20270126, 5, {0, 3, 0, 0, 0, 2});
    open_month_day(20270129);
    log_.cast(1);
    log_.seal(kService, {20270126, 20270129}, {0, 1, 0, 0, 0, 5}, "after_service");
    bind_and_close({});
    take_all();
    EXPECT_EQ(breaks(), Codes()) << "the sums agree";
    const audit::AuditReport report = audited(&auditor_);
    ASSERT_EQ(codes(report, audit::Weight::kBreak), Codes{"AUDIT-OPENING-DIFFERS"});
    EXPECT_EQ(report.findings.front().first, log_.size() - 2);
}

TEST_P(OpeningAudit, AFaceThatWasChangedWhileItWaitedIsABreak) {
    bound_day(20270126, 3, {0, 3, 0, 0, 0, 0});
    bound_day(20270127, 1, {0, 2, 0, 0, 0, 2});
    take_all();
    EXPECT_EQ(breaks(&auditor_), Codes{"AUDIT-OPENING-DIFFERS"});
}

TEST_P(OpeningAudit, OtherRatingsThanTheLogSaysWaitAreABreak) {
    bound_day(20270126, 3, {0, 3, 0, 0, 0, 1});
    take_all();
    EXPECT_EQ(breaks(&auditor_), Codes{"AUDIT-OPENING-DIFFERS"});
}

TEST_P(OpeningAudit, AnOpeningThatIsNotKeptOrIsAnothersIsNamed) {
    bound_day(20270126, 3, {0, 3, 0, 0, 0, 0});
    bound_day(20270127, 1, {0, 3, 0, 0, 0, 1});
    bound_day(20270128, 1, {0, 3, 0, 0, 0, 2}, &other_);
    openings_.erase(openings_.begin());
    take_all();
    EXPECT_EQ(breaks(&auditor_), Codes());
    EXPECT_EQ(remarks(&auditor_),
              (Codes{"AUDIT-AUDITOR-CHANGED", "AUDIT-OPENING-MISSING", "AUDIT-OPENING-OTHER-AUDITOR"}));
    EXPECT_EQ(opened(), 1u);
}

TEST_P(OpeningAudit, BytesThatDoNotOpenAreABreak) {
    bound_day(20270126, 3, {0, 3, 0, 0, 0, 0});
    openings_.front().sealed = *crypto::seal_to(other_.public_key(), bytes_of("something else"));
    take_all();
    EXPECT_EQ(breaks(), Codes());
    EXPECT_EQ(breaks(&auditor_), Codes{"AUDIT-OPENING-DIFFERS"});
}

SALA_ON_BOTH_ENGINES(OpeningAudit);

}  // namespace
}  // namespace sala::office
