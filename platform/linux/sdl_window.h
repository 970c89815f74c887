// The kiosk's window: SDL, drawn in software onto a picture of the logical size.
//
// One window per program (SDL is global). On a display smaller than the logical size, and full screen on any
// other size, the picture is scaled to fit. No key does anything. The trap: everything but wake() belongs to
// the thread that opened the window.
#pragma once

#include <memory>
#include <string>

#include "platform/window.h"

namespace sala {

struct SdlWindowOptions {
    std::string title;
    int logical_width = 1080;
    int logical_height = 1920;
    bool fullscreen = false;
};

// WINDOW-NO-DISPLAY where there is no display, WINDOW-FAILED for anything else SDL refuses.
Result<std::unique_ptr<Window>> open_sdl_window(const SdlWindowOptions& options);

}  // namespace sala
