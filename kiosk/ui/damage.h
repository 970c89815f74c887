// What a frame is drawn from, and where it differs from the one before.
//
// Two frames are compared piece by piece in drawing order; what both hold in the same order has the same
// pixels wherever no other piece lies, so only the places of the others are drawn again. The trap: it holds
// because a texture never changes under its id, and because a piece's pixels do not depend on the clip they
// are drawn in (a mask in its own size, or a plain colour).
#pragma once

#include <array>
#include <span>
#include <vector>

#include "platform/window.h"

namespace sala::kiosk {

// A rectangle, or a triangle (whose fourth corner is its third).
struct Piece {
    std::array<Vertex, 4> corners;
    TextureId texture = kNoTexture;
    ClipRect clip;
    bool operator==(const Piece&) const = default;

    bool is_triangle() const { return corners[2] == corners[3]; }
    // Whole pixels around all that it may touch; empty where its clip hides it.
    ClipRect bounds() const;
};

using Pieces = std::vector<Piece>;

inline constexpr std::size_t kAreasMax = 8;

// Rectangles, few and apart: one that touches another is joined with it.
class Areas {
  public:
    void add(ClipRect area);
    std::span<const ClipRect> all() const { return areas_; }

  private:
    void join_nearest();
    std::vector<ClipRect> areas_;
};

// Where the pixels may differ. Nothing outside does.
Areas changed_areas(std::span<const Piece> before, std::span<const Piece> after);

// Draws what lies inside the area, on paper of this colour.
void draw_area(Canvas& canvas, std::span<const Piece> pieces, const ClipRect& area, Rgba paper);

}  // namespace sala::kiosk
