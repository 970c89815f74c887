// What is kept of a recording.
#include "kiosk/counter/take.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace sala::kiosk {
namespace {

constexpr std::uint32_t kRate = 22'050;

// A room with a hum, in which somebody says a word.
class Room {
  public:
    explicit Room(double noise = 40) : noise_(noise) {}
    Room& silence(int ms) { return word(ms, 0); }
    Room& word(int ms, double peak) {
        const std::size_t count = std::size_t{kRate} * static_cast<std::size_t>(ms) / 1000;
        for (std::size_t i = 0; i < count; ++i) {
            const double at = static_cast<double>(sound_.samples.size()) / kRate;
            const double value = peak * std::sin(at * 2 * 3.14159 * 220) + noise_ * around_(dice_);
            sound_.samples.push_back(static_cast<std::int16_t>(std::clamp(value, -32'768.0, 32'767.0)));
        }
        return *this;
    }
    const Sound& sound() const { return sound_; }

  private:
    double noise_;
    std::mt19937 dice_{1};
    std::uniform_real_distribution<double> around_{-1, 1};
    Sound sound_{kRate, {}};
};

int peak_of(const Sound& sound) {
    int peak = 0;
    for (const std::int16_t sample : sound.samples) peak = std::max(peak, std::abs(int{sample}));
    return peak;
}

TEST(Take, IsCutCloseToTheWordAndAsLoudAsAllOthers) {
    for (const double loud : {3'000.0, 9'000.0, 30'000.0}) {
        const Take take = judge(Room().silence(900).word(400, loud).silence(1'000).sound());
        ASSERT_EQ(take.verdict, Take::Verdict::kGood) << loud;
        EXPECT_EQ(take.sound.samples_per_second, kRate);
        EXPECT_NEAR(static_cast<double>(take.sound.samples.size()) * 1000 / kRate, 400 + 2 * kEdgeMs, 25);
        EXPECT_NEAR(peak_of(take.sound), kPeak, 2);
    }
}

TEST(Take, APauseWithinTheWordStaysInIt) {
    const Take take =
        judge(Room().silence(600).word(200, 8'000).silence(250).word(200, 8'000).silence(900).sound());
    ASSERT_EQ(take.verdict, Take::Verdict::kGood);
    EXPECT_NEAR(static_cast<double>(take.sound.samples.size()) * 1000 / kRate, 650 + 2 * kEdgeMs, 25);
}

TEST(Take, SaysWhatIsWrong) {
    struct Case {
        const char* what;
        Sound heard;
        Take::Verdict verdict;
    };
    const Case cases[] = {
        {"an empty take", {kRate, {}}, Take::Verdict::kNothing},
        {"silence", Room().silence(2'000).sound(), Take::Verdict::kNothing},
        {"a dead microphone", Room(0).silence(2'000).sound(), Take::Verdict::kNothing},
        {"a click", Room().silence(800).word(15, 20'000).silence(900).sound(), Take::Verdict::kNothing},
        {"the key that began it", Room().word(200, 20'000).silence(2'000).sound(), Take::Verdict::kNothing},
        {"a whisper", Room().silence(800).word(400, 1'500).silence(900).sound(), Take::Verdict::kSoft},
        {"a shout", Room().silence(800).word(400, 60'000).silence(900).sound(), Take::Verdict::kLoud},
        {"a noisy room", Room(600).silence(800).word(400, 12'000).silence(900).sound(),
         Take::Verdict::kGood}};
    for (const auto& [what, heard, verdict] : cases) EXPECT_EQ(judge(heard).verdict, verdict) << what;
}

TEST(Take, HasEndedWhenTheSpeakerHasBeenSilentForAMoment) {
    EXPECT_FALSE(has_ended({kRate, {}}));
    EXPECT_FALSE(has_ended(Room().silence(3'000).sound()));
    EXPECT_FALSE(has_ended(Room().silence(800).word(400, 8'000).silence(700).sound()));
    EXPECT_TRUE(has_ended(Room().silence(800).word(400, 8'000).silence(900).sound()));
}

}  // namespace
}  // namespace sala::kiosk
