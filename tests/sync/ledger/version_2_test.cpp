// What version 2 adds: its lines, its rules, and that version 1 means what it meant.
#include <gtest/gtest.h>

#include <functional>

#include "tests/sync/ledger/sample_month.h"

namespace sala::ledger {
namespace {

using sample::month_lines;

// Takes the lines with one of them changed; what the log says to it.
template <typename T>
std::string refusal(std::size_t nth, const std::function<void(T&)>& change) {
    LogState state;
    std::size_t met = 0;
    for (Line line : month_lines()) {
        T* found = std::get_if<T>(&line.happening);
        if (found != nullptr && met++ == nth) change(*found);
        if (const Result<void> taken = state.take(line); !taken) return taken.error().english;
    }
    return "";
}
#define EXPECT_REFUSED(said, why) EXPECT_NE((said).find(why), std::string::npos) << said

TEST(Version2, IsWrittenAsTheGoldenFilesHaveItAndReadBack) {
    std::string all;
    for (const Line& line : month_lines()) {
        const std::string text = write_line(line);
        all += text + "\n";
        const Result<Line> read = parse_line(text);
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(*read, line);
    }
    EXPECT_EQ(all, sample::golden("month-lines.jsonl"));
    EXPECT_EQ(sample::month_bundle(), sample::golden("month.bundle"));
    EXPECT_EQ(text_of(sample::first_opening()), sample::golden("month.opening"));
}

TEST(Version2, StandsOnlyOnLinesThatNeedIt) {
    std::string second;
    for (const Line& line : month_lines()) {
        const std::string text = write_line(line);
        if (version_of(line.happening) == 2) second += std::string(kind_of(line.happening)) + " ";
        EXPECT_EQ(text.substr(0, 6), version_of(line.happening) == 2 ? "{\"v\":2" : "{\"v\":1");
        const std::string other = (text[5] == '2' ? "{\"v\":1" : "{\"v\":2") + text.substr(6);
        EXPECT_FALSE(parse_line(other)) << other;
    }
    EXPECT_EQ(second, "log_start day_opened bound day_opened bound day_closed log_end ");
}

TEST(Version2, ALogKeepsItsRulesAndItsStateIsSavedAtEveryLine) {
    LogState state;
    for (const Line& line : month_lines()) {
        const auto restored = LogState::restore(state.save());
        ASSERT_TRUE(restored) << state.save();
        EXPECT_EQ(*restored, state);
        const Result<void> taken = state.take(line);
        ASSERT_TRUE(taken) << taken.error().english;
    }
    EXPECT_TRUE(state.ended);
    EXPECT_EQ(*LogState::restore(state.save()), state);
    Line after = month_lines()[1];
    after.stamp.seq = state.next_seq;
    const Result<void> taken = state.take(after);
    ASSERT_FALSE(taken);
    EXPECT_REFUSED(taken.error().english, "after the log's end");
}

TEST(Version2, ALogThatReplacesAnotherNamesItOrSaysThatItWasLost) {
    const auto lost = [](LogStart& line) { line.replaces = {sample::origin(), 0, Frontier().root()}; };
    EXPECT_EQ(refusal<LogStart>(0, lost), "");
    EXPECT_REFUSED(refusal<LogStart>(0, [](LogStart& line) { line.replaces->size = 0; }), "another root");
    EXPECT_REFUSED(refusal<LogStart>(0, [](LogStart& line) { line.replaces->origin = line.origin; }),
                   "replaces no other log");
    EXPECT_REFUSED(refusal<LogStart>(0, [](LogStart& line) { line.replaces->origin = "x"; }),
                   "replaces no other log");
}

TEST(Version2, WhatWaitsIsBoundAtEveryCloseOfAMonthAndAtNoOther) {
    EXPECT_REFUSED(refusal<Bound>(0, [](Bound& line) { line.day = 20270127; }), "outside its day");
    EXPECT_REFUSED(refusal<DayOpened>(0, [](DayOpened& line) { line.wait = "day"; }), "an unknown wait");
    EXPECT_REFUSED(refusal<DayOpened>(0, [](DayOpened& line) { line.auditor.reset(); }), "an unknown wait");
    EXPECT_REFUSED(refusal<DayOpened>(0,
                                      [](DayOpened& line) {
                                          line.wait = "day";
                                          line.auditor.reset();
                                      }),
                   "nothing waits for the month's end");
    std::vector<Line> all = month_lines();
    all[7].happening = Alive{};  // for `bound`
    auto& closed = std::get<DayClosed>(all[8].happening);
    closed.lines = {{"alive", 1}, {"boot", 1}, {"cast", 4}, {"day_opened", 1}, {"log_start", 1}};
    LogState state;
    for (std::size_t i = 0; i < 8; ++i) ASSERT_TRUE(state.take(all[i]));
    EXPECT_REFUSED(state.take(all[8]).error().english, "is not bound");

    all = month_lines();
    LogState bound;
    for (std::size_t i = 0; i < 8; ++i) ASSERT_TRUE(bound.take(all[i]));
    Line between = all[5];
    between.stamp.seq = 8;
    EXPECT_REFUSED(bound.take(between).error().english, "between what was bound and its close");
}

TEST(Version2, TextsAreHashesInOrder) {
    EXPECT_REFUSED(refusal<DayClosed>(1, [](DayClosed& line) { std::swap(line.texts[0], line.texts[1]); }),
                   "out of order");
    EXPECT_REFUSED(refusal<DayClosed>(1, [](DayClosed& line) { line.texts[1] = line.texts[0]; }),
                   "out of order");
    EXPECT_REFUSED(refusal<DayClosed>(1, [](DayClosed& line) { line.texts[1] = "zzzz"; }), "is no hash");
}

TEST(Version2, ALogEndsClosedAndUnderAnotherKey) {
    EXPECT_REFUSED(refusal<LogEnd>(0, [](LogEnd& line) { line.next = sample::month_key().public_key(); }),
                   "under its own key");
    std::vector<Line> all = month_lines();
    Line end = all.back();
    LogState state;
    for (std::size_t i = 0; i < 4; ++i) ASSERT_TRUE(state.take(all[i]));
    end.stamp.seq = 4;
    EXPECT_REFUSED(state.take(end).error().english, "while a day is open");
}

TEST(Version2, ABundleOfItIsOpenedAndItsOpeningIsWhatWasBound) {
    const std::string bytes = sample::golden("month.bundle");
    const Result<Bundle> bundle = open_bundle(bytes);
    ASSERT_TRUE(bundle) << bundle.error().english;
    EXPECT_EQ(bundle->lines, month_lines());
    const auto& bound = std::get<Bound>(bundle->lines[7].happening);
    const auto sealed = crypto::seal_to(sample::auditor().public_key(), sample::first_opening());
    const auto text = open_opening(sample::auditor(), *sealed, bound.commitment);
    ASSERT_TRUE(text);
    EXPECT_EQ(*text, sample::golden("month.opening").substr(32));
}

TEST(Version2, AnOpeningIsReadAsItIsWrittenAndNotOtherwise) {
    const std::string text = sample::golden("month.opening").substr(32);
    const Result<Opening> opening = parse_opening(text);
    ASSERT_TRUE(opening) << opening.error().english;
    EXPECT_EQ(opening->day, 20270128);
    EXPECT_EQ(opening->tallies.size(), 2u);
    EXPECT_EQ(write_opening(*opening), text);
    std::size_t refused = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        EXPECT_FALSE(parse_opening(text.substr(0, i)).ok() && i > 0 && text[i - 1] != '\n') << i;
        std::string other = text;
        other[i] = other[i] == 'x' ? 'y' : 'x';
        refused += parse_opening(other).ok() ? 0 : 1;
    }
    EXPECT_GT(refused, text.size() / 2) << "all but letters of the origin";
    EXPECT_FALSE(parse_opening(text + text).ok());
}

// ---- attachments ----

BundleDraft attached_draft() {
    BundleDraft draft{
        "banmai", sample::kDomain, {}, sample::written(month_lines(), 0, month_lines().size()), ""};
    const auto closed = std::get<DayClosed>(month_lines()[14].happening);
    const auto opening = crypto::seal_to(sample::auditor().public_key(), sample::first_opening());
    draft.attachments = {{"text", *crypto::array_from_base64<32>(closed.texts[1]), {1, 2, 3}},
                         {"opening", crypto::sha256(sample::first_opening()), *opening},
                         {"letter", *crypto::array_from_base64<32>(closed.texts[0]), Bytes(4096, 7)}};
    return draft;
}

TEST(Attachments, StandBehindEvidenceThatDoesNotChangeWithThem) {
    const BundleDraft draft = attached_draft();
    const std::string bytes = write_bundle(draft, sample::month_key());
    const Result<Bundle> bundle = open_bundle(bytes);
    ASSERT_TRUE(bundle) << bundle.error().english;
    ASSERT_EQ(bundle->attachments.size(), 3u);
    for (const Attachment& attachment : draft.attachments) {
        EXPECT_EQ(std::count(bundle->attachments.begin(), bundle->attachments.end(), attachment), 1);
    }
    // Erasing them, one after the other, breaks no proof.
    std::string less = bytes;
    for (int left = 2; left >= 0; --left) {
        less.resize(less.rfind("attachment "));
        const Result<Bundle> still = open_bundle(less);
        ASSERT_TRUE(still) << left;
        EXPECT_EQ(still->attachments.size(), static_cast<std::size_t>(left));
        EXPECT_EQ(still->evidence, bundle->evidence);
    }
    EXPECT_EQ(less, bundle->evidence);
}

TEST(Attachments, TheGoldenOneIsReadAndOpened) {
    const std::string bytes = sample::golden("month-attached.bundle");
    const Result<Bundle> bundle = open_bundle(bytes);
    ASSERT_TRUE(bundle) << bundle.error().english;
    ASSERT_EQ(bundle->attachments.size(), 1u);
    const Attachment& opening = bundle->attachments[0];
    EXPECT_TRUE(open_opening(sample::auditor(), opening.sealed, opening.commitment));
}

TEST(Attachments, ThatNoLineBindsOrThatStandTwiceAreRefused) {
    const std::string bytes = write_bundle(attached_draft(), sample::month_key());
    const std::size_t evidence = open_bundle(bytes)->evidence.size();
    const std::string first = bytes.substr(evidence, bytes.find('\n', evidence) + 1 - evidence);
    const std::string other = crypto::to_base64(crypto::Hash{});
    for (const std::string& more :
         {std::string("x"), std::string("\n"), first + first, first.substr(0, first.size() - 1),
          "attachment opening " + other + " AAAA\n", "attachment opening " + other + "\n",
          "attachment face " + first.substr(first.find(' ', 12) + 1), bytes.substr(evidence) + first,
          "attachment opening " + crypto::to_base64(crypto::sha256(sample::first_opening())) + " \n"}) {
        const std::string changed = bytes.substr(0, evidence) + more;
        const Result<Bundle> opened = open_bundle(changed);
        ASSERT_FALSE(opened) << more;
        EXPECT_EQ(opened.error().code, "BUNDLE-DAMAGED");
    }
    EXPECT_EQ(open_bundle(sample::month_bundle() + first).error().code, "BUNDLE-DAMAGED")
        << "version 1 has none";
    EXPECT_EQ(open_bundle(bytes.substr(0, evidence - 1)).error().code, "BUNDLE-CUT");
}

}  // namespace
}  // namespace sala::ledger
