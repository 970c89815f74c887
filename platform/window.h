// A window to draw on and the finger that touches it, as the rest of Sala sees them.
//
// Everything is in logical pixels: the size the screen was designed for (1080x1920), whatever the display
// has. What is drawn lands on a picture of that size, which present() shows, scaled where the display is
// smaller. The trap: textures are alpha only and take their colour when they are drawn; they live until
// destroyed, so whoever caches must evict.
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
    float x = 0;  // logical pixels; may lie outside the window
    float y = 0;
};

// What happened while waiting, in order.
struct Frame {
    std::vector<PointerEvent> pointers;
    bool quit = false;     // the window manager or a signal asked to end; never a visitor
    bool exposed = false;  // the window must be shown again
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
    float x = 0, y = 0;  // logical pixels
    float u = 0, v = 0;  // 0..1 of the texture
    Rgba colour = 0;
};

struct ClipRect {
    int x = 0, y = 0, width = 0, height = 0;
};

inline constexpr int kTextureSideMaxPx = 4096;

// Of the thread that made the window.
class Canvas {
  public:
    virtual ~Canvas() = default;

    // `alpha` is width * height bytes, row by row. Refused (CANVAS-TEXTURE) for a size of 0, over
    // kTextureSideMaxPx, or one that does not match `alpha`.
    virtual Result<TextureId> create_texture(int width, int height, std::span<const std::uint8_t> alpha) = 0;
    virtual void destroy_texture(TextureId texture) = 0;

    virtual void clear(Rgba colour) = 0;

    // Triangles: three indices each. Axis-aligned quads of one colour are snapped to whole pixels and are
    // cheap; everything else costs much more. An unknown texture draws nothing.
    virtual void draw(std::span<const Vertex> vertices, std::span<const std::uint16_t> indices,
                      TextureId texture, ClipRect clip) = 0;
};

// What was drawn, at logical size.
struct Pixels {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;  // 3 bytes a pixel, row by row
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

    // Shows what was drawn since the last call.
    virtual void present() = 0;

    virtual int logical_width() const = 0;
    virtual int logical_height() const = 0;

    // Where a logical point lies in the window: origin + scale * logical. 1 and 0 on a display that is large
    // enough.
    struct Placement {
        float scale = 1;
        int x = 0, y = 0;
    };
    virtual Placement placement() const = 0;

    virtual Pixels pixels() const = 0;
};

inline constexpr int kWaitMaxMs = 60'000;

}  // namespace sala
