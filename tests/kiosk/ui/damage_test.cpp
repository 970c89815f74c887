#include "kiosk/ui/damage.h"

#include <SDL.h>
#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "platform/base/handle.h"
#include "platform/linux/sdl_canvas.h"

namespace sala::kiosk {
namespace {

constexpr int kWidth = 160, kHeight = 120;
constexpr ClipRect kWhole{0, 0, kWidth, kHeight};
constexpr Rgba kPaper = rgb(0xF7F4EC);

Piece box(float x, float y, float w, float h, Rgba colour, TextureId texture = kNoTexture,
          ClipRect clip = kWhole) {
    return {{Vertex{x, y, 0, 0, colour}, Vertex{x + w, y, 1, 0, colour}, Vertex{x + w, y + h, 1, 1, colour},
             Vertex{x, y + h, 0, 1, colour}},
            texture,
            clip};
}

Piece triangle(float x, float y, float side, Rgba colour) {
    const Vertex last{x, y + side, 0, 0, colour};
    return {{Vertex{x, y, 0, 0, colour}, Vertex{x + side, y, 0, 0, colour}, last, last}, kNoTexture, kWhole};
}

// A picture to draw on, with a few masks that have the same ids on each of them.
struct Easel {
    Easel() : picture(SDL_CreateRGBSurfaceWithFormat(0, kWidth, kHeight, 32, SDL_PIXELFORMAT_RGB888)) {
        canvas = std::move(*SdlCanvas::open(picture.get()));
        for (int side = 3; side <= 24; side += 7) {
            std::vector<std::uint8_t> mask;
            for (int i = 0; i < side * side; ++i) mask.push_back(static_cast<std::uint8_t>(i * 37));
            masks.emplace_back(*canvas->create_texture(side, side, mask), static_cast<float>(side));
        }
    }
    bool same_as(const Easel& other) const {
        canvas->flush();
        other.canvas->flush();
        const auto bytes = static_cast<std::size_t>(picture->pitch) * kHeight;
        return std::memcmp(picture->pixels, other.picture->pixels, bytes) == 0;
    }

    Handle<SDL_Surface, SDL_FreeSurface> picture;
    std::unique_ptr<SdlCanvas> canvas;
    std::vector<std::pair<TextureId, float>> masks;
};

// Frames as screens make them, and worse: pieces appear, go, move, change their colour and their order.
class RandomFrames {
  public:
    RandomFrames(unsigned seed, const Easel& easel) : dice_(seed), masks_(easel.masks) {}

    Pieces next() {
        for (int changes = roll(4); changes >= 0; --changes) change();
        if (roll(40) == 0) pieces_.clear();
        while (pieces_.size() < 12) pieces_.push_back(piece());
        return pieces_;
    }

  private:
    int roll(int sides) { return std::uniform_int_distribution(0, sides - 1)(dice_); }
    Rgba colour() { return rgb(static_cast<std::uint32_t>(roll(1 << 24)), roll(2) == 0 ? 255 : 128); }

    Piece piece() {
        const float x = static_cast<float>(roll(kWidth + 20) - 10),
                    y = static_cast<float>(roll(kHeight + 20) - 10);
        const ClipRect clip = roll(3) == 0 ? ClipRect{roll(kWidth), roll(kHeight), 40, 30} : kWhole;
        switch (roll(8)) {
            case 0:
                return triangle(x, y, static_cast<float>(roll(30)), colour());
            case 1:
            case 2:
                return box(x, y, static_cast<float>(roll(60)), static_cast<float>(roll(40)), colour(),
                           kNoTexture, clip);
            case 3:  // between pixels
                return box(x + (roll(2) == 0 ? 0.4F : 0.6F), y + 0.6F, static_cast<float>(roll(20)), 5.5F,
                           colour());
            default: {
                const auto& [mask, side] =
                    masks_[static_cast<std::size_t>(roll(static_cast<int>(masks_.size())))];
                return box(x, y, side, side, colour(), mask, clip);
            }
        }
    }

    void change() {
        if (pieces_.empty()) return;
        const auto at = pieces_.begin() + roll(static_cast<int>(pieces_.size()));
        switch (roll(6)) {
            case 0:
                pieces_.insert(at, piece());
                break;
            case 1:
                pieces_.erase(at);
                break;
            case 2:
                std::swap(*at, pieces_.back());
                break;
            case 3:
                for (int more = roll(kLonger); more > 0; --more) pieces_.insert(pieces_.begin(), piece());
                break;
            case 4:
                for (Vertex& corner : at->corners) corner.colour = rgb(0x0C6B4F);
                break;
            default:
                *at = piece();
        }
        if (pieces_.size() > 60) pieces_.resize(20);
    }

    static constexpr int kLonger = 40;  // than the comparison looks ahead
    std::mt19937 dice_;
    std::vector<std::pair<TextureId, float>> masks_;
    Pieces pieces_;
};

TEST(Damage, FramesDrawnWhereTheyChangedAreTheFramesDrawnWhole) {
    std::int64_t drawn_px = 0;
    constexpr int kFrames = 2000;
    for (const unsigned seed : {1U, 2U, 3U}) {
        Easel partly, whole;
        RandomFrames frames(seed, whole);
        Pieces before;
        draw_area(*partly.canvas, before, kWhole, kPaper);
        for (int i = 0; i < kFrames; ++i) {
            const Pieces after = frames.next();
            const Areas areas = changed_areas(before, after);
            ASSERT_LE(areas.all().size(), kAreasMax);
            for (const ClipRect& area : areas.all()) {
                draw_area(*partly.canvas, after, area, kPaper);
                drawn_px += std::int64_t{area.width} * area.height;
            }
            draw_area(*whole.canvas, after, kWhole, kPaper);
            ASSERT_TRUE(partly.same_as(whole)) << "seed " << seed << ", frame " << i;
            before = after;
        }
    }
    EXPECT_LT(drawn_px, std::int64_t{3} * kFrames * kWidth * kHeight * 9 / 10) << "not by drawing everything";
}

std::vector<ClipRect> changed(const Pieces& before, const Pieces& after) {
    const Areas areas = changed_areas(before, after);
    return {areas.all().begin(), areas.all().end()};
}

TEST(Damage, EqualFramesDifferNowhere) {
    const Pieces frame{box(0, 0, 20, 10, rgb(1)), box(30, 0, 20, 10, rgb(2))};
    EXPECT_TRUE(changed(frame, frame).empty());
}

TEST(Damage, AnotherColourChangesItsPlaceOnly) {
    const Pieces before{box(0, 0, 160, 120, rgb(1)), box(30, 0, 20, 10, rgb(2)), box(0, 50, 9, 9, rgb(3))};
    Pieces after = before;
    after[1] = box(30, 0, 20, 10, rgb(9));
    EXPECT_EQ(changed(before, after), (std::vector<ClipRect>{{30, 0, 20, 10}}));
}

TEST(Damage, WhatMovesChangesWhereItWasAndWhereItIs) {
    const Pieces before{box(0, 0, 160, 120, rgb(1)), box(10, 10, 5, 5, rgb(2))};
    const Pieces after{box(0, 0, 160, 120, rgb(1)), box(100, 80, 5, 5, rgb(2))};
    EXPECT_EQ(changed(before, after), (std::vector<ClipRect>{{10, 10, 5, 5}, {100, 80, 5, 5}}));
}

TEST(Damage, WhatAppearsAmongOthersLeavesThemAlone) {
    const Pieces before{box(0, 0, 9, 9, rgb(1)), box(20, 0, 9, 9, rgb(2)), box(40, 0, 9, 9, rgb(3))};
    Pieces after = before;
    after.insert(after.begin() + 1, {box(60, 60, 9, 9, rgb(4)), box(60, 60, 4, 4, rgb(5))});
    EXPECT_EQ(changed(before, after), (std::vector<ClipRect>{{60, 60, 9, 9}}));
    EXPECT_EQ(changed(after, before), (std::vector<ClipRect>{{60, 60, 9, 9}})) << "and when it goes";
}

TEST(Damage, WhatItsClipHidesChangesNothing) {
    const Pieces after{box(10, 10, 50, 50, rgb(1), kNoTexture, {0, 0, 20, 10}),
                       box(10, 10, 50, 50, rgb(1), kNoTexture, {50, 50, 100, 100})};
    EXPECT_EQ(changed({}, after), (std::vector<ClipRect>{{50, 50, 10, 10}}));
}

TEST(Damage, PlacesThatMeetAreOne) {
    Areas areas;
    areas.add({0, 0, 10, 10});
    areas.add({30, 0, 10, 10});
    areas.add({5, 40, 5, 5});
    areas.add({8, 5, 25, 5});  // joins the first two
    EXPECT_EQ((std::vector<ClipRect>{areas.all().begin(), areas.all().end()}),
              (std::vector<ClipRect>{{5, 40, 5, 5}, {0, 0, 40, 10}}));
    areas.add({0, 8, 6, 40});  // meets both
    EXPECT_EQ((std::vector<ClipRect>{areas.all().begin(), areas.all().end()}),
              (std::vector<ClipRect>{{0, 0, 40, 48}}));
    areas.add({100, 100, 0, 5});
    EXPECT_EQ(areas.all().size(), 1u) << "nothing is no place";
    areas = {};
    areas.add({25, 5, 5, 5});
    areas.add({0, 20, 30, 10});
    areas.add({10, 10, 5, 12});  // meets the second, and grown with it the first
    EXPECT_EQ(areas.all().size(), 1u);
}

TEST(Damage, ManyPlacesBecomeAFewThatHoldThemAll) {
    Pieces after;
    for (int i = 0; i < 30; ++i) {
        after.push_back(box(static_cast<float>(i % 6) * 25, static_cast<float>(i / 6) * 22, 5, 5, rgb(7)));
    }
    const std::vector<ClipRect> areas = changed({}, after);
    EXPECT_LE(areas.size(), kAreasMax);
    for (const Piece& piece : after) {
        const ClipRect p = piece.bounds();
        EXPECT_TRUE(std::any_of(areas.begin(), areas.end(), [&](const ClipRect& a) {
            return a.x <= p.x && a.y <= p.y && a.x + a.width >= p.x + p.width &&
                   a.y + a.height >= p.y + p.height;
        }));
    }
}

}  // namespace
}  // namespace sala::kiosk
