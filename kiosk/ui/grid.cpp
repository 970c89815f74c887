#include "kiosk/ui/grid.h"

#include <algorithm>
#include <cmath>

#include "kiosk/ui/theme.h"

namespace sala::kiosk {
namespace {

constexpr float kShortSide = 1080, kLongSideMin = 1700;
constexpr float kTouchMin = 100, kTouchMax = 168;
constexpr float kFaceMin = 150, kFaceMax = 250;
constexpr float kGapMin = 24, kGapMax = 44;
constexpr float kTypeMax = 1.36F;
constexpr float kCompactFrom = 130;  // units of a button
// A consonant of 5 mm, set in the type of a body text; Loma's consonants are 0.565 em high.
constexpr double kConsonantMm = 5, kConsonantShare = 0.565;

}  // namespace

Grid grid_of(int width_px, int height_px, double px_per_mm) {
    const float w = static_cast<float>(width_px), h = static_cast<float>(height_px);
    Grid grid;
    grid.portrait = h >= w;
    grid.scale = grid.portrait ? std::min(w / kShortSide, h / kLongSideMin)
                               : std::min(w / kLongSideMin, h / kShortSide);
    grid.width = w / grid.scale;
    grid.height = h / grid.scale;
    const auto units = [&](double mm, float least, float most) {
        const float wanted = std::ceil(static_cast<float>(mm * px_per_mm) / grid.scale);
        grid.cramped = grid.cramped || wanted > most;
        return std::clamp(wanted, least, most);
    };
    grid.touch = units(kTouchMm, kTouchMin, kTouchMax);
    grid.face = units(kFaceMm, kFaceMin, kFaceMax);
    grid.gap = units(kGapMm, kGapMin, kGapMax);
    const double body_mm = theme::kBody1 * kConsonantShare * static_cast<double>(grid.scale) / px_per_mm;
    grid.type = std::clamp(static_cast<float>(kConsonantMm / body_mm), 1.0F, kTypeMax);
    grid.compact = !grid.portrait && grid.touch > kCompactFrom;

    const float header = grid.portrait ? 190 : grid.compact ? 98 : 150;
    const float pad = grid.compact ? 12 : 20;  // above and below the buttons of the strip
    const float strip = grid.touch + 2 * pad + theme::kHairline;
    const float air = grid.portrait ? 40 : grid.compact ? 14 : 24;
    // What stands last in the body is as far from the strip's buttons as from its neighbours.
    const float below = std::max(air, grid.gap - pad - theme::kHairline);
    grid.header = {0, 0, grid.width, header};
    grid.strip = {0, grid.height - strip, grid.width, strip};
    grid.body = {theme::kMargin, header + air, grid.width - 2 * theme::kMargin,
                 grid.height - strip - header - air - below};
    return grid;
}

}  // namespace sala::kiosk
