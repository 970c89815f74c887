#include "platform/base/wav.h"

#include <algorithm>
#include <optional>

namespace sala {
namespace {

constexpr std::size_t kHeadBytes = 44;
constexpr std::uint32_t kFormatBytes = 16;
constexpr std::uint16_t kPcm = 1, kChannels = 1, kBits = 16;
constexpr std::uint32_t kRateMin = 8'000, kRateMax = 48'000;

Error bad(std::string_view what) {
    return {"WAV-BAD", "อ่านไฟล์เสียงไม่ได้ ต้องเป็นไฟล์ WAV แบบ PCM 16 บิต ช่องเสียงเดียว",
            "the sound cannot be read, it must be WAV (PCM, 16 bits, one channel): " + std::string(what)};
}

// Little endian, as RIFF has it. REQUIRES: so many bytes are there.
std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        value |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

void append(std::string& out, std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

// The rate, where the chunk "fmt " describes what is read here.
std::optional<std::uint32_t> rate_of(std::string_view format) {
    if (format.size() < kFormatBytes || number(format, 0, 2) != kPcm || number(format, 2, 2) != kChannels ||
        number(format, 14, 2) != kBits) {
        return {};
    }
    const std::uint32_t rate = number(format, 4, 4);
    return rate >= kRateMin && rate <= kRateMax ? std::optional(rate) : std::nullopt;
}

}  // namespace

Result<Sound> read_wav(std::string_view bytes) {
    if (bytes.size() < 12 || bytes.substr(0, 4) != "RIFF" || bytes.substr(8, 4) != "WAVE") {
        return bad("no RIFF/WAVE at its beginning");
    }
    Sound sound;
    std::string_view rest = bytes.substr(12);
    while (rest.size() >= 8) {
        const std::string_view name = rest.substr(0, 4);
        const std::size_t size = number(rest, 4, 4);
        rest.remove_prefix(8);
        if (size > rest.size()) return bad("it is cut off");
        const std::string_view chunk = rest.substr(0, size);
        if (name == "fmt ") {
            const std::optional<std::uint32_t> rate = rate_of(chunk);
            if (!rate) return bad("another format");
            sound.samples_per_second = *rate;
        } else if (name == "data") {
            if (sound.samples_per_second == 0 || size % 2 != 0) return bad("samples without a format");
            sound.samples.reserve(size / 2);
            for (std::size_t i = 0; i < size; i += 2) {
                sound.samples.push_back(static_cast<std::int16_t>(number(chunk, i, 2)));
            }
            return sound;
        }
        rest.remove_prefix(std::min(rest.size(), size + size % 2));
    }
    return bad("it holds no samples");
}

std::string write_wav(const Sound& sound) {
    const auto data = static_cast<std::uint32_t>(sound.samples.size() * 2);
    std::string out = "RIFF";
    out.reserve(kHeadBytes + data);
    append(out, kHeadBytes - 8 + data, 4);
    out += "WAVEfmt ";
    append(out, kFormatBytes, 4);
    append(out, kPcm, 2);
    append(out, kChannels, 2);
    append(out, sound.samples_per_second, 4);
    append(out, sound.samples_per_second * kBits / 8, 4);
    append(out, kBits / 8, 2);
    append(out, kBits, 2);
    out += "data";
    append(out, data, 4);
    for (const std::int16_t sample : sound.samples) append(out, static_cast<std::uint16_t>(sample), 2);
    return out;
}

Result<Sound> join(std::span<const Sound* const> sounds) {
    Sound joined{sounds.empty() ? kRateMin : sounds.front()->samples_per_second, {}};
    for (const Sound* sound : sounds) {
        if (sound->samples_per_second != joined.samples_per_second) {
            return Error{"WAV-MIXED", "ไฟล์เสียงมีอัตราสุ่มไม่เท่ากัน จึงต่อกันไม่ได้ โปรดบันทึกใหม่ให้เท่ากันทุกไฟล์",
                         "the clips have different sample rates and cannot be joined; record them with one"};
        }
        joined.samples.insert(joined.samples.end(), sound->samples.begin(), sound->samples.end());
    }
    return joined;
}

}  // namespace sala
