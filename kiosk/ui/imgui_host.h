// The one place that knows Dear ImGui's life: gives it the finger, and its triangles to the canvas.
//
// The trap: ImGui needs several frames to see one tap (position, then press, then release, then the finger
// gone), so the loop must go on calling frame() while wants_frame() says so, and only then sleep. Of a
// frame only what differs from the one before is drawn and shown, so idle costs nothing and a clock only its
// own place. One host per program; one thread.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "kiosk/ui/view.h"
#include "platform/window.h"

namespace sala::paint {
class TextEngine;
}

namespace sala::kiosk {

struct DrawnText;
struct Grid;

class ImguiHost {
  public:
    // Both must outlive the host.
    ImguiHost(Window& window, const paint::TextEngine& text);
    ~ImguiHost();
    ImguiHost(const ImguiHost&) = delete;
    ImguiHost& operator=(const ImguiHost&) = delete;

    // What wait() reported: fingers are queued, at most kPointersMax of them; exposed shows the last frame
    // again; resized makes every picture anew.
    void take(const Frame& input);

    // Something that the view shows has changed: state, minute, office.
    void request_frame();

    // Whether frame() has anything to do.
    bool wants_frame() const;

    // Draws one frame of the view without showing it: for a start that waits for something else meanwhile.
    // The next frame() shows it, and what has changed since.
    void prepare(const View& view);

    // Draws one frame of the view, and shows what is new in it. The event, if a tap was
    // completed.
    std::optional<Event> frame(const View& view);

    // Something on the screen is on its way: draw again within a sixtieth of a second.
    bool moving() const;

    // The view's monotonic time at which a frame is due, as a finger rests on something; 0: none.
    std::int64_t due_mono_ms() const;

    // What the last frame was laid out on.
    const Grid& grid() const;

    // What the last frame held, in drawing order.
    std::span<const WidgetInfo> widgets() const;

    // Every text of the last frame, and whether it fits and has all its glyphs.
    std::span<const DrawnText> texts() const;

    // Frames shown since the start.
    std::uint64_t presented() const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

inline constexpr std::size_t kPointersMax = 256;

}  // namespace sala::kiosk
