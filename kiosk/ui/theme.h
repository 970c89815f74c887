// One grid, one scale of type, one navy, one paper, one gold hairline; colour is spent on the faces only.
//
// Lengths are units: the shorter side of the screen has about 1080 of them, whatever display it is (grid.h).
#pragma once

#include <array>
#include <span>

#include "kiosk/ui/view.h"
#include "platform/window.h"

namespace sala::kiosk::theme {

// Grid
inline constexpr float kMargin = 40;  // left and right of everything
inline constexpr float kGap = 24;     // between cards; between targets the grid's own gap, where that is more
inline constexpr float kPad = 40;     // inside a card
inline constexpr float kRadius = 28;
inline constexpr float kHairline = 3;
inline constexpr float kProgressHeight = 44;

// Type, em in units
inline constexpr int kHuge = 116;
inline constexpr int kTitle = 64;
inline constexpr int kHeading = 50;
inline constexpr int kLead = 42;
inline constexpr int kBody1 = 36;
inline constexpr int kSmall = 30;
inline constexpr int kTiny = 26;  // nothing is smaller

inline constexpr int kMotionMs = 180;  // the longest movement
inline constexpr int kCornerHoldMs = 3'000;

struct Palette {
    Rgba navy, navy_pressed, paper, paper_deep, card, pressed, rule, gold, ink, muted, on_navy, on_navy_muted;
    Rgba good, bad, face_features;
    std::array<Rgba, 5> faces, faces_pressed;  // 1..5, worst to best
};

inline constexpr Palette kUsual{
    .navy = rgb(0x0F335F),
    .navy_pressed = rgb(0x0B2748),
    .paper = rgb(0xF7F4EC),
    .paper_deep = rgb(0xECE6D8),
    .card = rgb(0xFFFFFF),
    .pressed = rgb(0xE9EEF6),  // a white thing under the finger
    .rule = rgb(0xD9D2C1),
    .gold = rgb(0xFAE8BC),
    .ink = rgb(0x10213F),
    .muted = rgb(0x263248),
    .on_navy = rgb(0xFFFFFF),
    .on_navy_muted = rgb(0xF0F4FA),
    .good = rgb(0x0C6B4F),
    .bad = rgb(0xA61E22),
    .face_features = rgb(0xFFFFFF),
    .faces = {rgb(0xA61E22), rgb(0xB8560F), rgb(0x7A6A10), rgb(0x3D7A2A), rgb(0x0C6B4F)},
    .faces_pressed = {rgb(0x6F1216), rgb(0x7C3908), rgb(0x524709), rgb(0x27521A), rgb(0x074734)},
};

// Black and white, for eyes that need it; faces are told by outline, mouth, word and number alone.
inline constexpr Palette kHighContrast{
    .navy = rgb(0x000000),
    .navy_pressed = rgb(0x333333),
    .paper = rgb(0xFFFFFF),
    .paper_deep = rgb(0xFFFFFF),
    .card = rgb(0xFFFFFF),
    .pressed = rgb(0xFFFFFF),
    .rule = rgb(0x000000),
    .gold = rgb(0xFFFFFF),
    .ink = rgb(0x000000),
    .muted = rgb(0x000000),
    .on_navy = rgb(0xFFFFFF),
    .on_navy_muted = rgb(0xFFFFFF),
    .good = rgb(0x000000),
    .bad = rgb(0x000000),
    .face_features = rgb(0xFFFFFF),
    .faces = {rgb(0x000000), rgb(0x000000), rgb(0x000000), rgb(0x000000), rgb(0x000000)},
    .faces_pressed = {rgb(0x333333), rgb(0x333333), rgb(0x333333), rgb(0x333333), rgb(0x333333)},
};

inline constexpr Rgba kPaper = kUsual.paper;  // what a frame begins with
inline constexpr Rgba kBlack = rgb(0x000000);
inline constexpr Rgba kWhite = rgb(0xFFFFFF);
inline constexpr Rgba kShade = rgb(0x0B1A30, 176);  // over a screen that waits for an answer

}  // namespace sala::kiosk::theme
