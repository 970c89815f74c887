// Texts: how large, how many lines, and where their ink comes to lie.
#include <cctype>
#include <cmath>

#include "kiosk/ui/ui.h"

namespace sala::kiosk {
namespace {

constexpr std::size_t kFitsMax = 2048;
constexpr int kShrinkStepPx = 2;
constexpr float kSampleEm = 200;
constexpr int kRoundingPx = 4;

// Pango breaks a word that is wider than its line; a smaller type is better.
bool breaks_a_word(std::string_view utf8, const std::vector<std::string>& lines) {
    const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    std::size_t at = 0;
    for (const std::string& line : lines) {
        const std::size_t begin = utf8.find(line, at);
        if (begin == std::string_view::npos || line.empty()) continue;
        if (begin == at && at > 0 && is_letter(utf8[at - 1]) && is_letter(utf8[at])) return true;
        at = begin + line.size();
    }
    return false;
}

}  // namespace

struct Ui::PixelLook {
    const TextLook& look;
    int size, min, one_line;

    paint::TextStyle style(int px, int width_px) const {
        return {.px = px,
                .bold = look.bold,
                .width_px = width_px,
                .align = look.align,
                .line_height = look.line_height,
                .digits_face = look.digits_face};
    }
    int line(int px) const { return static_cast<int>(std::lround(look.line_height * px)); }
};

Ui::PixelLook Ui::pixel_look(const TextLook& look) const {
    const auto size = [&](int units) { return std::max(1, px(static_cast<float>(units))); };
    return {look, size(look.size), size(look.min > 0 ? look.min : look.size),
            look.one_line > 0 ? size(look.one_line) : 0};
}

int Ui::type(int size) const { return static_cast<int>(std::lround(static_cast<float>(size) * grid_.type)); }

float Ui::consonant_height(int px) const {
    if (consonant_share_ == 0) {
        const paint::Text sample = engine_.draw("ก", {.px = static_cast<int>(kSampleEm), .bold = true});
        consonant_share_ = static_cast<float>(sample.baseline - sample.ink_top) / kSampleEm;
    }
    return consonant_share_ * static_cast<float>(px);
}

Ui::Fit Ui::find_fit(const Box& area, std::string_view utf8, const PixelLook& look) const {
    const bool by_hand = utf8.find('\n') != std::string_view::npos;
    const auto hand_lines = static_cast<int>(std::count(utf8.begin(), utf8.end(), '\n') + 1);
    // A width grows with the type, but for the whole pixels around the ink; what is far too wide by the first
    // measure is not measured again.
    const int first = engine_.measure(utf8, look.style(look.size, 0)).width;
    const auto on_one_line = [&](int px) {
        if (px == look.size) return first <= area.w;
        if (static_cast<double>(first) * px / look.size > area.w + kRoundingPx) return false;
        return engine_.measure(utf8, look.style(px, 0)).width <= area.w;
    };
    for (int px = look.size; look.one_line > 0 && px >= look.one_line; px -= kShrinkStepPx) {
        const bool one_line = on_one_line(px);
        if (one_line && look.line(px) <= area.h) return {px, 0, true};
    }
    for (int px = look.size;; px = std::max(px - kShrinkStepPx, look.min)) {
        const int line = look.line(px);
        if (on_one_line(px) && (by_hand || area.h >= line)) {
            const bool fits = hand_lines * line <= area.h;
            if (fits || px <= look.min) return {px, by_hand ? area.w : 0, fits};
        }
        // What was broken by hand is broken again only where even the smallest type needs it.
        if (by_hand && px > look.min) continue;
        const paint::TextStyle wrapped = look.style(px, area.w);
        const std::vector<std::string> lines = engine_.lines(utf8, wrapped);
        const bool fits = static_cast<int>(lines.size()) * line <= area.h && !breaks_a_word(utf8, lines);
        if (fits || px <= look.min) return {px, area.w, fits};
    }
}

Ui::Fit Ui::fit(const Box& area, std::string_view utf8, const PixelLook& look) {
    const std::string key =
        fmt::format("{} {} {} {:d} {} {:d} {} {}x{} {}", look.size, look.min, look.one_line, look.look.bold,
                    look.look.line_height, look.look.digits_face, static_cast<int>(look.look.align), area.w,
                    area.h, utf8);
    if (const auto found = fits_.find(key); found != fits_.end()) return found->second;
    if (fits_.size() >= kFitsMax) fits_.clear();
    return fits_.emplace(key, find_fit(area, utf8, look)).first->second;
}

float Ui::text_height(const Rect& area, std::string_view utf8, const TextLook& look) {
    if (utf8.empty()) return 0;
    const PixelLook set = pixel_look(look);
    const Fit how = fit(box(area), utf8, set);
    const int lines = pictures_.text(utf8, set.style(how.px, how.width_px)).lines;
    return static_cast<float>(lines * set.line(how.px)) / grid_.scale;
}

int Ui::text_size(const Rect& area, std::string_view utf8, const TextLook& look) {
    const Fit how = fit(box(area), utf8, pixel_look(look));
    return static_cast<int>(std::floor(static_cast<float>(how.px) / grid_.scale));
}

float Ui::text_width(std::string_view utf8, const TextLook& look) {
    const PixelLook set = pixel_look(look);
    return static_cast<float>(pictures_.text(utf8, set.style(set.size, 0)).width) / grid_.scale;
}

std::string Ui::cut(std::string_view utf8, float width, const TextLook& look) {
    if (text_width(utf8, look) <= width) return std::string(utf8);
    const PixelLook set = pixel_look(look);
    const int room = px(width) - px(static_cast<float>(look.size));  // an em for the sign
    const std::vector<std::string> lines = engine_.lines(utf8, set.style(set.size, std::max(room, 1)));
    std::string first = lines.empty() ? std::string() : lines.front();
    while (!first.empty() && first.back() == ' ') first.pop_back();
    return first + "…";
}

float Ui::text(const Rect& area, std::string_view utf8, const TextLook& look) {
    if (utf8.empty()) return 0;
    const Box place = box(area);
    const PixelLook set = pixel_look(look);
    const Fit how = fit(place, utf8, set);
    const paint::TextStyle style = set.style(how.px, how.width_px);
    const Picture& shown = pictures_.text(utf8, style);
    const int line = set.line(how.px), height = shown.lines * line, spare = place.h - height;
    const int top = place.y + (look.valign == Valign::kTop      ? 0
                               : look.valign == Valign::kMiddle ? spare / 2
                                                                : spare);
    // The consonants of a line stand in its middle, whatever marks it has, so neighbours share a baseline.
    const int baseline =
        top + static_cast<int>(std::lround((static_cast<float>(line) + consonant_height(how.px)) / 2));
    const int y = baseline - shown.baseline;
    const int x = look.align == Align::kLeft    ? place.x - shown.ink_left
                  : look.align == Align::kRight ? place.right() - shown.ink_right
                                                : place.x + (place.w - shown.ink_left - shown.ink_right) / 2;
    const Rgba colour = look.colour != 0 ? look.colour : palette_->ink;
    picture(shown, x, y, colour);
    const auto rect = [](int rx, int ry, int w, int h) {
        return Rect{static_cast<float>(rx), static_cast<float>(ry), static_cast<float>(w),
                    static_cast<float>(h)};
    };
    texts_.push_back({.text = std::string(utf8),
                      .ink = rect(x + shown.ink_left, y + shown.ink_top, shown.ink_right - shown.ink_left,
                                  shown.ink_bottom - shown.ink_top),
                      .area = rect(place.x, place.y, place.w, place.h),
                      .x = static_cast<float>(x),
                      .y = static_cast<float>(y),
                      .style = style,
                      .colour = colour,
                      .fits = how.fits && shown.texture != kNoTexture,
                      .unknown_glyphs = shown.unknown_glyphs,
                      .covered = covered_});
    return static_cast<float>(height) / grid_.scale;
}

}  // namespace sala::kiosk
