// What is announced when, and what is heard then.
#include "kiosk/counter/announcer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "kiosk/counter/chime.h"
#include "platform/base/files.h"
#include "tests/fakes/hand_clock.h"
#include "tests/kiosk/counter/memory_desk.h"

namespace sala::kiosk {
namespace {

class AnnouncerTest : public testing::Test {
  protected:
    static constexpr queue::AtCounter kFirst{"counter-2", "finance"}, kSecond{"counter-3", "finance"};

    std::string issue() { return desk_.issue("finance", "tax", 'B'); }
    void call(const queue::AtCounter& at) {
        ASSERT_TRUE(desk_.order([&](const queue::Queue& queue, int) {
            const queue::Ticket* present = queue.with(at.counter);
            return call_next(queue, at, present ? std::optional(present->id) : std::nullopt);
        }));
    }
    void recall(const queue::AtCounter& at) {
        ASSERT_TRUE(desk_.order([&](const queue::Queue& queue, int) {
            return queue::recall(queue, at, queue.with(at.counter)->id);
        }));
    }
    queue::Moment now() const { return {clock_.wall_ms(), clock_.monotonic_ms(), clock_.boot_id(), true}; }
    std::string next(Announcer& announcer) {
        const auto next = announcer.next(now());
        if (!next) return "nothing";
        return fmt::format("{} {}{}", next->call.number, next->call.counter, next->aloud ? "" : " unheard");
    }

    HandClock clock_{1'800'000'000'000};
    MemoryDesk desk_{clock_};
};

TEST_F(AnnouncerTest, EachCallIsAnnouncedOnceInItsOrder) {
    Announcer announcer(*desk_.hall());
    for (int i = 0; i < 3; ++i) issue();
    call(kFirst);
    call(kSecond);
    announcer.hear(*desk_.hall());
    announcer.hear(*desk_.hall());
    EXPECT_EQ(next(announcer), "B001 counter-2");
    recall(kFirst);
    announcer.hear(*desk_.hall());
    EXPECT_EQ(next(announcer), "B002 counter-3");
    EXPECT_EQ(next(announcer), "B001 counter-2");
    EXPECT_EQ(next(announcer), "nothing");
    EXPECT_TRUE(announcer.idle());
}

TEST_F(AnnouncerTest, WhatWasCalledBeforeTheStartIsKnown) {
    issue();
    issue();
    call(kFirst);
    Announcer announcer(*desk_.hall());
    announcer.hear(*desk_.hall());
    EXPECT_EQ(next(announcer), "nothing");
    call(kSecond);
    announcer.hear(*desk_.hall());
    EXPECT_EQ(next(announcer), "B002 counter-3");
}

TEST_F(AnnouncerTest, WhatIsOlderThanAMinuteIsShownAndNotHeard) {
    Announcer announcer(*desk_.hall());
    for (int i = 0; i < 2; ++i) issue();
    call(kFirst);
    call(kSecond);
    announcer.hear(*desk_.hall());
    clock_.pass_ms(Announcer::kOldMs);
    EXPECT_EQ(next(announcer), "B001 counter-2");
    clock_.pass_ms(1);
    EXPECT_EQ(next(announcer), "B002 counter-3 unheard");
}

TEST_F(AnnouncerTest, SomebodyWithoutATicketIsNotCalledOut) {
    Announcer announcer(*desk_.hall());
    ASSERT_TRUE(
        desk_.order([&](const queue::Queue& queue, int day) { return walk_in(queue, kFirst, day, "tax"); }));
    announcer.hear(*desk_.hall());
    EXPECT_EQ(next(announcer), "nothing");
}

TEST_F(AnnouncerTest, OfMoreThanWaitTheOldestAreLeftOut) {
    Announcer announcer(*desk_.hall());
    const std::size_t count = Announcer::kWaitingMax + 5;
    for (std::size_t i = 0; i < count; ++i) {
        issue();
        call(kFirst);
        announcer.hear(*desk_.hall());
    }
    EXPECT_EQ(next(announcer), "B006 counter-2");
    std::size_t left = 0;
    while (announcer.next(now())) ++left;
    EXPECT_EQ(left, Announcer::kWaitingMax - 1);
}

double loudness(std::span<const std::int16_t> samples) {
    double sum = 0;
    for (const std::int16_t sample : samples) sum += 1.0 * sample * sample;
    return std::sqrt(sum / static_cast<double>(samples.size()));
}

TEST(Chime, IsTwoNotesThatFade) {
    for (const std::uint32_t rate : {8'000U, 22'050U, 48'000U}) {
        const Sound sound = chime(rate);
        EXPECT_EQ(sound.samples_per_second, rate);
        const std::span all(sound.samples);
        EXPECT_EQ(all.size(), static_cast<std::size_t>(1.3 * rate));
        const std::size_t tenth = rate / 10;
        const double first = loudness(all.subspan(tenth / 4, tenth)),
                     between = loudness(all.subspan(rate / 4, tenth / 2)),
                     second = loudness(all.subspan(rate * 36 / 100, tenth)),
                     end = loudness(all.last(tenth / 4));
        EXPECT_GT(first, 2'000);
        EXPECT_GT(second, 2'000);
        EXPECT_LT(between, first / 2);
        EXPECT_LT(end, 100);
        const auto [low, high] = std::ranges::minmax(sound.samples);
        EXPECT_LT(high, 24'000) << "no note is cut off at its top";
        EXPECT_GT(low, -24'000);
    }
}

TEST(Chime, StandsBeforeTheWordsWhichHaveNoGap) {
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("sala-voice-{}", getpid());
    std::filesystem::create_directories(folder);
    const record::Counter counter{"c", {"ช่อง 1", "Counter 1"}, "clerk"};
    const Saying saying = saying_of("A1", counter);
    std::vector<std::int16_t> words;
    std::int16_t value = 100;
    for (const char* clip : {"please", "letter-a", "digit-1", "at-counter", "digit-1", "polite"}) {
        const Sound sound{16'000, std::vector<std::int16_t>(
                                      50, std::string_view(clip) == "digit-1" ? std::int16_t{77} : ++value)};
        ASSERT_TRUE(write_file_durably(folder / (std::string(clip) + ".wav"), write_wav(sound)));
        words.insert(words.end(), sound.samples.begin(), sound.samples.end());
    }
    std::vector<std::string> names = saying.clips;
    const Voice voice(folder, names);
    const Sound all = announcement_of(voice, saying);
    EXPECT_EQ(all.samples_per_second, 16'000u);
    const Sound bell = chime(16'000);
    EXPECT_TRUE(std::ranges::equal(std::span(all.samples).first(bell.samples.size()), bell.samples));
    EXPECT_TRUE(std::ranges::equal(std::span(all.samples).last(words.size()), words));

    names.pop_back();
    const Sound alone = announcement_of(Voice(folder, names), saying);
    EXPECT_EQ(alone, chime(alone.samples_per_second))
        << "of a call whose clips are not all there nothing is said";
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace sala::kiosk
