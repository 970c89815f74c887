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

void draw_contrast(Unit& unit) {
    const auto s = [&](double v) { return unit.s(v); };
    unit.ring(0.5, 0.5, 0.40, 0.40, 0.07);
    Path half;
    half.move_to(s(0.5), s(0.1)).arc(s(0.5), s(0.5), s(0.40), -kPi / 2, kPi / 2).close();
    unit.painter().add(half);
}

// A raised hand, open.
void draw_hand(Unit& unit) {
    for (const auto& [x, top] : {std::pair{0.34, 0.24}, {0.47, 0.14}, {0.60, 0.18}, {0.73, 0.30}}) {
        unit.line(x, top, x, 0.55, 0.10);
    }
    unit.line(0.14, 0.52, 0.34, 0.72, 0.10);
    const auto s = [&](double v) { return unit.s(v); };
    Path palm;
    palm.move_to(s(0.29), s(0.50)).line_to(s(0.78), s(0.50)).line_to(s(0.78), s(0.66));
    palm.curve_to(s(0.78), s(0.82), s(0.68), s(0.90), s(0.54), s(0.90));
    palm.curve_to(s(0.42), s(0.90), s(0.34), s(0.84), s(0.26), s(0.70)).close();
    unit.painter().add(palm);
}

// A loudspeaker that calls out.
void draw_announce(Unit& unit) {
    const auto s = [&](double v) { return unit.s(v); };
    Path horn;
    horn.move_to(s(0.12), s(0.40)).line_to(s(0.30), s(0.40)).line_to(s(0.62), s(0.20));
    horn.line_to(s(0.62), s(0.78)).line_to(s(0.30), s(0.60)).line_to(s(0.12), s(0.60)).close();
    unit.painter().add_stroke(horn, s(0.07));
    unit.line(0.26, 0.62, 0.32, 0.84, 0.07);
    unit.line(0.76, 0.36, 0.86, 0.28, 0.06)
        .line(0.78, 0.49, 0.91, 0.49, 0.06)
        .line(0.76, 0.62, 0.86, 0.70, 0.06);
}

// The corner squares of a QR code.
void draw_code(Unit& unit) {
    for (const auto& [x, y] : {std::pair{0.10, 0.10}, {0.60, 0.10}, {0.10, 0.60}}) {
        unit.box(x, y, 0.30, 0.30, 0.03, 0.07).dot(x + 0.15, y + 0.15, 0.055);
    }
    for (const auto& [x, y] :
         {std::pair{0.64, 0.64}, {0.86, 0.64}, {0.75, 0.75}, {0.64, 0.86}, {0.86, 0.86}}) {
        unit.dot(x, y, 0.05);
    }
}

// An arrow out of a door.
void draw_leave(Unit& unit) {
    unit.line(0.46, 0.14, 0.16, 0.14, 0.08)
        .line(0.16, 0.14, 0.16, 0.86, 0.08)
        .line(0.16, 0.86, 0.46, 0.86, 0.08);
    unit.line(0.40, 0.5, 0.88, 0.5, 0.08).line(0.88, 0.5, 0.68, 0.30, 0.08).line(0.88, 0.5, 0.68, 0.70, 0.08);
}

void draw_erase(Unit& unit) {
    const auto s = [&](double v) { return unit.s(v); };
    Path key;
    key.move_to(s(0.34), s(0.22))
        .line_to(s(0.92), s(0.22))
        .line_to(s(0.92), s(0.78))
        .line_to(s(0.34), s(0.78));
    key.line_to(s(0.08), s(0.5)).close();
    unit.painter().add_stroke(key, s(0.07));
    unit.line(0.48, 0.38, 0.72, 0.62, 0.07).line(0.72, 0.38, 0.48, 0.62, 0.07);
}

void draw_moon(Unit& unit) {
    const auto s = [&](double v) { return unit.s(v); };
    Path moon;
    moon.move_to(s(0.62), s(0.12));
    moon.curve_to(s(0.26), s(0.12), s(0.08), s(0.36), s(0.14), s(0.60));
    moon.curve_to(s(0.22), s(0.92), s(0.66), s(0.98), s(0.86), s(0.66));
    moon.curve_to(s(0.58), s(0.72), s(0.36), s(0.44), s(0.62), s(0.12)).close();
    unit.painter().add_stroke(moon, s(0.075));
}

// A plug with its contacts.
void draw_stick(Unit& unit) {
    unit.box(0.22, 0.42, 0.56, 0.50, 0.08, 0.07).box(0.32, 0.10, 0.36, 0.32, 0.03, 0.07);
    unit.dot(0.43, 0.26, 0.045).dot(0.57, 0.26, 0.045);
}

// Up and out of a tray.
void draw_send(Unit& unit) {
    unit.line(0.5, 0.10, 0.5, 0.66, 0.08).line(0.5, 0.10, 0.28, 0.32, 0.08).line(0.5, 0.10, 0.72, 0.32, 0.08);
    unit.line(0.12, 0.60, 0.12, 0.88, 0.08).line(0.12, 0.88, 0.88, 0.88, 0.08);
    unit.line(0.88, 0.88, 0.88, 0.60, 0.08);
}

void draw_envelope(Unit& unit) {
    unit.box(0.08, 0.20, 0.84, 0.60, 0.07, 0.07)
        .line(0.12, 0.26, 0.5, 0.56, 0.06)
        .line(0.88, 0.26, 0.5, 0.56, 0.06);
}

void draw_pulse(Unit& unit) {
    unit.line(0.06, 0.54, 0.28, 0.54, 0.07)
        .line(0.28, 0.54, 0.40, 0.20, 0.07)
        .line(0.40, 0.20, 0.56, 0.84, 0.07);
    unit.line(0.56, 0.84, 0.68, 0.54, 0.07).line(0.68, 0.54, 0.94, 0.54, 0.07);
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
            for (const double x : {0.31, 0.5, 0.69}) unit.dot(x, 0.55, 0.04).dot(x, 0.71, 0.04);
            break;
        case Icon::kAlert:
            draw_alert(unit);
            break;
        case Icon::kCheck:
            draw_check(unit);
            break;
        case Icon::kContrast:
            draw_contrast(unit);
            break;
        case Icon::kHand:
            draw_hand(unit);
            break;
        case Icon::kAnnounce:
            draw_announce(unit);
            break;
        case Icon::kCode:
            draw_code(unit);
            break;
        case Icon::kLeave:
            draw_leave(unit);
            break;
        case Icon::kLock:
            unit.box(0.20, 0.44, 0.60, 0.46, 0.08, 0.07).dot(0.5, 0.66, 0.06);
            unit.bow(0.32, 0.68, 0.44, -0.34, 0.07);
            break;
        case Icon::kErase:
            draw_erase(unit);
            break;
        case Icon::kMoon:
            draw_moon(unit);
            break;
        case Icon::kStick:
            draw_stick(unit);
            break;
        case Icon::kSend:
            draw_send(unit);
            break;
        case Icon::kEnvelope:
            draw_envelope(unit);
            break;
        case Icon::kPulse:
            draw_pulse(unit);
            break;
    }
    return unit.mask();
}

}  // namespace sala::kiosk
