// pixel_watch: a finger and an eye on one X display. It reads commands on its standard input, one a line, and
// answers each with one line.
//
//   move X Y                          -> ok
//   sample X Y                        -> RRGGBB
//   down|up X Y TIMEOUT_MS RRGGBB...  -> MICROSECONDS RRGGBB, or timeout RRGGBB
//       presses or lifts the left button (XTest) where the pointer stands, then looks at the pixel until it
//       is none of the colours named
//   await X Y TIMEOUT_MS is|not RRGGBB...  -> MONOTONIC_NS RRGGBB, or timeout RRGGBB
//
// The trap: each look is a round trip to the X server, and costs it time. Both sides of a comparison are
// therefore looked at by the same program at the same pace.
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <set>
#include <sstream>
#include <string>

namespace {

constexpr std::int64_t kPollNs = 200'000;

std::int64_t now_ns() {
    timespec at{};
    clock_gettime(CLOCK_MONOTONIC, &at);
    return std::int64_t{at.tv_sec} * 1'000'000'000 + at.tv_nsec;
}

class Eye {
  public:
    explicit Eye(Display* display) : display_(display) {}

    std::string look(int x, int y) const {
        XImage* image = XGetImage(display_, DefaultRootWindow(display_), x, y, 1, 1, AllPlanes, ZPixmap);
        if (image == nullptr) return "";
        const unsigned long pixel = XGetPixel(image, 0, 0);
        XDestroyImage(image);
        return fmt::format("{:06x}", pixel & 0xffffffUL);
    }

    struct Seen {
        std::int64_t at_ns = 0;
        std::string colour;
        bool found = false;
    };
    // Until `wanted` says yes.
    template <typename Wanted>
    Seen wait(int x, int y, std::int64_t timeout_ms, Wanted wanted) const {
        const std::int64_t give_up = now_ns() + timeout_ms * 1'000'000;
        for (;;) {
            Seen seen;
            seen.colour = look(x, y);
            seen.at_ns = now_ns();
            seen.found = wanted(seen.colour);
            if (seen.found || seen.at_ns > give_up) return seen;
            const timespec pause{0, kPollNs};
            nanosleep(&pause, nullptr);
        }
    }

  private:
    Display* display_;
};

std::set<std::string> rest_of(std::istringstream& words) {
    std::set<std::string> colours;
    for (std::string word; words >> word;) colours.insert(word);
    return colours;
}

std::string answer(Display* display, const std::string& line) {
    const Eye eye(display);
    std::istringstream words(line);
    std::string command;
    int x = 0, y = 0;
    std::int64_t timeout_ms = 0;
    words >> command >> x >> y;
    const int screen = DefaultScreen(display);
    if (!words || x < 0 || y < 0 || x >= DisplayWidth(display, screen) ||
        y >= DisplayHeight(display, screen)) {
        return "error: a command and a place on the screen";
    }
    if (command == "move") {
        XTestFakeMotionEvent(display, screen, x, y, CurrentTime);
        XSync(display, False);
        return "ok";
    }
    if (command == "sample") return eye.look(x, y);
    if (!(words >> timeout_ms) || timeout_ms < 0 || timeout_ms > 120'000) return "error: a timeout in ms";
    if (command == "down" || command == "up") {
        const std::set<std::string> before = rest_of(words);
        const std::int64_t begun_ns = now_ns();
        XTestFakeButtonEvent(display, 1, command == "down" ? True : False, CurrentTime);
        XFlush(display);
        const Eye::Seen seen =
            eye.wait(x, y, timeout_ms, [&](const std::string& colour) { return !before.contains(colour); });
        if (!seen.found) return "timeout " + seen.colour;
        return fmt::format("{} {}", (seen.at_ns - begun_ns) / 1000, seen.colour);
    }
    std::string how;
    if (command != "await" || !(words >> how) || (how != "is" && how != "not"))
        return "error: unknown command";
    const std::set<std::string> named = rest_of(words);
    const Eye::Seen seen = eye.wait(
        x, y, timeout_ms, [&](const std::string& colour) { return named.contains(colour) == (how == "is"); });
    return seen.found ? fmt::format("{} {}", seen.at_ns, seen.colour) : "timeout " + seen.colour;
}

}  // namespace

int main() {
    prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);  // 0.2 ms shall be 0.2 ms
    Display* display = XOpenDisplay(nullptr);
    if (display == nullptr) {
        std::fputs("pixel_watch: there is no display\n", stderr);
        return 1;
    }
    for (std::string line; std::getline(std::cin, line);) {
        std::cout << answer(display, line) << std::endl;
    }
    XCloseDisplay(display);
    return 0;
}
