// Spoken clips as WAV files (RIFF, PCM, 16 bits, one channel), and several of them as one, without a gap.
//
// Only what a recording needs is read: the format, the samples; other chunks (names, dates) are passed over.
// The trap: clips are joined sample after sample, so they must have one rate and be cut close to the word.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace sala {

struct Sound {
    std::uint32_t samples_per_second = 0;  // 8,000..48,000
    std::vector<std::int16_t> samples;
    friend bool operator==(const Sound&, const Sound&) = default;
};

// Source of the format: Microsoft, "Multimedia Programming Interface and Data Specifications 1.0" (1991),
// chapter 3. WAV-BAD: no such file, another format, or cut off.
Result<Sound> read_wav(std::string_view bytes);

std::string write_wav(const Sound& sound);

// One after the other. WAV-MIXED: their rates differ; nothing to join is silence of 8,000 samples a second.
Result<Sound> join(std::span<const Sound* const> sounds);

}  // namespace sala
