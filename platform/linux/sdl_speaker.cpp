#include "platform/linux/sdl_speaker.h"

#include <SDL.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "platform/linux/sdl_audio.h"

namespace sala {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::chrono::seconds kSpare{2};
constexpr milliseconds kLookEvery{20};
constexpr std::uint32_t kTailMs = 250;  // of silence behind a sound, which a device may swallow as it closes
constexpr std::uint16_t kBufferSamples = 1024;

milliseconds length_of(const Sound& sound) {
    return milliseconds(sound.samples.size() * 1000 / sound.samples_per_second);
}

class SdlSpeaker final : public Speaker {
  public:
    Result<void> play(const Sound& sound) override {
        if (sound.samples.empty() || sound.samples_per_second == 0) return {};
        const SdlAudio::Thread thread;
        const auto audio = SdlAudio::open();
        if (!audio) return no_speaker();
        SDL_AudioSpec wanted{};
        wanted.freq = static_cast<int>(sound.samples_per_second);
        wanted.format = AUDIO_S16SYS;
        wanted.channels = 1;
        wanted.samples = kBufferSamples;
        const SdlAudioDevice device(SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0));
        if (!device) return no_speaker();
        const std::vector<std::int16_t> tail(std::size_t{sound.samples_per_second} * kTailMs / 1000);
        for (const std::span<const std::int16_t> part : {std::span(sound.samples), std::span(tail)}) {
            if (SDL_QueueAudio(device.id(), part.data(), static_cast<Uint32>(part.size_bytes())) != 0) {
                return no_speaker();
            }
        }
        SDL_PauseAudioDevice(device.id(), 0);
        return wait_for_end(device, length_of(sound));
    }

    void cancel() override {
        {
            const std::lock_guard lock(mutex_);
            cancelled_ = true;
        }
        changed_.notify_all();
    }

  private:
    static Error no_speaker() {
        return {"SPEAKER-NONE",
                fmt::format("เปิดลำโพงไม่ได้ ({}) จึงไม่มีเสียงเรียกคิว โปรดตรวจสายลำโพง", SDL_GetError()),
                fmt::format("no loudspeaker could be opened ({}), so calls are not heard; look at its cable",
                            SDL_GetError())};
    }

    // Closing the device, behind this, plays what it has taken already.
    Result<void> wait_for_end(const SdlAudioDevice& device, milliseconds length) {
        const auto begun = Clock::now();
        std::unique_lock lock(mutex_);
        auto look_at = begun + length;
        for (;;) {
            if (changed_.wait_until(lock, look_at, [&] { return cancelled_; })) {
                SDL_ClearQueuedAudio(device.id());
                return Error{"SPEAKER-CANCELLED", "หยุดเสียงแล้ว", "the sound was stopped"};
            }
            if (SDL_GetQueuedAudioSize(device.id()) == 0) return {};
            if (Clock::now() >= begun + length + kSpare) {
                SDL_ClearQueuedAudio(device.id());
                return Error{"SPEAKER-SLOW", "ลำโพงไม่เล่นเสียงให้จบในเวลา โปรดตรวจสายลำโพง",
                             "the loudspeaker did not play to the end in time; look at its cable"};
            }
            look_at = Clock::now() + kLookEvery;
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    bool cancelled_ = false;
};

}  // namespace

std::unique_ptr<Speaker> make_sdl_speaker() { return std::make_unique<SdlSpeaker>(); }

}  // namespace sala
