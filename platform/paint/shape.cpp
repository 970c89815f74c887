#include "platform/paint/shape.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "platform/paint/fonts.h"

namespace sala::paint {
namespace {

// How far from the ends of a quarter circle its control points lie, for a radius of 1.
constexpr double kQuarter = 0.5522847498;

void trace(cairo_t* cairo, const Path& path) {
    cairo_new_path(cairo);
    for (const auto& [verb, at] : path.steps()) {
        switch (verb) {
            case Path::Verb::kMove:
                cairo_move_to(cairo, at[0], at[1]);
                break;
            case Path::Verb::kLine:
                cairo_line_to(cairo, at[0], at[1]);
                break;
            case Path::Verb::kCurve:
                cairo_curve_to(cairo, at[0], at[1], at[2], at[3], at[4], at[5]);
                break;
            case Path::Verb::kArc:
                if (at[4] > at[3]) {
                    cairo_arc(cairo, at[0], at[1], at[2], at[3], at[4]);
                } else {
                    cairo_arc_negative(cairo, at[0], at[1], at[2], at[3], at[4]);
                }
                break;
            case Path::Verb::kClose:
                cairo_close_path(cairo);
                break;
        }
    }
}

}  // namespace

Path& Path::move_to(double x, double y) { return steps_.push_back({Verb::kMove, {x, y}}), *this; }

Path& Path::line_to(double x, double y) { return steps_.push_back({Verb::kLine, {x, y}}), *this; }

Path& Path::curve_to(double x1, double y1, double x2, double y2, double x, double y) {
    return steps_.push_back({Verb::kCurve, {x1, y1, x2, y2, x, y}}), *this;
}

Path& Path::arc(double cx, double cy, double r, double a0, double a1) {
    return steps_.push_back({Verb::kArc, {cx, cy, std::max(r, 0.0), a0, a1}}), *this;
}

Path& Path::close() { return steps_.push_back({Verb::kClose, {}}), *this; }

Path& Path::rounded_rect(double x, double y, double w, double h, double r) {
    constexpr double kRight = std::numbers::pi / 2;
    const double radius = std::clamp(r, 0.0, std::max(0.0, std::min(w, h) / 2));
    move_to(x + w - radius, y);
    arc(x + w - radius, y + radius, radius, -kRight, 0);
    arc(x + w - radius, y + h - radius, radius, 0, kRight);
    arc(x + radius, y + h - radius, radius, kRight, 2 * kRight);
    arc(x + radius, y + radius, radius, 2 * kRight, 3 * kRight);
    return close();
}

Path& Path::ellipse(double cx, double cy, double rx, double ry) {
    const double kx = rx * kQuarter;
    const double ky = ry * kQuarter;
    move_to(cx + rx, cy);
    curve_to(cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry);
    curve_to(cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy);
    curve_to(cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry);
    curve_to(cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy);
    return close();
}

struct MaskPainter::Canvas {
    SurfaceHandle surface;
    CairoHandle cairo;

    void fill(const Path& path, cairo_operator_t how) const {
        cairo_set_operator(cairo.get(), how);
        trace(cairo.get(), path);
        cairo_fill(cairo.get());
    }
    void stroke(const Path& path, double width_px, cairo_operator_t how) const {
        cairo_set_operator(cairo.get(), how);
        cairo_set_line_width(cairo.get(), std::max(width_px, 0.0));
        trace(cairo.get(), path);
        cairo_stroke(cairo.get());
    }
};

MaskPainter::MaskPainter(int width, int height) : canvas_(std::make_unique<Canvas>()) {
    canvas_->surface = make_surface(std::clamp(width, 1, kMaskSideMax), std::clamp(height, 1, kMaskSideMax));
    canvas_->cairo.reset(cairo_create(canvas_->surface.get()));
    cairo_set_antialias(canvas_->cairo.get(), CAIRO_ANTIALIAS_BEST);
    cairo_set_tolerance(canvas_->cairo.get(), 0.02);
    cairo_set_line_cap(canvas_->cairo.get(), CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(canvas_->cairo.get(), CAIRO_LINE_JOIN_ROUND);
}

MaskPainter::MaskPainter(MaskPainter&&) noexcept = default;
MaskPainter& MaskPainter::operator=(MaskPainter&&) noexcept = default;
MaskPainter::~MaskPainter() = default;

MaskPainter& MaskPainter::add(const Path& path) { return canvas_->fill(path, CAIRO_OPERATOR_OVER), *this; }

MaskPainter& MaskPainter::punch(const Path& path) {
    return canvas_->fill(path, CAIRO_OPERATOR_DEST_OUT), *this;
}

MaskPainter& MaskPainter::add_stroke(const Path& path, double width_px) {
    return canvas_->stroke(path, width_px, CAIRO_OPERATOR_OVER), *this;
}

MaskPainter& MaskPainter::punch_stroke(const Path& path, double width_px) {
    return canvas_->stroke(path, width_px, CAIRO_OPERATOR_DEST_OUT), *this;
}

Mask MaskPainter::mask() const { return copy_mask(canvas_->surface.get()); }

Mask fill(const Path& path, int w, int h) { return MaskPainter(w, h).add(path).mask(); }

Mask stroke(const Path& path, double width_px, int w, int h) {
    return MaskPainter(w, h).add_stroke(path, width_px).mask();
}

}  // namespace sala::paint
