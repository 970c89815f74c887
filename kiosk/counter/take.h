// A clip as it was recorded, judged and cut to what Voice joins: close to the word, one loudness.
//
// Pure. The trap: clips are joined without a gap, so what is cut badly here is heard in every call.
#pragma once

#include "platform/base/wav.h"

namespace sala::kiosk {

// Whether somebody spoke and has been silent since, long enough to have ended.
bool has_ended(const Sound& so_far);

struct Take {
    enum class Verdict {
        kGood,
        kNothing,  // nobody spoke
        kSoft,     // so soft that the room would be heard with it
        kLoud,     // the microphone was overdriven
    };
    Verdict verdict = Verdict::kNothing;
    Sound sound;  // of a good one: 50 ms before the word to 50 ms after it, its peak at kPeak
};

inline constexpr int kPeak = 20'000;  // of 32,767
inline constexpr std::uint32_t kEdgeMs = 50;

// What was heard before kDeafMs is left out: the key that began the take.
inline constexpr std::uint32_t kDeafMs = 250;

Take judge(const Sound& heard);

}  // namespace sala::kiosk
