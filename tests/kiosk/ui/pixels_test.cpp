// What is on the screen, pixel by pixel: every text is what Pango draws, on a ground of one colour that
// lets it be read.
#include <gtest/gtest.h>

#include <set>

#include "kiosk/ui/imgui_host.h"
#include "kiosk/ui/ui.h"
#include "platform/linux/sdl_window.h"
#include "tests/kiosk/ui/contrast.h"
#include "tests/kiosk/ui/sample_views.h"

namespace sala::kiosk {
namespace {

constexpr double kTextContrastMin = 10, kHighContrastMin = 20, kFaceContrastMin = 4.5;
constexpr int kRoundingMax = 2;  // of 255: SDL's blending against exact arithmetic

struct Rgb {
    int r = 0, g = 0, b = 0;
    Rgba packed() const {
        return 0xFF000000U | static_cast<Rgba>(b) << 16 | static_cast<Rgba>(g) << 8 | static_cast<Rgba>(r);
    }
};

Rgb rgb_of(Rgba colour) {
    return {static_cast<int>(colour & 0xFF), static_cast<int>(colour >> 8 & 0xFF),
            static_cast<int>(colour >> 16 & 0xFF)};
}

Rgb at(const Pixels& pixels, int x, int y) {
    const std::size_t i = 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(pixels.width) +
                               static_cast<std::size_t>(x));
    return {pixels.rgb[i], pixels.rgb[i + 1], pixels.rgb[i + 2]};
}

int blend(int ground, int ink, int alpha) { return ground + (ink - ground) * alpha / 255; }

bool near(const Rgb& a, const Rgb& b) {
    return std::abs(a.r - b.r) <= kRoundingMax && std::abs(a.g - b.g) <= kRoundingMax &&
           std::abs(a.b - b.b) <= kRoundingMax;
}

class PixelsTest : public testing::TestWithParam<sample::SampleDisplay> {
  protected:
    // The colour behind a text, if its pixels are what Pango draws on that colour; else nothing.
    std::optional<Rgb> ground_of(const Pixels& pixels, const DrawnText& text) const {
        const paint::Text direct = engine_.draw(text.text, text.style);
        const int left = static_cast<int>(text.x), top = static_cast<int>(text.y);
        const Rgb ink = rgb_of(text.colour);
        const auto inside = [&](int x, int y) {
            return x >= 0 && y >= 0 && x < pixels.width && y < pixels.height;
        };
        std::optional<Rgb> ground;
        for (int pass = 0; pass < 2; ++pass) {
            for (int y = direct.ink_top; y < direct.ink_bottom; ++y) {
                for (int x = direct.ink_left; x < direct.ink_right; ++x) {
                    if (!inside(left + x, top + y)) return {};
                    const int alpha = direct.mask.at(x, y);
                    const Rgb seen = at(pixels, left + x, top + y);
                    if (pass == 0 && alpha == 0 && !ground) ground = seen;
                    if (pass == 0) continue;
                    const Rgb wanted{blend(ground->r, ink.r, alpha), blend(ground->g, ink.g, alpha),
                                     blend(ground->b, ink.b, alpha)};
                    if (!near(seen, wanted)) return {};
                }
            }
            if (!ground) return {};
        }
        return ground;
    }

    static paint::TextEngine open_engine() {
        auto opened = paint::TextEngine::open();
        if (!opened) std::abort();
        return std::move(*opened);
    }

    paint::TextEngine engine_ = open_engine();
};

TEST_P(PixelsTest, EveryTextIsWhatPangoDrawsOnAGroundThatLetsItBeRead) {
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    const sample::SampleDisplay& display = GetParam();
    auto window = open_sdl_window({.title = "pixels",
                                   .width = display.width,
                                   .height = display.height,
                                   .diagonal_mm = display.diagonal_mm});
    ASSERT_TRUE(window) << window.error().line();
    const sample::Offices offices;
    ImguiHost host(**window, engine_);
    std::size_t texts = 0;
    for (const sample::Scene& scene : sample::scenes(offices)) {
        SCOPED_TRACE(display.name + " " + scene.name);
        host.request_frame();
        host.frame({.office = *scene.office,
                    .state = scene.state,
                    .now = scene.now,
                    .config_refused = scene.config_refused()});
        const Pixels pixels = (*window)->pixels();
        for (const DrawnText& text : host.texts()) {
            if (text.covered) continue;
            const std::optional<Rgb> ground = ground_of(pixels, text);
            EXPECT_TRUE(ground) << "not what Pango draws: " << text.text;
            if (!ground) continue;
            const double least = scene.state.high_contrast ? kHighContrastMin : kTextContrastMin;
            EXPECT_GE(contrast(text.colour, ground->packed()), least) << text.text;
            ++texts;
        }
    }
    EXPECT_GT(texts, 1000u);
}

INSTANTIATE_TEST_SUITE_P(Displays, PixelsTest, testing::ValuesIn(sample::displays()),
                         [](const auto& tested) { return "On" + tested.param.name; });

TEST(Theme, FacesStandOutFromTheCardAndTheirFeaturesFromThem) {
    for (const theme::Palette& palette : {theme::kUsual, theme::kHighContrast}) {
        for (std::size_t i = 0; i < palette.faces.size(); ++i) {
            EXPECT_GE(contrast(palette.faces[i], palette.card), kFaceContrastMin) << i + 1;
            EXPECT_GE(contrast(palette.faces[i], palette.face_features), kFaceContrastMin) << i + 1;
            EXPECT_GE(contrast(palette.faces_pressed[i], palette.face_features), kFaceContrastMin) << i + 1;
        }
        for (const Rgba edge : {palette.navy, palette.good, palette.bad}) {
            EXPECT_GE(contrast(edge, palette.card), kFaceContrastMin);
            EXPECT_GE(contrast(edge, palette.paper), kFaceContrastMin);
        }
    }
}

}  // namespace
}  // namespace sala::kiosk
