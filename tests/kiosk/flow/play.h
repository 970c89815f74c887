// Plays events from the home screen.
#pragma once

#include "kiosk/flow/react.h"

namespace sala::kiosk {

struct Play {
    State state;
    std::vector<Effect> effects;  // of all events
    std::vector<Effect> asked;    // of the last

    Play& operator<<(const Event& event) {
        Reaction reaction = react(state, event);
        state = std::move(reaction.state);
        asked = std::move(reaction.effects);
        effects.insert(effects.end(), asked.begin(), asked.end());
        return *this;
    }
    Play& type(const std::string& digits) {
        for (const char digit : digits) *this << PinDigitTapped{digit - '0'};
        return *this;
    }
    std::string screen() const { return screen_name(state.screen); }
    template <class T>
    bool asks() const {
        return asked.size() == 1 && std::holds_alternative<T>(asked[0]);
    }
};

}  // namespace sala::kiosk
