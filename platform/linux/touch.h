// From SDL's fingers and mouse to one finger at a time.
//
// The first finger down is the finger until it goes; the left mouse button is a finger, always. Whatever a
// panel does, it never locks the kiosk:
//  - a lift that was lost (a panel unplugged, a grab): the next finger takes over;
//  - a finger that rests on one spot for kStuckMs (water, dirt, an elbow): it is given up, and means nothing
//    until it lifts;
//  - a trembling finger, or a panel that chatters: a press within kDebounceMs of the last lift,
//    and near it, is nothing.
// The trap: all times are those of the events, so nothing happens here without one.
#pragma once

#include <SDL.h>

#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "platform/window.h"

namespace sala {

inline constexpr std::uint32_t kDebounceMs = 250;
inline constexpr std::uint32_t kStuckMs = 20'000;
inline constexpr float kChatterPx = 48;  // a press further from the last lift is another one
inline constexpr float kStillPx = 24;    // a resting finger's trembling

struct TouchArea {
    int window_width = 0;
    int window_height = 0;
};

class TouchTracker {
  public:
    // Whether a finger is still on its panel, or its lift is still to be fed; is_finger_felt outside tests.
    using IsFelt = std::function<bool(SDL_TouchID, SDL_FingerID)>;
    explicit TouchTracker(IsFelt is_felt) : is_felt_(std::move(is_felt)) {}

    // Appends what the event means, if it means anything.
    void feed(const SDL_Event& event, const TouchArea& area, std::vector<PointerEvent>& out);

  private:
    struct Mouse {};
    struct Finger {
        SDL_TouchID panel;
        SDL_FingerID finger;
    };
    struct Hold {
        std::variant<Mouse, Finger> by;
        float x, y;           // where it rests
        std::uint32_t since;  // ms, when it came there
    };
    struct Contact {
        float x, y;
        std::uint32_t ms;
    };

    bool is_held_by_mouse() const;
    bool is_held_by(const SDL_TouchFingerEvent& touch) const;
    bool may_begin(const SDL_TouchFingerEvent& touch) const;
    void feed_finger(const SDL_Event& event, const TouchArea& area, std::vector<PointerEvent>& out);
    void feed_mouse(const SDL_Event& event, std::vector<PointerEvent>& out);
    void press(std::variant<Mouse, Finger> by, const Contact& contact, std::vector<PointerEvent>& out);
    void move(const Contact& contact, std::vector<PointerEvent>& out);
    void lift(const Contact& contact, std::vector<PointerEvent>& out);
    void give_up_if_stuck(std::uint32_t now_ms, std::vector<PointerEvent>& out);

    IsFelt is_felt_;
    std::optional<Hold> hold_;
    std::optional<Contact> lifted_;
};

// What SDL knows, and holds in its queue.
bool is_finger_felt(SDL_TouchID panel, SDL_FingerID finger);

}  // namespace sala
