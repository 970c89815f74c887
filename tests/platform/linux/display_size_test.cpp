#include "platform/linux/display_size.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sala {
namespace {

TEST(DisplaySize, ADisplayIsBelievedWhereItsSidesFitItsPixels) {
    const Display display = display_of_sides(1920, 1080, 598, 336);
    EXPECT_TRUE(display.known);
    EXPECT_NEAR(display.px_per_mm, 3.21, 0.01);
}

TEST(DisplaySize, ATurnedDisplayMayGiveItsSidesTheOtherWayRound) {
    const Display display = display_of_sides(1080, 1920, 598, 336);
    EXPECT_TRUE(display.known);
    EXPECT_DOUBLE_EQ(display.px_per_mm, display_of_sides(1920, 1080, 598, 336).px_per_mm);
}

TEST(DisplaySize, WhatCannotBeIsNotKnownAndTakenFor96Dpi) {
    const double bad[][4] = {
        {1920, 1080, 0, 0},     {1920, 1080, -598, -336}, {1920, 1080, 598, 0},
        {1920, 1080, NAN, 336}, {1920, 1080, 16, 9},      {1920, 1080, 160, 90},
        {1080, 1920, 90, 160},  {1280, 800, 160, 100},    {1920, 1080, 1600, 900},  // ratios
        {1920, 1080, 100, 56},  {1920, 1080, 1930, 1086},                           // a telephone, a wall
        {1920, 1080, 598, 280}, {1920, 1080, 336, 336},  // pixels that are not square
        {0, 0, 598, 336},
    };
    for (const auto& [w, h, width_mm, height_mm] : bad) {
        const Display display =
            display_of_sides(static_cast<int>(w), static_cast<int>(h), width_mm, height_mm);
        EXPECT_FALSE(display.known) << width_mm << "x" << height_mm;
        EXPECT_DOUBLE_EQ(display.px_per_mm, 96 / 25.4);
    }
}

TEST(DisplaySize, TheSmallestAndTheLargestDisplayAreBelieved) {
    EXPECT_TRUE(display_of_sides(800, 480, 111, 66.6).known);     // 5.1 inches
    EXPECT_TRUE(display_of_sides(3840, 2160, 1880, 1057).known);  // 84.9 inches
    EXPECT_TRUE(display_of_sides(1280, 1024, 376, 270).known) << "sides that differ by a seventh";
}

TEST(DisplaySize, AMeasuredDiagonalIsHeldToTheSameLimits) {
    EXPECT_DOUBLE_EQ(display_of_diagonal(1080, 1920, 600).px_per_mm, std::hypot(1080, 1920) / 600);
    for (const double mm : {0.0, -1.0, 126.0, 2160.0, std::nan("")}) {
        EXPECT_FALSE(display_of_diagonal(1080, 1920, mm).known) << mm;
    }
}

TEST(DisplaySize, AWindowFitsTheDesktop) {
    const auto fit = [](Size wanted, Size desktop) {
        const Size size = size_on_desktop(wanted, desktop);
        return std::pair(size.width, size.height);
    };
    EXPECT_EQ(fit({1080, 1920}, {1080, 1920}), std::pair(1080, 1920));
    EXPECT_EQ(fit({1080, 1920}, {1920, 1080}), std::pair(1080, 1013)) << "room for a title bar";
    EXPECT_EQ(fit({1920, 1080}, {1280, 2000}), std::pair(1280, 1080));
    EXPECT_EQ(fit({-5, 0}, {1280, 800}), std::pair(1, 1));
}

}  // namespace
}  // namespace sala
