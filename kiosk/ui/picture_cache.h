// Texts and shapes as textures, kept while they are in use.
//
// The key holds everything that shapes a picture; colour is not part of it, as every picture is a mask that
// is tinted when drawn. The trap: a reference lives until the next begin_frame().
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/paint/text.h"
#include "platform/window.h"

namespace sala::kiosk {

// paint::Text without its pixels, which are on the canvas.
struct Picture {
    TextureId texture = kNoTexture;  // none: nothing to show (no memory, or an empty text)
    int width = 0, height = 0;
    int ink_left = 0, ink_top = 0, ink_right = 0, ink_bottom = 0;
    int baseline = 0;
    int lines = 0;
    bool unknown_glyphs = false;
};

class PictureCache {
  public:
    static constexpr int kUnusedFramesMax = 600;
    static constexpr std::size_t kPicturesMax = 1024;
    static constexpr std::size_t kBytesMax = 96u << 20;

    // Both must outlive the cache.
    PictureCache(Canvas& canvas, const paint::TextEngine& engine) : canvas_(canvas), engine_(engine) {}
    ~PictureCache();
    PictureCache(const PictureCache&) = delete;
    PictureCache& operator=(const PictureCache&) = delete;

    // Forgets all: the canvas has lost its textures.
    void clear();

    // Throws out what was not used for kUnusedFramesMax frames, and the longest unused while over a limit.
    void begin_frame();

    const Picture& text(std::string_view utf8, const paint::TextStyle& style);

    // `key` names the shape and its size; `draw` is called only where the picture is not there yet.
    const Picture& shape(const std::string& key, const std::function<paint::Mask()>& draw);

    std::size_t size() const { return entries_.size(); }

  private:
    struct Entry {
        Picture picture;
        std::uint64_t used = 0;  // frame
    };
    using Entries = std::unordered_map<std::string, Entry>;

    const Picture& keep(const std::string& key, const paint::Text& drawn);
    Entries::iterator remove(Entries::iterator entry);

    Canvas& canvas_;
    const paint::TextEngine& engine_;
    Entries entries_;
    std::size_t bytes_ = 0;
    std::uint64_t frame_ = 0;
};

}  // namespace sala::kiosk
