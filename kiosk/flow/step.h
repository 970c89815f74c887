// One step of react(): the next screen and what must be done. Of this room only.
#pragma once

#include "kiosk/flow/state.h"

namespace sala::kiosk {

struct Step {
    Screen screen;
    std::vector<Effect> effects = {};
};

// For the officer's screens, the PIN before them, and their waiting page.
Step officer_step(const Screen& screen, const Event& event);

}  // namespace sala::kiosk
