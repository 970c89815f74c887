// The kiosk's window: SDL, drawn in software straight onto the window's own surface.
//
// Full screen it covers the display, and follows it when its mode changes or it comes back. No key does
// anything. The traps: everything but wake() belongs to the one thread that opens windows; SDL has one queue
// of events for all of them, so a window's wait() returns early (woken) while another has something to say
// that its own wait(0) did not fetch yet.
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
    // A window that is only looked at: it reports no finger. Full screen it covers a display beside the
    // first one's, never a part of that; else it stands on such a display where there is one.
    bool second = false;
};

// Says that no key will be read, which spares a start X's table of composed letters, 20 ms. The trap: it sets
// the environment, so call it before the program's first thread.
void forgo_keyboard();

// WINDOW-NO-DISPLAY where there is no display, WINDOW-NO-SECOND where a second one is asked to be covered and
// there is none (or it only shows the first one's picture), WINDOW-FAILED for anything else SDL refuses.
Result<std::unique_ptr<Window>> open_sdl_window(const SdlWindowOptions& options);

}  // namespace sala
