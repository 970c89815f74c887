// A FIFO that speaks the kernel's input events stands for the pad.
#include "platform/linux/number_pads.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/input.h>
#include <sys/stat.h>

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <mutex>

namespace sala {
namespace {

std::string event(std::uint16_t type, std::uint16_t code, std::int32_t value) {
    input_event one{};
    one.type = type;
    one.code = code;
    one.value = value;
    return {reinterpret_cast<const char*>(&one), sizeof one};
}
// As a pad says it: its scan code, the key, and that this is all.
std::string key(std::uint16_t code, std::int32_t value) {
    return event(EV_MSC, MSC_SCAN, 0x7005b) + event(EV_KEY, code, value) + event(EV_SYN, SYN_REPORT, 0);
}

using Keys = std::vector<PadKey>;

TEST(PadDecoder, AKeyCountsWhenItGoesDown) {
    PadDecoder decoder;
    EXPECT_EQ(
        decoder.take(key(KEY_KPENTER, 1) + key(KEY_KPENTER, 2) + key(KEY_KPENTER, 2) + key(KEY_KPENTER, 0)),
        Keys{PadKey::kEnter});
}

TEST(PadDecoder, EveryKeyOfAPadIsKnownAndOthersAreNothing) {
    PadDecoder decoder;
    std::string all;
    for (const int code : {KEY_KP0, KEY_KP9, KEY_9, KEY_KPPLUS, KEY_KPMINUS, KEY_KPASTERISK, KEY_KPSLASH,
                           KEY_KPDOT, KEY_NUMLOCK, KEY_A, KEY_ESC, KEY_BACKSPACE, KEY_POWER}) {
        all += key(static_cast<std::uint16_t>(code), 1);
    }
    EXPECT_EQ(decoder.take(all), (Keys{PadKey::kDigit0, PadKey::kDigit9, PadKey::kDigit9, PadKey::kPlus,
                                       PadKey::kMinus, PadKey::kTimes, PadKey::kDivide, PadKey::kPoint}));
}

TEST(PadDecoder, WhatComesInPiecesIsKeptUntilItIsWhole) {
    const std::string bytes = key(KEY_KP4, 1) + key(KEY_KP2, 1);
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        PadDecoder decoder;
        Keys keys = decoder.take(bytes.substr(0, cut));
        const Keys rest = decoder.take(bytes.substr(cut));
        keys.insert(keys.end(), rest.begin(), rest.end());
        EXPECT_EQ(keys, (Keys{PadKey::kDigit4, PadKey::kDigit2})) << cut;
    }
}

class NumberPadsTest : public testing::Test {
  protected:
    void SetUp() override {
        std::filesystem::create_directories(folder_);
        for (const char* name : {"a", "b"}) ASSERT_EQ(::mkfifo((folder_ / name).c_str(), 0600), 0);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    NumberPads::Listener listener() {
        return {
            [this](std::size_t pad, PadKey key) { note(fmt::format("{}:{}", pad, static_cast<int>(key))); },
            [this](std::size_t pad, const std::optional<Error>& problem) {
                note(fmt::format("{}:{}", pad, problem ? problem->code : "ready"));
            }};
    }
    void note(std::string line) {
        const std::lock_guard lock(mutex_);
        heard_.push_back(std::move(line));
        changed_.notify_all();
    }
    bool hears(const std::string& line) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(60),
                                 [&] { return std::ranges::find(heard_, line) != heard_.end(); });
    }
    // Waits for the pads to listen.
    Descriptor plug(const char* name) {
        const std::filesystem::path path = folder_ / name;
        return Descriptor(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    }
    static void say(const Descriptor& pad, const std::string& bytes) {
        ASSERT_EQ(::write(pad.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    }

    const std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / fmt::format("sala-pads-{}", getpid());
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> heard_;
};

TEST_F(NumberPadsTest, EachPadIsKnownByItsPlace) {
    const Descriptor keep_a(::open((folder_ / "a").c_str(), O_RDWR | O_CLOEXEC)),
        keep_b(::open((folder_ / "b").c_str(), O_RDWR | O_CLOEXEC));
    const NumberPads pads({folder_ / "a", folder_ / "b"}, listener());
    say(keep_b, key(KEY_KPENTER, 1));
    EXPECT_TRUE(hears("1:10"));
    say(keep_a, key(KEY_KP7, 1));
    EXPECT_TRUE(hears("0:7"));
}

TEST_F(NumberPadsTest, OneThatIsAwayIsSaidAndFoundAgain) {
    const std::string path = folder_ / "c";
    const NumberPads pads({path}, listener());
    EXPECT_TRUE(hears("0:PAD-ABSENT"));
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    const Descriptor pad = plug("c");
    say(pad, key(KEY_KPENTER, 1));
    EXPECT_TRUE(hears("0:10"));
}

TEST_F(NumberPadsTest, ThePadThatIsPulledOutIsLookedForAgain) {
    std::optional<Descriptor> cable;
    const NumberPads pads({folder_ / "a"}, listener());
    cable.emplace(plug("a"));
    say(*cable, key(KEY_KP1, 1));
    EXPECT_TRUE(hears("0:1"));
    cable.reset();
    EXPECT_TRUE(hears("0:PAD-ABSENT"));
    cable.emplace(plug("a"));
    say(*cable, key(KEY_KP2, 1));
    EXPECT_TRUE(hears("0:2"));
}

}  // namespace
}  // namespace sala
