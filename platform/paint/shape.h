// Anti-aliased shapes as masks: rounded boxes, outlines, icons and faces, described as paths in pixels.
//
// The trap: a coordinate is a corner between pixels, not a pixel. A crisp 2 px line runs along whole numbers,
// a crisp 1 px line along halves.
#pragma once

#include <memory>
#include <vector>

#include "platform/paint/mask.h"

namespace sala::paint {

// x to the right, y downward, in pixels; angles in radians, clockwise from three o'clock.
class Path {
  public:
    Path& move_to(double x, double y);
    Path& line_to(double x, double y);
    Path& curve_to(double x1, double y1, double x2, double y2, double x, double y);
    // Joined to the current point by a straight line; begin with move_to(the arc's first point) to have none.
    Path& arc(double cx, double cy, double r, double a0, double a1);
    Path& close();

    // Closed figures of their own. `r` is at most half of the shorter side.
    Path& rounded_rect(double x, double y, double w, double h, double r);
    Path& ellipse(double cx, double cy, double rx, double ry);

    enum class Verb { kMove, kLine, kCurve, kArc, kClose };
    struct Step {
        Verb verb;
        double at[6];
    };
    const std::vector<Step>& steps() const { return steps_; }

  private:
    std::vector<Step> steps_;
};

// Several paths in one mask: add() lays ink, punch() takes it away, in the order of the calls.
class MaskPainter {
  public:
    // Sides are kept within 1 and kMaskSideMax.
    MaskPainter(int width, int height);
    MaskPainter(MaskPainter&&) noexcept;
    MaskPainter& operator=(MaskPainter&&) noexcept;
    ~MaskPainter();

    MaskPainter& add(const Path& path);
    MaskPainter& punch(const Path& path);
    // Round caps and joins.
    MaskPainter& add_stroke(const Path& path, double width_px);
    MaskPainter& punch_stroke(const Path& path, double width_px);

    Mask mask() const;

  private:
    struct Canvas;
    std::unique_ptr<Canvas> canvas_;
};

Mask fill(const Path& path, int w, int h);
Mask stroke(const Path& path, double width_px, int w, int h);

}  // namespace sala::paint
