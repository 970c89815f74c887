// Faces and icons as masks, in the side length asked for.
//
// The five faces differ in outline (circle to square), mouth and brows, so that they are told apart without
// colour.
#pragma once

#include "platform/paint/mask.h"

namespace sala::kiosk {

enum class Icon {
    kTicket,
    kBack,
    kForward,
    kGlobe,
    kContrast,
    kCalendar,
    kAlert,
    kCheck,
    kHand,
    kAnnounce,
    kCode,
    kLeave,
    kLock,
    kErase,
    kMoon,
    kStick,
    kSend,
    kEnvelope,
    kPulse,
};

// REQUIRES: 1 <= score <= 5; side_px > 0.
paint::Mask draw_face_body(int score, int side_px);
paint::Mask draw_face_features(int score, int side_px);

paint::Mask draw_icon(Icon icon, int side_px);

}  // namespace sala::kiosk
