// The machine's default microphone, through SDL. Opened for each take and closed behind it.
#pragma once

#include <memory>

#include "platform/microphone.h"

namespace sala {

std::unique_ptr<Microphone> make_sdl_microphone();

}  // namespace sala
