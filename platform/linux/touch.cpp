#include "platform/linux/touch.h"

namespace sala {
namespace {

using Kind = PointerEvent::Kind;

void append(Kind kind, float window_x, float window_y, const TouchArea& area,
            std::vector<PointerEvent>& out) {
    const Window::Placement& placed = area.placement;
    const PointerEvent event{kind, (window_x - static_cast<float>(placed.x)) / placed.scale,
                             (window_y - static_cast<float>(placed.y)) / placed.scale};
    // Only the last of several moves is of interest; a panel may report a thousand a second.
    if (kind == Kind::kMove && !out.empty() && out.back().kind == Kind::kMove) {
        out.back() = event;
    } else {
        out.push_back(event);
    }
}

}  // namespace

bool TouchTracker::is_held_by(const SDL_TouchFingerEvent& touch) const {
    const auto* finger = std::get_if<Finger>(&held_by_);
    return finger && finger->panel == touch.touchId && finger->finger == touch.fingerId;
}

bool TouchTracker::may_begin(const SDL_TouchFingerEvent& touch) const {
    if (std::holds_alternative<Mouse>(held_by_)) return false;
    return std::holds_alternative<Nobody>(held_by_) || is_held_by(touch) ||
           fingers_on_panel_(touch.touchId) <= 1;
}

void TouchTracker::feed_finger(const SDL_Event& event, const TouchArea& area,
                               std::vector<PointerEvent>& out) {
    const SDL_TouchFingerEvent& touch = event.tfinger;
    const float x = touch.x * static_cast<float>(area.window_width);
    const float y = touch.y * static_cast<float>(area.window_height);
    if (event.type == SDL_FINGERDOWN) {
        if (!may_begin(touch)) return;
        if (!std::holds_alternative<Nobody>(held_by_)) append(Kind::kCancel, x, y, area, out);
        held_by_ = Finger{touch.touchId, touch.fingerId};
        append(Kind::kDown, x, y, area, out);
    } else if (is_held_by(touch)) {
        const bool lifted = event.type == SDL_FINGERUP;
        append(lifted ? Kind::kUp : Kind::kMove, x, y, area, out);
        if (lifted) held_by_ = Nobody{};
    }
}

void TouchTracker::feed_mouse(const SDL_Event& event, const TouchArea& area, std::vector<PointerEvent>& out) {
    if (event.type == SDL_MOUSEMOTION) {
        if (!std::holds_alternative<Mouse>(held_by_)) return;
        append(Kind::kMove, static_cast<float>(event.motion.x), static_cast<float>(event.motion.y), area,
               out);
        return;
    }
    const SDL_MouseButtonEvent& button = event.button;
    if (button.button != SDL_BUTTON_LEFT) return;
    const float x = static_cast<float>(button.x);
    const float y = static_cast<float>(button.y);
    const bool held_by_mouse = std::holds_alternative<Mouse>(held_by_);
    if (event.type == SDL_MOUSEBUTTONDOWN) {
        if (std::holds_alternative<Finger>(held_by_)) return;
        if (held_by_mouse) append(Kind::kCancel, x, y, area, out);
        held_by_ = Mouse{};
        append(Kind::kDown, x, y, area, out);
    } else if (held_by_mouse) {
        held_by_ = Nobody{};
        append(Kind::kUp, x, y, area, out);
    }
}

void TouchTracker::feed(const SDL_Event& event, const TouchArea& area, std::vector<PointerEvent>& out) {
    switch (event.type) {
        case SDL_FINGERDOWN:
        case SDL_FINGERMOTION:
        case SDL_FINGERUP:
            return feed_finger(event, area, out);
        case SDL_MOUSEMOTION:
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP:
            return feed_mouse(event, area, out);
        default:
            return;
    }
}

}  // namespace sala
