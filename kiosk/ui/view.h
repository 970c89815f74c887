// What a screen is drawn from: values of the moment, which drawing never changes.
#pragma once

#include <optional>
#include <string>

#include "kiosk/flow/state.h"
#include "sync/record/calendar.h"
#include "sync/record/office.h"

namespace sala::kiosk {

struct View {
    const record::Office& office;
    const State& state;
    record::LocalTime now;  // by the injected clock
};

// In logical pixels.
struct Rect {
    float x = 0, y = 0, w = 0, h = 0;
    constexpr float right() const { return x + w; }
    constexpr float bottom() const { return y + h; }
    constexpr float centre_x() const { return x + w / 2; }
    constexpr float centre_y() const { return y + h / 2; }
    constexpr Rect inset(float d) const { return {x + d, y + d, w - 2 * d, h - 2 * d}; }
};

// Something of the screen that a test or the inspector may look for, under its stable id (widget_ids.h).
struct WidgetInfo {
    std::string id;
    Rect rect;
    std::string text;
    bool enabled = true;  // false: reads only, a tap does nothing
};

class Ui;

// Draws the screen of view.state and says what was tapped, if anything.
std::optional<Event> draw_screen(Ui& ui, const View& view);

}  // namespace sala::kiosk
