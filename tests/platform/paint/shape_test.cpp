#include "platform/paint/shape.h"

#include <gtest/gtest.h>

#include <numbers>
#include <numeric>

namespace sala::paint {
namespace {

double area(const Mask& mask) { return std::accumulate(mask.alpha.begin(), mask.alpha.end(), 0.0) / 255; }

TEST(Shape, FillsWholePixelsFullyAndHalfPixelsHalf) {
    const Mask mask = fill(Path().rounded_rect(1, 1, 3.5, 2, 0), 6, 4);
    EXPECT_EQ(mask.at(0, 1), 0);
    EXPECT_EQ(mask.at(1, 1), 255);
    EXPECT_EQ(mask.at(3, 2), 255);
    EXPECT_NEAR(mask.at(4, 1), 128, 3);
    EXPECT_EQ(mask.at(5, 1), 0);
    EXPECT_EQ(mask.at(1, 3), 0);
}

TEST(Shape, RoundedBoxIsTheSameOnAllFourCorners) {
    constexpr int kSide = 41;
    constexpr int kSeen =
        8;  // of 255; Cairo samples 15 rows to a pixel and more columns, so quarters differ a little
    const Mask mask = fill(Path().rounded_rect(0, 0, kSide, kSide, 20), kSide, kSide);
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            EXPECT_NEAR(mask.at(x, y), mask.at(kSide - 1 - x, y), kSeen);
            EXPECT_NEAR(mask.at(x, y), mask.at(x, kSide - 1 - y), kSeen);
        }
    }
    EXPECT_EQ(mask.at(0, 0), 0);
    EXPECT_EQ(mask.at(20, 0), 255);
    EXPECT_NEAR(area(mask), kSide * kSide - (4 - std::numbers::pi) * 20 * 20, 2);
}

TEST(Shape, ARadiusTooLargeGivesACircle) {
    EXPECT_NEAR(area(fill(Path().rounded_rect(0, 0, 40, 40, 99), 40, 40)), std::numbers::pi * 400, 2);
    EXPECT_NEAR(area(fill(Path().ellipse(20, 20, 20, 10), 40, 40)), std::numbers::pi * 200, 2);
}

TEST(Shape, AnArcRunsClockwiseFromThreeOClock) {
    const Path quarter = Path().move_to(20, 20).arc(20, 20, 15, 0, std::numbers::pi / 2).close();
    const Mask mask = fill(quarter, 40, 40);
    EXPECT_EQ(mask.at(28, 28), 255) << "right and below";
    EXPECT_EQ(mask.at(28, 12), 0);
    EXPECT_NEAR(area(mask), std::numbers::pi * 225 / 4, 1);
    const Mask back = fill(Path().move_to(20, 20).arc(20, 20, 15, 0, -std::numbers::pi / 2).close(), 40, 40);
    EXPECT_EQ(back.at(28, 12), 255) << "a smaller end angle runs counter-clockwise";
    EXPECT_EQ(back.at(28, 28), 0);
}

TEST(Shape, StrokesHaveRoundEnds) {
    const Mask mask = stroke(Path().move_to(10, 10).line_to(30, 10), 8, 40, 20);
    EXPECT_EQ(mask.at(7, 10), 255) << "the cap reaches past the end";
    EXPECT_EQ(mask.at(6, 6), 0) << "and is round";
    EXPECT_NEAR(area(mask), 20 * 8 + std::numbers::pi * 16, 1);
}

TEST(Shape, PunchesHolesAndAddsInTheOrderOfTheCalls) {
    MaskPainter painter(40, 40);
    painter.add(Path().ellipse(20, 20, 20, 20))
        .punch(Path().ellipse(20, 20, 10, 10))
        .add(Path().ellipse(20, 20, 4, 4));
    painter.punch_stroke(Path().move_to(20, 2).line_to(20, 6), 2);
    const Mask mask = painter.mask();
    EXPECT_EQ(mask.at(20, 20), 255);
    EXPECT_EQ(mask.at(20, 27), 0);
    EXPECT_EQ(mask.at(20, 34), 255);
    EXPECT_EQ(mask.at(20, 4), 0);
    EXPECT_EQ(mask, painter.mask());
}

TEST(Shape, SidesStayWithinBounds) {
    EXPECT_EQ(fill(Path(), 0, -3), (Mask{1, 1, {0}}));
    EXPECT_EQ(fill(Path(), kMaskSideMax + 1, 1).width, kMaskSideMax);
}

}  // namespace
}  // namespace sala::paint
