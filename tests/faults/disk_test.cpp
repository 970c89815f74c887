// A disk that is really full, and one that is really read-only: a file system of the kernel's own.
#include <sys/resource.h>

#include <csignal>

#include "tests/fakes/memory_stick.h"
#include "tests/faults/runs.h"

namespace sala::faults {
namespace {

constexpr std::size_t kRoomy = std::size_t{16} << 20;

class DiskFaults : public testing::Test {
  protected:
    DiskFaults() : root_(playground_.fresh()) {}

    // The next act; its code where it is refused.
    std::string next(Player& player) {
        const Result<Ack> ack = player.perform(acks_.size());
        if (ack) {
            acks_.push_back(*ack);
            return "";
        }
        EXPECT_EQ(dishonest(ack.error()), "");
        return ack.error().code;
    }
    void expect_whole(Player& player) {
        EXPECT_EQ(judge(player, acks_, acks_.size()), std::vector<std::string>());
        EXPECT_EQ(finish(player, acks_, acts_of(2)), std::vector<std::string>());
    }

    Playground playground_;
    std::filesystem::path root_;
    std::vector<Ack> acks_;
};

TEST_F(DiskFaults, AFullDiskRefusesAndGoesOnWhenThereIsRoom) {
    MemoryStick disk(root_, kRoomy);
    std::filesystem::create_directory(root_ / "stick");
    Player player(root_, demo_office());
    while (acks_.size() < 8) ASSERT_EQ(next(player), "");
    disk.fill_up();
    // The log has room for a while; what it takes is acknowledged and stays.
    std::string code;
    while (code.empty() && acks_.size() < acts_of(40)) {
        if (act_at(acks_.size()).kind == Act::kExport || act_at(acks_.size()).kind == Act::kIngest) break;
        code = next(player);
    }
    if (code.empty()) code = next(player);
    EXPECT_TRUE(code == "DB-FULL" || code == "STICK-FULL") << code;
    std::filesystem::remove(root_ / "filler");
    EXPECT_TRUE(player.store().probe());
    expect_whole(player);
}

// What a quota or a limit on the length of files says: another errno than a full disk, and the same sentence.
TEST_F(DiskFaults, ALimitOfTheSystemIsAFullDiskToo) {
    Player player(root_, demo_office());
    while (acks_.size() < 4) ASSERT_EQ(next(player), "");
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto on_signal = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit full{20'000, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &full), 0);
    std::string code;
    for (int i = 0; i < 20 && code.empty(); ++i) code = next(player);
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, on_signal);
    EXPECT_EQ(code, "DB-FULL");
    EXPECT_TRUE(player.store().probe());
    expect_whole(player);
}

TEST_F(DiskFaults, AReadOnlyDiskIsSaidAtTheStartAndNothingIsLost) {
    MemoryStick disk(root_, kRoomy);
    std::filesystem::create_directory(root_ / "stick");
    {
        Player player(root_, demo_office());
        while (acks_.size() < 8) ASSERT_EQ(next(player), "");
    }
    disk.make_read_only();
    {
        Player player(root_, demo_office(), acks_.size(), 1);
        const std::string code = next(player);
        EXPECT_TRUE(code == "DATA-UNWRITABLE" || code == "DB-READ-ONLY") << code;
    }
    ASSERT_EQ(::mount("stick", root_.c_str(), "tmpfs", MemoryStick::kSafe | MS_REMOUNT, nullptr), 0);
    Player player(root_, demo_office(), acks_.size(), 2);
    expect_whole(player);
}

}  // namespace
}  // namespace sala::faults
