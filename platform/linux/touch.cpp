#include "platform/linux/touch.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sala {
namespace {

using Kind = PointerEvent::Kind;

constexpr int kEventsLookedAtMax = 256;

}  // namespace

bool is_finger_felt(SDL_TouchID panel, SDL_FingerID finger) {
    for (int i = 0; i < SDL_GetNumTouchFingers(panel); ++i) {
        const SDL_Finger* felt = SDL_GetTouchFinger(panel, i);
        if (felt && felt->id == finger) return true;
    }
    // SDL forgets a finger as soon as it reads the lift, which then waits its turn.
    std::array<SDL_Event, kEventsLookedAtMax> lifts;
    const int count =
        SDL_PeepEvents(lifts.data(), kEventsLookedAtMax, SDL_PEEKEVENT, SDL_FINGERUP, SDL_FINGERUP);
    return std::any_of(lifts.begin(), lifts.begin() + std::max(0, count), [&](const SDL_Event& lift) {
        return lift.tfinger.touchId == panel && lift.tfinger.fingerId == finger;
    });
}

bool TouchTracker::is_held_by_mouse() const { return hold_ && std::holds_alternative<Mouse>(hold_->by); }

bool TouchTracker::is_held_by(const SDL_TouchFingerEvent& touch) const {
    const auto* finger = hold_ ? std::get_if<Finger>(&hold_->by) : nullptr;
    return finger && finger->panel == touch.touchId && finger->finger == touch.fingerId;
}

bool TouchTracker::may_begin(const SDL_TouchFingerEvent& touch) const {
    if (!hold_ || is_held_by(touch)) return true;
    const auto* finger = std::get_if<Finger>(&hold_->by);
    return finger && !is_felt_(finger->panel, finger->finger);
}

void TouchTracker::press(std::variant<Mouse, Finger> by, const Contact& contact,
                         std::vector<PointerEvent>& out) {
    if (hold_) out.push_back({Kind::kCancel, contact.x, contact.y});
    hold_.reset();
    // A panel that chatters does so on one spot; somebody who types fast does not.
    if (lifted_ && contact.ms - lifted_->ms < kDebounceMs &&
        std::hypot(contact.x - lifted_->x, contact.y - lifted_->y) <= kChatterPx) {
        return;
    }
    hold_ = Hold{by, contact.x, contact.y, contact.ms};
    out.push_back({Kind::kDown, contact.x, contact.y});
}

void TouchTracker::move(const Contact& contact, std::vector<PointerEvent>& out) {
    if (std::hypot(contact.x - hold_->x, contact.y - hold_->y) > kStillPx) {
        hold_->x = contact.x;
        hold_->y = contact.y;
        hold_->since = contact.ms;
    }
    const PointerEvent event{Kind::kMove, contact.x, contact.y};
    // Only the last of several moves is of interest; a panel may report a thousand a second.
    if (!out.empty() && out.back().kind == Kind::kMove) {
        out.back() = event;
    } else {
        out.push_back(event);
    }
}

void TouchTracker::lift(const Contact& contact, std::vector<PointerEvent>& out) {
    hold_.reset();
    lifted_ = contact;
    out.push_back({Kind::kUp, contact.x, contact.y});
}

void TouchTracker::give_up_if_stuck(std::uint32_t now_ms, std::vector<PointerEvent>& out) {
    if (!hold_ || now_ms - hold_->since < kStuckMs) return;
    out.push_back({Kind::kCancel, hold_->x, hold_->y});
    hold_.reset();
}

void TouchTracker::feed_finger(const SDL_Event& event, const TouchArea& area,
                               std::vector<PointerEvent>& out) {
    const SDL_TouchFingerEvent& touch = event.tfinger;
    const Contact contact{touch.x * static_cast<float>(area.window_width - 1),
                          touch.y * static_cast<float>(area.window_height - 1), touch.timestamp};
    if (event.type == SDL_FINGERDOWN) {
        if (may_begin(touch)) press(Finger{touch.touchId, touch.fingerId}, contact, out);
    } else if (is_held_by(touch)) {
        event.type == SDL_FINGERUP ? lift(contact, out) : move(contact, out);
    }
}

void TouchTracker::feed_mouse(const SDL_Event& event, std::vector<PointerEvent>& out) {
    if (event.type == SDL_MOUSEMOTION) {
        const SDL_MouseMotionEvent& motion = event.motion;
        const Contact contact{static_cast<float>(motion.x), static_cast<float>(motion.y), motion.timestamp};
        if (is_held_by_mouse()) move(contact, out);
        return;
    }
    const SDL_MouseButtonEvent& button = event.button;
    if (button.button != SDL_BUTTON_LEFT) return;
    const Contact contact{static_cast<float>(button.x), static_cast<float>(button.y), button.timestamp};
    if (event.type == SDL_MOUSEBUTTONDOWN) {
        if (!hold_ || is_held_by_mouse()) press(Mouse{}, contact, out);
    } else if (is_held_by_mouse()) {
        lift(contact, out);
    }
}

void TouchTracker::feed(const SDL_Event& event, const TouchArea& area, std::vector<PointerEvent>& out) {
    switch (event.type) {
        case SDL_FINGERDOWN:
        case SDL_FINGERMOTION:
        case SDL_FINGERUP:
            give_up_if_stuck(event.tfinger.timestamp, out);
            return feed_finger(event, area, out);
        case SDL_MOUSEMOTION:
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP:
            give_up_if_stuck(event.common.timestamp, out);
            return feed_mouse(event, out);
        default:
            return;
    }
}

}  // namespace sala
