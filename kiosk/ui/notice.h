// What an officer's page tells in one line, under its header: done, or why not.
#pragma once

#include "kiosk/ui/ui.h"

namespace sala::kiosk {

struct NoticeLine {
    std::string text;
    bool good = true;
};
NoticeLine notice_line(Ui& ui, const Notice& notice);

// A framed card of `place`, with a sign before the text.
void draw_notice(Ui& ui, const Rect& place, const NoticeLine& line);

}  // namespace sala::kiosk
