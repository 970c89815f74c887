// One grid, one scale of type, one navy, one paper, one gold hairline; colour is spent on the faces only.
//
// Logical pixels of the portrait screen, 1080 x 1920.
#pragma once

#include "kiosk/ui/view.h"
#include "platform/window.h"

namespace sala::kiosk::theme {

// Grid
inline constexpr float kWidth = 1080, kHeight = 1920;
inline constexpr float kMargin = 40;  // left and right of everything
inline constexpr float kGap = 32;     // between cards
inline constexpr float kPad = 40;     // inside a card
inline constexpr float kHeaderHeight = 190;
inline constexpr float kStripHeight = 144;
inline constexpr float kStripButtonHeight = 104;
inline constexpr float kRadius = 28;
inline constexpr float kHairline = 3;
inline constexpr float kTouchMin = 100;
inline constexpr float kTouchGapMin = 24;
inline constexpr Rect kHeader{0, 0, kWidth, kHeaderHeight};
inline constexpr Rect kStrip{0, kHeight - kStripHeight, kWidth, kStripHeight};
// Between header and strip.
inline constexpr Rect kBody{kMargin, kHeaderHeight + 40, kWidth - 2 * kMargin,
                            kHeight - kStripHeight - kHeaderHeight - 80};

// Type, em in px
inline constexpr int kHuge = 116;
inline constexpr int kTitle = 64;
inline constexpr int kHeading = 50;
inline constexpr int kLead = 42;
inline constexpr int kBody1 = 36;
inline constexpr int kSmall = 30;
inline constexpr int kTiny = 26;  // nothing is smaller

// Colours
inline constexpr Rgba kNavy = rgb(0x123A6B);
inline constexpr Rgba kNavyPressed = rgb(0x0B2748);
inline constexpr Rgba kPaper = rgb(0xF7F4EC);
inline constexpr Rgba kPaperDeep = rgb(0xECE6D8);
inline constexpr Rgba kWhite = rgb(0xFFFFFF);
inline constexpr Rgba kPressed = rgb(0xE9EEF6);  // a white thing under the finger
inline constexpr Rgba kRule = rgb(0xD9D2C1);
inline constexpr Rgba kGold = rgb(0xE4C274);
inline constexpr Rgba kInk = rgb(0x10213F);
inline constexpr Rgba kMuted = rgb(0x3F4D66);
inline constexpr Rgba kOnNavyMuted = rgb(0xDCE4EF);
inline constexpr Rgba kBlack = rgb(0x000000);

// 1..5, worst to best.
inline constexpr Rgba kFaces[5] = {rgb(0xA61E22), rgb(0xB8560F), rgb(0x7A6A10), rgb(0x3D7A2A), rgb(0x0C6B4F)};
inline constexpr Rgba kFacesPressed[5] = {rgb(0x6F1216), rgb(0x7C3908), rgb(0x524709), rgb(0x27521A),
                                          rgb(0x074734)};

}  // namespace sala::kiosk::theme
