// The kiosk's window: SDL, drawn in software straight onto the window's own surface.
//
// One window per program (SDL is global). Full screen it covers the display, and follows it when its mode
// changes or it comes back. No key does anything. The trap: everything but wake() belongs to the thread that
// opened the window.
#pragma once

#include <memory>
#include <string>

#include "platform/window.h"

namespace sala {

struct SdlWindowOptions {
    std::string title;
    int width = 1080;  // made smaller where the desktop is; full screen takes the display's
    int height = 1920;
    bool fullscreen = false;
    double diagonal_mm = 0;  // of the display, as measured; 0: the display is asked
};

// Says that no key will be read, which spares a start X's table of composed letters, 20 ms. The trap: it sets
// the environment, so call it before the program's first thread.
void forgo_keyboard();

// WINDOW-NO-DISPLAY where there is no display, WINDOW-FAILED for anything else SDL refuses.
Result<std::unique_ptr<Window>> open_sdl_window(const SdlWindowOptions& options);

}  // namespace sala
