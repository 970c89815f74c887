#include "kiosk/ui/ui.h"

#include <imgui.h>

#include <cmath>

#include "platform/paint/qr.h"
#include "platform/paint/shape.h"

namespace sala::kiosk {
namespace {

ImVec2 point(int x, int y) { return {static_cast<float>(x), static_cast<float>(y)}; }

ImTextureID imgui_texture(TextureId id) {
    // ImGui's name of a texture is a pointer; ours stands in it as a number.
    return reinterpret_cast<ImTextureID>(  // NOLINT(performance-no-int-to-ptr)
        static_cast<std::uintptr_t>(id));
}

}  // namespace

void Ui::begin(ImDrawList* list, const View& view, const ScreenSize& size) {
    list_ = list;
    language_ = view.state.language;
    palette_ = view.state.high_contrast ? &theme::kHighContrast : &theme::kUsual;
    grid_ = grid_of(size.width_px, size.height_px, size.px_per_mm);
    mono_ms_ = view.mono_ms;
    age_ms_ = view.age_ms;
    due_mono_ms_ = 0;
    covered_ = moving_ = false;
    widgets_.clear();
    texts_.clear();
    if (palette_->paper != theme::kPaper) fill({0, 0, grid_.width, grid_.height}, palette_->paper);
}

std::string Ui::digits(std::uint64_t number) const {
    const std::string text = std::to_string(number);
    return language_ == record::Language::kThai ? record::thai_digits(text) : text;
}

int Ui::px(float units) const { return static_cast<int>(std::lround(units * grid_.scale)); }

Ui::Box Ui::box(const Rect& rect) const {
    const int x = px(rect.x), y = px(rect.y);
    return {x, y, px(rect.right()) - x, px(rect.bottom()) - y};
}

void Ui::fill_px(const Box& box, Rgba colour) {
    if (box.w > 0 && box.h > 0) {
        list_->AddRectFilled(point(box.x, box.y), point(box.right(), box.bottom()), colour);
    }
}

void Ui::fill(const Rect& rect, Rgba colour) { fill_px(box(rect), colour); }

void Ui::part(const Picture& picture, const Box& source, int x, int y, Rgba colour) {
    if (picture.texture == kNoTexture || source.w <= 0 || source.h <= 0) return;
    const auto u = [&](int at) { return static_cast<float>(at) / static_cast<float>(picture.width); };
    const auto v = [&](int at) { return static_cast<float>(at) / static_cast<float>(picture.height); };
    list_->AddImage(imgui_texture(picture.texture), point(x, y), point(x + source.w, y + source.h),
                    {u(source.x), v(source.y)}, {u(source.right()), v(source.bottom())}, colour);
}

void Ui::picture(const Picture& picture, int x, int y, Rgba colour) {
    part(picture, {0, 0, picture.width, picture.height}, x, y, colour);
}

void Ui::rounded_px(const Box& b, int radius, Rgba colour) {
    const int r = std::min({radius, b.w / 2, b.h / 2});
    if (r < 1) return fill_px(b, colour);
    const Picture& disc = pictures_.shape(fmt::format("disc {}", 2 * r), [r] {
        return paint::fill(paint::Path().ellipse(r, r, r, r), 2 * r, 2 * r);
    });
    part(disc, {0, 0, r, r}, b.x, b.y, colour);
    part(disc, {r, 0, r, r}, b.right() - r, b.y, colour);
    part(disc, {0, r, r, r}, b.x, b.bottom() - r, colour);
    part(disc, {r, r, r, r}, b.right() - r, b.bottom() - r, colour);
    fill_px({b.x + r, b.y, b.w - 2 * r, r}, colour);
    fill_px({b.x, b.y + r, b.w, b.h - 2 * r}, colour);
    fill_px({b.x + r, b.bottom() - r, b.w - 2 * r, r}, colour);
}

void Ui::rounded(const Rect& rect, float radius, Rgba colour) { rounded_px(box(rect), px(radius), colour); }

void Ui::framed(const Rect& rect, float radius, float border, Rgba border_colour, Rgba colour) {
    const Box outer = box(rect);
    const int edge = std::max(1, px(border));
    rounded_px(outer, px(radius), border_colour);
    rounded_px({outer.x + edge, outer.y + edge, outer.w - 2 * edge, outer.h - 2 * edge}, px(radius) - edge,
               colour);
}

void Ui::ring(const Rect& square, float width, Rgba colour) {
    const int side = px(square.w), line = std::max(1, px(width));
    const Picture& shown = pictures_.shape(fmt::format("ring {} {}", side, line), [&] {
        const double r = (side - line) / 2.0;
        return paint::stroke(paint::Path().ellipse(side / 2.0, side / 2.0, r, r), line, side, side);
    });
    picture(shown, px(square.x), px(square.y), colour);
}

void Ui::icon(Icon icon, const Rect& square, Rgba colour, float shown) {
    const int side = px(square.w);
    if (side < 1) return;
    const std::string key = fmt::format("icon {} {}", static_cast<int>(icon), side);
    const Picture& drawn = pictures_.shape(key, [&] { return draw_icon(icon, side); });
    const int width =
        static_cast<int>(std::lround(static_cast<float>(drawn.width) * std::clamp(shown, 0.0F, 1.0F)));
    part(drawn, {0, 0, width, drawn.height}, px(square.x), px(square.y), colour);
}

void Ui::face(int score, const Rect& square, bool pressed) {
    const int side = px(square.w);
    const Picture& body = pictures_.shape(fmt::format("face {} {} body", score, side),
                                          [&] { return draw_face_body(score, side); });
    const Picture& features = pictures_.shape(fmt::format("face {} {} features", score, side),
                                              [&] { return draw_face_features(score, side); });
    const auto index = static_cast<std::size_t>(score - 1);
    picture(body, px(square.x), px(square.y),
            pressed ? palette_->faces_pressed[index] : palette_->faces[index]);
    picture(features, px(square.x), px(square.y), palette_->face_features);
}

bool Ui::qr(const Rect& square, const std::string& content) {
    const Box place = box(square);
    const int side = std::min(place.w, place.h);
    const Picture& code = pictures_.shape(fmt::format("qr {} {}", side, content), [&]() -> paint::Mask {
        for (const paint::QrLevel level : {paint::QrLevel::kQ, paint::QrLevel::kM}) {
            const auto module_px = paint::qr_px_per_module(content, level, side);
            if (!module_px) continue;
            if (auto mask = paint::draw_checked_qr(content, level, *module_px)) return std::move(*mask);
        }
        return {};
    });
    if (code.texture == kNoTexture) return false;
    const int x = place.x + (place.w - code.width) / 2, y = place.y + (place.h - code.height) / 2;
    fill_px({x, y, code.width, code.height}, theme::kWhite);
    picture(code, x, y, theme::kBlack);
    return true;
}

bool Ui::button(std::string_view id, const Rect& rect, std::string_view text, bool& pressed) {
    const Box b = box(rect);
    widgets_.push_back(
        {std::string(id),
         {static_cast<float>(b.x), static_cast<float>(b.y), static_cast<float>(b.w), static_cast<float>(b.h)},
         std::string(text),
         !covered_});
    if (covered_ || b.w < 1 || b.h < 1) return false;
    ImGui::SetCursorScreenPos(point(b.x, b.y));
    const bool tapped = ImGui::InvisibleButton(widgets_.back().id.c_str(), point(b.w, b.h));
    pressed = ImGui::IsItemActive() && ImGui::IsItemHovered();
    return tapped;
}

Touch Ui::touch(std::string_view id, const Rect& rect, std::string_view text) {
    Touch touch;
    touch.tapped = button(id, rect, text, touch.pressed);
    return touch;
}

bool Ui::held(std::string_view id, const Rect& rect, int hold_ms) {
    bool pressed = false;
    button(id, rect, id, pressed);
    if (!pressed) {
        if (hold_.id == id) hold_ = {};
        return false;
    }
    if (hold_.id != id) hold_ = {std::string(id), mono_ms_, false};
    if (hold_.done) return false;
    const std::int64_t due = hold_.since_ms + hold_ms;
    if (mono_ms_ < due) {
        due_mono_ms_ = due;
        return false;
    }
    return hold_.done = true;
}

void Ui::note(std::string_view id, const Rect& rect, std::string_view text) {
    const Box b = box(rect);
    widgets_.push_back(
        {std::string(id),
         {static_cast<float>(b.x), static_cast<float>(b.y), static_cast<float>(b.w), static_cast<float>(b.h)},
         std::string(text),
         false});
}

float Ui::motion() {
    if (age_ms_ >= theme::kMotionMs) return 1;
    moving_ = true;
    const float t = static_cast<float>(std::max<std::int64_t>(age_ms_, 0)) / theme::kMotionMs;
    return 1 - (1 - t) * (1 - t);  // fast, then slower
}

}  // namespace sala::kiosk
