// A window to draw on and the finger that touches it, as the rest of Sala sees them.
//
// Everything is in the window's own pixels; how large one is, display() says. The traps: the window may
// change its size, and takes every texture along then (Frame::resized); textures are alpha only and take
// their colour when they are drawn; they live until destroyed, so whoever caches must evict.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "platform/base/result.h"

namespace sala {

// One finger (or the left mouse button, which is a finger). A second finger is never reported.
struct PointerEvent {
    enum class Kind { kDown, kMove, kUp, kCancel };
    Kind kind = Kind::kMove;
    float x = 0;  // may lie outside the window
    float y = 0;
};

// What happened while waiting, in order.
struct Frame {
    std::vector<PointerEvent> pointers;
    bool quit = false;     // the window manager or a signal asked to end; never a visitor
    bool exposed = false;  // the window must be shown again
    bool resized = false;  // width() and height() are new, nothing is drawn yet, and every texture is gone
    bool woken = false;    // wake() was called
    bool lost = false;     // the last present() reached no display; only a new start of the program helps
};

// 0xAABBGGRR
using Rgba = std::uint32_t;
constexpr Rgba rgb(std::uint32_t hex_rrggbb, std::uint32_t alpha = 255) {
    return (alpha << 24) | ((hex_rrggbb & 0xFF) << 16) | (hex_rrggbb & 0xFF00) | (hex_rrggbb >> 16);
}

using TextureId = std::uint32_t;
inline constexpr TextureId kNoTexture = 0;  // draw() fills with the vertices' colour

struct Vertex {
    float x = 0, y = 0;
    float u = 0, v = 0;  // 0..1 of the texture
    Rgba colour = 0;
    bool operator==(const Vertex&) const = default;
};

struct ClipRect {
    int x = 0, y = 0, width = 0, height = 0;
    bool operator==(const ClipRect&) const = default;
};

inline constexpr int kTextureSideMaxPx = 4096;

// Of the thread that made the window.
class Canvas {
  public:
    virtual ~Canvas() = default;

    // `alpha` is width * height bytes, row by row. Refused (CANVAS-TEXTURE) for a size of 0, over
    // kTextureSideMaxPx, or one that does not match `alpha`.
    virtual Result<TextureId> create_texture(int width, int height, std::span<const std::uint8_t> alpha) = 0;
    // One that is gone already is nothing.
    virtual void destroy_texture(TextureId texture) = 0;

    virtual void clear(const ClipRect& area, Rgba colour) = 0;

    // Triangles: three indices each. Axis-aligned quads of one colour are snapped to whole pixels and are
    // cheap; everything else costs much more. An unknown texture draws nothing.
    virtual void draw(std::span<const Vertex> vertices, std::span<const std::uint16_t> indices,
                      TextureId texture, ClipRect clip) = 0;
};

// What was drawn.
struct Pixels {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;  // 3 bytes a pixel, row by row
};

// How large a pixel is. Where the display does not say, or says what cannot be, it is taken for 96 dpi.
struct Display {
    double px_per_mm = 96 / 25.4;
    bool known = false;
};

class Window {
  public:
    virtual ~Window() = default;

    // Waits for something to happen, at most `timeout_ms` (0: only looks; at most kWaitMaxMs). Returns early
    // only with something to report.
    virtual Frame wait(int timeout_ms) = 0;

    // Makes wait() return. From any thread.
    virtual void wake() = 0;

    virtual Canvas& canvas() = 0;

    // Shows what was drawn, in these places only.
    virtual void present(std::span<const ClipRect> areas) = 0;

    virtual int width() const = 0;
    virtual int height() const = 0;
    virtual Display display() const = 0;

    virtual Pixels pixels() const = 0;
};

inline constexpr int kWaitMaxMs = 60'000;

}  // namespace sala
