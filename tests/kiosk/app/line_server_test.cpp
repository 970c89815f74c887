// A command and the running kiosk speak lines over a socket that only its own user may open.
#include "kiosk/app/line_server.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

namespace sala::kiosk {
namespace {

class LineServerTest : public testing::Test {
  protected:
    std::filesystem::path path_ =
        std::filesystem::path(testing::TempDir()) / fmt::format("line.{}.sock", getpid());
};

TEST_F(LineServerTest, AnswersEachLineAndKeepsOthersOut) {
    const auto server =
        LineServer::start(path_, [](const std::string& line, const auto&) { return "<" + line + ">\n"; });
    ASSERT_TRUE(server.ok());
    const auto answer = ask_socket(path_, "close", std::chrono::seconds(5));
    ASSERT_TRUE(answer.ok()) << answer.error().line();
    EXPECT_EQ(*answer, "<close>\n");
    EXPECT_EQ(*ask_socket(path_, "again", std::chrono::seconds(5)), "<again>\n");
    struct stat info {};
    ASSERT_EQ(::stat(path_.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(LineServerTest, SaysWhenNobodyListens) {
    EXPECT_EQ(ask_socket(path_, "close", std::chrono::seconds(5)).error().code, "SOCKET-NOBODY");
    {
        const auto server =
            LineServer::start(path_, [](const std::string&, const auto&) { return std::string("\n"); });
    }
    EXPECT_FALSE(std::filesystem::exists(path_)) << "a stopped server leaves nothing behind";
}

TEST_F(LineServerTest, ReplacesWhatAKilledProgramLeftBehind) {
    { std::ofstream(path_) << "left behind"; }
    const auto server =
        LineServer::start(path_, [](const std::string&, const auto&) { return std::string("here\n"); });
    ASSERT_TRUE(server.ok());
    EXPECT_EQ(*ask_socket(path_, "x", std::chrono::seconds(5)), "here\n");
}

TEST_F(LineServerTest, ARequestTooLongIsNotAnswered) {
    const auto server =
        LineServer::start(path_, [](const std::string&, const auto&) { return std::string("here\n"); });
    const auto answer = ask_socket(path_, std::string(2 * kRequestBytesMax, 'x'), std::chrono::seconds(5));
    // The request has an end, but what came before it was already too much.
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().code, "SOCKET-FAILED");
}

TEST_F(LineServerTest, AnAnswerThatTakesLongLearnsThatNobodyWaitsForIt) {
    std::atomic<bool> noticed = false;
    const auto server = LineServer::start(path_, [&](const std::string& line, const LineServer::Gone& gone) {
        while (line == "long" && !gone()) std::this_thread::yield();
        noticed = noticed || gone();
        return std::string("here\n");
    });
    ASSERT_TRUE(server.ok());
    EXPECT_EQ(*ask_socket(path_, "short", std::chrono::seconds(5)), "here\n");
    EXPECT_FALSE(noticed) << "who has only finished asking is not gone";
    EXPECT_EQ(ask_socket(path_, "long", std::chrono::seconds(0)).error().code, "SOCKET-FAILED");
    EXPECT_EQ(*ask_socket(path_, "short", std::chrono::seconds(60)), "here\n") << "the next one has its turn";
    EXPECT_TRUE(noticed);
}

TEST_F(LineServerTest, RefusesAPathThatNoSocketCanHave) {
    const auto server = LineServer::start(path_.string() + std::string(200, 'x'), {});
    ASSERT_FALSE(server.ok());
    EXPECT_EQ(server.error().code, "SOCKET-FAILED");
}

}  // namespace
}  // namespace sala::kiosk
