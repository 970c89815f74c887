#include "platform/linux/sdl_microphone.h"

#include <SDL.h>

#include "platform/linux/sdl_audio.h"

namespace sala {
namespace {

constexpr std::uint16_t kBufferSamples = 1024;
constexpr Uint32 kLookEveryMs = 50;
constexpr Uint64 kSpareMs = 2'000;

Error no_microphone() {
    return {"MICROPHONE-NONE", fmt::format("เปิดไมโครโฟนไม่ได้ ({}) โปรดเสียบไมโครโฟน", SDL_GetError()),
            fmt::format("no microphone could be opened ({}); plug one in", SDL_GetError())};
}

class SdlMicrophone final : public Microphone {
  public:
    Result<Sound> record(std::uint32_t samples_per_second, int most_ms,
                         const std::function<bool(const Sound& so_far)>& enough) override {
        const SdlAudio::Thread thread;
        const auto audio = SdlAudio::open();
        if (!audio) return no_microphone();
        SDL_AudioSpec wanted{};
        wanted.freq = static_cast<int>(samples_per_second);
        wanted.format = AUDIO_S16SYS;
        wanted.channels = 1;
        wanted.samples = kBufferSamples;
        const SdlAudioDevice device(SDL_OpenAudioDevice(nullptr, 1, &wanted, nullptr, 0));
        if (!device) return no_microphone();
        const std::size_t most = std::size_t{samples_per_second} * static_cast<std::size_t>(most_ms) / 1000;
        Sound heard{samples_per_second, {}};
        heard.samples.reserve(most);
        const Uint64 deadline = SDL_GetTicks64() + static_cast<Uint64>(most_ms) + kSpareMs;
        SDL_PauseAudioDevice(device.id(), 0);
        while (heard.samples.size() < most && SDL_GetTicks64() < deadline) {
            const std::size_t before = heard.samples.size();
            heard.samples.resize(most);
            const Uint32 bytes = SDL_DequeueAudio(device.id(), heard.samples.data() + before,
                                                  static_cast<Uint32>((most - before) * 2));
            heard.samples.resize(before + bytes / 2);
            if (bytes > 0 && enough(heard)) break;
            SDL_Delay(kLookEveryMs);
        }
        if (heard.samples.empty()) {
            return Error{"MICROPHONE-SILENT", "ไมโครโฟนไม่ส่งเสียงมาเลย โปรดตรวจสายและสวิตช์ของไมโครโฟน",
                         "the microphone delivers no sound at all; look at its cable and switch"};
        }
        return heard;
    }
};

}  // namespace

std::unique_ptr<Microphone> make_sdl_microphone() { return std::make_unique<SdlMicrophone>(); }

}  // namespace sala
