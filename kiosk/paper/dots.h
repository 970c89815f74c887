// Inside this room only: a strip of paper that grows downward, and the ink that is laid on it.
#pragma once

#include <string_view>
#include <vector>

#include "platform/paint/text.h"
#include "platform/printer.h"

namespace sala::kiosk {

struct Band {
    int left = 0;
    int width = 0;
};

class Strip {
  public:
    Strip(int width, const paint::TextEngine& text) : width_(width), text_(text) {}

    int width() const { return width_; }
    int foot() const { return foot_; }
    void skip(int dots) { foot_ += dots; }
    // REQUIRES: dots >= 0.
    void go_to(int dots) { foot_ = dots; }

    // Below what is there, wrapped into `band`; `gap` lies between its highest mark and the line above it.
    void write(std::string_view utf8, paint::TextStyle style, Band band, int gap);
    // The same in one line, as large as fits between the style's size and `min_px`, else wrapped at `min_px`.
    void write_fitting(std::string_view utf8, paint::TextStyle style, int min_px, Band band, int gap);
    // White on a black bar.
    void write_on_bar(std::string_view utf8, paint::TextStyle style, Band band, int gap, int pad);
    void rule(Band band, int gap, int thickness);
    void stamp(const paint::Mask& mask, int left, int top);

    // Some letter had no glyph, or text was cut.
    bool damaged() const { return damaged_; }

    Raster raster(int bottom_margin) const;

  private:
    paint::TextStyle balanced(std::string_view utf8, paint::TextStyle style) const;
    void blacken(int x, int y, bool black);
    void fill(int left, int top, int width, int height);

    int width_;
    const paint::TextEngine& text_;
    int foot_ = 0;
    bool damaged_ = false;
    std::vector<std::vector<bool>> rows_;
};

}  // namespace sala::kiosk
