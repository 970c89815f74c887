#include "kiosk/paper/dots.h"

#include <algorithm>

namespace sala::kiosk {
namespace {

constexpr std::uint8_t kHalf = 128;
constexpr int kBalanceStep = 16;
constexpr double kBelowBaseline = 0.2;  // of the em

// Lines stand at even distances whether or not a vowel hangs below them; digits end where their ink does.
int foot_of(const paint::Text& drawn, const paint::TextStyle& style) {
    if (style.digits_face) return drawn.ink_bottom;
    const double below_first = (drawn.lines - 1) * style.line_height + kBelowBaseline;
    return drawn.baseline + static_cast<int>(below_first * style.px);
}

}  // namespace

void Strip::blacken(int x, int y, bool black) {
    if (x < 0 || x >= width_ || y < 0 || y >= kRasterHeightMax) return;
    const auto row = static_cast<std::size_t>(y);
    if (rows_.size() <= row) rows_.resize(row + 1, std::vector<bool>(static_cast<std::size_t>(width_)));
    rows_[row][static_cast<std::size_t>(x)] = black;
}

void Strip::fill(int left, int top, int width, int height) {
    for (int y = top; y < top + height; ++y) {
        for (int x = left; x < left + width; ++x) blacken(x, y, true);
    }
}

void Strip::stamp(const paint::Mask& mask, int left, int top) {
    for (int y = 0; y < mask.height; ++y) {
        for (int x = 0; x < mask.width; ++x) {
            if (mask.at(x, y) >= kHalf) blacken(left + x, top + y, true);
        }
    }
}

// The narrowest column that takes no more lines, so that the last line holds more than a leftover word.
paint::TextStyle Strip::balanced(std::string_view utf8, paint::TextStyle style) const {
    if (style.align != paint::Align::kCenter) return style;
    const std::size_t lines = text_.lines(utf8, style).size();
    if (lines < 2) return style;
    paint::TextStyle narrower = style;
    for (narrower.width_px -= kBalanceStep; narrower.width_px > style.width_px / 2;
         narrower.width_px -= kBalanceStep) {
        if (text_.lines(utf8, narrower).size() > lines) break;
        style.width_px = narrower.width_px;
    }
    return style;
}

void Strip::write(std::string_view utf8, paint::TextStyle style, Band band, int gap) {
    style.width_px = band.width;
    const paint::Text drawn = text_.draw(utf8, balanced(utf8, style));
    const int shift = (band.width - drawn.mask.width) / 2;
    // Ink outside of its band would be on the neighbour or off the paper.
    damaged_ = damaged_ || drawn.unknown_glyphs || drawn.ink_right - drawn.ink_left > band.width;
    const int top = foot_ + gap - drawn.ink_top;
    stamp(drawn.mask, style.align == paint::Align::kCenter ? band.left + shift : band.left, top);
    foot_ = top + foot_of(drawn, style);
}

void Strip::write_fitting(std::string_view utf8, paint::TextStyle style, int min_px, Band band, int gap) {
    style.width_px = 0;
    while (style.px > min_px && text_.measure(utf8, style).width > band.width) --style.px;
    write(utf8, style, band, gap);
}

void Strip::write_on_bar(std::string_view utf8, paint::TextStyle style, Band band, int gap, int pad) {
    style.width_px = band.width;
    const paint::Text drawn = text_.draw(utf8, style);
    damaged_ = damaged_ || drawn.unknown_glyphs || drawn.ink_right - drawn.ink_left > band.width;
    const int top = foot_ + gap;
    const int height = drawn.ink_bottom - drawn.ink_top + 2 * pad;
    fill(band.left, top, band.width, height);
    for (int y = drawn.ink_top; y < drawn.ink_bottom; ++y) {
        for (int x = drawn.ink_left; x < drawn.ink_right; ++x) {
            if (drawn.mask.at(x, y) >= kHalf) blacken(band.left + x, top + pad + y - drawn.ink_top, false);
        }
    }
    foot_ = top + height;
}

void Strip::rule(Band band, int gap, int thickness) {
    fill(band.left, foot_ + gap, band.width, thickness);
    foot_ += gap + thickness;
}

Raster Strip::raster(int bottom_margin) const {
    Raster raster{width_, std::min(foot_ + bottom_margin, kRasterHeightMax), {}};
    raster.bits.resize(raster.row_bytes() * static_cast<std::size_t>(raster.height));
    for (std::size_t y = 0; y < rows_.size() && y < static_cast<std::size_t>(raster.height); ++y) {
        for (std::size_t x = 0; x < rows_[y].size(); ++x) {
            if (rows_[y][x])
                raster.bits[y * raster.row_bytes() + x / 8] |= static_cast<std::uint8_t>(0x80 >> x % 8);
        }
    }
    return raster;
}

}  // namespace sala::kiosk
