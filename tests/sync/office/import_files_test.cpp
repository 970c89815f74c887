#include "sync/office/import_files.h"

#include <fstream>

#include "tests/sync/office/office_fixture.h"

namespace sala::office {
namespace {

namespace fs = std::filesystem;

class ImportFiles : public OfficeTest {
  protected:
    void SetUp() override {
        OfficeTest::SetUp();
        fs::create_directory(stick_);
        log_.whole_day(20270115);
        day_ = log_.size();
        log_.whole_day(20270118);
        enrol_kiosk(log_);
    }
    fs::path write(const std::string& name, const std::string& bytes) {
        const fs::path path = stick_ / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    std::vector<FileVerdict> import(const std::vector<fs::path>& paths) {
        return import_files(*database_, *key_, paths, kNow_s);
    }
    static std::string text(const fs::path& path) {
        return read_file(path, 1 << 20).ok() ? *read_file(path, 1 << 20) : "";
    }

    fs::path stick_ = folder_.path() / "stick";
    LogBuilder log_;
    std::uint64_t day_ = 0;
};

TEST_P(ImportFiles, WritesTheCosignedNoteAndTheOfficesKeyBesideTheBundle) {
    const fs::path file = write("monday.bundle", log_.bundle());
    const auto verdicts = import({file});
    ASSERT_EQ(verdicts.size(), 1u);
    ASSERT_EQ(verdicts[0].exit_code(), 0) << verdicts[0].line();
    const auto note = ledger::parse_note(text(stick_ / "monday.bundle.cosigned"));
    ASSERT_TRUE(note);
    const auto vkey = text(stick_ / "office.vkey");
    const auto office = ledger::parse_verifier_key(vkey.substr(0, vkey.find('\n')));
    ASSERT_TRUE(office) << vkey;
    EXPECT_EQ(ledger::check_note(*note, *office), ledger::NoteCheck::kValid);
    EXPECT_EQ(ledger::check_note(*note, log_.verifier()), ledger::NoteCheck::kValid);
}

TEST_P(ImportFiles, TakesAFolderInTheOrderOfTheLogWhateverTheNames) {
    write("a.bundle", log_.bundle(day_, log_.size()));
    write("b.bundle", log_.bundle(0, day_));
    write("c.bundle", "half a fi");
    write("letter.txt", "not for us");
    const auto verdicts = import({stick_});
    ASSERT_EQ(verdicts.size(), 3u);
    EXPECT_EQ(verdicts[0].file.filename(), "b.bundle");
    EXPECT_EQ(verdicts[1].file.filename(), "a.bundle");
    EXPECT_EQ(verdicts[1].exit_code(), 0) << verdicts[1].line();
    EXPECT_EQ(verdicts[2].exit_code(), 3) << "a bad bundle does not block the others";
    EXPECT_EQ(worst_exit_code(verdicts), 3);
    EXPECT_EQ(database_->status()->figures.lines, static_cast<std::int64_t>(log_.size()));
}

TEST_P(ImportFiles, AnswersEachVerdictWithItsExitCode) {
    EXPECT_EQ(worst_exit_code(import({write("gap", log_.bundle(day_, log_.size()))})), 4);
    EXPECT_FALSE(fs::exists(stick_ / "gap.cosigned"));
    ASSERT_EQ(worst_exit_code(import({write("first", log_.bundle(0, day_))})), 0);
    ASSERT_EQ(worst_exit_code(import({stick_ / "first"})), 0) << "already had";
    LogBuilder other;
    other.whole_day(20270115, 9);
    EXPECT_EQ(worst_exit_code(import({write("fork", other.bundle())})), 5);
    EXPECT_EQ(worst_exit_code(import({stick_ / "nothing"})), 3);
    EXPECT_EQ(worst_exit_code(import({stick_ / "first", stick_ / "nothing", stick_ / "fork"})), 5);
}

TEST_P(ImportFiles, StandsWhenTheAnswerCannotBeWritten) {
    const fs::path file = write("monday.bundle", log_.bundle());
    fs::create_directory(stick_ / "monday.bundle.cosigned");  // rename onto a folder fails, even for root
    const auto verdicts = import({file});
    ASSERT_TRUE(verdicts[0].receipt);
    ASSERT_TRUE(verdicts[0].error);
    EXPECT_EQ(verdicts[0].error->code, "COSIGNED-NOT-WRITTEN");
    EXPECT_EQ(verdicts[0].exit_code(), 0);
    EXPECT_EQ(database_->status()->figures.ratings_cast, 14);
}

TEST_P(ImportFiles, FollowsNoLinkAndReadsNoFolderWithoutBundles) {
    const fs::path file = write("real", log_.bundle());
    fs::create_symlink(file, stick_ / "link.bundle");
    const auto linked = import({stick_});
    ASSERT_EQ(linked.size(), 1u);
    EXPECT_EQ(linked[0].error->code, "FILE-UNREADABLE");
    fs::create_directory(stick_ / "empty");
    EXPECT_EQ(import({stick_ / "empty"})[0].error->code, "FOLDER-EMPTY");
}

TEST_P(ImportFiles, PrintsNoNameThatSteersATerminal) {
    const auto verdicts = import({stick_ / "a\x1b[2J\nb\xff"});
    EXPECT_EQ(verdicts[0].line().find('\x1b'), std::string::npos);
    EXPECT_EQ(verdicts[0].line().find('\n'), std::string::npos);
    EXPECT_EQ(verdicts[0].line().find('\xff'), std::string::npos);
}

TEST(WorstExitCode, PutsAFaultFirstThenForkGapAndRefusal) {
    const auto verdict = [](const char* code) { return FileVerdict{"x", {}, Error{code, "ก", "a"}}; };
    const FileVerdict fault = verdict("DB-FULL"), fork = verdict("BUNDLE-FORK"), gap = verdict("BUNDLE-GAP"),
                      refused = verdict("BUNDLE-CUT"), done{"x", Receipt{}, {}};
    EXPECT_EQ(worst_exit_code({done}), 0);
    EXPECT_EQ(worst_exit_code({done, refused}), 3);
    EXPECT_EQ(worst_exit_code({refused, gap, done}), 4);
    EXPECT_EQ(worst_exit_code({gap, fork, refused}), 5);
    EXPECT_EQ(worst_exit_code({fork, gap, fault, refused}), 1);
}

SALA_ON_BOTH_ENGINES(ImportFiles);

}  // namespace
}  // namespace sala::office
