#include "kiosk/counter/take.h"

#include <algorithm>
#include <cmath>

namespace sala::kiosk {
namespace {

constexpr std::uint32_t kFrameMs = 10;
constexpr std::size_t kWordFramesMin = 4;     // shorter is a click
constexpr std::size_t kSilentFramesMin = 80;  // after the last word: 0.8 s
constexpr double kHeardMin = 250;             // of a frame's loudness, whatever the room
constexpr double kAboveRoom = 4;              // times the room's own noise
constexpr int kSoftPeak = 2'500, kLoudPeak = 32'600;
constexpr std::size_t kLoudSamplesMax = 8;

struct Span {
    std::size_t first = 0, last = 0;  // frames, the last one included
};

std::vector<double> loudness_of(const Sound& sound) {
    const std::size_t frame = std::size_t{sound.samples_per_second} * kFrameMs / 1000;
    std::vector<double> out;
    for (std::size_t at = 0; frame > 0 && at + frame <= sound.samples.size(); at += frame) {
        double sum = 0;
        for (std::size_t i = at; i < at + frame; ++i) sum += 1.0 * sound.samples[i] * sound.samples[i];
        out.push_back(std::sqrt(sum / static_cast<double>(frame)));
    }
    return out;
}

// From the first to the last frame in which somebody speaks.
std::optional<Span> words_in(const std::vector<double>& frames) {
    if (frames.empty()) return std::nullopt;
    std::vector<double> sorted = frames;
    std::ranges::sort(sorted);
    const double room = sorted[sorted.size() / 5], loudest = sorted.back();
    const double level = std::max(kHeardMin, std::min(room * kAboveRoom, loudest / 4));
    std::optional<Span> words;
    std::size_t run = 0;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        run = frames[i] > level ? run + 1 : 0;
        if (run < kWordFramesMin) continue;  // a click is no word
        if (!words) words = Span{i + 1 - run, i};
        words->last = i;
    }
    return words;
}

std::size_t samples_of(const Sound& sound, std::uint32_t ms) {
    return std::size_t{sound.samples_per_second} * ms / 1000;
}

Sound without_key(const Sound& heard) {
    const std::size_t deaf = std::min(samples_of(heard, kDeafMs), heard.samples.size());
    return {heard.samples_per_second,
            {heard.samples.begin() + static_cast<std::ptrdiff_t>(deaf), heard.samples.end()}};
}

}  // namespace

bool has_ended(const Sound& so_far) {
    const std::vector<double> frames = loudness_of(without_key(so_far));
    const std::optional<Span> words = words_in(frames);
    return words && frames.size() - words->last > kSilentFramesMin;
}

Take judge(const Sound& heard) {
    Sound sound = without_key(heard);
    const std::optional<Span> words = words_in(loudness_of(sound));
    if (!words) return {};
    const std::size_t frame = samples_of(sound, kFrameMs), edge = samples_of(sound, kEdgeMs);
    const std::size_t first = words->first * frame, end = (words->last + 1) * frame;
    const std::size_t from = first > edge ? first - edge : 0, to = std::min(end + edge, sound.samples.size());
    sound.samples = {sound.samples.begin() + static_cast<std::ptrdiff_t>(from),
                     sound.samples.begin() + static_cast<std::ptrdiff_t>(to)};
    const auto height = [](std::int16_t sample) { return std::abs(int{sample}); };
    const int peak = height(*std::ranges::max_element(sound.samples, {}, height));
    const auto overdriven =
        std::ranges::count_if(sound.samples, [&](auto s) { return height(s) >= kLoudPeak; });
    if (static_cast<std::size_t>(overdriven) > kLoudSamplesMax) return {Take::Verdict::kLoud, {}};
    if (peak < kSoftPeak) return {Take::Verdict::kSoft, {}};
    for (std::int16_t& sample : sound.samples) sample = static_cast<std::int16_t>(sample * kPeak / peak);
    return {Take::Verdict::kGood, std::move(sound)};
}

}  // namespace sala::kiosk
