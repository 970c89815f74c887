// From SDL's fingers and mouse to one finger at a time.
//
// The first finger down is the finger until it goes; the left mouse button is a finger, always. The trap: SDL
// may lose a lift (a panel unplugged, a grab), so a new finger that is alone on its panel takes over from one
// that never went.
#pragma once

#include <SDL.h>

#include <functional>
#include <variant>
#include <vector>

#include "platform/window.h"

namespace sala {

// Window pixels to logical ones.
struct TouchArea {
    Window::Placement placement;
    int window_width = 0;
    int window_height = 0;
};

class TouchTracker {
  public:
    // How many fingers a panel feels now; SDL_GetNumTouchFingers outside tests.
    using FingerCount = std::function<int(SDL_TouchID)>;
    explicit TouchTracker(FingerCount fingers_on_panel) : fingers_on_panel_(std::move(fingers_on_panel)) {}

    // Appends what the event means, if it means anything.
    void feed(const SDL_Event& event, const TouchArea& area, std::vector<PointerEvent>& out);

  private:
    struct Nobody {};
    struct Mouse {};
    struct Finger {
        SDL_TouchID panel;
        SDL_FingerID finger;
    };

    bool is_held_by(const SDL_TouchFingerEvent& touch) const;
    bool may_begin(const SDL_TouchFingerEvent& touch) const;
    void feed_finger(const SDL_Event& event, const TouchArea& area, std::vector<PointerEvent>& out);
    void feed_mouse(const SDL_Event& event, const TouchArea& area, std::vector<PointerEvent>& out);

    FingerCount fingers_on_panel_;
    std::variant<Nobody, Mouse, Finger> held_by_;
};

}  // namespace sala
