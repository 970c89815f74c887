// From what a display says of itself to the size of its pixels.
//
// The trap: EDIDs lie. Many hold an aspect ratio where millimetres belong, projectors and adapters hold
// nothing, and a display that was turned may report its sides the other way round.
#pragma once

#include "platform/window.h"

namespace sala {

// What cannot be a kiosk's display (no size, sides that do not match the pixels, under 5 or over 85 inches)
// is not known, and taken for 96 dpi.
Display display_of_sides(int width_px, int height_px, double width_mm, double height_mm);

// As somebody has measured it; 0 or less is not known.
Display display_of_diagonal(int width_px, int height_px, double diagonal_mm);

struct Size {
    int width = 0, height = 0;
};
// As large as wanted where the desktop has room; else what fits, a title bar left out.
Size size_on_desktop(Size wanted, Size desktop);

}  // namespace sala
