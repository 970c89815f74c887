#include "kiosk/counter/chime.h"

#include <cmath>
#include <numbers>

namespace sala::kiosk {
namespace {

constexpr std::uint32_t kUsualRate = 22'050;
constexpr double kLengthS = 1.3, kRiseS = 0.02, kFallS = 0.9, kLoudness = 0.35;
constexpr double kQuietest = 0.001;  // of its loudness, where a note ends
constexpr std::uint32_t kBreathMs = 100;

struct Note {
    double hertz, after_s;
};
constexpr std::array<Note, 2> kNotes = {{{659.25, 0}, {523.25, 0.35}}};

// It comes softly, and fades as a bell does.
double sounding(const Note& note, double at_s) {
    const double age = at_s - note.after_s;
    if (age < 0 || age > kFallS) return 0;
    const double rise = std::min(age / kRiseS, 1.0);
    return rise * std::pow(kQuietest, age / kFallS) * std::sin(2 * std::numbers::pi * note.hertz * age);
}

}  // namespace

Sound chime(std::uint32_t samples_per_second) {
    Sound sound{samples_per_second, {}};
    const auto count = static_cast<std::size_t>(kLengthS * samples_per_second);
    sound.samples.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double at_s = static_cast<double>(i) / samples_per_second;
        double value = 0;
        for (const Note& note : kNotes) value += sounding(note, at_s);
        sound.samples.push_back(static_cast<std::int16_t>(std::lround(value * kLoudness * INT16_MAX)));
    }
    return sound;
}

Sound announcement_of(const Voice& voice, const Saying& saying) {
    if (!voice.can_say(saying)) return chime(kUsualRate);
    const Sound words = voice.sound_of(saying);
    Sound all = chime(words.samples_per_second);
    all.samples.resize(all.samples.size() + std::size_t{all.samples_per_second} * kBreathMs / 1000);
    all.samples.insert(all.samples.end(), words.samples.begin(), words.samples.end());
    return all;
}

}  // namespace sala::kiosk
