// An officer at the terminal, played by a script; what is left is what the kiosk speaks with.
#include "kiosk/app/voice_recording.h"

#include <gtest/gtest.h>

#include <cmath>
#include <deque>

#include "kiosk/counter/voice.h"
#include "platform/base/files.h"

namespace sala::kiosk {
namespace {

constexpr std::uint32_t kRate = 22'050;

// Says a word of this loudness into each take.
class SpeakingMicrophone final : public Microphone {
  public:
    Result<Sound> record(std::uint32_t samples_per_second, int most_ms,
                         const std::function<bool(const Sound&)>& enough) override {
        if (!failure.empty()) return Error{failure, "-", "-"};
        rates.push_back(samples_per_second);
        const double peak = peaks.empty() ? 8'000 : peaks.front();
        if (!peaks.empty()) peaks.pop_front();
        Sound heard{samples_per_second, {}};
        const std::size_t most = std::size_t{samples_per_second} * static_cast<std::size_t>(most_ms) / 1000;
        while (heard.samples.size() < most) {
            const double at = static_cast<double>(heard.samples.size()) / samples_per_second;
            const bool speaks = at > 0.7 && at < 1.1;
            heard.samples.push_back(static_cast<std::int16_t>(speaks ? peak * std::sin(at * 1'400) : 0));
            if (heard.samples.size() % 2'000 == 0 && enough(heard)) break;
        }
        lengths_ms.push_back(heard.samples.size() * 1000 / samples_per_second);
        return heard;
    }
    std::deque<double> peaks;  // of the next takes; then a usual one
    std::string failure;
    std::vector<std::uint32_t> rates;
    std::vector<std::size_t> lengths_ms;
};

class CountingSpeaker final : public Speaker {
  public:
    Result<void> play(const Sound&) override { return ++played, Result<void>{}; }
    void cancel() override {}
    int played = 0;
};

class VoiceRecordingTest : public testing::Test {
  protected:
    VoiceRecordingTest() {
        office_.divisions = {{"clerk", {}, 'A', {}}};
        office_.counters = {{"c1", {"ช่องบริการ 1", "Counter 1"}, "clerk"}};
    }
    void SetUp() override { std::filesystem::remove_all(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    // Types these lines, and then `last` for ever.
    Outcome record(std::deque<std::string> typed, const std::string& last = "", bool again = false) {
        said_.clear();
        return record_voice(office_, {folder_, again},
                            {microphone_, speaker_,
                             [&, typed]() mutable -> std::optional<std::string> {
                                 if (typed.empty()) return last;
                                 std::string line = typed.front();
                                 typed.pop_front();
                                 return line;
                             },
                             [&](const std::string& text) { said_ += text; }});
    }
    std::size_t files() const {
        if (!std::filesystem::exists(folder_)) return 0;
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder_), {}));
    }

    const std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / fmt::format("sala-recording-{}", getpid());
    record::Office office_;
    SpeakingMicrophone microphone_;
    CountingSpeaker speaker_;
    std::string said_;
};

TEST_F(VoiceRecordingTest, WhoKeepsEverythingHasAVoice) {
    const Outcome done = record({});
    EXPECT_EQ(done.exit_code, 0) << done.text;
    // please, letter-a, ten digits, at-counter, polite
    EXPECT_EQ(files(), 14u);
    EXPECT_EQ(speaker_.played, 14);
    EXPECT_NE(said_.find("«ขอเชิญหมายเลข»   (please)"), std::string::npos) << said_;
    const Voice voice(folder_, clips_of(office_));
    EXPECT_TRUE(voice.problems().empty());
    EXPECT_TRUE(voice.can_say(saying_of("A001", office_.counters[0])));
    EXPECT_LT(microphone_.lengths_ms.front(), 3'000u) << "a take ends when the speaker has";
}

TEST_F(VoiceRecordingTest, ItIsGoneOnWithWhereItWasBrokenOff) {
    EXPECT_EQ(record({"", "", "", "", "q"}).exit_code, 3);
    EXPECT_EQ(files(), 2u);
    microphone_.rates.clear();
    EXPECT_EQ(record({}).exit_code, 0);
    EXPECT_EQ(microphone_.rates.size(), 12u);
    EXPECT_EQ(record({}).exit_code, 0);
    EXPECT_EQ(microphone_.rates.size(), 12u) << "nothing is left to record";
    EXPECT_EQ(record({}, "", true).exit_code, 0);
    EXPECT_EQ(microphone_.rates.size(), 26u) << "unless it is asked for";
}

TEST_F(VoiceRecordingTest, ABadTakeIsSaidAndTakenAgain) {
    microphone_.peaks = {0, 1'000, 60'000, 8'000};
    EXPECT_EQ(record({"", "", "", "", "", "q"}).exit_code, 3);
    EXPECT_NE(said_.find("nothing was heard"), std::string::npos);
    EXPECT_NE(said_.find("too soft"), std::string::npos);
    EXPECT_NE(said_.find("too loud"), std::string::npos);
    EXPECT_EQ(files(), 1u);
}

TEST_F(VoiceRecordingTest, WhatIsNotLikedIsTakenAgainOrPassedOver) {
    EXPECT_EQ(record({"", "a", "", "", "s", "", "s", "q"}).exit_code, 3);
    EXPECT_EQ(microphone_.rates.size(), 3u);
    EXPECT_EQ(files(), 1u);
}

TEST_F(VoiceRecordingTest, AFolderIsGoneOnWithAtItsOwnRate) {
    std::filesystem::create_directories(folder_);
    const Sound old{16'000, std::vector<std::int16_t>(1'600, 5)};
    ASSERT_TRUE(write_file_durably(folder_ / "please.wav", write_wav(old)));
    EXPECT_EQ(record({}).exit_code, 0);
    EXPECT_EQ(microphone_.rates, std::vector<std::uint32_t>(13, 16'000));
}

TEST_F(VoiceRecordingTest, SaysWhyItCannot) {
    microphone_.failure = "MICROPHONE-NONE";
    const Outcome no_microphone = record({});
    EXPECT_EQ(no_microphone.exit_code, 3);
    EXPECT_NE(no_microphone.text.find("MICROPHONE-NONE"), std::string::npos);
    office_.counters.clear();
    EXPECT_NE(record({}).text.find("VOICE-NO-COUNTER"), std::string::npos);
}

}  // namespace
}  // namespace sala::kiosk
