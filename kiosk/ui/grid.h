// Where things may stand on a display: units, millimetres, header, body and strip.
//
// A screen is drawn in units, of which the shorter side of every display has about 1080, so one design
// serves all of them; what a finger or an eye needs is in millimetres and so takes more units on a small
// display. The trap: a display too small for its millimetres gets what fits (`cramped`), never a screen
// without its buttons.
#pragma once

#include "kiosk/ui/view.h"

namespace sala::kiosk {

// Accessibility figures behind the sizes: buttons 20 mm, faces 30 mm, gaps 5 mm (ARCHITECTURE.md, section 6).
inline constexpr double kTouchMm = 20, kFaceMm = 30, kGapMm = 5;

struct Grid {
    float scale = 1;  // pixels of a unit
    float width = 0, height = 0;
    bool portrait = true;
    bool compact = false;  // a landscape display so small that its millimetres need another home screen
    bool cramped = false;  // a target had to be smaller than its millimetres
    float touch = 0;       // the least side of a target
    float face = 0;        // the least side of a face
    float gap = 0;         // the least distance of two targets
    float type = 1;        // what must be read to act is this much larger, at most
    Rect header, body, strip;
};

// REQUIRES: width_px, height_px >= 1; px_per_mm > 0.
Grid grid_of(int width_px, int height_px, double px_per_mm);

}  // namespace sala::kiosk
