#include "kiosk/ui/damage.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sala::kiosk {
namespace {

constexpr std::size_t kLookAhead = 24;  // pieces; a widget that appears or goes has fewer

bool is_empty(const ClipRect& r) { return r.width <= 0 || r.height <= 0; }

ClipRect between(int left, int top, int right, int bottom) {
    return {left, top, std::max(0, right - left), std::max(0, bottom - top)};
}

ClipRect common(const ClipRect& a, const ClipRect& b) {
    return between(std::max(a.x, b.x), std::max(a.y, b.y), std::min(a.x + a.width, b.x + b.width),
                   std::min(a.y + a.height, b.y + b.height));
}

ClipRect around(const ClipRect& a, const ClipRect& b) {
    return between(std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x + a.width, b.x + b.width),
                   std::max(a.y + a.height, b.y + b.height));
}

bool touch(const ClipRect& a, const ClipRect& b) {
    return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}

std::int64_t size_of(const ClipRect& r) { return std::int64_t{r.width} * r.height; }

// What joining the two would draw in vain.
std::int64_t waste(const ClipRect& a, const ClipRect& b) {
    return size_of(around(a, b)) - size_of(a) - size_of(b);
}

struct Skip {
    std::size_t before = 0, after = 0;
};

// How many pieces of each side to pass over until both go on with the same one; the fewest.
Skip way_to_next_match(std::span<const Piece> before, std::span<const Piece> after) {
    for (std::size_t steps = 1; steps <= kLookAhead; ++steps) {
        for (std::size_t b = 0; b <= steps; ++b) {
            const std::size_t a = steps - b;
            if (b < before.size() && a < after.size() && before[b] == after[a]) return {b, a};
        }
    }
    return {std::min<std::size_t>(before.size(), 1), std::min<std::size_t>(after.size(), 1)};
}

}  // namespace

ClipRect Piece::bounds() const {
    float left = corners[0].x, right = left, top = corners[0].y, bottom = top;
    for (const Vertex& corner : corners) {
        left = std::min(left, corner.x);
        right = std::max(right, corner.x);
        top = std::min(top, corner.y);
        bottom = std::max(bottom, corner.y);
    }
    return common(clip, between(static_cast<int>(std::floor(left)), static_cast<int>(std::floor(top)),
                                static_cast<int>(std::ceil(right)), static_cast<int>(std::ceil(bottom))));
}

void Areas::add(ClipRect area) {
    if (is_empty(area)) return;
    for (auto other = areas_.begin(); other != areas_.end();) {
        if (touch(*other, area)) {
            area = around(*other, area);
            areas_.erase(other);
            other = areas_.begin();  // the larger one may touch what it did not before
        } else {
            ++other;
        }
    }
    areas_.push_back(area);
    if (areas_.size() > kAreasMax) join_nearest();
}

void Areas::join_nearest() {
    std::size_t first = 0, second = 1;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 0; i < areas_.size(); ++i) {
        for (std::size_t j = i + 1; j < areas_.size(); ++j) {
            if (const std::int64_t vain = waste(areas_[i], areas_[j]); vain < least) {
                least = vain;
                first = i;
                second = j;
            }
        }
    }
    const ClipRect joined = around(areas_[first], areas_[second]);
    areas_.erase(areas_.begin() + static_cast<std::ptrdiff_t>(second));
    areas_.erase(areas_.begin() + static_cast<std::ptrdiff_t>(first));
    add(joined);
}

Areas changed_areas(std::span<const Piece> before, std::span<const Piece> after) {
    Areas areas;
    while (!before.empty() || !after.empty()) {
        if (!before.empty() && !after.empty() && before.front() == after.front()) {
            before = before.subspan(1);
            after = after.subspan(1);
            continue;
        }
        const Skip skip = way_to_next_match(before, after);
        for (const Piece& gone : before.first(skip.before)) areas.add(gone.bounds());
        for (const Piece& come : after.first(skip.after)) areas.add(come.bounds());
        before = before.subspan(skip.before);
        after = after.subspan(skip.after);
    }
    return areas;
}

void draw_area(Canvas& canvas, std::span<const Piece> pieces, const ClipRect& area, Rgba paper) {
    static constexpr std::array<std::uint16_t, 6> kTwoTriangles{0, 1, 2, 0, 2, 3};
    canvas.clear(area, paper);
    for (const Piece& piece : pieces) {
        if (is_empty(common(piece.bounds(), area))) continue;
        const std::span<const std::uint16_t> indices(kTwoTriangles);
        canvas.draw(piece.corners, indices.first(piece.is_triangle() ? 3 : 6), piece.texture,
                    common(piece.clip, area));
    }
}

}  // namespace sala::kiosk
