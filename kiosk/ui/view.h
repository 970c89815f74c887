// What a screen is drawn from: values of the moment, which drawing never changes.
#pragma once

#include <optional>
#include <string>

#include "kiosk/flow/state.h"
#include "kiosk/queue/board.h"
#include "sync/record/calendar.h"
#include "sync/record/office.h"

namespace sala::kiosk {

// The board of the waiting room, for a display that nobody touches.
struct BoardShown {
    queue::Board board;
    std::optional<queue::Call> called;  // the number in the large type; none: nobody was called yet
    bool announcing = false;            // it is being said at this moment
};

struct View {
    const record::Office& office;
    const State& state;
    record::LocalTime now;              // by the injected clock
    bool config_refused = false;        // the file given has errors and the last good one is in force
    std::int64_t mono_ms = 0;           // by the injected clock: for what is held down
    std::int64_t age_ms = 100'000;      // since this screen came, in real time: for what moves
    const BoardShown* board = nullptr;  // drawn in the place of the state's screen
};

// What a screen is drawn on.
struct ScreenSize {
    int width_px = 1080, height_px = 1920;
    double px_per_mm = 96 / 25.4;
};

// Units where a screen is laid out (grid.h), pixels where it was drawn.
struct Rect {
    float x = 0, y = 0, w = 0, h = 0;
    constexpr float right() const { return x + w; }
    constexpr float bottom() const { return y + h; }
    constexpr float centre_x() const { return x + w / 2; }
    constexpr float centre_y() const { return y + h / 2; }
    constexpr Rect inset(float d) const { return {x + d, y + d, w - 2 * d, h - 2 * d}; }
    // What stands to the right of, or below, a part that was taken; `gap` between them.
    constexpr Rect after_x(float taken, float gap) const { return {x + taken + gap, y, w - taken - gap, h}; }
    constexpr Rect after_y(float taken, float gap) const { return {x, y + taken + gap, w, h - taken - gap}; }
    constexpr Rect top(float height) const { return {x, y, w, height}; }
    constexpr Rect left(float width) const { return {x, y, width, h}; }
};

// Something of the screen that a test or the inspector may look for, under its stable id (widget_ids.h).
struct WidgetInfo {
    std::string id;
    Rect rect;  // pixels
    std::string text;
    bool enabled = true;  // false: reads only, a tap does nothing
};

class Ui;

// Draws the screen of view.state and says what was tapped, if anything.
std::optional<Event> draw_screen(Ui& ui, const View& view);

}  // namespace sala::kiosk
