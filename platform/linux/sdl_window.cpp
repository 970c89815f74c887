#include "platform/linux/sdl_window.h"

#include <SDL.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "platform/base/handle.h"
#include "platform/linux/display_size.h"
#include "platform/linux/sdl_canvas.h"
#include "platform/linux/touch.h"
#include "platform/linux/x_screen.h"

namespace sala {
namespace {

constexpr int kEventsPerWaitMax = 4096;
constexpr double kMmPerInch = 25.4;

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

Size first_size(const SdlWindowOptions& options, int display) {
    const Size wanted{options.width, options.height};
    const bool seen = std::string_view(SDL_GetCurrentVideoDriver()) != "dummy";
    SDL_Rect desktop;
    if (!seen || SDL_GetDisplayUsableBounds(display, &desktop) != 0) return wanted;
    return size_on_desktop(wanted, {desktop.w, desktop.h});
}

// A display that shows something else than the first one does.
std::optional<int> second_display() {
    SDL_Rect first, other;
    if (SDL_GetDisplayBounds(0, &first) != 0) return std::nullopt;
    for (int display = 1; display < SDL_GetNumVideoDisplays(); ++display) {
        if (SDL_GetDisplayBounds(display, &other) == 0 && !SDL_HasIntersection(&first, &other))
            return display;
    }
    return std::nullopt;
}

// Which window an event is for; 0: every one.
Uint32 window_of(const SDL_Event& event) {
    switch (event.type) {
        case SDL_WINDOWEVENT:
            return event.window.windowID;
        case SDL_MOUSEMOTION:
            return event.motion.windowID;
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP:
            return event.button.windowID;
        case SDL_FINGERDOWN:
        case SDL_FINGERUP:
        case SDL_FINGERMOTION:
            return event.tfinger.windowID;
        default:
            return 0;
    }
}

// Where the display itself cannot be asked.
Display display_by_sdl(SDL_Window* window) {
    const int index = SDL_GetWindowDisplayIndex(window);
    SDL_Rect bounds;
    float x_dpi = 0, y_dpi = 0;
    if (SDL_GetDisplayBounds(index, &bounds) != 0 || SDL_GetDisplayDPI(index, nullptr, &x_dpi, &y_dpi) != 0 ||
        !(x_dpi > 0) || !(y_dpi > 0)) {
        return {};
    }
    return display_of_sides(bounds.w, bounds.h, bounds.w * kMmPerInch / static_cast<double>(x_dpi),
                            bounds.h * kMmPerInch / static_cast<double>(y_dpi));
}

class SdlWindow final : public Window {
  public:
    SdlWindow(std::unique_ptr<VideoSystem> video, SdlWindowHandle window, SDL_Surface* surface,
              std::unique_ptr<SdlCanvas> canvas, Uint32 wake_event, const SdlWindowOptions& options)
        : video_(std::move(video)),
          window_(std::move(window)),
          surface_(surface),
          canvas_(std::move(canvas)),
          wake_event_(wake_event),
          options_(options),
          screen_(XScreen::of(window_.get())) {
        take_in_display();
        all().push_back(this);
    }
    ~SdlWindow() override { std::erase(all(), this); }
    SdlWindow(const SdlWindow&) = delete;
    SdlWindow& operator=(const SdlWindow&) = delete;

    Frame wait(int timeout_ms) override {
        const Uint64 deadline = SDL_GetTicks64() + static_cast<Uint64>(std::clamp(timeout_ms, 0, kWaitMaxMs));
        for (;;) {
            SDL_Event event;
            for (int n = 0; n < kEventsPerWaitMax && SDL_PollEvent(&event); ++n) sort(event);
            const Uint64 now = SDL_GetTicks64();
            if (has_news() || lost_ || now >= deadline) return take_news();
            // May come back early with nothing, hence the loop on our own deadline.
            if (SDL_WaitEventTimeout(&event, static_cast<int>(deadline - now))) sort(event);
        }
    }

    void wake() override {
        SDL_Event event{};
        event.type = wake_event_;
        SDL_PushEvent(&event);
    }

    Canvas& canvas() override { return *canvas_; }

    void present(std::span<const ClipRect> areas) override {
        canvas_->flush();
        shown_.clear();
        for (const ClipRect& area : areas) shown_.push_back({area.x, area.y, area.width, area.height});
        // A resize that was not reported yet makes this fail; what comes of it is drawn after the report.
        const bool shown =
            shown_.empty() ||
            SDL_UpdateWindowSurfaceRects(window_.get(), shown_.data(), static_cast<int>(shown_.size())) == 0;
        lost_ = !shown && !SDL_HasEvent(SDL_WINDOWEVENT);
    }

    int width() const override { return surface_ ? surface_->w : 0; }
    int height() const override { return surface_ ? surface_->h : 0; }
    Display display() const override { return display_; }

    Pixels pixels() const override {
        canvas_->flush();
        Pixels out{width(), height(), {}};
        if (!surface_) return out;
        out.rgb.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) * 3);
        SDL_ConvertPixels(out.width, out.height, surface_->format->format, surface_->pixels, surface_->pitch,
                          SDL_PIXELFORMAT_RGB24, out.rgb.data(), out.width * 3);
        return out;
    }

  private:
    // The windows of the program, in the order of their opening.
    static std::vector<SdlWindow*>& all() {
        static std::vector<SdlWindow*> windows;
        return windows;
    }

    static void sort(const SDL_Event& event) {
        const Uint32 id = window_of(event);
        for (SdlWindow* each : all()) {
            if (id == 0 || id == SDL_GetWindowID(each->window_.get())) each->take(event);
        }
    }

    bool is_told() const {
        return !news_.pointers.empty() || news_.quit || news_.exposed || news_.woken || size_changed_ ||
               display_changed_;
    }
    static bool has_news() { return std::ranges::any_of(all(), &SdlWindow::is_told); }

    Frame take_news() {
        follow_display();
        Frame news = std::exchange(news_, {});
        news.lost = lost_;
        news.woken = news.woken || has_news();
        return news;
    }

    void take(const SDL_Event& event) {
        if (event.type == wake_event_) {
            news_.woken = true;
        } else if (event.type == SDL_QUIT) {
            news_.quit = true;
        } else if (event.type == SDL_WINDOWEVENT) {
            const Uint8 what = event.window.event;
            news_.exposed = news_.exposed || what == SDL_WINDOWEVENT_EXPOSED ||
                            what == SDL_WINDOWEVENT_SHOWN || what == SDL_WINDOWEVENT_RESTORED;
            size_changed_ = size_changed_ || what == SDL_WINDOWEVENT_SIZE_CHANGED;
            // Of the last window alone SDL makes a quit.
            news_.quit = news_.quit || what == SDL_WINDOWEVENT_CLOSE;
        } else if (screen_ && screen_->is_change(event)) {
            display_changed_ = true;
        } else if (!options_.second) {
            touch_.feed(event, {width(), height()}, news_.pointers);
        }
    }

    void follow_display() {
        if (std::exchange(display_changed_, false)) {
            take_in_display();
            news_.exposed = true;
        }
        if (!std::exchange(size_changed_, false)) return;
        // The surface goes with its size; what draws on it must have let go before SDL frees it.
        canvas_->leave();
        surface_ = SDL_GetWindowSurface(window_.get());
        lost_ = !surface_ || !canvas_->move_to(surface_);
        news_.resized = true;
    }

    // The size of its pixels, and for a window over all of it also its place.
    void take_in_display() {
        const auto lit = !screen_ ? std::nullopt : options_.second ? screen_->lit_beside() : screen_->lit();
        if (options_.diagonal_mm > 0) {
            SDL_Rect bounds{0, 0, width(), height()};
            SDL_GetDisplayBounds(SDL_GetWindowDisplayIndex(window_.get()), &bounds);
            if (lit) bounds = lit->place;
            display_ = display_of_diagonal(bounds.w, bounds.h, options_.diagonal_mm);
        } else if (lit) {
            display_ = display_of_sides(lit->place.w, lit->place.h, lit->width_mm, lit->height_mm);
        } else {
            display_ = display_by_sdl(window_.get());
        }
        if (lit && options_.fullscreen) screen_->place_window(lit->place);
    }

    std::unique_ptr<VideoSystem> video_;  // first in, last out
    SdlWindowHandle window_;
    SDL_Surface* surface_;  // SDL's own, until the size changes
    std::unique_ptr<SdlCanvas> canvas_;
    Uint32 wake_event_;
    SdlWindowOptions options_;
    std::unique_ptr<XScreen> screen_;  // null: not an X server
    Display display_;
    TouchTracker touch_{is_finger_felt};
    std::vector<SDL_Rect> shown_;  // kept for its memory
    Frame news_;                   // since the last wait()
    bool size_changed_ = false;
    bool display_changed_ = false;
    bool lost_ = false;
};

}  // namespace

void forgo_keyboard() { ::setenv("XCOMPOSEFILE", "/dev/null", 0); }

Result<std::unique_ptr<Window>> open_sdl_window(const SdlWindowOptions& options) {
    auto video = VideoSystem::open();
    if (!video) return video.error();

    const std::optional<int> second = options.second ? second_display() : std::nullopt;
    if (options.second && options.fullscreen && !second) {
        return Error{"WINDOW-NO-SECOND", "ไม่พบจอที่สอง หรือจอที่สองแสดงภาพเดียวกับจอแรก โปรดต่อจอแล้วเริ่มโปรแกรมใหม่",
                     "There is no second display, or it only repeats the first one; connect it and start the "
                     "program again."};
    }
    const int display = second.value_or(0);
    const Size size = first_size(options, display);
    const int place = static_cast<int>(SDL_WINDOWPOS_CENTERED_DISPLAY(static_cast<unsigned>(display)));
    SdlWindowHandle window(
        SDL_CreateWindow(options.title.c_str(), place, place, size.width, size.height,
                         options.fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : SDL_WINDOW_RESIZABLE));
    if (!window) return failed("WINDOW-FAILED", "เปิดหน้าต่างไม่สำเร็จ", "The window could not be opened");
    // Drawing goes straight onto what is shown: a second picture of a large display is 8 MB and a copy more.
    SDL_Surface* surface = SDL_GetWindowSurface(window.get());
    if (!surface) return failed("WINDOW-FAILED", "วาดบนจอภาพไม่ได้", "The window cannot be drawn on");
    auto canvas = SdlCanvas::open(surface);
    if (!canvas) return canvas.error();
    const Uint32 wake_event = SDL_RegisterEvents(1);
    if (wake_event == static_cast<Uint32>(-1)) {
        return failed("WINDOW-FAILED", "เตรียมรับเหตุการณ์ไม่สำเร็จ", "Events could not be prepared");
    }
    if (options.fullscreen) SDL_ShowCursor(SDL_DISABLE);
    return std::unique_ptr<Window>(std::make_unique<SdlWindow>(std::move(*video), std::move(window), surface,
                                                               std::move(*canvas), wake_event, options));
}

}  // namespace sala
