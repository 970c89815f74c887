#include "kiosk/ui/drawings.h"

#include <numbers>

#include "platform/paint/shape.h"

namespace sala::kiosk {
namespace {

using paint::MaskPainter;
using paint::Path;

constexpr double kPi = std::numbers::pi;

// Strokes and figures in a square of side 1.
class Unit {
  public:
    explicit Unit(int side_px) : side_(side_px), painter_(side_px, side_px) {}

    Unit& line(double x0, double y0, double x1, double y1, double width) {
        painter_.add_stroke(Path().move_to(s(x0), s(y0)).line_to(s(x1), s(y1)), s(width));
        return *this;
    }
    // A symmetrical bow from (x0, y) to (x1, y), whose middle is `depth` lower (negative: higher).
    Unit& bow(double x0, double x1, double y, double depth, double width) {
        const double pull = depth * 4 / 3, third = (x1 - x0) / 4;
        Path path;
        path.move_to(s(x0), s(y))
            .curve_to(s(x0 + third), s(y + pull), s(x1 - third), s(y + pull), s(x1), s(y));
        painter_.add_stroke(path, s(width));
        return *this;
    }
    Unit& dot(double x, double y, double r) {
        painter_.add(Path().ellipse(s(x), s(y), s(r), s(r)));
        return *this;
    }
    Unit& ring(double x, double y, double rx, double ry, double width) {
        painter_.add_stroke(Path().ellipse(s(x), s(y), s(rx), s(ry)), s(width));
        return *this;
    }
    Unit& box(double x, double y, double w, double h, double r, double width) {
        painter_.add_stroke(Path().rounded_rect(s(x), s(y), s(w), s(h), s(r)), s(width));
        return *this;
    }
    double s(double unit) const { return unit * side_; }
    MaskPainter& painter() { return painter_; }
    paint::Mask mask() const { return painter_.mask(); }

  private:
    double side_;
    MaskPainter painter_;
};

void draw_eyes(Unit& unit, double y, double r) { unit.dot(0.33, y, r).dot(0.67, y, r); }

void draw_open_mouth(Unit& unit) {
    const auto s = [&](double v) { return unit.s(v); };
    Path mouth;
    mouth.move_to(s(0.27), s(0.585)).line_to(s(0.73), s(0.585));
    mouth.curve_to(s(0.68), s(0.75), s(0.59), s(0.815), s(0.5), s(0.815));
    mouth.curve_to(s(0.41), s(0.815), s(0.32), s(0.75), s(0.27), s(0.585)).close();
    unit.painter().add(mouth).add_stroke(mouth, s(0.05));  // the stroke rounds its corners
}

void draw_ticket(Unit& unit) {
    const auto s = [&](double v) { return unit.s(v); };
    const double left = 0.06, right = 0.94, top = 0.22, bottom = 0.78, notch = 0.085, r = 0.07;
    Path outline;
    outline.move_to(s(left + r), s(top)).line_to(s(right - r), s(top));
    outline.arc(s(right - r), s(top + r), s(r), -kPi / 2, 0).line_to(s(right), s(0.5 - notch));
    // Counter-clockwise half circle inward, as two curves.
    const double k = notch * 0.5523;
    outline.curve_to(s(right - k), s(0.5 - notch), s(right - notch), s(0.5 - k), s(right - notch), s(0.5));
    outline.curve_to(s(right - notch), s(0.5 + k), s(right - k), s(0.5 + notch), s(right), s(0.5 + notch));
    outline.line_to(s(right), s(bottom - r)).arc(s(right - r), s(bottom - r), s(r), 0, kPi / 2);
    outline.line_to(s(left + r), s(bottom)).arc(s(left + r), s(bottom - r), s(r), kPi / 2, kPi);
    outline.line_to(s(left), s(0.5 + notch));
    outline.curve_to(s(left + k), s(0.5 + notch), s(left + notch), s(0.5 + k), s(left + notch), s(0.5));
    outline.curve_to(s(left + notch), s(0.5 - k), s(left + k), s(0.5 - notch), s(left), s(0.5 - notch));
    outline.line_to(s(left), s(top + r)).arc(s(left + r), s(top + r), s(r), kPi, kPi * 1.5).close();
    unit.painter().add_stroke(outline, s(0.06));
    for (const double y : {0.345, 0.5, 0.655}) unit.line(0.64, y - 0.035, 0.64, y + 0.035, 0.055);
}

void draw_alert(Unit& unit) {
    const auto s = [&](double v) { return unit.s(v); };
    Path triangle;
    triangle.move_to(s(0.5), s(0.12)).line_to(s(0.93), s(0.86)).line_to(s(0.07), s(0.86)).close();
    unit.painter().add_stroke(triangle, s(0.07));
    unit.line(0.5, 0.40, 0.5, 0.60, 0.07).dot(0.5, 0.725, 0.042);
}

void draw_check(Unit& unit) {
    const auto s = [&](double v) { return unit.s(v); };
    Path tick;
    tick.move_to(s(0.10), s(0.54)).line_to(s(0.38), s(0.82)).line_to(s(0.90), s(0.24));
    unit.painter().add_stroke(tick, s(0.13));
}

}  // namespace

paint::Mask draw_face_body(int score, int side_px) {
    constexpr double kRounding[5] = {0.13, 0.23, 0.33, 0.42, 0.5};
    const double side = side_px;
    return paint::fill(Path().rounded_rect(0, 0, side, side, side * kRounding[score - 1]), side_px, side_px);
}

paint::Mask draw_face_features(int score, int side_px) {
    Unit unit(side_px);
    switch (score) {
        case 5:
            unit.bow(0.26, 0.40, 0.305, -0.04, 0.042).bow(0.60, 0.74, 0.305, -0.04, 0.042);
            draw_eyes(unit, 0.43, 0.064);
            draw_open_mouth(unit);
            break;
        case 4:
            draw_eyes(unit, 0.42, 0.064);
            unit.bow(0.28, 0.72, 0.635, 0.115, 0.058);
            break;
        case 3:
            draw_eyes(unit, 0.42, 0.064);
            unit.line(0.30, 0.69, 0.70, 0.69, 0.058);
            break;
        case 2:
            unit.line(0.25, 0.315, 0.405, 0.345, 0.046).line(0.75, 0.315, 0.595, 0.345, 0.046);
            draw_eyes(unit, 0.455, 0.060);
            unit.bow(0.31, 0.69, 0.755, -0.10, 0.058);
            break;
        default:
            unit.line(0.23, 0.26, 0.42, 0.345, 0.052).line(0.77, 0.26, 0.58, 0.345, 0.052);
            draw_eyes(unit, 0.45, 0.060);
            unit.bow(0.29, 0.71, 0.80, -0.185, 0.064);
            break;
    }
    return unit.mask();
}

paint::Mask draw_icon(Icon icon, int side_px) {
    Unit unit(side_px);
    switch (icon) {
        case Icon::kTicket:
            draw_ticket(unit);
            break;
        case Icon::kBack:
            unit.line(0.16, 0.5, 0.86, 0.5, 0.09)
                .line(0.16, 0.5, 0.44, 0.22, 0.09)
                .line(0.16, 0.5, 0.44, 0.78, 0.09);
            break;
        case Icon::kForward:
            unit.line(0.36, 0.2, 0.66, 0.5, 0.09).line(0.66, 0.5, 0.36, 0.8, 0.09);
            break;
        case Icon::kGlobe:
            unit.ring(0.5, 0.5, 0.41, 0.41, 0.065).ring(0.5, 0.5, 0.17, 0.41, 0.06);
            unit.line(0.12, 0.37, 0.88, 0.37, 0.055).line(0.12, 0.63, 0.88, 0.63, 0.055);
            break;
        case Icon::kCalendar:
            unit.box(0.12, 0.18, 0.76, 0.70, 0.10, 0.06).line(0.12, 0.40, 0.88, 0.40, 0.06);
            unit.line(0.33, 0.09, 0.33, 0.26, 0.06).line(0.67, 0.09, 0.67, 0.26, 0.06);
            unit.line(0.36, 0.64, 0.47, 0.74, 0.06).line(0.47, 0.74, 0.66, 0.54, 0.06);
            break;
        case Icon::kAlert:
            draw_alert(unit);
            break;
        case Icon::kCheck:
            draw_check(unit);
            break;
    }
    return unit.mask();
}

}  // namespace sala::kiosk
