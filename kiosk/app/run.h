// `sala-kiosk run`: the window, the store, and the loop between them.
#pragma once

#include <filesystem>
#include <optional>

#include "kiosk/app/commands.h"

namespace sala::kiosk {

struct RunOptions {
    std::filesystem::path data;
    std::filesystem::path config;     // empty: the copy kept in the data folder
    int width = 1080, height = 1920;  // pixels; made smaller where the desktop is
    bool fullscreen = false;
    std::filesystem::path sticks;                 // look for sticks under this folder only; inspector builds
    std::filesystem::path pads;                   // look for number pads in this folder only; the same
    std::filesystem::path inspect;                // empty: no inspector
    std::optional<std::int64_t> manual_clock_ms;  // a simulated clock; inspector builds only
};

// Runs until it is asked to end. Refuses before anything is shown what would not work then: the configuration
// (every problem, with file and line), the faces, the data folder, the display, the store. The main thread's.
Outcome run_kiosk(const RunOptions& options);

}  // namespace sala::kiosk
