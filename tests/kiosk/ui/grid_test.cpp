// Units and millimetres: what a finger and an eye need, on displays of every shape.
#include "kiosk/ui/grid.h"

#include <gtest/gtest.h>

#include "kiosk/ui/theme.h"
#include "tests/kiosk/ui/sample_views.h"

namespace sala::kiosk {
namespace {

constexpr double kConsonantShare = 0.565;  // of Loma's em

double millimetres(const Grid& grid, float units, double px_per_mm) {
    return static_cast<double>(units * grid.scale) / px_per_mm;
}

TEST(Grid, GivesFingersTheirMillimetresOnEveryDisplaySalaIsMadeFor) {
    for (const sample::SampleDisplay& display : sample::displays()) {
        const double px_per_mm = display.px_per_mm();
        const Grid grid = grid_of(display.width, display.height, px_per_mm);
        EXPECT_FALSE(grid.cramped) << display.name;
        EXPECT_GE(millimetres(grid, grid.touch, px_per_mm), kTouchMm) << display.name;
        EXPECT_GE(millimetres(grid, grid.face, px_per_mm), kFaceMm) << display.name;
        EXPECT_GE(millimetres(grid, grid.gap, px_per_mm), kGapMm) << display.name;
    }
}

TEST(Grid, SetsCaptionsWhoseConsonantsCanBeReadStanding) {
    const double least_mm[] = {5.0, 4.95, 3.45};  // as ARCHITECTURE.md says, section 6
    for (std::size_t i = 0; i < sample::displays().size(); ++i) {
        const sample::SampleDisplay& display = sample::displays()[i];
        const Grid grid = grid_of(display.width, display.height, display.px_per_mm());
        const double em_mm = millimetres(grid, theme::kBody1 * grid.type, display.px_per_mm());
        EXPECT_GE(em_mm * kConsonantShare, least_mm[i]) << display.name;
    }
}

TEST(Grid, LeavesRoomBetweenHeaderAndStripOnAnyDisplay) {
    for (const auto& [width, height] :
         {std::pair{320, 480}, {800, 600}, {1366, 768}, {2160, 3840}, {4096, 320}}) {
        for (const double px_per_mm : {0.5, 3.78, 20.0}) {
            const Grid grid = grid_of(width, height, px_per_mm);
            EXPECT_GT(grid.body.h, 300) << width << "x" << height;
            EXPECT_GT(grid.body.w, 900) << width << "x" << height;
            EXPECT_LE(grid.body.bottom(), grid.strip.y);
            EXPECT_NEAR(grid.strip.bottom() * grid.scale, static_cast<float>(height), 0.5F);
        }
    }
}

TEST(Grid, SaysWhenADisplayIsTooSmallForItsMillimetres) {
    EXPECT_TRUE(grid_of(800, 480, 10.0).cramped);
    EXPECT_FALSE(grid_of(1080, 1920, 2.0).cramped);
}

}  // namespace
}  // namespace sala::kiosk
