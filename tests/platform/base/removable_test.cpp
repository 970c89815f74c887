// Files on a medium that may go: what is listed, read and refused; stick_faults_test has its faults.
#include "platform/base/removable.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace sala {
namespace {

bool go_on(std::size_t) { return true; }

class RemovableTest : public testing::Test {
  protected:
    void SetUp() override { std::filesystem::create_directories(path_); }
    void TearDown() override { std::filesystem::remove_all(path_); }
    RemovableFolder folder() {
        auto opened = RemovableFolder::open(path_);
        EXPECT_TRUE(opened.ok());
        return *std::move(opened);
    }
    const std::filesystem::path path_ =
        std::filesystem::path(testing::TempDir()) / ("removable." + std::to_string(getpid()));
};

TEST_F(RemovableTest, WhatIsWrittenReadsBackAndReplacesWhatWasThere) {
    const RemovableFolder stick = folder();
    const std::string large(1'000'000, 'x');
    std::size_t last = 0;
    ASSERT_TRUE(stick.write("a", "old", go_on).ok());
    ASSERT_TRUE(stick
                    .write("a", large,
                           [&](std::size_t done) {
                               EXPECT_GT(done, last);
                               last = done;
                               return true;
                           })
                    .ok());
    EXPECT_EQ(last, large.size());
    EXPECT_EQ(*stick.read_back("a", large.size(), go_on), large);
    EXPECT_EQ(stick.read_back("a", large.size() - 1, go_on).error().code, "FILE-TOO-LARGE");
    EXPECT_EQ(stick.read_back("b", 10, go_on).error().code, "STICK-GONE");
}

TEST_F(RemovableTest, NamesAreSortedAndBounded) {
    for (const char* name : {"c.x", "a.x", "b.y", ".x", "b.x"}) std::ofstream(path_ / name) << name;
    EXPECT_EQ(*folder().names(".x", 10), (std::vector<std::string>{".x", "a.x", "b.x", "c.x"}));
    EXPECT_EQ(folder().names(".x", 2)->size(), 2u);
    EXPECT_TRUE(folder().names(".z", 2)->empty());
}

TEST_F(RemovableTest, AFolderThatIsNotThereOrIsAFileIsRefused) {
    EXPECT_EQ(RemovableFolder::open(path_ / "none").error().code, "EXPORT-NO-FOLDER");
    std::ofstream(path_ / "file") << "x";
    EXPECT_EQ(RemovableFolder::open(path_ / "file").error().code, "EXPORT-NO-FOLDER");
}

TEST_F(RemovableTest, AFolderThatWasReplacedIsNoLongerThere) {
    const RemovableFolder stick = folder();
    EXPECT_TRUE(stick.still_there().ok());
    std::filesystem::rename(path_, path_.string() + ".old");
    std::filesystem::create_directories(path_);
    EXPECT_EQ(stick.still_there().error().code, "STICK-GONE");
    EXPECT_EQ(stick.write("a", "x", go_on).error().code, "STICK-GONE");
    EXPECT_TRUE(std::filesystem::is_empty(path_));
    std::filesystem::remove_all(path_.string() + ".old");
}

TEST(PlainName, KeepsNothingThatATerminalObeys) {
    EXPECT_EQ(plain_name("abc-1.bundle"), "abc-1.bundle");
    EXPECT_EQ(plain_name("a\n\x1b[2Jb \xe2\x80\xae"), "a??[2Jb????");
    EXPECT_EQ(plain_name(std::string(500, 'a')).size(), 80u);
}

}  // namespace
}  // namespace sala
