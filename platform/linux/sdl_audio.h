// Inside this room only: SDL's sound system and one of its devices, for as long as they are used.
//
// The trap: SDL keeps something for each thread that calls it, and frees it by itself for its own alone.
#pragma once

#include <SDL.h>

#include <memory>

namespace sala {

class SdlAudio {
  public:
    // Null where SDL finds no driver.
    static std::unique_ptr<SdlAudio> open() {
        if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return nullptr;
        return std::unique_ptr<SdlAudio>(new SdlAudio);
    }
    ~SdlAudio() { SDL_QuitSubSystem(SDL_INIT_AUDIO); }
    // First of what a function has of SDL, so that it goes last.
    struct Thread {
        Thread() = default;
        ~Thread() { SDL_TLSCleanup(); }
        Thread(const Thread&) = delete;
        Thread& operator=(const Thread&) = delete;
    };
    SdlAudio(const SdlAudio&) = delete;
    SdlAudio& operator=(const SdlAudio&) = delete;

  private:
    SdlAudio() = default;
};

class SdlAudioDevice {
  public:
    explicit SdlAudioDevice(SDL_AudioDeviceID id) : id_(id) {}
    ~SdlAudioDevice() {
        if (id_ != 0) SDL_CloseAudioDevice(id_);
    }
    SdlAudioDevice(const SdlAudioDevice&) = delete;
    SdlAudioDevice& operator=(const SdlAudioDevice&) = delete;

    explicit operator bool() const { return id_ != 0; }
    SDL_AudioDeviceID id() const { return id_; }

  private:
    SDL_AudioDeviceID id_;
};

}  // namespace sala
