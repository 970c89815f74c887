#include "kiosk/ui/ui.h"

#include <imgui.h>

#include <cctype>
#include <cmath>

#include "platform/paint/qr.h"
#include "platform/paint/shape.h"

namespace sala::kiosk {
namespace {

constexpr std::size_t kFitsMax = 2048;
constexpr int kShrinkStepPx = 2;

ImVec2 point(float x, float y) { return {x, y}; }

ImTextureID imgui_texture(TextureId id) {
    return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(id));
}

paint::TextStyle style_of(const TextLook& look, int px, int width_px) {
    return {.px = px,
            .bold = look.bold,
            .width_px = width_px,
            .align = look.align,
            .line_height = look.line_height,
            .digits_face = look.digits_face};
}

float line_px(const TextLook& look, int px) { return static_cast<float>(std::lround(look.line_height * px)); }

}  // namespace

void Ui::begin(ImDrawList* list, record::Language language) {
    list_ = list;
    language_ = language;
    widgets_.clear();
    texts_.clear();
}

void Ui::fill(const Rect& rect, Rgba colour) {
    list_->AddRectFilled(point(std::round(rect.x), std::round(rect.y)),
                         point(std::round(rect.right()), std::round(rect.bottom())), colour);
}

void Ui::part(const Picture& picture, const Rect& source, float x, float y, Rgba colour) {
    if (picture.texture == kNoTexture) return;
    const float w = static_cast<float>(picture.width), h = static_cast<float>(picture.height);
    const float left = std::round(x), top = std::round(y);
    list_->AddImage(imgui_texture(picture.texture), point(left, top), point(left + source.w, top + source.h),
                    point(source.x / w, source.y / h), point(source.right() / w, source.bottom() / h),
                    colour);
}

void Ui::picture(const Picture& picture, float x, float y, Rgba colour) {
    part(picture, {0, 0, static_cast<float>(picture.width), static_cast<float>(picture.height)}, x, y,
         colour);
}

void Ui::rounded(const Rect& rect, float radius, Rgba colour) {
    const float r = std::round(std::min({radius, rect.w / 2, rect.h / 2}));
    const int side = static_cast<int>(2 * r);
    if (side < 2) return fill(rect, colour);
    const Picture& disc = pictures_.shape(fmt::format("disc {}", side), [side] {
        return paint::fill(paint::Path().ellipse(side / 2.0, side / 2.0, side / 2.0, side / 2.0), side, side);
    });
    const float x0 = std::round(rect.x), y0 = std::round(rect.y);
    const float x1 = std::round(rect.right()), y1 = std::round(rect.bottom());
    part(disc, {0, 0, r, r}, x0, y0, colour);
    part(disc, {r, 0, r, r}, x1 - r, y0, colour);
    part(disc, {0, r, r, r}, x0, y1 - r, colour);
    part(disc, {r, r, r, r}, x1 - r, y1 - r, colour);
    fill({x0 + r, y0, x1 - x0 - 2 * r, r}, colour);
    fill({x0, y0 + r, x1 - x0, y1 - y0 - 2 * r}, colour);
    fill({x0 + r, y1 - r, x1 - x0 - 2 * r, r}, colour);
}

void Ui::framed(const Rect& rect, float radius, float border, Rgba border_colour, Rgba colour) {
    rounded(rect, radius, border_colour);
    rounded(rect.inset(border), radius - border, colour);
}

void Ui::ring(const Rect& square, float width, Rgba colour) {
    const int side = static_cast<int>(square.w);
    const Picture& shown = pictures_.shape(fmt::format("ring {} {}", side, width), [&] {
        const double r = (side - static_cast<double>(width)) / 2;
        return paint::stroke(paint::Path().ellipse(side / 2.0, side / 2.0, r, r), static_cast<double>(width),
                             side, side);
    });
    picture(shown, square.x, square.y, colour);
}

void Ui::icon(Icon icon, const Rect& square, Rgba colour) {
    const int side = static_cast<int>(square.w);
    const std::string key = fmt::format("icon {} {}", static_cast<int>(icon), side);
    picture(pictures_.shape(key, [&] { return draw_icon(icon, side); }), square.x, square.y, colour);
}

void Ui::face(int score, const Rect& square, bool pressed) {
    const int side = static_cast<int>(square.w);
    const Picture& body = pictures_.shape(fmt::format("face {} {} body", score, side),
                                          [&] { return draw_face_body(score, side); });
    const Picture& features = pictures_.shape(fmt::format("face {} {} features", score, side),
                                              [&] { return draw_face_features(score, side); });
    picture(body, square.x, square.y, (pressed ? theme::kFacesPressed : theme::kFaces)[score - 1]);
    picture(features, square.x, square.y, theme::kWhite);
}

float Ui::consonant_height(int px) const {
    if (consonant_share_ == 0) {
        const paint::Text sample = engine_.draw("ก", {.px = 200, .bold = true});
        consonant_share_ = static_cast<float>(sample.baseline - sample.ink_top) / 200.0F;
    }
    return consonant_share_ * static_cast<float>(px);
}

// Pango breaks a word that is wider than its line; a smaller type is better.
bool Ui::breaks_a_word(std::string_view utf8, const paint::TextStyle& style) const {
    const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    std::size_t at = 0;
    for (const std::string& line : engine_.lines(utf8, style)) {
        const std::size_t begin = utf8.find(line, at);
        if (begin == std::string_view::npos || line.empty()) continue;
        if (begin == at && at > 0 && is_letter(utf8[at - 1]) && is_letter(utf8[at])) return true;
        at = begin + line.size();
    }
    return false;
}

Ui::Fit Ui::find_fit(const Rect& area, std::string_view utf8, const TextLook& look) const {
    const int width = static_cast<int>(area.w);
    const int px_min = look.px_min > 0 ? look.px_min : look.px;
    for (int px = look.px; look.px_one_line > 0 && px >= look.px_one_line; px -= kShrinkStepPx) {
        const bool one_line = engine_.measure(utf8, style_of(look, px, 0)).width <= width;
        if (one_line && line_px(look, px) <= area.h) return {px, 0, true};
    }
    for (int px = look.px;; px = std::max(px - kShrinkStepPx, px_min)) {
        const float line = line_px(look, px);
        const paint::Size one = engine_.measure(utf8, style_of(look, px, 0));
        const bool by_hand = utf8.find('\n') != std::string_view::npos;
        if (one.width <= width && (by_hand || area.h >= line)) {
            const auto lines = by_hand ? std::count(utf8.begin(), utf8.end(), '\n') + 1 : 1;
            if (static_cast<float>(lines) * line <= area.h || px <= px_min) {
                return {px, by_hand ? width : 0, static_cast<float>(lines) * line <= area.h};
            }
        }
        const paint::TextStyle wrapped = style_of(look, px, width);
        const auto lines = static_cast<float>(engine_.lines(utf8, wrapped).size());
        const bool fits = lines * line <= area.h && !breaks_a_word(utf8, wrapped);
        if (fits || px <= px_min) return {px, width, fits};
    }
}

Ui::Fit Ui::fit(const Rect& area, std::string_view utf8, const TextLook& look) {
    const std::string key =
        fmt::format("{} {} {} {:d} {} {:d} {} {}x{} {}", look.px, look.px_min, look.px_one_line, look.bold,
                    look.line_height, look.digits_face, static_cast<int>(look.align), area.w, area.h, utf8);
    if (const auto found = fits_.find(key); found != fits_.end()) return found->second;
    if (fits_.size() >= kFitsMax) fits_.clear();
    return fits_.emplace(key, find_fit(area, utf8, look)).first->second;
}

float Ui::text_height(const Rect& area, std::string_view utf8, const TextLook& look) {
    if (utf8.empty()) return 0;
    const Fit how = fit(area, utf8, look);
    return static_cast<float>(pictures_.text(utf8, style_of(look, how.px, how.width_px)).lines) *
           line_px(look, how.px);
}

float Ui::text_width(std::string_view utf8, const TextLook& look) {
    const Picture& shown = pictures_.text(utf8, style_of(look, look.px, 0));
    return static_cast<float>(shown.width);
}

float Ui::text(const Rect& area, std::string_view utf8, const TextLook& look) {
    if (utf8.empty()) return 0;
    const Fit how = fit(area, utf8, look);
    const Picture& shown = pictures_.text(utf8, style_of(look, how.px, how.width_px));
    const float line = line_px(look, how.px);
    const float height = static_cast<float>(shown.lines) * line;
    const float spare = area.h - height;
    const float top = area.y + (look.valign == Valign::kTop      ? 0
                                : look.valign == Valign::kMiddle ? spare / 2
                                                                 : spare);
    // The consonants of a line stand in its middle, whatever marks it has, so neighbours share a baseline.
    const float baseline = std::round(top + line / 2 + consonant_height(how.px) / 2);
    const float y = baseline - static_cast<float>(shown.baseline);
    const float ink_left = static_cast<float>(shown.ink_left),
                ink_right = static_cast<float>(shown.ink_right);
    const float x = std::round(look.align == Align::kLeft    ? area.x - ink_left
                               : look.align == Align::kRight ? area.right() - ink_right
                                                             : area.centre_x() - (ink_left + ink_right) / 2);
    picture(shown, x, y, look.colour);
    texts_.push_back({std::string(utf8),
                      {x + ink_left, y + static_cast<float>(shown.ink_top), ink_right - ink_left,
                       static_cast<float>(shown.ink_bottom - shown.ink_top)},
                      how.fits && shown.texture != kNoTexture,
                      shown.unknown_glyphs});
    return height;
}

bool Ui::qr(const Rect& square, const std::string& url) {
    const int box = static_cast<int>(std::min(square.w, square.h));
    const Picture& code = pictures_.shape(fmt::format("qr {} {}", box, url), [&]() -> paint::Mask {
        for (const paint::QrLevel level : {paint::QrLevel::kQ, paint::QrLevel::kM}) {
            const auto px = paint::qr_px_per_module(url, level, box);
            if (!px) continue;
            if (auto mask = paint::draw_checked_qr(url, level, *px)) return std::move(*mask);
        }
        return {};
    });
    if (code.texture == kNoTexture) return false;
    picture(code, square.centre_x() - static_cast<float>(code.width) / 2,
            square.centre_y() - static_cast<float>(code.height) / 2, theme::kBlack);
    return true;
}

Touch Ui::touch(std::string_view id, const Rect& rect, std::string_view text) {
    widgets_.push_back({std::string(id), rect, std::string(text), true});
    ImGui::SetCursorScreenPos(point(rect.x, rect.y));
    const bool tapped = ImGui::InvisibleButton(widgets_.back().id.c_str(), point(rect.w, rect.h));
    return {tapped, ImGui::IsItemActive() && ImGui::IsItemHovered()};
}

void Ui::note(std::string_view id, const Rect& rect, std::string_view text) {
    widgets_.push_back({std::string(id), rect, std::string(text), false});
}

}  // namespace sala::kiosk
