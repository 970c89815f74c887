#include "sync/office/ingest.h"

#include "tests/sync/office/office_fixture.h"

namespace sala::office {
namespace {

class Ingest : public OfficeTest {
  protected:
    void SetUp() override {
        OfficeTest::SetUp();
        log_.whole_day(20270115);
        day_ = log_.size();
        ASSERT_TRUE(log_.rules_kept());
        enrol_kiosk(log_);
    }
    // Of one figure of everything held.
    Figures held() { return database_->status()->figures; }

    LogBuilder log_;
    std::uint64_t day_ = 0;  // lines of the first day
};

TEST_P(Ingest, AcceptsABundleAndCountsWhatItTells) {
    const Result<Receipt> receipt = take(log_.bundle());
    ASSERT_TRUE(receipt) << receipt.error().line();
    EXPECT_EQ(receipt->device, log_.code());
    EXPECT_EQ(receipt->new_lines, log_.size());
    const Figures figures = held();
    EXPECT_EQ(figures.lines, static_cast<std::int64_t>(log_.size()));
    EXPECT_EQ(figures.tickets_issued, 3);
    EXPECT_EQ(figures.tickets_served, 2);
    EXPECT_EQ(figures.ratings_cast, 7);
    EXPECT_EQ(figures.ratings_sealed, 7);
    EXPECT_EQ(figures.ratings_waiting(), 0);
    EXPECT_EQ(figures.envelopes, 1);
    EXPECT_EQ(database_->status()->devices.at(0).last_closed, 20270115);
}

TEST_P(Ingest, AnswersWithANoteThatVerifiesByBothKeys) {
    const Result<Receipt> receipt = take(log_.bundle());
    ASSERT_TRUE(receipt);
    const auto note = ledger::parse_note(receipt->cosigned);
    ASSERT_TRUE(note);
    EXPECT_EQ(ledger::check_note(*note, log_.verifier()), ledger::NoteCheck::kValid);
    std::uint64_t time_s = 0;
    EXPECT_EQ(ledger::check_note(*note, key_->verifier(), &time_s), ledger::NoteCheck::kValid);
    EXPECT_EQ(time_s, kNow_s);
    const auto checkpoint = ledger::parse_checkpoint(note->text);
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(*checkpoint, (ledger::Checkpoint{log_.origin(), log_.size(), log_.tree(log_.size()).root()}));
}

TEST_P(Ingest, ChangesNothingTheSecondTimeAndGivesTheSameAnswer) {
    const Result<Receipt> first = take(log_.bundle());
    ASSERT_TRUE(first);
    const std::string before = dump(url_);
    const Result<Receipt> again = ingest(*database_, *key_, log_.bundle(), kNow_s + 3600);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->new_lines, 0u);
    EXPECT_EQ(again->cosigned, first->cosigned);
    EXPECT_EQ(dump(url_), before);
}

TEST_P(Ingest, ContinuesWhereTheLastBundleEnded) {
    const Result<Receipt> first = take(log_.bundle());
    ASSERT_TRUE(first);
    log_.add(ledger::Cosigned{day_, log_.tree(day_).root(), key_->name, kNow_s});
    log_.whole_day(20270118, 9);
    ASSERT_TRUE(log_.rules_kept());
    const Result<Receipt> second = take(log_.bundle(day_, log_.size(), first->cosigned));
    ASSERT_TRUE(second) << second.error().line();
    EXPECT_EQ(second->new_lines, log_.size() - day_);
    EXPECT_EQ(held().ratings_cast, 16);
    EXPECT_EQ(held().tickets_issued, 6);

    // One who has all in one bundle holds the same.
    const Result<Receipt> whole = take(log_.bundle());
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->new_lines, 0u);
    EXPECT_EQ(whole->cosigned, second->cosigned);
}

TEST_P(Ingest, AnOlderBundleGetsTheAnswerOfItsOwnSize) {
    const Result<Receipt> first = take(log_.bundle());
    log_.whole_day(20270118);
    ASSERT_TRUE(take(log_.bundle(day_, log_.size())));
    const std::string before = dump(url_);
    const Result<Receipt> old = take(log_.bundle(0, day_));
    ASSERT_TRUE(first && old);
    EXPECT_EQ(old->cosigned, first->cosigned);
    // One that ends where none ended before: the latest answer covers it.
    const Result<Receipt> part = take(log_.bundle(0, day_ - 2));
    ASSERT_TRUE(part);
    const auto note = ledger::parse_note(part->cosigned);
    EXPECT_EQ(ledger::parse_checkpoint(note->text)->size, log_.size());
    EXPECT_EQ(dump(url_), before);
}

TEST_P(Ingest, TakesOnlyTheNewLinesOfAnOverlappingBundle) {
    ASSERT_TRUE(take(log_.bundle()));
    log_.whole_day(20270118);
    const Result<Receipt> receipt = take(log_.bundle(5, log_.size()));
    ASSERT_TRUE(receipt) << receipt.error().line();
    EXPECT_EQ(receipt->new_lines, log_.size() - day_);
    EXPECT_EQ(held().lines, static_cast<std::int64_t>(log_.size()));
    EXPECT_EQ(held().ratings_cast, 14);
}

TEST_P(Ingest, TakesADayInAnyCutsIntoBundles) {
    for (std::uint64_t at = 0; at < log_.size(); at += 4) {
        const Result<Receipt> receipt = take(log_.bundle(at, std::min(at + 4, log_.size())));
        ASSERT_TRUE(receipt) << receipt.error().line();
    }
    EXPECT_EQ(held().ratings_sealed, 7);
    EXPECT_EQ(held().tickets_served, 2);
    EXPECT_EQ(*database_->tree_at("banmai", log_.code(), 7), log_.tree(7));
}

TEST_P(Ingest, TellsWhatItHasWhenLinesAreMissing) {
    ASSERT_TRUE(take(log_.bundle()));
    log_.whole_day(20270118);
    log_.whole_day(20270119);
    EXPECT_EQ(refusal(log_.bundle(day_ + 3, log_.size())), "BUNDLE-GAP");
    const Result<Receipt> gap = take(log_.bundle(day_ + 3, log_.size()));
    EXPECT_NE(gap.error().english.find(fmt::format("the office has {}", day_)), std::string::npos);
}

TEST_P(Ingest, RefusesASecondHistoryUnderTheSameKey) {
    ASSERT_TRUE(take(log_.bundle()));
    LogBuilder other;  // the same key
    other.whole_day(20270115, 8);
    other.whole_day(20270118, 8);
    ASSERT_EQ(other.code(), log_.code());
    EXPECT_EQ(refusal(other.bundle()), "BUNDLE-FORK");
    EXPECT_EQ(refusal(other.bundle(0, day_ - 1)), "BUNDLE-FORK") << "not longer than what is held";
    EXPECT_EQ(refusal(other.bundle(day_, other.size())), "BUNDLE-FORK") << "no line overlaps";
    EXPECT_EQ(refusal(other.bundle(day_ - 1, other.size())), "BUNDLE-FORK");
}

TEST_P(Ingest, RefusesAnotherOfficesBundle) {
    LogBuilder by_id(1, "banmo");
    EXPECT_EQ(refusal(by_id.bundle()), "BUNDLE-OTHER-OFFICE");
    LogBuilder by_domain(1, "banmai", "banmo.example");
    EXPECT_EQ(refusal(by_domain.bundle()), "BUNDLE-OTHER-OFFICE");
}

TEST_P(Ingest, RefusesADeviceThatIsNotEnrolled) {
    LogBuilder stranger(2);
    stranger.whole_day(20270115);
    EXPECT_EQ(refusal(stranger.bundle()), "BUNDLE-NOT-ENROLLED");
    enrol_kiosk(stranger);
    EXPECT_EQ(refusal(stranger.bundle()), "");
}

TEST_P(Ingest, KeepsTwoKiosksApart) {
    LogBuilder second(2);
    second.whole_day(20270115, 9);
    enrol_kiosk(second);
    ASSERT_TRUE(take(log_.bundle()));
    ASSERT_TRUE(take(second.bundle()));
    const Status status = *database_->status();
    ASSERT_EQ(status.devices.size(), 2u);
    EXPECT_EQ(status.figures.ratings_cast, 16);
    for (const DeviceStatus& device : status.devices) {
        EXPECT_EQ(device.figures.ratings_cast, device.device.code == log_.code() ? 7 : 9);
    }
}

TEST_P(Ingest, RefusesANewerFormat) {
    std::string bytes = log_.bundle();
    bytes.replace(0, 14, "sala bundle 3\n");
    EXPECT_EQ(refusal(bytes), "BUNDLE-NEWER-FORMAT");
}

TEST_P(Ingest, KeepsTheBytesAsTheyCame) {
    const std::string bytes = log_.bundle();
    ASSERT_TRUE(take(bytes));
    const auto database = *connect(url_, Access::kRead);
    auto query = *database->prepare("SELECT bytes FROM bundle");
    ASSERT_TRUE(*query.step());
    EXPECT_EQ(text_of(query.blob(0)), bytes);
}

// An office whose database was restored from an old copy: what it cosigned stands in the bundle.
class ForgetfulOffice : public Ingest {
  protected:
    std::string cosigned(const LogBuilder& log, std::uint64_t size) {
        ledger::Note note = log.checkpoint(size);
        note.signatures.push_back(ledger::cosign_note(note.text, key_->name, key_->key, kNow_s));
        return note.bytes();
    }
};

TEST_P(ForgetfulOffice, NeverCosignsASmallerTreeThanItOnceDid) {
    LogBuilder longer;
    longer.whole_day(20270115);
    longer.whole_day(20270118);
    const std::string note = cosigned(longer, longer.size());
    EXPECT_EQ(refusal(longer.bundle(0, day_, note)), "BUNDLE-BEHIND");
    EXPECT_EQ(refusal(longer.bundle(0, longer.size(), note)), "");
}

TEST_P(ForgetfulOffice, RefusesAHistoryOtherThanTheOneItCosigned) {
    LogBuilder other;
    other.whole_day(20270115, 8);
    EXPECT_EQ(refusal(log_.bundle(0, log_.size(), cosigned(other, 10))), "") << "the first lines are alike";
    EXPECT_EQ(refusal(log_.bundle(0, log_.size(), cosigned(other, other.size() - 2))), "BUNDLE-FORK");
}

TEST_P(ForgetfulOffice, RefusesASignatureForgedInItsName) {
    ledger::Note note = log_.checkpoint(3);
    note.signatures.push_back(ledger::cosign_note(note.text, key_->name, key_->key, kNow_s));
    note.signatures.back().blob.back() ^= 1;
    EXPECT_EQ(refusal(log_.bundle(0, log_.size(), note.bytes())), "BUNDLE-FORGED-NOTE");
}

TEST_P(ForgetfulOffice, GivesNoWeightToACosignatureThatIsNotItsOwn) {
    ledger::Note note = log_.checkpoint(3);
    const auto stranger = crypto::SigningKey::generate();
    note.signatures.push_back(ledger::cosign_note(note.text, key_->name, stranger, kNow_s));
    EXPECT_EQ(refusal(log_.bundle(0, log_.size(), note.bytes())), "");
}

SALA_ON_BOTH_ENGINES(Ingest);
SALA_ON_BOTH_ENGINES(ForgetfulOffice);

}  // namespace
}  // namespace sala::office
