// What everything on the screen is made of: coverage, to be tinted by one colour when it is shown.
//
// The trap: rows lie side by side without padding, so a mask is not what Cairo or SDL call a surface; copy
// row by row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sala::paint {

// No mask is wider or higher than this: what would be larger is cut (text) or made this large (shapes).
constexpr int kMaskSideMax = 8192;

struct Size {
    int width = 0;
    int height = 0;

    friend auto operator<=>(const Size&, const Size&) = default;
};

// Row-major, width * height bytes: 0 nothing, 255 full ink.
struct Mask {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> alpha;

    // REQUIRES: 0 <= x < width, 0 <= y < height.
    std::uint8_t at(int x, int y) const {
        return alpha[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                     static_cast<std::size_t>(x)];
    }

    friend bool operator==(const Mask&, const Mask&) = default;
};

}  // namespace sala::paint
