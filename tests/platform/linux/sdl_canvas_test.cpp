#include "platform/linux/sdl_canvas.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace sala {
namespace {

constexpr int kSide = 64;
using Quads = SdlCanvas::Quads;
using Surface = Handle<SDL_Surface, SDL_FreeSurface>;

struct Easel {
    explicit Easel(Quads quads)
        : picture(SDL_CreateRGBSurfaceWithFormat(0, kSide, kSide, 32, SDL_PIXELFORMAT_RGB888)) {
        auto opened = SdlCanvas::open(picture.get(), quads);
        EXPECT_TRUE(opened);
        canvas = std::move(*opened);
        canvas->clear({0, 0, kSide, kSide}, rgb(0xF7F4EC));
    }
    Rgba at(int x, int y) {
        canvas->flush();
        const auto* row = static_cast<const std::uint8_t*>(picture->pixels) + y * picture->pitch;
        return reinterpret_cast<const std::uint32_t*>(row)[x] & 0xFFFFFF;
    }

    Surface picture;
    std::unique_ptr<SdlCanvas> canvas;
};

std::vector<Vertex> quad(float x0, float y0, float x1, float y1, Rgba colour, float u0 = 0, float v0 = 0,
                         float u1 = 1, float v1 = 1) {
    return {{x0, y0, u0, v0, colour},
            {x1, y0, u1, v0, colour},
            {x1, y1, u1, v1, colour},
            {x0, y1, u0, v1, colour}};
}

const std::vector<std::uint16_t> kQuad{0, 1, 2, 0, 2, 3};
constexpr ClipRect kAll{0, 0, kSide, kSide};

std::vector<std::uint8_t> ramp(int width, int height) {
    std::vector<std::uint8_t> alpha;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) alpha.push_back(static_cast<std::uint8_t>((x * 255) / (width - 1)));
    }
    return alpha;
}

// What screens are made of: solid boxes, a tinted mask, a part of a mask, one of them half outside its clip,
// and two triangles that are no quad.
void draw_scene(SdlCanvas& canvas) {
    const TextureId mask = *canvas.create_texture(16, 16, ramp(16, 16));
    canvas.draw(quad(2, 2, 40, 20, rgb(0x123A6B)), kQuad, kNoTexture, kAll);
    canvas.draw(quad(10, 10, 50, 30, rgb(0xA61E22, 128)), kQuad, kNoTexture, kAll);
    canvas.draw(quad(20, 32, 36, 48, rgb(0x0C6B4F)), kQuad, mask, kAll);
    canvas.draw(quad(40, 32, 48, 48, rgb(0xB8560F), 0.5F, 0, 1, 1), kQuad, mask, kAll);
    canvas.draw(quad(0, 40, 16, 56, rgb(0x10213F)), kQuad, mask, {0, 40, 9, 9});
    std::vector<Vertex> triangle{{50, 2, 0, 0, rgb(0)}, {62, 2, 0, 0, rgb(0)}, {56, 14, 0, 0, rgb(0)}};
    canvas.draw(triangle, std::vector<std::uint16_t>{0, 1, 2}, kNoTexture, kAll);
    // After a tinted copy of the same texture, a textured triangle must not be tinted twice.
    std::vector<Vertex> tinted{
        {2, 50, 0, 0, rgb(0xFFFFFF)}, {14, 50, 1, 0, rgb(0xFFFFFF)}, {2, 62, 0, 1, rgb(0xFFFFFF)}};
    canvas.draw(tinted, std::vector<std::uint16_t>{0, 1, 2}, mask, kAll);
}

int channel_distance(Rgba a, Rgba b) {
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        most = std::max(
            most, std::abs(static_cast<int>((a >> shift) & 255) - static_cast<int>((b >> shift) & 255)));
    }
    return most;
}

TEST(SdlCanvas, TheFastRoadForQuadsDrawsWhatThePlainOneDraws) {
    Easel fast(Quads::kFast), plain(Quads::kPlain);
    draw_scene(*fast.canvas);
    draw_scene(*plain.canvas);
    int drawn = 0;
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            // SDL rounds a blend in its copies and in its triangles differently, by one step of 255.
            ASSERT_LE(channel_distance(fast.at(x, y), plain.at(x, y)), 1) << x << "," << y;
            drawn += fast.at(x, y) != 0xF7F4EC;
        }
    }
    EXPECT_GT(drawn, 1000) << "there was something to compare";
}

TEST(SdlCanvas, AMaskTakesTheColourItIsDrawnIn) {
    Easel easel(Quads::kFast);
    const TextureId full = *easel.canvas->create_texture(4, 4, std::vector<std::uint8_t>(16, 255));
    easel.canvas->draw(quad(0, 0, 4, 4, rgb(0x123A6B)), kQuad, full, kAll);
    easel.canvas->draw(quad(8, 0, 12, 4, rgb(0xA61E22)), kQuad, full, kAll);
    EXPECT_EQ(easel.at(1, 1), 0x123A6Bu);
    EXPECT_EQ(easel.at(9, 1), 0xA61E22u);
    EXPECT_EQ(easel.at(6, 1), 0xF7F4ECu);
}

TEST(SdlCanvas, NothingIsDrawnOutsideTheClip) {
    Easel easel(Quads::kFast);
    easel.canvas->draw(quad(0, 0, 64, 64, rgb(0)), kQuad, kNoTexture, {10, 10, 5, 5});
    EXPECT_EQ(easel.at(10, 10), 0u);
    EXPECT_EQ(easel.at(14, 14), 0u);
    EXPECT_EQ(easel.at(9, 10), 0xF7F4ECu);
    EXPECT_EQ(easel.at(15, 10), 0xF7F4ECu);
}

TEST(SdlCanvas, PositionsBetweenPixelsAreSnapped) {
    Easel easel(Quads::kFast);
    easel.canvas->draw(quad(1.4F, 1.6F, 5.4F, 5.6F, rgb(0)), kQuad, kNoTexture, kAll);
    EXPECT_EQ(easel.at(1, 2), 0u);
    EXPECT_EQ(easel.at(4, 5), 0u);
    EXPECT_EQ(easel.at(1, 1), 0xF7F4ECu);
    EXPECT_EQ(easel.at(5, 2), 0xF7F4ECu);
}

TEST(SdlCanvas, RefusesATextureThatDoesNotMatchItsBytes) {
    Easel easel(Quads::kFast);
    const std::vector<std::uint8_t> bytes(16, 255);
    for (const auto& [w, h] :
         std::vector<std::pair<int, int>>{{0, 0}, {4, 5}, {-4, -4}, {kTextureSideMaxPx + 1, 1}}) {
        const auto made = easel.canvas->create_texture(w, h, bytes);
        ASSERT_FALSE(made) << w << "x" << h;
        EXPECT_EQ(made.error().code, "CANVAS-TEXTURE");
    }
    EXPECT_TRUE(easel.canvas->create_texture(4, 4, bytes));
}

TEST(SdlCanvas, ADestroyedTextureDrawsNothing) {
    Easel easel(Quads::kFast);
    const TextureId full = *easel.canvas->create_texture(4, 4, std::vector<std::uint8_t>(16, 255));
    easel.canvas->destroy_texture(full);
    easel.canvas->draw(quad(0, 0, 4, 4, rgb(0)), kQuad, full, kAll);
    EXPECT_EQ(easel.at(1, 1), 0xF7F4ECu);
}

TEST(SdlCanvas, ClearsItsAreaOnly) {
    Easel easel(Quads::kFast);
    easel.canvas->draw(quad(0, 0, 64, 64, rgb(0)), kQuad, kNoTexture, kAll);
    easel.canvas->clear({10, 20, 5, 6}, rgb(0x0C6B4F));
    EXPECT_EQ(easel.at(10, 20), 0x0C6B4Fu);
    EXPECT_EQ(easel.at(14, 25), 0x0C6B4Fu);
    EXPECT_EQ(easel.at(9, 20), 0u);
    EXPECT_EQ(easel.at(15, 25), 0u);
    EXPECT_EQ(easel.at(14, 26), 0u);
}

TEST(SdlCanvas, ANewSurfaceStartsWithoutTexturesAndTheirIdsDrawNothing) {
    Easel easel(Quads::kFast);
    const TextureId old = *easel.canvas->create_texture(4, 4, std::vector<std::uint8_t>(16, 255));
    easel.canvas->leave();
    EXPECT_FALSE(easel.canvas->create_texture(4, 4, std::vector<std::uint8_t>(16, 255)));
    easel.canvas->draw(quad(0, 0, 4, 4, rgb(0)), kQuad, kNoTexture, kAll);
    easel.canvas->clear(kAll, rgb(0));
    easel.canvas->flush();
    easel.picture.reset(SDL_CreateRGBSurfaceWithFormat(0, kSide, kSide, 32, SDL_PIXELFORMAT_RGB888));
    ASSERT_TRUE(easel.canvas->move_to(easel.picture.get()));
    easel.canvas->clear(kAll, rgb(0xF7F4EC));
    const TextureId young = *easel.canvas->create_texture(4, 4, std::vector<std::uint8_t>(16, 255));
    EXPECT_NE(young, old);
    easel.canvas->destroy_texture(old);
    easel.canvas->draw(quad(0, 0, 4, 4, rgb(0)), kQuad, old, kAll);
    easel.canvas->draw(quad(8, 0, 12, 4, rgb(0)), kQuad, young, kAll);
    EXPECT_EQ(easel.at(1, 1), 0xF7F4ECu);
    EXPECT_EQ(easel.at(9, 1), 0u);
}

}  // namespace
}  // namespace sala
