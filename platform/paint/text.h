// Thai text as a mask: shaped, wrapped between words and drawn once, to be kept by whoever shows it.
//
// The trap: the mask is the logical box (lines x line height), grown where ink would be cut, so its size says
// how to place text in a column, and `ink_*` says where the eye sees it. One new text costs about a
// millisecond: keep it.
#pragma once

#include <compare>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/paint/mask.h"

namespace sala::paint {

// What stands behind the chosen face for letters it does not have, and what ticket numbers are set in.
constexpr std::string_view kFallbackFamily = "Noto Sans";

enum class Align { kLeft, kCenter, kRight };

struct TextStyle {
    int px;  // the em, 1 to 1024
    bool bold = false;
    int width_px = 0;  // 0: one line, as wide as it needs; else wrapped, and the mask is this wide
    Align align = Align::kLeft;
    double line_height = 1.45;  // of px
    bool digits_face = false;   // for ticket numbers: Noto Sans Bold, whose digits nobody confuses

    friend auto operator<=>(const TextStyle&, const TextStyle&) = default;
};

// `ink_*` are pixels of the mask, right and bottom exclusive, all 0 when nothing is visible.
struct Text {
    Mask mask;
    int ink_left = 0;
    int ink_top = 0;
    int ink_right = 0;
    int ink_bottom = 0;
    int baseline = 0;  // of the first line, from the top of the mask
    int lines = 0;
    bool unknown_glyphs = false;  // some letter came out as a box, or the text was not UTF-8, or it was cut
};

// Use from one thread; movable. Equal input gives equal bytes.
class TextEngine {
  public:
    // Refuses: FACE-MISSING (names the Debian package), FACE-MARKS (see face_check.h). The face is tested,
    // which takes about 40 ms, unless its fingerprint() is the `trusted` one.
    static Result<TextEngine> open(const std::string& family = "Loma", std::string_view trusted = {});

    TextEngine(TextEngine&&) noexcept;
    TextEngine& operator=(TextEngine&&) noexcept;
    ~TextEngine();

    // What the face's test has looked at, as 64 hex digits: files and libraries. While it stays the same, so
    // would the verdict. Empty where the files cannot be read.
    const std::string& fingerprint() const;

    // A newline is a break made by hand; U+2060 forbids a break where it stands and is never seen.
    // Text beyond 4 KiB and lines beyond kMaskSideMax are cut.
    Text draw(std::string_view utf8, const TextStyle& style) const;

    // The size of what draw() would make, without drawing it.
    Size measure(std::string_view utf8, const TextStyle& style) const;

    // The text of each line, as it would be broken.
    std::vector<std::string> lines(std::string_view utf8, const TextStyle& style) const;

  private:
    struct Fonts;
    explicit TextEngine(std::unique_ptr<Fonts> fonts);

    std::unique_ptr<Fonts> fonts_;
};

}  // namespace sala::paint
