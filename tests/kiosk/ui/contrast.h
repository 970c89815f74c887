// The contrast of two colours as WCAG 2.2 defines it: 1 (none) to 21 (black on white).
#pragma once

#include <algorithm>
#include <cmath>

#include "platform/window.h"

namespace sala {

inline double relative_luminance(Rgba colour) {
    const auto channel = [&](int shift) {
        const double c = ((colour >> shift) & 0xFF) / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(0) + 0.7152 * channel(8) + 0.0722 * channel(16);
}

inline double contrast(Rgba a, Rgba b) {
    const auto [low, high] = std::minmax({relative_luminance(a), relative_luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

}  // namespace sala
