// What the kiosk shows and does next: every decision of the visitor's screens. Pure: no clock, no disk, no
// drawing.
#pragma once

#include <optional>

#include "kiosk/flow/state.h"

namespace sala::kiosk {

struct Reaction {
    State state;
    std::vector<Effect> effects;
};

// An event that makes no sense on the present screen (a tap that was already on its way) changes nothing.
Reaction react(const State& state, const Event& event);

// How long a screen may stand untouched before IdleTimedOut; 0: for ever.
int idle_timeout_ms(const State& state);

}  // namespace sala::kiosk
