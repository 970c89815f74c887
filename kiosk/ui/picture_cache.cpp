#include "kiosk/ui/picture_cache.h"

#include <utility>

namespace sala::kiosk {
namespace {

constexpr std::size_t kBytesPerPixel = 4;  // as the canvas keeps them

std::size_t bytes_of(const Picture& picture) {
    return static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) *
           kBytesPerPixel;
}

std::string text_key(std::string_view utf8, const paint::TextStyle& style) {
    return fmt::format("text {} {:d} {} {:d} {} {:d} {}", style.px, style.bold, style.width_px,
                       static_cast<int>(style.align), style.line_height, style.digits_face, utf8);
}

}  // namespace

PictureCache::~PictureCache() { clear(); }

void PictureCache::clear() {
    while (!entries_.empty()) remove(entries_.begin());
}

PictureCache::Entries::iterator PictureCache::remove(Entries::iterator entry) {
    bytes_ -= bytes_of(entry->second.picture);
    if (entry->second.picture.texture != kNoTexture) canvas_.destroy_texture(entry->second.picture.texture);
    return entries_.erase(entry);
}

void PictureCache::begin_frame() {
    ++frame_;
    for (auto entry = entries_.begin(); entry != entries_.end();) {
        const bool stale = frame_ - entry->second.used > kUnusedFramesMax;
        entry = stale ? remove(entry) : std::next(entry);
    }
    while (entries_.size() > kPicturesMax || bytes_ > kBytesMax) {
        remove(std::min_element(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
            return std::pair(a.second.used, a.first) < std::pair(b.second.used, b.first);
        }));
    }
}

const Picture& PictureCache::keep(const std::string& key, const paint::Text& drawn) {
    Picture picture{.width = drawn.mask.width,
                    .height = drawn.mask.height,
                    .ink_left = drawn.ink_left,
                    .ink_top = drawn.ink_top,
                    .ink_right = drawn.ink_right,
                    .ink_bottom = drawn.ink_bottom,
                    .baseline = drawn.baseline,
                    .lines = drawn.lines,
                    .unknown_glyphs = drawn.unknown_glyphs};
    if (auto texture = canvas_.create_texture(picture.width, picture.height, drawn.mask.alpha)) {
        picture.texture = *texture;
    }
    bytes_ += bytes_of(picture);
    return entries_.emplace(key, Entry{picture, frame_}).first->second.picture;
}

const Picture& PictureCache::text(std::string_view utf8, const paint::TextStyle& style) {
    const std::string key = text_key(utf8, style);
    if (const auto found = entries_.find(key); found != entries_.end()) {
        found->second.used = frame_;
        return found->second.picture;
    }
    return keep(key, engine_.draw(utf8, style));
}

const Picture& PictureCache::shape(const std::string& key, const std::function<paint::Mask()>& draw) {
    if (const auto found = entries_.find(key); found != entries_.end()) {
        found->second.used = frame_;
        return found->second.picture;
    }
    paint::Text drawn{.mask = draw()};
    drawn.ink_right = drawn.mask.width;
    drawn.ink_bottom = drawn.mask.height;
    return keep(key, drawn);
}

}  // namespace sala::kiosk
