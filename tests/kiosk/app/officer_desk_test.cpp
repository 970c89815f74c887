// The officer's effects through the store's thread and the desk's worker: each answered, none in a
// visitor's way.
#include "kiosk/app/officer_desk.h"

#include <future>

#include "kiosk/app/commands.h"
#include "kiosk/app/config.h"
#include "kiosk/app/effects.h"
#include "kiosk/app/self_test.h"
#include "kiosk/app/store_thread.h"
#include "platform/base/files.h"
#include "tests/fakes/memory_stick.h"
#include "tests/kiosk/app/event_box.h"
#include "tests/kiosk/store/store_fixture.h"

namespace sala::kiosk {
namespace {

constexpr const char* kPin = "493027";

class OfficerDeskTest : public StoreFixture {
  protected:
    void SetUp() override {
        ASSERT_TRUE(MemoryStick::own_mounts());  // while there is one thread
        StoreFixture::SetUp();
    }
    void TearDown() override {
        thread_.reset();
        StoreFixture::TearDown();
    }
    void start() {
        store();
        DeskSettings settings;
        settings.sticks = stick_places_below(root_ / "sticks");
        thread_.emplace(
            *std::move(store_), [this](const Event& event) { mailbox_.post(event); }, settings);
        store_.reset();
    }
    // Until go_on_ is set, as a stick does that hangs in the middle.
    void begin_a_write_that_stands_still() {
        mailbox_.hold = [this](const Event& event) {
            const auto* at = std::get_if<StickProgressed>(&event);
            if (at == nullptr || at->step != StickStep::kWriting || std::exchange(held_, true)) return;
            writing_.set_value();
            go_on_.get_future().wait();
        };
        thread_->perform(WriteStick{});
        writing_.get_future().wait();
    }
    std::filesystem::path place() const { return root_ / "sticks" / "one"; }

    EventBox mailbox_;
    std::promise<void> writing_, go_on_;
    bool held_ = false;
    std::optional<StoreThread> thread_;
};

TEST_F(OfficerDeskTest, ThePinIsCheckedChangedAndRefusedWithItsReason) {
    start();
    thread_->perform(CheckPin{kPin});
    EXPECT_EQ(mailbox_.wait_for<PinRefused>().refusal.why, PinRefusal::Why::kNotSet);
    thread_->perform(SavePin{"123456"});
    EXPECT_EQ(mailbox_.wait_for<PinRefused>().refusal.why, PinRefusal::Why::kWeak);
    thread_->perform(SavePin{kPin});
    mailbox_.wait_for<PinSaved>();
    thread_->perform(CheckPin{"730594"});
    const PinRefused wrong = mailbox_.wait_for<PinRefused>();
    EXPECT_EQ(wrong.refusal.why, PinRefusal::Why::kWrong);
    EXPECT_EQ(wrong.refusal.tries_left, 4);
    thread_->perform(CheckPin{kPin});
    mailbox_.wait_for<PinAccepted>();
}

// OfficerFailed would open the officer's page without a PIN.
TEST_F(OfficerDeskTest, APinThatCannotBeLookedAtIsRefusedAndOpensNothing) {
    start();
    thread_->perform(SavePin{kPin});
    mailbox_.wait_for<PinSaved>();
    thread_->run([](Store& broken) { EXPECT_TRUE(broken.database().execute("PRAGMA query_only=ON").ok()); });
    thread_->perform(CheckPin{kPin});
    EXPECT_EQ(mailbox_.wait_for<PinRefused>().refusal.why, PinRefusal::Why::kFailed);
    for (const Event& event : mailbox_.all()) {
        EXPECT_FALSE(std::holds_alternative<PinAccepted>(event) ||
                     std::holds_alternative<OfficerFailed>(event));
    }
}

TEST_F(OfficerDeskTest, TheDayIsClosedAndItsFiguresCome) {
    for (int i = 0; i < 5; ++i) rate(5);
    ticket(division(1).id, division(1).services[0].id);
    start();
    thread_->perform(ReadFigures{});
    FiguresRead open = mailbox_.wait_for<FiguresRead>();
    EXPECT_TRUE(open.figures.day_open);
    EXPECT_EQ(open.figures.day, record::parse_iso_date("2027-01-15"));
    EXPECT_EQ(open.figures.ratings_cast, 5u);
    EXPECT_TRUE(open.figures.envelopes.empty());
    thread_->perform(CloseDay{});
    const DayWasClosed closed = mailbox_.wait_for<DayWasClosed>();
    EXPECT_TRUE(closed.was_open);
    EXPECT_FALSE(closed.figures->day_open);
    ASSERT_EQ(closed.figures->envelopes.size(), 1u);
    EXPECT_EQ(closed.figures->sealed.raw, 5u);
    EXPECT_EQ(closed.figures->sealed.counted(), 5u);
    const OfficerEnvelope& envelope = closed.figures->envelopes[0];
    EXPECT_EQ(envelope.division, "");
    EXPECT_EQ(envelope.service, "");
    EXPECT_EQ(envelope.raters, 5u);
    EXPECT_EQ(envelope.faces, (std::array<std::uint64_t, 6>{0, 0, 0, 0, 0, 5}));
    EXPECT_EQ(envelope.first_day, *record::parse_iso_date("2027-01-15"));
    ASSERT_EQ(closed.figures->divisions.size(), 1u);
    EXPECT_EQ(closed.figures->divisions[0].served, 1u);
    EXPECT_EQ(closed.figures->device_code.size(), 26u);
    thread_->perform(CloseDay{});
    EXPECT_FALSE(mailbox_.wait_for<DayWasClosed>().was_open);
}

TEST_F(OfficerDeskTest, AnOfficersFailureIsAnOfficersAnswer) {
    start();
    thread_->run([](Store& broken) {
        EXPECT_TRUE(broken.database().execute("ALTER TABLE checkpoint RENAME TO gone").ok());
    });
    thread_->perform(ReadFigures{});
    EXPECT_EQ(mailbox_.wait_for<OfficerFailed>().reason.code, "DB-FAILED");
    thread_->perform(StoreRating{5});
    mailbox_.wait_for<RatingStored>();
}

TEST_F(OfficerDeskTest, TheStickIsWrittenStepByStepAndItsReportComesLast) {
    for (int i = 0; i < 5; ++i) rate(5);
    const MemoryStick stick(place(), 1 << 20);
    start();
    thread_->perform(WriteStick{});
    const StickFinished finished = mailbox_.wait_for<StickFinished>();
    EXPECT_GT(finished.report.lines, 5u);
    EXPECT_TRUE(finished.report.refused_notes.empty());
    std::vector<StickStep> steps;
    for (const Event& event : mailbox_.all()) {
        const auto* at = std::get_if<StickProgressed>(&event);
        if (at != nullptr && (steps.empty() || steps.back() != at->step)) steps.push_back(at->step);
    }
    EXPECT_EQ(steps,
              (std::vector<StickStep>{StickStep::kLooking, StickStep::kWriting, StickStep::kReadingBack}));
    EXPECT_TRUE(std::holds_alternative<StickFinished>(mailbox_.all().back()));
}

TEST_F(OfficerDeskTest, EachWrongStickIsNamed) {
    start();
    thread_->perform(WriteStick{});
    EXPECT_EQ(mailbox_.wait_for<StickFailed>().reason.code, "STICK-NONE");
    const MemoryStick one(place(), 1 << 20);
    {
        const MemoryStick two(root_ / "sticks" / "two", 1 << 20);
        thread_->perform(WriteStick{});
        EXPECT_EQ(mailbox_.wait_for<StickFailed>().reason.code, "STICK-MANY");
    }
    {
        MemoryStick hidden(place(), 1 << 20);
        hidden.make_read_only();
        thread_->perform(WriteStick{});
        EXPECT_EQ(mailbox_.wait_for<StickFailed>().reason.code, "STICK-READ-ONLY");
    }
    {
        const MemoryStick unsafe(place(), 1 << 20, MS_NODEV | MS_NOSUID);
        thread_->perform(WriteStick{});
        EXPECT_EQ(mailbox_.wait_for<StickFailed>().reason.code, "STICK-MOUNTED-UNSAFE");
    }
    thread_->perform(WriteStick{});
    mailbox_.wait_for<StickFinished>();
}

// The stick stands still in the middle of its write for as long as the test likes: visitors are served.
TEST_F(OfficerDeskTest, AStickThatTakesForEverHoldsUpNoVisitor) {
    const MemoryStick stick(place(), 1 << 20);
    start();
    begin_a_write_that_stands_still();
    thread_->perform(StoreRating{5});
    mailbox_.wait_for<RatingStored>();
    thread_->perform(IssueTicket{{{division(1).id, division(1).services[0].id}}});
    mailbox_.wait_for<TicketIssued>();
    go_on_.set_value();
    const StickFinished finished = mailbox_.wait_for<StickFinished>();
    EXPECT_GT(finished.report.lines, 0u);
}

// The first stands still; asked again, the desk stops it and only the second answers.
TEST_F(OfficerDeskTest, WhatWasAskedBeforeIsNotAnsweredAnyMore) {
    for (int i = 0; i < 5; ++i) rate(5);
    const MemoryStick stick(place(), 1 << 20);
    start();
    begin_a_write_that_stands_still();
    const std::size_t before = mailbox_.all().size();
    thread_->perform(RunSelfTest{});
    thread_->perform(RunSelfTest{});
    go_on_.set_value();
    mailbox_.wait_for<SelfTestFinished>();
    std::size_t answers = 0;
    for (const Event& event : mailbox_.all()) {
        answers += std::holds_alternative<SelfTestFinished>(event);
        EXPECT_FALSE(std::holds_alternative<StickFinished>(event) ||
                     std::holds_alternative<StickFailed>(event));
    }
    EXPECT_EQ(answers, 1u);
    EXPECT_EQ(mailbox_.all().size(), before + 1);
    thread_->perform(WriteStick{});
    mailbox_.wait_for<StickFinished>();
}

// A job that never ended by itself would hang this test.
TEST(Worker, ItsEndStopsTheJobUnderWayAndDropsTheNext) {
    std::promise<void> begun;
    bool next = false;
    {
        Worker worker;
        worker.give([&] {
            begun.set_value();
            while (!worker.stopping()) std::this_thread::yield();
        });
        begun.get_future().wait();
        EXPECT_TRUE(worker.give([&] { next = true; }));
        EXPECT_TRUE(worker.give([&] { next = true; }));
        EXPECT_FALSE(worker.give([&] { next = true; })) << "one too many";
    }
    EXPECT_FALSE(next);
}

TEST_F(OfficerDeskTest, TheSelfTestFindsEverythingGoodOnAGoodKiosk) {
    for (int i = 0; i < 5; ++i) rate(5);
    start();
    thread_->perform(RunSelfTest{});
    const SelfTestFinished finished = mailbox_.wait_for<SelfTestFinished>();
    using Kind = TestFinding::Kind;
    std::vector<Kind> kinds;
    for (const TestFinding& finding : finished.findings) {
        kinds.push_back(finding.kind);
        EXPECT_TRUE(finding.good) << finding.english;
        EXPECT_FALSE(finding.thai.empty() || finding.english.empty());
    }
    EXPECT_EQ(kinds, (std::vector<Kind>{Kind::kFaces, Kind::kCode, Kind::kDisk, Kind::kClock, Kind::kStore,
                                        Kind::kConfig}));
}

TEST_F(OfficerDeskTest, TheSelfTestFindsAChangedLine) {
    for (int i = 0; i < 5; ++i) rate(5);
    start();
    thread_->run([](Store& changed) {
        sqlite::Database& database = changed.database();
        EXPECT_TRUE(database.execute("DROP TRIGGER journal_keeps_its_lines").ok());
        EXPECT_TRUE(database.execute("UPDATE journal SET line = CAST('x' AS BLOB) WHERE seq = 3").ok());
    });
    const TestFinding finding = test_journal(thread_->on_store(), data(), [] { return true; });
    EXPECT_FALSE(finding.good);
    EXPECT_NE(finding.english.find("does not match its proof"), std::string::npos) << finding.english;
}

TEST_F(OfficerDeskTest, TheSelfTestFindsAMissingLine) {
    for (int i = 0; i < 5; ++i) rate(5);
    start();
    thread_->run([](Store& changed) {
        EXPECT_TRUE(changed.database().execute("DROP TRIGGER journal_loses_no_line").ok());
        EXPECT_TRUE(changed.database().execute("DELETE FROM journal WHERE seq = 3").ok());
    });
    const TestFinding finding = test_journal(thread_->on_store(), data(), [] { return true; });
    EXPECT_FALSE(finding.good);
}

TEST(SelfTest, SaysWhatAClockIsWorth) {
    EXPECT_TRUE(test_clock({kFridayMorning, true, false, 0}).good);
    const TestFinding dead = test_clock({0, false, true, kFridayMorning});
    EXPECT_FALSE(dead.good);
    EXPECT_NE(dead.english.find("1 January 1970"), std::string::npos) << dead.english;
    const TestFinding behind = test_clock({kFridayMorning - 3'600'000, true, true, kFridayMorning});
    EXPECT_FALSE(behind.good);
    EXPECT_NE(behind.english.find("10:00"), std::string::npos) << behind.english;
}

TEST(SelfTest, SaysWhetherTheDisplaysSizeIsKnownAndEnough) {
    const Display column{1080 / 268.0, true};
    EXPECT_TRUE(test_display(1080, 1920, column, false).good);
    EXPECT_NE(test_display(1080, 1920, column, false).english.find("21.5 inches"), std::string::npos);
    EXPECT_FALSE(test_display(1080, 1920, column, true).good);
    const TestFinding unknown = test_display(1080, 1920, {}, false);
    EXPECT_FALSE(unknown.good);
    EXPECT_NE(unknown.thai.find("diagonal_inches"), std::string::npos);
}

TEST(SelfTest, FindsAFaceThatLosesMarksAndATextThatIsNoCode) {
    EXPECT_TRUE(test_faces("Loma").good);
    EXPECT_FALSE(test_faces("No Such Face").good);
    EXPECT_TRUE(test_code("https://itas.nacc.go.th/go/eit/demo00").good);
    EXPECT_FALSE(test_code(std::string(5000, 'x')).good);
}

class DiskTest : public OfficerDeskTest {};

TEST_F(DiskTest, AFullDiskATightOneAndAReadOnlyOneAreNamed) {
    MemoryStick disk(root_ / "disk", 1 << 20);
    EXPECT_TRUE(test_disk(disk.folder(), 512 << 10).good);
    const TestFinding tight = test_disk(disk.folder(), kFreeBytesMin);
    EXPECT_FALSE(tight.good);
    EXPECT_NE(tight.english.find("Only 1 MB are free"), std::string::npos) << tight.english;
    disk.fill_up();
    EXPECT_FALSE(test_disk(disk.folder(), 0).good);
    std::filesystem::remove(disk.folder() / "filler");
    disk.make_read_only();
    EXPECT_FALSE(test_disk(disk.folder(), 0).good);
    EXPECT_FALSE(std::filesystem::exists(disk.folder() / "self-test"));
}

class ConfigTest : public StoreFixture {
  protected:
    void SetUp() override {
        StoreFixture::SetUp();
        std::filesystem::create_directories(data());
        good_ = *read_file(std::string(SALA_SOURCE_DIR) + "/assets/demo/office.toml", 1 << 20);
    }
    std::filesystem::path given(const std::string& text) {
        const auto path = root_ / "given.toml";
        EXPECT_TRUE(write_file_durably(path, text).ok());
        return path;
    }
    void keep(const std::string& text) {
        EXPECT_TRUE(write_file_durably(kept_config_path(data()), text).ok());
    }
    std::string good_;
};

TEST_F(ConfigTest, AGoodFileIsInForce) {
    keep("[office]\n");
    const RunConfig config = load_config(given(good_), data());
    ASSERT_TRUE(config.office);
    EXPECT_TRUE(config.problems.empty());
    EXPECT_EQ(config.bytes, good_);
    EXPECT_TRUE(config_finding(config.problems).good);
}

TEST_F(ConfigTest, ABadFileLeavesTheLastGoodOneInForceAndTheOfficerSeesWhy) {
    keep(good_);
    const RunConfig config = load_config(given(good_ + "[display]\ndiagonal_inch = 3\n"), data());
    ASSERT_TRUE(config.office);
    EXPECT_TRUE(config.kept_is_in_force());
    EXPECT_EQ(config.bytes, good_) << "the journal would name a file that is not in force";
    ASSERT_EQ(config.problems.size(), 1u);
    EXPECT_NE(config.text().find("CONFIG-KEY-UNKNOWN"), std::string::npos);
    EXPECT_NE(config.text().find("CONFIG-KEPT: "), std::string::npos);
    const TestFinding finding = config_finding(config.problems);
    EXPECT_FALSE(finding.good);
    EXPECT_NE(finding.english.find("did you mean `diagonal_inches`?"), std::string::npos) << finding.english;
}

TEST_F(ConfigTest, WithoutALastGoodOneABadFileIsRefused) {
    EXPECT_FALSE(load_config(given("[office]\n"), data()).office);
    keep("[office]\n");
    const RunConfig config = load_config(given("[office]\nid = 1\n"), data());
    EXPECT_FALSE(config.office);
    EXPECT_NE(config.text().find("given.toml"), std::string::npos)
        << "the problems of the file that was given";
    EXPECT_FALSE(load_config({}, data()).office);
}

}  // namespace
}  // namespace sala::kiosk
