// The machine's default loudspeaker, through SDL.
//
// It is opened for each sound and closed behind it: an open one keeps a thread busy with silence, and one
// that was plugged in since is found. The trap: SDL counts its users without a lock, so while one thread
// plays no other may open or close the window.
#pragma once

#include <memory>

#include "platform/speaker.h"

namespace sala {

std::unique_ptr<Speaker> make_sdl_speaker();

}  // namespace sala
