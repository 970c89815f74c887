// On SDL's dummy driver: a display of 1024x768 that nobody sees.
#include "platform/linux/sdl_window.h"

#include <SDL.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

namespace sala {
namespace {

class SdlWindowTest : public testing::Test {
  protected:
    void SetUp() override { setenv("SDL_VIDEODRIVER", "dummy", 1); }

    static std::unique_ptr<Window> open(int width, int height) {
        auto opened = open_sdl_window({.title = "test", .width = width, .height = height});
        EXPECT_TRUE(opened) << opened.error().line();
        std::unique_ptr<Window> window = std::move(*opened);
        for (int i = 0; i < 8; ++i) window->wait(0);  // what opening itself reported
        return window;
    }
};

void push_button(Uint32 type, int x, int y) {
    SDL_Event event{};
    event.type = type;
    event.button.button = SDL_BUTTON_LEFT;
    event.button.x = x;
    event.button.y = y;
    SDL_PushEvent(&event);
}

TEST_F(SdlWindowTest, SaysThatThereIsNoDisplay) {
    setenv("SDL_VIDEODRIVER", "no-such-driver", 1);
    const auto opened = open_sdl_window({.title = "test"});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "WINDOW-NO-DISPLAY");
}

TEST_F(SdlWindowTest, ShowsWhatWasDrawn) {
    const auto window = open(320, 480);
    const ClipRect whole{0, 0, 320, 480};
    window->canvas().clear(whole, rgb(0x123A6B));
    window->present({&whole, 1});
    const Pixels pixels = window->pixels();
    EXPECT_EQ(pixels.width, 320);
    EXPECT_EQ(pixels.height, 480);
    ASSERT_EQ(pixels.rgb.size(), 320u * 480 * 3);
    EXPECT_EQ(pixels.rgb[0], 0x12);
    EXPECT_EQ(pixels.rgb[1], 0x3A);
    EXPECT_EQ(pixels.rgb.back(), 0x6B);
    EXPECT_FALSE(window->wait(0).lost);
}

TEST_F(SdlWindowTest, TellsAFingerInItsOwnPixels) {
    const auto window = open(320, 480);
    EXPECT_EQ(window->width(), 320);
    EXPECT_EQ(window->height(), 480);
    push_button(SDL_MOUSEBUTTONDOWN, 12, 34);
    push_button(SDL_MOUSEBUTTONUP, 12, 34);
    const Frame frame = window->wait(1000);
    ASSERT_EQ(frame.pointers.size(), 2u);
    EXPECT_EQ(frame.pointers[0].x, 12);
    EXPECT_EQ(frame.pointers[0].y, 34);
}

TEST_F(SdlWindowTest, AnotherSizeIsReportedAndDrawnOnWithNewTextures) {
    const auto window = open(320, 480);
    const TextureId old = *window->canvas().create_texture(1, 1, std::vector<std::uint8_t>{255});
    SDL_SetWindowSize(SDL_GetWindowFromID(1), 400, 200);
    const Frame frame = window->wait(1000);
    ASSERT_TRUE(frame.resized);
    EXPECT_EQ(window->width(), 400);
    EXPECT_EQ(window->height(), 200);
    const ClipRect whole{0, 0, 400, 200};
    window->canvas().clear(whole, rgb(0x123A6B));
    window->canvas().destroy_texture(old);
    window->present({&whole, 1});
    const Pixels pixels = window->pixels();
    ASSERT_EQ(pixels.rgb.size(), 400u * 200 * 3);
    EXPECT_EQ(pixels.rgb.back(), 0x6B);
    EXPECT_FALSE(window->wait(0).lost);
}

TEST_F(SdlWindowTest, ADiagonalThatWasMeasuredCountsMoreThanTheDisplay) {
    auto opened = open_sdl_window({.title = "test", .fullscreen = true, .diagonal_mm = 500});
    ASSERT_TRUE(opened);
    const Display display = (*opened)->display();  // the dummy driver's display has 1024x768
    EXPECT_TRUE(display.known);
    EXPECT_DOUBLE_EQ(display.px_per_mm, 1280.0 / 500);
}

TEST_F(SdlWindowTest, AnotherThreadWakesIt) {
    const auto window = open(320, 480);
    std::thread other([&] { window->wake(); });
    EXPECT_TRUE(window->wait(kWaitMaxMs).woken);
    other.join();
    EXPECT_FALSE(window->wait(0).woken) << "once";
}

TEST_F(SdlWindowTest, NoKeyIsReportedAndQuitIs) {
    const auto window = open(320, 480);
    SDL_Event key{};
    key.type = SDL_KEYDOWN;
    key.key.keysym.sym = SDLK_ESCAPE;
    SDL_PushEvent(&key);
    const Frame nothing = window->wait(0);
    EXPECT_FALSE(nothing.quit);
    EXPECT_TRUE(nothing.pointers.empty());
    SDL_Event quit{};
    quit.type = SDL_QUIT;
    SDL_PushEvent(&quit);
    EXPECT_TRUE(window->wait(1000).quit);
}

TEST_F(SdlWindowTest, AnExposedWindowIsReported) {
    const auto window = open(320, 480);
    SDL_Event exposed{};
    exposed.type = SDL_WINDOWEVENT;
    exposed.window.event = SDL_WINDOWEVENT_EXPOSED;
    SDL_PushEvent(&exposed);
    EXPECT_TRUE(window->wait(1000).exposed);
}

// SDL has one queue for all windows; whichever waits takes all of it.
TEST_F(SdlWindowTest, ASecondWindowHasItsOwnNewsAndNoFinger) {
    const auto first = open(320, 480);
    auto opened = open_sdl_window({.title = "board", .width = 640, .height = 360, .second = true});
    ASSERT_TRUE(opened) << opened.error().line();
    const std::unique_ptr<Window> second = std::move(*opened);
    EXPECT_EQ(second->width(), 640);
    for (int i = 0; i < 8; ++i) {
        second->wait(0);
        first->wait(0);
    }
    SDL_Event exposed{};
    exposed.type = SDL_WINDOWEVENT;
    exposed.window.event = SDL_WINDOWEVENT_EXPOSED;
    SDL_Window* board = nullptr;
    for (Uint32 id = 1; id < 1000; ++id) {
        SDL_Window* each = SDL_GetWindowFromID(id);
        if (each && SDL_GetWindowTitle(each) == std::string("board")) board = each;
    }
    ASSERT_NE(board, nullptr);
    exposed.window.windowID = SDL_GetWindowID(board);
    SDL_PushEvent(&exposed);
    const Frame of_first = first->wait(1'000);
    EXPECT_TRUE(of_first.woken) << "it must look after the other one";
    EXPECT_FALSE(of_first.exposed);
    EXPECT_TRUE(second->wait(0).exposed);
    EXPECT_FALSE(first->wait(0).woken);

    push_button(SDL_MOUSEBUTTONDOWN, 10, 10);
    push_button(SDL_MOUSEBUTTONUP, 10, 10);
    EXPECT_TRUE(second->wait(0).pointers.empty());
    EXPECT_EQ(first->wait(0).pointers.size(), 2u);
    first->wake();
    EXPECT_TRUE(second->wait(0).woken) << "the other one has news";
    EXPECT_TRUE(first->wait(0).woken);
}

TEST_F(SdlWindowTest, ThereIsNothingToCoverWithoutASecondDisplay) {
    const auto first = open(320, 480);
    const auto opened = open_sdl_window({.title = "board", .fullscreen = true, .second = true});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "WINDOW-NO-SECOND");
}

}  // namespace
}  // namespace sala
