#include "platform/linux/display_size.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace sala {
namespace {

constexpr double kMmPerInch = 25.4;
constexpr double kDiagonalMinMm = 5 * kMmPerInch;
constexpr double kDiagonalMaxMm = 85 * kMmPerInch;
constexpr double kSidesDifferMax = 1.15;
constexpr int kTitleBarShare = 16;  // of the height

// Aspect ratios written where millimetres belong.
constexpr std::array<std::pair<int, int>, 6> kRatiosInEdids{
    {{16, 9}, {16, 10}, {160, 90}, {160, 100}, {1600, 900}, {1600, 1000}}};

bool is_a_ratio(double width_mm, double height_mm) {
    const std::pair sides(static_cast<int>(std::lround(std::max(width_mm, height_mm))),
                          static_cast<int>(std::lround(std::min(width_mm, height_mm))));
    return std::find(kRatiosInEdids.begin(), kRatiosInEdids.end(), sides) != kRatiosInEdids.end();
}

bool are_square_pixels(double x_px_per_mm, double y_px_per_mm) {
    return std::max(x_px_per_mm, y_px_per_mm) <= kSidesDifferMax * std::min(x_px_per_mm, y_px_per_mm);
}

}  // namespace

Display display_of_sides(int width_px, int height_px, double width_mm, double height_mm) {
    if (!(width_mm > 0) || !(height_mm > 0) || is_a_ratio(width_mm, height_mm)) return {};
    const bool square = are_square_pixels(width_px / width_mm, height_px / height_mm) ||
                        are_square_pixels(width_px / height_mm, height_px / width_mm);
    return square ? display_of_diagonal(width_px, height_px, std::hypot(width_mm, height_mm)) : Display{};
}

Display display_of_diagonal(int width_px, int height_px, double diagonal_mm) {
    if (width_px <= 0 || height_px <= 0 || !(diagonal_mm >= kDiagonalMinMm && diagonal_mm <= kDiagonalMaxMm))
        return {};
    return {std::hypot(width_px, height_px) / diagonal_mm, true};
}

Size size_on_desktop(Size wanted, Size desktop) {
    return {std::max(1, std::min(wanted.width, desktop.width)),
            std::max(1, wanted.height <= desktop.height ? wanted.height
                                                        : desktop.height - desktop.height / kTitleBarShare)};
}

}  // namespace sala
