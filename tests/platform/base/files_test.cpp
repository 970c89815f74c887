#include "platform/base/files.h"

#include <sys/stat.h>

namespace sala {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "sala-files-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    void TearDown() override { fs::remove_all(folder_); }

    static std::string code_of(const Result<std::string>& read) { return read ? "" : read.error().code; }
    static std::string code_of(const Result<void>& done) { return done ? "" : done.error().code; }

    fs::path folder_;
};

TEST_F(Files, AreNeverWrittenThroughWhatLiesInTheWay) {
    // A pipe would block the writer for ever; a file of somebody else would keep its mode.
    ASSERT_EQ(::mkfifo((folder_ / "a.tmp").c_str(), 0666), 0);
    EXPECT_EQ(code_of(write_file_durably(folder_ / "a", "x")), "");
    EXPECT_EQ(*read_file(folder_ / "a", 100), "x");
}

TEST_F(Files, AreReadAsTheyWereWritten) {
    const std::string bytes("a\0\n\xff", 4);
    ASSERT_TRUE(write_file_durably(folder_ / "a", bytes));
    EXPECT_EQ(*read_file(folder_ / "a", 100), bytes);
    ASSERT_TRUE(write_file_durably(folder_ / "a", ""));
    EXPECT_EQ(*read_file(folder_ / "a", 100), "");
    EXPECT_FALSE(fs::exists(folder_ / "a.tmp"));
}

TEST_F(Files, AreReadUpToTheLimitAndNotAByteMore) {
    ASSERT_TRUE(write_file_durably(folder_ / "a", "12345"));
    EXPECT_EQ(*read_file(folder_ / "a", 5), "12345");
    EXPECT_EQ(code_of(read_file(folder_ / "a", 4)), "FILE-TOO-LARGE");
    EXPECT_EQ(code_of(read_file(folder_ / "a", 0)), "FILE-TOO-LARGE");
    const std::string large(3'000'000, 'x');
    ASSERT_TRUE(write_file_durably(folder_ / "b", large));
    EXPECT_EQ(*read_file(folder_ / "b", large.size()), large);
}

TEST_F(Files, ThatAreNoneAreNotRead) {
    EXPECT_EQ(code_of(read_file(folder_ / "none", 9)), "FILE-NOT-FOUND");
    EXPECT_EQ(code_of(read_file(folder_ / "none" / "a", 9)), "FILE-NOT-FOUND");
    EXPECT_EQ(code_of(read_file(folder_, 9)), "FILE-UNREADABLE");
    ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(code_of(read_file(folder_ / "pipe", 9)), "FILE-UNREADABLE");  // and nobody waits for a writer
    EXPECT_EQ(code_of(read_file("/dev/zero", 9)), "FILE-UNREADABLE");
    ASSERT_TRUE(write_file_durably(folder_ / "a", "1"));
    EXPECT_EQ(code_of(read_file(folder_ / "a" / "b", 9)), "FILE-UNREADABLE");
}

TEST_F(Files, AreTheOwnersAloneUnlessSaidOtherwise) {
    const auto mode = [&](const char* name) { return fs::status(folder_ / name).permissions(); };
    ASSERT_TRUE(write_file_durably(folder_ / "a", "1"));
    EXPECT_EQ(mode("a"), fs::perms(0600));
    ASSERT_TRUE(write_file_durably(folder_ / "b", "1", 0400));
    EXPECT_EQ(mode("b"), fs::perms(0400));
}

TEST_F(Files, ThatCannotBeWrittenLeaveTheOldOne) {
    EXPECT_EQ(code_of(write_file_durably(folder_ / "none" / "a", "1")), "FILE-UNWRITABLE");
    ASSERT_TRUE(write_file_durably(folder_ / "a", "old"));
    fs::create_directory(folder_ / "a.tmp");
    EXPECT_EQ(code_of(write_file_durably(folder_ / "a", "new")), "FILE-UNWRITABLE");
    EXPECT_EQ(*read_file(folder_ / "a", 9), "old");
    fs::remove(folder_ / "a.tmp");
    // A link where the temporary file should be is not followed.
    fs::create_symlink(folder_ / "victim", folder_ / "a.tmp");
    EXPECT_EQ(code_of(write_file_durably(folder_ / "a", "new")), "");
    EXPECT_EQ(*read_file(folder_ / "a", 9), "new");
    EXPECT_FALSE(fs::exists(folder_ / "victim"));
    fs::create_directory(folder_ / "dir");
    EXPECT_EQ(code_of(write_file_durably(folder_ / "dir", "1")), "FILE-UNWRITABLE");
    EXPECT_FALSE(fs::exists(folder_ / "dir.tmp"));
}

TEST_F(Files, StandInFoldersThatAreMadeForTheOwnerAlone) {
    const fs::path deep = folder_ / "a" / "b" / "c";
    ASSERT_TRUE(make_folder_durably(deep));
    ASSERT_TRUE(make_folder_durably(deep)) << "one that is there is none the worse for it";
    for (fs::path path = deep; path != folder_; path = path.parent_path())
        EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all) << path;
    fs::create_symlink(folder_ / "nowhere", folder_ / "link");
    EXPECT_FALSE(make_folder_durably(folder_ / "link" / "d"));
}

}  // namespace
}  // namespace sala
