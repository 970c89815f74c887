// SDL's disk driver is the loudspeaker: what was played lies in a file.
#include "platform/linux/sdl_speaker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>

#include "platform/base/files.h"

namespace sala {
namespace {

class SdlSpeakerTest : public testing::Test {
  protected:
    void SetUp() override {
        setenv("SDL_AUDIODRIVER", "disk", 1);
        setenv("SDL_DISKAUDIOFILE", file_.c_str(), 1);
        setenv("SDL_DISKAUDIODELAY", "1", 1);
    }
    void TearDown() override {
        for (const char* name : {"SDL_AUDIODRIVER", "SDL_DISKAUDIOFILE", "SDL_DISKAUDIODELAY"})
            unsetenv(name);
        std::filesystem::remove(file_);
    }

    std::vector<std::int16_t> heard() const {
        const std::string bytes = read_file(file_, std::size_t{64} << 20).value();
        std::vector<std::int16_t> samples(bytes.size() / 2);
        std::memcpy(samples.data(), bytes.data(), samples.size() * 2);
        return samples;
    }

    const std::filesystem::path file_ =
        std::filesystem::temp_directory_path() / fmt::format("sala-speaker-{}.raw", getpid());
};

// No two samples in a row are equal, so that nothing can be lost or doubled unseen.
Sound saw(std::size_t count, std::uint32_t rate = 22'050) {
    Sound sound{rate, {}};
    for (std::size_t i = 0; i < count; ++i)
        sound.samples.push_back(static_cast<std::int16_t>(i % 20'011 + 1));
    return sound;
}

TEST_F(SdlSpeakerTest, EverySampleIsHeardOnceAndThenSilence) {
    const auto speaker = make_sdl_speaker();
    const Sound sound = saw(5'000);
    ASSERT_TRUE(speaker->play(sound));
    std::vector<std::int16_t> all = heard();
    ASSERT_GE(all.size(), sound.samples.size());
    const auto begin = std::ranges::find(all, std::int16_t{1});
    ASSERT_GE(all.end() - begin, 5'000);
    EXPECT_TRUE(std::equal(sound.samples.begin(), sound.samples.end(), begin));
    EXPECT_TRUE(std::all_of(begin + 5'000, all.end(), [](std::int16_t s) { return s == 0; }));
    EXPECT_GT(all.end() - begin, 5'000 + 22'050 / 5) << "a device may swallow what comes last";
}

TEST_F(SdlSpeakerTest, APlayAfterAPlayHasTheDeviceToItself) {
    const auto speaker = make_sdl_speaker();
    ASSERT_TRUE(speaker->play(saw(2'000)));
    const Sound second = saw(3'000, 16'000);
    ASSERT_TRUE(speaker->play(second));
    // The file begins anew with each opening: the first one was closed.
    const std::vector<std::int16_t> all = heard();
    EXPECT_FALSE(std::ranges::search(all, second.samples).empty());
}

TEST_F(SdlSpeakerTest, NothingToPlayIsDone) {
    EXPECT_TRUE(make_sdl_speaker()->play({8'000, {}}));
    EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(SdlSpeakerTest, WhatIsCancelledEndsAtOnceAndForGood) {
    const auto speaker = make_sdl_speaker();
    Result<void> played = Result<void>{};
    std::thread player([&] { played = speaker->play(saw(22'050 * 60)); });
    speaker->cancel();
    player.join();
    ASSERT_FALSE(played);
    EXPECT_EQ(played.error().code, "SPEAKER-CANCELLED");
    EXPECT_EQ(speaker->play(saw(10)).error().code, "SPEAKER-CANCELLED");
}

TEST_F(SdlSpeakerTest, SaysThatThereIsNoLoudspeaker) {
    setenv("SDL_AUDIODRIVER", "no-such-driver", 1);
    const auto played = make_sdl_speaker()->play(saw(10));
    ASSERT_FALSE(played);
    EXPECT_EQ(played.error().code, "SPEAKER-NONE");
}

}  // namespace
}  // namespace sala
