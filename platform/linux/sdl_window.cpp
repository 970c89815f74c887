#include "platform/linux/sdl_window.h"

#include <SDL.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "platform/base/handle.h"
#include "platform/linux/sdl_canvas.h"
#include "platform/linux/touch.h"

namespace sala {
namespace {

constexpr int kEventsPerWaitMax = 4096;
constexpr double kRoomForTitleBar = 0.94;  // of a display too small for the whole screen
constexpr Uint8 kLetterbox[3] = {0x12, 0x3A, 0x6B};

using Surface = Handle<SDL_Surface, SDL_FreeSurface>;
using SdlWindowHandle = Handle<SDL_Window, SDL_DestroyWindow>;

Error failed(const char* code, const char* what_thai, const char* what_english) {
    return {
        code, fmt::format("{} ({}) โปรดตรวจสอบจอภาพแล้วเริ่มโปรแกรมใหม่", what_thai, SDL_GetError()),
        fmt::format("{}: {}. Check the display and start the program again.", what_english, SDL_GetError())};
}

// SDL itself, for as long as the window lives.
class VideoSystem {
  public:
    static Result<std::unique_ptr<VideoSystem>> open() {
        // SDL's translations between touch and mouse lose lifts on X11; TouchTracker reads the real events.
        SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
        SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
        // The first click after the window got the focus is a visitor's tap like any other.
        SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
        SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
        SDL_SetHint(SDL_HINT_IME_INTERNAL_EDITING, "0");
        if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
            return failed("WINDOW-NO-DISPLAY", "เปิดจอภาพไม่สำเร็จ", "No display could be opened");
        }
        // By default SDL shows a software surface through OpenGL: three times slower and 80 MB larger without
        // a GPU. Native Wayland has no other way, so there it stays.
        const char* name = SDL_GetCurrentVideoDriver();
        const std::string_view driver = name ? name : "";
        if (driver == "x11" || driver == "dummy" || driver == "offscreen") {
            SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
        }
        SDL_StopTextInput();
        for (const Uint32 ignored : {SDL_KEYDOWN, SDL_KEYUP, SDL_TEXTINPUT, SDL_TEXTEDITING, SDL_MOUSEWHEEL,
                                     SDL_DROPFILE, SDL_DROPTEXT}) {
            SDL_EventState(ignored, SDL_IGNORE);
        }
        return std::unique_ptr<VideoSystem>(new VideoSystem);
    }
    ~VideoSystem() { SDL_QuitSubSystem(SDL_INIT_VIDEO); }
    VideoSystem(const VideoSystem&) = delete;
    VideoSystem& operator=(const VideoSystem&) = delete;

  private:
    VideoSystem() = default;
};

SDL_Rect first_window(const SdlWindowOptions& options) {
    SDL_Rect room{0, 0, options.logical_width, options.logical_height};
    SDL_GetDisplayUsableBounds(0, &room);
    double scale = std::min(static_cast<double>(room.w) / options.logical_width,
                            static_cast<double>(room.h) / options.logical_height);
    scale = scale < 1 ? scale * kRoomForTitleBar : 1;
    return {SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
            std::max(1, static_cast<int>(options.logical_width * scale)),
            std::max(1, static_cast<int>(options.logical_height * scale))};
}

class SdlWindow : public Window {
  public:
    SdlWindow(std::unique_ptr<VideoSystem> video, SdlWindowHandle window, Surface picture,
              std::unique_ptr<SdlCanvas> canvas, Uint32 wake_event)
        : video_(std::move(video)),
          window_(std::move(window)),
          picture_(std::move(picture)),
          canvas_(std::move(canvas)),
          wake_event_(wake_event) {}

    Frame wait(int timeout_ms) override {
        const Uint64 deadline = SDL_GetTicks64() + static_cast<Uint64>(std::clamp(timeout_ms, 0, kWaitMaxMs));
        Frame frame;
        const auto anything = [&] {
            return !frame.pointers.empty() || frame.quit || frame.exposed || frame.woken || frame.lost;
        };
        frame.lost = lost_;
        for (;;) {
            SDL_Event event;
            for (int n = 0; n < kEventsPerWaitMax && SDL_PollEvent(&event); ++n) take(event, frame);
            const Uint64 now = SDL_GetTicks64();
            if (anything() || now >= deadline) return frame;
            // May come back early with nothing, hence the loop on our own deadline.
            if (SDL_WaitEventTimeout(&event, static_cast<int>(deadline - now))) take(event, frame);
        }
    }

    void wake() override {
        SDL_Event event{};
        event.type = wake_event_;
        SDL_PushEvent(&event);
    }

    Canvas& canvas() override { return *canvas_; }

    void present() override {
        canvas_->flush();
        SDL_Surface* shown = SDL_GetWindowSurface(window_.get());
        lost_ = !shown || !copy_to(shown) || SDL_UpdateWindowSurface(window_.get()) != 0;
    }

    int logical_width() const override { return picture_->w; }
    int logical_height() const override { return picture_->h; }

    Placement placement() const override {
        int w = 0, h = 0;
        SDL_GetWindowSize(window_.get(), &w, &h);
        const float scale =
            std::max(0.01F, std::min(static_cast<float>(w) / static_cast<float>(picture_->w),
                                     static_cast<float>(h) / static_cast<float>(picture_->h)));
        const int shown_w = static_cast<int>(std::lround(static_cast<float>(picture_->w) * scale));
        const int shown_h = static_cast<int>(std::lround(static_cast<float>(picture_->h) * scale));
        return {scale, (w - shown_w) / 2, (h - shown_h) / 2};
    }

    Pixels pixels() const override {
        canvas_->flush();
        Pixels out{picture_->w, picture_->h, {}};
        out.rgb.resize(static_cast<std::size_t>(picture_->w) * static_cast<std::size_t>(picture_->h) * 3);
        SDL_ConvertPixels(picture_->w, picture_->h, picture_->format->format, picture_->pixels,
                          picture_->pitch, SDL_PIXELFORMAT_RGB24, out.rgb.data(), picture_->w * 3);
        return out;
    }

  private:
    bool copy_to(SDL_Surface* shown) {
        const Placement placed = placement();
        if (placed.scale == 1 && placed.x == 0 && placed.y == 0) {
            return SDL_BlitSurface(picture_.get(), nullptr, shown, nullptr) == 0;
        }
        SDL_Rect target{placed.x, placed.y,
                        static_cast<int>(std::lround(static_cast<float>(picture_->w) * placed.scale)),
                        static_cast<int>(std::lround(static_cast<float>(picture_->h) * placed.scale))};
        if (placed.x > 0 || placed.y > 0) {
            SDL_FillRect(shown, nullptr,
                         SDL_MapRGB(shown->format, kLetterbox[0], kLetterbox[1], kLetterbox[2]));
        }
        if (shown->format->format == picture_->format->format) {
            return SDL_SoftStretchLinear(picture_.get(), nullptr, shown, &target) == 0;
        }
        return SDL_BlitScaled(picture_.get(), nullptr, shown, &target) == 0;
    }

    void take(const SDL_Event& event, Frame& frame) {
        if (event.type == wake_event_) {
            frame.woken = true;
        } else if (event.type == SDL_QUIT) {
            frame.quit = true;
        } else if (event.type == SDL_WINDOWEVENT) {
            const Uint8 what = event.window.event;
            frame.exposed = frame.exposed || what == SDL_WINDOWEVENT_EXPOSED ||
                            what == SDL_WINDOWEVENT_SHOWN || what == SDL_WINDOWEVENT_RESTORED ||
                            what == SDL_WINDOWEVENT_SIZE_CHANGED;
        } else {
            TouchArea area{placement(), 0, 0};
            SDL_GetWindowSize(window_.get(), &area.window_width, &area.window_height);
            touch_.feed(event, area, frame.pointers);
        }
    }

    std::unique_ptr<VideoSystem> video_;  // first in, last out
    SdlWindowHandle window_;
    Surface picture_;
    std::unique_ptr<SdlCanvas> canvas_;
    Uint32 wake_event_;
    TouchTracker touch_{SDL_GetNumTouchFingers};
    bool lost_ = false;
};

}  // namespace

Result<std::unique_ptr<Window>> open_sdl_window(const SdlWindowOptions& options) {
    auto video = VideoSystem::open();
    if (!video) return video.error();

    const SDL_Rect place = first_window(options);
    SdlWindowHandle window(SDL_CreateWindow(options.title.c_str(), place.x, place.y, place.w, place.h,
                                            options.fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0));
    if (!window) return failed("WINDOW-FAILED", "เปิดหน้าต่างไม่สำเร็จ", "The window could not be opened");
    SDL_Surface* shown = SDL_GetWindowSurface(window.get());
    if (!shown) return failed("WINDOW-FAILED", "วาดบนจอภาพไม่ได้", "The window cannot be drawn on");

    // Our own picture rather than the window's surface: that one is replaced whenever the window changes its
    // size, and takes renderer and textures along. Its format saves a conversion per frame.
    const Uint32 format =
        shown->format->BytesPerPixel == 4 ? shown->format->format : Uint32{SDL_PIXELFORMAT_RGB888};
    Surface picture(
        SDL_CreateRGBSurfaceWithFormat(0, options.logical_width, options.logical_height, 32, format));
    if (!picture)
        return failed("WINDOW-FAILED", "จองหน่วยความจำสำหรับหน้าจอไม่สำเร็จ", "No memory for the screen");
    SDL_SetSurfaceBlendMode(picture.get(), SDL_BLENDMODE_NONE);

    auto canvas = SdlCanvas::open(picture.get());
    if (!canvas) return canvas.error();
    const Uint32 wake_event = SDL_RegisterEvents(1);
    if (wake_event == static_cast<Uint32>(-1)) {
        return failed("WINDOW-FAILED", "เตรียมรับเหตุการณ์ไม่สำเร็จ", "Events could not be prepared");
    }
    if (options.fullscreen) SDL_ShowCursor(SDL_DISABLE);
    return std::unique_ptr<Window>(std::make_unique<SdlWindow>(
        std::move(*video), std::move(window), std::move(picture), std::move(*canvas), wake_event));
}

}  // namespace sala
