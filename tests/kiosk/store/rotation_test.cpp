// A log's end and the next one's beginning: what is named, what goes along, what a power cut leaves.
#include "kiosk/store/rotation.h"

#include <fstream>

#include "kiosk/store/schema.h"
#include "platform/base/files.h"
#include "platform/crypto/sealed_box.h"
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

namespace fs = std::filesystem;

class RotationTest : public StoreFixture {
  protected:
    void whole_day(int raters = 5) {
        for (int i = 0; i < raters; ++i) rate(5);
        ASSERT_TRUE(store().close_day().ok());
    }
    Result<Rotation> try_rotate(bool leave_waiting = false) {
        Store going = *std::move(store_);
        store_.reset();
        return rotate(std::move(going), leave_waiting);
    }
    Rotation rotated(bool leave_waiting = false) {
        const Result<Rotation> done = try_rotate(leave_waiting);
        EXPECT_TRUE(done.ok()) << (done ? "" : done.error().line());
        return done ? *done : Rotation{};
    }
    // The office takes in every bundle on the stick.
    void cosign_all() {
        const std::string name = ledger::office_key_name(office_.domain);
        for (const auto& entry : fs::directory_iterator(stick())) {
            if (entry.path().extension() != ".bundle") continue;
            const std::string bytes = *read_file(entry.path(), ledger::kBundleBytesMax);
            ledger::Note note = ledger::open_bundle(bytes)->checkpoint;
            note.signatures.push_back(ledger::cosign_note(note.text, name, key_, 1'800'000'000));
            ASSERT_TRUE(write_file_durably(entry.path().string() + ".cosigned", note.bytes()).ok());
        }
        const ledger::VerifierKey vkey{name, ledger::KeyType::kCosignature, key_.public_key()};
        ASSERT_TRUE(write_file_durably(stick() / "office.vkey", vkey.text() + "\n").ok());
    }
    // What stands in the folder between the old log's end and the next one's turn.
    void undo_the_turn(const Rotation& rotation) {
        const fs::path ended = ended_folder(data(), rotation.ended), part = next_part(data());
        fs::create_directory(part);
        for (const char* name : {"kiosk.db", "device.key.new"}) fs::rename(data() / name, part / name);
        for (const char* name : {"kiosk.db", "device.key"}) fs::rename(ended / name, data() / name);
        std::ofstream(part / "ready").flush();
        fs::remove_all(ended);
    }
    const crypto::SigningKey key_ = crypto::SigningKey::from_seed({1, 2, 3});
};

TEST_F(RotationTest, TheNextLogNamesTheEndOfTheOldOneAndThePinGoesOn) {
    whole_day();
    const std::string pin = *PinLock::set_random(store().database());
    const Rotation rotation = rotated();
    EXPECT_EQ(rotation.uncounted, 0u);
    const auto start = lines_of<ledger::LogStart>().at(0);
    EXPECT_EQ(ledger::device_code(start.key), rotation.next);
    ASSERT_TRUE(start.replaces);
    EXPECT_EQ(store().pin().check(store().database(), pin)->kind, PinAnswer::Kind::kRight);
    EXPECT_EQ(lines_of<ledger::ConfigRead>().size(), 1u);
    rate(5);

    DataFolder folder = *DataFolder::lock(ended_folder(data(), rotation.ended));
    const auto ended = Store::open(std::move(folder), office_, {}, clock_, "", Opening::kCommand);
    ASSERT_TRUE(ended.ok()) << ended.error().line();
    EXPECT_TRUE(ended->position().state.ended);
    EXPECT_EQ(*start.replaces,
              (ledger::Replaces{ended->position().state.start.origin, ended->position().tree.size(),
                                ended->position().tree.root()}));
}

TEST_F(RotationTest, AnOpenDayOrRatingsThatWaitAreNotGivenUpUnasked) {
    for (int i = 0; i < 3; ++i) rate(4);
    const auto open_day = try_rotate();
    ASSERT_FALSE(open_day.ok());
    EXPECT_EQ(open_day.error().code, "ROTATE-DAY-OPEN");
    ASSERT_TRUE(store().close_day().ok());
    const std::uint64_t lines_before = store().position().tree.size();
    const auto waiting = try_rotate();
    ASSERT_FALSE(waiting.ok());
    EXPECT_EQ(waiting.error().code, "ROTATE-RATINGS-WAIT");
    EXPECT_EQ(store().position().tree.size(), lines_before + 1) << "only this start's boot";
    EXPECT_EQ(rotated(true).uncounted, 3u);
    EXPECT_EQ(store().position().state.waiting_total(), 0u);
}

TEST_F(RotationTest, WhatWouldFillAnEnvelopeIsNotGivenUpEvenIfAsked) {
    office_.secrecy.month_auditor = crypto::BoxKey::generate().public_key();
    whole_day(6);  // the fifteenth: they wait for the month's end
    ASSERT_EQ(store().position().state.waiting_total(), 6u);
    const auto refused = try_rotate(true);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "ROTATE-ENVELOPE-WAITS");
    EXPECT_EQ(store().position().state.waiting_total(), 6u);
}

TEST_F(RotationTest, WhoWasCarriedOverTheCloseIsCancelledBeforeTheLogEnds) {
    office_.queue.at_close = record::QueueClose::kCarried;
    ticket(division(0).id, division(0).services[0].id);
    whole_day();
    const Rotation rotation = rotated();
    sqlite::Database ended =
        *open_store_database(ended_folder(data(), rotation.ended), sqlite::OpenMode::kReadOnly);
    const auto last = *read_lines(ended, load_position(ended)->tree.size() - 4, 4);
    EXPECT_EQ(std::string(ledger::kind_of(ledger::parse_line(last[0])->happening)), "day_opened");
    EXPECT_EQ(std::string(ledger::kind_of(ledger::parse_line(last[1])->happening)), "ticket_cancelled");
    EXPECT_EQ(std::string(ledger::kind_of(ledger::parse_line(last[3])->happening)), "log_end");
}

TEST_F(RotationTest, WhatIsNeverCountedIsErased) {
    for (int i = 0; i < 3; ++i) rate(4);
    ASSERT_TRUE(store().close_day().ok());
    const Rotation rotation = rotated(true);
    auto database = sqlite::Database::open(database_path(ended_folder(data(), rotation.ended)),
                                           sqlite::OpenMode::kReadOnly);
    ASSERT_TRUE(database.ok());
    auto left =
        database->prepare("SELECT (SELECT COUNT(*) FROM cell WHERE n <> zeroblob(8)), COUNT(*) FROM waiting");
    ASSERT_TRUE(left.ok() && *left->step());
    EXPECT_EQ(left->integer(0), 0);
    EXPECT_EQ(left->integer(1), 0);
}

TEST_F(RotationTest, APowerCutAtAnyMomentIsFinishedAtTheNextStart) {
    whole_day();
    const Rotation rotation = rotated();
    undo_the_turn(rotation);
    const fs::path kept = root_ / "kept";
    fs::rename(data(), kept);
    const fs::path ended = "old-" + rotation.ended;
    const std::pair<fs::path, fs::path> moves[] = {{"next.part", "next"},
                                                   {"", ended},
                                                   {"kiosk.db", ended / "kiosk.db"},
                                                   {"device.key", ended / "device.key"},
                                                   {"next/kiosk.db", "kiosk.db"},
                                                   {"next/device.key.new", "device.key.new"},
                                                   {"next", "next.done"}};
    for (std::size_t cut = 0; cut <= std::size(moves); ++cut) {
        fs::remove_all(data());
        fs::copy(kept, data(), fs::copy_options::recursive);
        for (std::size_t i = 0; i < cut; ++i) {
            if (moves[i].first.empty()) fs::create_directory(data() / moves[i].second);
            if (!moves[i].first.empty()) fs::rename(data() / moves[i].first, data() / moves[i].second);
        }
        reopen();
        const auto start = lines_of<ledger::LogStart>().at(0);
        EXPECT_EQ(ledger::device_code(start.key), rotation.next) << "cut before move " << cut;
        ASSERT_TRUE(start.replaces) << cut;
        reopen();
        EXPECT_EQ(lines_of<ledger::Boot>().size(), 2u);
        EXPECT_FALSE(fs::exists(data() / "next"));
        EXPECT_TRUE(fs::exists(data() / ended / "device.key"));
        store_.reset();
    }
}

TEST_F(RotationTest, AnAttemptThatDidNotEndTheLogLeavesIt) {
    whole_day();
    const std::string origin = store().position().state.start.origin;
    store_.reset();
    fs::create_directory(next_part(data()));
    std::ofstream(next_part(data()) / "device.key.new") << "half";
    std::ofstream(next_part(data()) / "ready").flush();
    reopen();
    EXPECT_EQ(store().position().state.start.origin, origin);
    EXPECT_NE(rotated().next, "");
    EXPECT_NE(store().position().state.start.origin, origin);
}

TEST_F(RotationTest, ExportBringsTheEndedLogUntilTheOfficeHasIt) {
    whole_day();
    ASSERT_EQ(export_to(store(), stick())->files.size(), 1u);
    const Rotation rotation = rotated();
    whole_day();
    const auto both = export_to(store(), stick());
    ASSERT_TRUE(both.ok()) << both.error().line();
    ASSERT_EQ(both->files.size(), 2u);
    EXPECT_NE(both->files[1].string().find(rotation.ended), std::string::npos);
    cosign_all();
    const auto taken = export_to(store(), stick());
    ASSERT_TRUE(taken.ok()) << taken.error().line();
    EXPECT_TRUE(taken->refused_notes.empty());
    EXPECT_EQ(taken->files.size(), 1u) << "the new log's own answer";
    DataFolder folder = *DataFolder::lock(ended_folder(data(), rotation.ended));
    const auto ended = Store::open(std::move(folder), office_, {}, clock_, "", Opening::kCommand);
    EXPECT_EQ(*cosigned_size(const_cast<Store&>(*ended).database()), ended->position().tree.size());
}

TEST_F(RotationTest, AnEndedLogIsNotBegunAgain) {
    whole_day();
    const Rotation rotation = rotated();
    fs::rename(ended_folder(data(), rotation.ended), root_ / "old");
    fs::remove_all(data());
    fs::rename(root_ / "old", data());
    const auto again = try_open();
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().code, "STORE-ENDED");
}

TEST_F(RotationTest, AKioskInThePlaceOfALostOneSaysSo) {
    const std::string lost = ledger::device_code(key_.public_key());
    EXPECT_EQ(replace_lost(*DataFolder::lock(data()), "KIOSK").error().code, "REPLACE-CODE");
    ASSERT_TRUE(replace_lost(*DataFolder::lock(data()), lost).ok());
    const auto start = lines_of<ledger::LogStart>().at(0);
    ASSERT_TRUE(start.replaces);
    EXPECT_EQ(start.replaces->origin, ledger::log_origin(office_.domain, lost));
    EXPECT_EQ(start.replaces->size, 0u);
    store_.reset();
    EXPECT_EQ(replace_lost(*DataFolder::lock(data()), lost).error().code, "REPLACE-BEGUN");
}

}  // namespace
}  // namespace sala::kiosk
