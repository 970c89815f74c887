#include "sync/audit/outside_check.h"

#include <gtest/gtest.h>

#include "tests/sync/office/log_builder.h"

namespace sala::audit {
namespace {

// One kiosk's log of one day, as an office recomputed its first lines.
class OutsideCheckTest : public testing::Test {
  protected:
    void SetUp() override { log_.whole_day(20270115); }

    CheckedLog checked(std::uint64_t size) const {
        CheckedLog checked{log_.verifier(), log_.code(), size, {}};
        for (std::uint64_t i = 0; i <= size; ++i) checked.roots[i] = log_.tree(i).root();
        return checked;
    }
    OutsideAnswer check(const std::string& text, std::uint64_t held) const {
        const auto heads = read_outside_heads(text, "note");
        EXPECT_TRUE(heads) << heads.error().line();
        return check_outside(*heads, {checked(held)}, "banmai.example", office_key());
    }
    std::string cosigned(std::uint64_t size) const {
        ledger::Note note = log_.checkpoint(size);
        note.signatures.push_back(ledger::cosign_note(note.text, office_key().name, office_, 1'800'000'000));
        return note.bytes();
    }
    ledger::VerifierKey office_key() const {
        return {"banmai.example/sala/office", ledger::KeyType::kCosignature, office_.public_key()};
    }
    std::string code(const OutsideAnswer& answer) const {
        return answer.findings.empty() ? "" : answer.findings.front().what.code;
    }
    std::string letters(std::uint64_t size) const {
        return fmt::format("{} {}\n", size, ledger::root_letters(log_.tree(size).root()));
    }

    office::LogBuilder log_;
    crypto::SigningKey office_ = crypto::SigningKey::from_seed({});
};

TEST_F(OutsideCheckTest, ACheckpointThatFitsHoldsItsLinesOutside) {
    const OutsideAnswer answer = check(log_.checkpoint(9).bytes(), 12);
    EXPECT_TRUE(answer.findings.empty());
    EXPECT_EQ(answer.held_outside.at(log_.code()), 9U);
}

TEST_F(OutsideCheckTest, AShortHeadThatFitsHoldsItsLinesOutside) {
    const OutsideAnswer answer = check(letters(4) + letters(11), 12);
    EXPECT_TRUE(answer.findings.empty());
    EXPECT_EQ(answer.held_outside.at(log_.code()), 11U);
}

TEST_F(OutsideCheckTest, AnotherHistoryIsNarrowedDownByWhatFits) {
    office::LogBuilder other;
    other.whole_day(20270116);
    const auto heads = read_outside_heads(other.checkpoint(9).bytes(), "note");
    auto good = read_outside_heads(letters(3), "ticket");
    ASSERT_TRUE(heads && good);
    good->push_back(heads->front());
    const OutsideAnswer answer = check_outside(*good, {checked(12)}, "banmai.example", office_key());
    ASSERT_EQ(code(answer), "AUDIT-OUTSIDE-DIFFERS");
    EXPECT_EQ(answer.findings.front().first, 3U);
    EXPECT_EQ(answer.findings.front().end, 9U);
    EXPECT_EQ(answer.findings.front().weight, Weight::kBreak);
}

TEST_F(OutsideCheckTest, LinesThatOnlyAnOutsiderKnowsOfAreHeldByNobody) {
    const OutsideAnswer answer = check(log_.checkpoint(12).bytes(), 9);
    ASSERT_EQ(code(answer), "AUDIT-OUTSIDE-AHEAD");
    EXPECT_EQ(answer.findings.front().first, 9U);
    EXPECT_EQ(answer.findings.front().end, 12U);
    EXPECT_EQ(answer.ahead.at(log_.code()), 12U);
}

TEST_F(OutsideCheckTest, TheOfficesOwnWordAgainstItIsARollBack) {
    EXPECT_EQ(code(check(cosigned(12), 9)), "AUDIT-ROLLED-BACK");
}

TEST_F(OutsideCheckTest, AShortHeadThatFitsNothingIsAQuestion) {
    EXPECT_EQ(code(check("9 AAAABBBBCCCCDDDD\n", 12)), "AUDIT-OUTSIDE-NO-MATCH");
    EXPECT_EQ(code(check("90 AAAABBBBCCCCDDDD\n", 12)), "AUDIT-OUTSIDE-AHEAD");
}

TEST_F(OutsideCheckTest, WhatTheKioskDidNotSignProvesNothing) {
    office::LogBuilder stranger(9);
    ledger::Note note = log_.checkpoint(9);
    note.signatures = {ledger::sign_note(note.text, log_.origin(), stranger.key())};
    const OutsideAnswer answer = check(note.bytes(), 12);
    ASSERT_EQ(code(answer), "AUDIT-OUTSIDE-FORGED");
    EXPECT_EQ(answer.findings.front().weight, Weight::kRemark);
}

TEST_F(OutsideCheckTest, ALogOfThisOfficeThatItKeepsNothingOfIsABreak) {
    office::LogBuilder other(9);
    const auto answer = check(other.checkpoint(2).bytes(), 12);
    ASSERT_EQ(code(answer), "AUDIT-OUTSIDE-UNKNOWN-LOG");
    EXPECT_EQ(answer.findings.front().weight, Weight::kBreak);
    office::LogBuilder abroad(9, "elsewhere", "elsewhere.example");
    EXPECT_EQ(check(abroad.checkpoint(2).bytes(), 12).findings.front().weight, Weight::kRemark);
}

}  // namespace
}  // namespace sala::audit
