// The recorded voice: the clips of a folder, read once, and a call made of them.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kiosk/counter/saying.h"
#include "platform/base/wav.h"

namespace sala::kiosk {

class Voice {
  public:
    static constexpr std::size_t kClipBytesMax = std::size_t{512} << 10;  // ten seconds are plenty

    // Nothing installed: a voice that can say nothing.
    Voice() = default;

    // <clip>.wav for each of `clips`. What is missing, cannot be read or has another rate than the first goes
    // to `problems`, and nothing of what needs it is spoken.
    Voice(const std::filesystem::path& folder, std::span<const std::string> clips);

    bool can_say(const Saying& saying) const;

    // Clip behind clip. REQUIRES: can_say(saying). Any thread.
    Sound sound_of(const Saying& saying) const;
    // The same as a WAV file.
    std::string speak(const Saying& saying) const { return write_wav(sound_of(saying)); }

    const std::vector<Error>& problems() const { return problems_; }

  private:
    std::map<std::string, Sound, std::less<>> clips_;
    std::vector<Error> problems_;
};

// The voice for this office's calls; of a folder that is not there none, and no problem.
Voice installed_voice(const std::filesystem::path& folder, const record::Office& office);

}  // namespace sala::kiosk
