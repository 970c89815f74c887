// The pen that screens draw with: boxes, text, pictures and places to tap, in logical pixels.
//
// Everything becomes upright quads, which the canvas draws fast. It also keeps account of what was drawn, so
// that tests and the inspector can find each widget, and so that a text which did not fit or has no glyph is
// noticed. The trap: a tap is reported in the frame in which the finger left the same widget on which it came
// down, and only then.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/drawings.h"
#include "kiosk/ui/picture_cache.h"
#include "kiosk/ui/theme.h"
#include "kiosk/ui/view.h"

struct ImDrawList;

namespace sala::kiosk {

using paint::Align;
enum class Valign { kTop, kMiddle, kBottom };

struct TextLook {
    int px = theme::kBody1;
    bool bold = false;
    Rgba colour = theme::kInk;
    Align align = Align::kLeft;
    Valign valign = Valign::kTop;
    double line_height = 1.45;
    bool digits_face = false;
    int px_min = 0;       // may shrink to this to fit its area; 0: never
    int px_one_line = 0;  // rather shrinks to this than takes a second line; 0: wraps at once
};

struct Touch {
    bool tapped = false;
    bool pressed = false;  // a finger is on it now
};

// Texts of a frame where their ink lies, and what is wrong with any.
struct DrawnText {
    std::string text;
    Rect ink;
    bool fits = true;  // inside the area it was given
    bool unknown_glyphs = false;
};

class Ui {
  public:
    explicit Ui(PictureCache& pictures, const paint::TextEngine& engine)
        : pictures_(pictures), engine_(engine) {}

    void begin(ImDrawList* list, record::Language language);

    record::Language language() const { return language_; }
    const std::string& say(const record::Phrase& phrase) const { return phrase.in(language_); }

    void fill(const Rect& rect, Rgba colour);
    void rounded(const Rect& rect, float radius, Rgba colour);
    // A filled box with a border inside its edge.
    void framed(const Rect& rect, float radius, float border, Rgba border_colour, Rgba colour);
    void ring(const Rect& square, float width, Rgba colour);

    void icon(Icon icon, const Rect& square, Rgba colour);
    void face(int score, const Rect& square, bool pressed);

    // Draws at most what `area` holds in width: wraps between words, then shrinks to look.px_min. Returns the
    // height of its lines.
    float text(const Rect& area, std::string_view utf8, const TextLook& look);
    // What text() would return, without drawing.
    float text_height(const Rect& area, std::string_view utf8, const TextLook& look);

    // On one line at look.px.
    float text_width(std::string_view utf8, const TextLook& look);

    // A code of `url` as large as `box_px` allows, in whole pixels per module, centred in `square`. False
    // where it does not fit.
    bool qr(const Rect& square, const std::string& url);

    Touch touch(std::string_view id, const Rect& rect, std::string_view text);
    // Something to be found, which is no button.
    void note(std::string_view id, const Rect& rect, std::string_view text);

    const std::vector<WidgetInfo>& widgets() const { return widgets_; }
    const std::vector<DrawnText>& texts() const { return texts_; }

  private:
    struct Fit {
        int px = 0;
        int width_px = 0;  // 0: one line
        bool fits = true;
    };
    Fit fit(const Rect& area, std::string_view utf8, const TextLook& look);
    Fit find_fit(const Rect& area, std::string_view utf8, const TextLook& look) const;
    bool breaks_a_word(std::string_view utf8, const paint::TextStyle& style) const;
    float consonant_height(int px) const;
    void picture(const Picture& picture, float x, float y, Rgba colour);
    void part(const Picture& picture, const Rect& source, float x, float y, Rgba colour);

    PictureCache& pictures_;
    const paint::TextEngine& engine_;
    ImDrawList* list_ = nullptr;
    record::Language language_ = record::Language::kThai;
    std::vector<WidgetInfo> widgets_;
    std::vector<DrawnText> texts_;
    std::map<std::string, Fit> fits_;  // laying out a text only to measure it costs as much as drawing it
    mutable float consonant_share_ = 0;
};

}  // namespace sala::kiosk
