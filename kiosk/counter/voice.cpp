#include "kiosk/counter/voice.h"

#include <algorithm>

#include "platform/base/files.h"

namespace sala::kiosk {

Voice::Voice(const std::filesystem::path& folder, std::span<const std::string> clips) {
    for (const std::string& name : clips) {
        const std::filesystem::path path = folder / (name + ".wav");
        const Result<std::string> bytes = read_file(path, kClipBytesMax);
        Result<Sound> clip = bytes ? read_wav(*bytes) : Result<Sound>(bytes.error());
        if (clip && !clips_.empty() &&
            clip->samples_per_second != clips_.begin()->second.samples_per_second) {
            const std::vector<const Sound*> both = {&clips_.begin()->second, &*clip};
            clip = join(both).error();
        }
        if (clip) {
            clips_.emplace(name, *std::move(clip));
        } else {
            Error error = clip.error();
            error.english += ": " + path.filename().string();
            problems_.push_back(std::move(error));
        }
    }
}

bool Voice::can_say(const Saying& saying) const {
    return std::ranges::all_of(saying.clips, [&](const std::string& clip) { return clips_.contains(clip); });
}

Sound Voice::sound_of(const Saying& saying) const {
    std::vector<const Sound*> parts;
    for (const std::string& clip : saying.clips) parts.push_back(&clips_.find(clip)->second);
    return join(parts).value();
}

Voice installed_voice(const std::filesystem::path& folder, const record::Office& office) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored)) return {};
    return {folder, clips_of(office)};
}

}  // namespace sala::kiosk
