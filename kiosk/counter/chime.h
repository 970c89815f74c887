// What is heard before a number is called: two soft notes, a third apart, falling, as on the board's page.
#pragma once

#include "kiosk/counter/voice.h"

namespace sala::kiosk {

// REQUIRES: 8,000..48,000 samples a second.
Sound chime(std::uint32_t samples_per_second);

// Chime, a breath, and the words where the voice has their clips; else the chime alone.
Sound announcement_of(const Voice& voice, const Saying& saying);

}  // namespace sala::kiosk
