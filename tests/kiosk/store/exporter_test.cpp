// The USB road from the kiosk's end: bundles that verify, notes that are believed only when they verify.
#include "kiosk/store/exporter.h"

#include <fstream>

#include "platform/base/files.h"
#include "sync/ledger/answer.h"
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

class ExporterTest : public StoreFixture {
  protected:
    Export export_now() {
        const Result<Export> done = export_to(store(), stick());
        EXPECT_TRUE(done.ok()) << (done ? "" : done.error().line());
        return done ? *done : Export{};
    }
    std::string bytes_of_file(const std::filesystem::path& file) {
        return *read_file(file, ledger::kBundleBytesMax);
    }

    // The office's side: cosigns what a bundle ends with.
    void cosign(const std::filesystem::path& bundle_file, const crypto::SigningKey& key) {
        const std::string bytes = bytes_of_file(bundle_file);
        const auto bundle = ledger::open_bundle(bytes);
        ASSERT_TRUE(bundle.ok());
        ledger::Note note = bundle->checkpoint;
        const std::string name = ledger::office_key_name(office_.domain);
        note.signatures.push_back(ledger::cosign_note(note.text, name, key, 1'800'000'000));
        ASSERT_TRUE(write_file_durably(bundle_file.string() + ".cosigned", note.bytes()).ok());
        const ledger::VerifierKey vkey{name, ledger::KeyType::kCosignature, key.public_key()};
        ASSERT_TRUE(write_file_durably(stick() / "office.vkey", vkey.text() + "\n").ok());
    }
    const crypto::SigningKey office_key_ = crypto::SigningKey::from_seed({1, 2, 3});
};

TEST_F(ExporterTest, WritesOneBundleThatVerifiesAndHoldsEveryLine) {
    for (int i = 0; i < 6; ++i) rate(5);
    ASSERT_TRUE(store().close_day().ok());
    const Export done = export_now();
    ASSERT_EQ(done.files.size(), 1u);
    const std::string bytes = bytes_of_file(done.files[0]);
    const auto bundle = ledger::open_bundle(bytes);
    ASSERT_TRUE(bundle.ok());
    EXPECT_EQ(bundle->from(), 0u);
    EXPECT_EQ(bundle->to(), store().position().tree.size());
    EXPECT_EQ(bundle->lines, lines());
    EXPECT_EQ(bundle->office, office_.id);
}

// The office's database came from an old copy, and its import left word of what it still has.
TEST_F(ExporterTest, AnOfficeThatLostLinesGetsThemAgainOnce) {
    rate(5);
    const std::uint64_t early = export_now().to;
    rate(4);
    cosign(export_now().files.at(0), office_key_);
    ASSERT_GT(export_now().from, early);
    const ledger::LogState& state = store().position().state;
    const auto say = [&](const std::string& origin, std::uint64_t held) {
        const std::string name = ledger::held_answer_name(ledger::device_code(state.start.key));
        ASSERT_TRUE(write_file_durably(stick() / name, ledger::held_answer_text({origin, held})).ok());
    };
    say(state.start.origin, early);
    const Export again = export_now();
    EXPECT_EQ(again.from, early);
    EXPECT_EQ(ledger::open_bundle(bytes_of_file(again.files.at(0)))->frontier.size(), early);
    EXPECT_GT(export_now().from, early) << "the word was met, and is gone";
    say(state.start.origin + "X", early);
    EXPECT_GT(export_now().from, early) << "another kiosk's";
    say(state.start.origin, state.next_seq + 7);
    EXPECT_GT(export_now().from, early) << "nothing was lost";
}

TEST_F(ExporterTest, EqualDataGivesEqualBytes) {
    rate(5);
    const Export first = export_now();
    const std::string bytes = bytes_of_file(first.files.at(0));
    const Export second = export_now();
    EXPECT_EQ(first.files, second.files);
    EXPECT_EQ(bytes_of_file(second.files.at(0)), bytes);
}

TEST_F(ExporterTest, TheNextBundleBeginsAtTheCosignedNote) {
    rate(5);
    const Export first = export_now();
    cosign(first.files.at(0), office_key_);
    rate(4);
    const Export second = export_now();
    EXPECT_TRUE(second.refused_notes.empty());
    EXPECT_EQ(second.cosigned_size, first.to);
    EXPECT_EQ(second.from, first.to);
    const std::string bytes = bytes_of_file(second.files.at(0));
    const auto bundle = ledger::open_bundle(bytes);
    ASSERT_TRUE(bundle.ok());
    EXPECT_EQ(bundle->cosigned, bytes_of_file(first.files[0].string() + ".cosigned"));
    const auto cosigned = lines_of<ledger::Cosigned>();
    ASSERT_EQ(cosigned.size(), 1u);
    EXPECT_EQ(cosigned[0].size, first.to);
    EXPECT_EQ(cosigned[0].time_s, 1'800'000'000u);
    EXPECT_EQ(read_figures(data())->cosigned_size, first.to);

    // The same note once more changes nothing.
    const Export third = export_now();
    EXPECT_EQ(third.cosigned_size, 0u);
    EXPECT_EQ(third.to, second.to);
}

TEST_F(ExporterTest, OnlyTheOfficeWhoseKeyIsPinnedMayAnswer) {
    rate(5);
    cosign(export_now().files.at(0), office_key_);
    const Export second = export_now();
    // Somebody puts his own key and an answer signed by it on the stick.
    cosign(second.files.at(0), crypto::SigningKey::from_seed({9}));
    const Export third = export_now();
    EXPECT_EQ(third.cosigned_size, 0u);
    ASSERT_EQ(third.refused_notes.size(), 1u);
    EXPECT_EQ(third.refused_notes[0].code, "NOTE-BAD-SIGNATURE");
    EXPECT_EQ(third.from, second.from);
}

TEST_F(ExporterTest, ANoteThatDoesNotFitIsRefusedWithItsReasonAndTheExportGoesOn) {
    rate(5);
    const Export first = export_now();
    cosign(first.files.at(0), office_key_);
    const std::filesystem::path note = first.files[0].string() + ".cosigned";
    const std::string good = bytes_of_file(note);
    struct Case {
        std::string bytes;
        const char* code;
    };
    std::string other_root = good;
    char& letter = other_root[good.find('\n', good.find('\n') + 1) + 1];
    letter = letter == 'B' ? 'C' : 'B';  // another root, still well spelt
    const Case cases[] = {
        {"", "NOTE-MALFORMED"},
        {good.substr(0, good.size() / 2), "NOTE-MALFORMED"},
        {other_root, "NOTE-BAD-SIGNATURE"},
        {std::string(ledger::kNoteBytesMax + 1, 'x'), "FILE-TOO-LARGE"},
    };
    for (const Case& wrong : cases) {
        SCOPED_TRACE(wrong.code);
        std::ofstream(note, std::ios::trunc) << wrong.bytes;
        const Export done = export_now();
        ASSERT_EQ(done.refused_notes.size(), 1u);
        EXPECT_EQ(done.refused_notes[0].code, wrong.code);
        EXPECT_EQ(done.from, 0u);
        EXPECT_EQ(done.files.size(), 1u);
    }
}

TEST_F(ExporterTest, AnotherKiosksNoteOnASharedStickIsPassedOver) {
    rate(5);
    const Export first = export_now();
    cosign(first.files.at(0), office_key_);
    const std::filesystem::path note = first.files[0].string() + ".cosigned";
    std::string other_device = bytes_of_file(note);
    other_device[0] ^= 1;
    std::ofstream(note.parent_path() / "another.bundle.cosigned") << other_device;
    const Export second = export_now();
    EXPECT_TRUE(second.refused_notes.empty());
    EXPECT_GT(second.cosigned_size, 0u) << "its own note is taken in all the same";
}

TEST_F(ExporterTest, AnOfficeThatHoldsMoreThanTheKioskIsNamed) {
    rate(5);
    store_.reset();
    std::filesystem::copy(data(), root_ / "image", std::filesystem::copy_options::recursive);
    rate(4);
    cosign(export_now().files.at(0), office_key_);
    store_.reset();
    std::filesystem::remove_all(data());
    std::filesystem::rename(root_ / "image", data());
    auto rolled_back = try_open(Opening::kCommand);
    ASSERT_TRUE(rolled_back.ok());
    const Result<Export> done = export_to(*rolled_back, stick());
    ASSERT_TRUE(done.ok());
    ASSERT_EQ(done->refused_notes.size(), 1u);
    EXPECT_EQ(done->refused_notes[0].code, "NOTE-AHEAD");
}

TEST_F(ExporterTest, RefusesAStickThatIsNotThere) {
    rate(5);
    const Result<Export> done = export_to(store(), root_ / "nowhere");
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, "EXPORT-NO-FOLDER");
}

TEST_F(ExporterTest, FiguresAreTheSameBytesForTheSameData) {
    for (int i = 0; i < 5; ++i) rate(3);
    ticket(division(0).id, division(0).services[0].id);
    const auto open = read_figures(data());
    ASSERT_TRUE(open.ok());
    EXPECT_TRUE(open->day_open);
    EXPECT_EQ(open->ratings, 5u);
    EXPECT_EQ(open->tickets, 1u);
    EXPECT_EQ(open->envelopes, 0u);
    ASSERT_TRUE(store().close_day().ok());
    const auto closed = read_figures(data());
    ASSERT_TRUE(closed.ok());
    EXPECT_FALSE(closed->day_open);
    EXPECT_EQ(closed->ratings_sealed, 5u);
    EXPECT_EQ(closed->envelopes, 1u);
    clock_.pass_minutes(5);
    EXPECT_EQ(read_figures(data())->json(), closed->json());
    EXPECT_EQ(read_figures(root_ / "nowhere").error().code, "DB-NOT-FOUND");
}

}  // namespace
}  // namespace sala::kiosk
