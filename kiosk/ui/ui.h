// The pen that screens draw with: boxes, text, pictures and places to tap, in units of the grid.
//
// Everything becomes upright quads on whole pixels, which the canvas draws fast. It also keeps account of
// what was drawn, so that tests and the inspector can find each widget, and so that a text which did not
// fit or has no glyph is noticed. The trap: a tap is reported in the frame in which the finger left the
// same widget on which it came down, and only then.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/drawings.h"
#include "kiosk/ui/grid.h"
#include "kiosk/ui/picture_cache.h"
#include "kiosk/ui/theme.h"
#include "kiosk/ui/view.h"

struct ImDrawList;

namespace sala::kiosk {

using paint::Align;
enum class Valign { kTop, kMiddle, kBottom };

// Sizes in units.
struct TextLook {
    int size = theme::kBody1;
    bool bold = false;
    Rgba colour = 0;  // 0: ink
    Align align = Align::kLeft;
    Valign valign = Valign::kTop;
    double line_height = 1.45;
    bool digits_face = false;
    int min = 0;       // may shrink to this to fit its area; 0: never
    int one_line = 0;  // rather shrinks to this than takes a second line; 0: wraps at once
};

struct Touch {
    bool tapped = false;
    bool pressed = false;  // a finger is on it now
};

// A text of a frame, in pixels: where its ink lies, how it was set, and what is wrong with it.
struct DrawnText {
    std::string text;
    Rect ink;
    Rect area;           // what it was given
    float x = 0, y = 0;  // of its picture
    paint::TextStyle style{};
    Rgba colour = 0;
    bool fits = true;
    bool unknown_glyphs = false;
    bool covered = false;  // by something that was drawn over it
};

class Ui {
  public:
    explicit Ui(PictureCache& pictures, const paint::TextEngine& engine)
        : pictures_(pictures), engine_(engine) {}

    void begin(ImDrawList* list, const View& view, const ScreenSize& size);

    const Grid& grid() const { return grid_; }
    const theme::Palette& palette() const { return *palette_; }
    record::Language language() const { return language_; }
    const std::string& say(const record::Phrase& phrase) const { return phrase.in(language_); }
    // 1234 as the visitor's language writes it.
    std::string digits(std::uint64_t number) const;

    void fill(const Rect& rect, Rgba colour);
    void rounded(const Rect& rect, float radius, Rgba colour);
    // A filled box with a border inside its edge.
    void framed(const Rect& rect, float radius, float border, Rgba border_colour, Rgba colour);
    void ring(const Rect& square, float width, Rgba colour);

    // `shown`, 0 to 1: so much of it from the left, for what moves.
    void icon(Icon icon, const Rect& square, Rgba colour, float shown = 1);
    void face(int score, const Rect& square, bool pressed);

    // Draws at most what `area` holds in width: wraps between words, then shrinks to look.min. Returns the
    // height of its lines.
    float text(const Rect& area, std::string_view utf8, const TextLook& look);
    // What text() would return, without drawing.
    float text_height(const Rect& area, std::string_view utf8, const TextLook& look);
    // The size, in units, at which text() would set it.
    int text_size(const Rect& area, std::string_view utf8, const TextLook& look);
    // On one line at look.size.
    float text_width(std::string_view utf8, const TextLook& look);
    // What fits one line of `width` at look.size, cut between words with "…": for tables.
    std::string cut(std::string_view utf8, float width, const TextLook& look);
    // For what must be read to act: this size, and more on a small display.
    int type(int size) const;

    // A code of `content` as large as `square` allows, in whole pixels per module, centred in it, on white.
    // False, and nothing drawn, where it does not fit.
    bool qr(const Rect& square, const std::string& content);

    Touch touch(std::string_view id, const Rect& rect, std::string_view text);
    // True once, in the frame in which a finger has rested on it for so long.
    bool held(std::string_view id, const Rect& rect, int hold_ms);
    // Something to be found, which is no button.
    void note(std::string_view id, const Rect& rect, std::string_view text);
    // From here on nothing can be tapped: it lies under something else.
    void cover() { covered_ = true; }
    void uncover() { covered_ = false; }

    // 0 to 1 over theme::kMotionMs since the screen came. Asks for another frame until it is 1.
    float motion();

    bool moving() const { return moving_; }
    // The monotonic time at which a frame is due because something is held down; 0: none.
    std::int64_t due_mono_ms() const { return due_mono_ms_; }
    const std::vector<WidgetInfo>& widgets() const { return widgets_; }
    const std::vector<DrawnText>& texts() const { return texts_; }

  private:
    struct Fit {
        int px = 0;
        int width_px = 0;  // 0: one line
        bool fits = true;
    };
    struct Box {
        int x = 0, y = 0, w = 0, h = 0;
        int right() const { return x + w; }
        int bottom() const { return y + h; }
    };
    struct Hold {
        std::string id;
        std::int64_t since_ms = 0;
        bool done = false;
    };
    // A look in whole pixels.
    struct PixelLook;

    int px(float units) const;
    Box box(const Rect& rect) const;
    PixelLook pixel_look(const TextLook& look) const;
    Fit fit(const Box& area, std::string_view utf8, const PixelLook& look);
    Fit find_fit(const Box& area, std::string_view utf8, const PixelLook& look) const;
    float consonant_height(int px) const;
    void fill_px(const Box& box, Rgba colour);
    void rounded_px(const Box& box, int radius, Rgba colour);
    void picture(const Picture& picture, int x, int y, Rgba colour);
    void part(const Picture& picture, const Box& source, int x, int y, Rgba colour);
    bool button(std::string_view id, const Rect& rect, std::string_view text, bool& pressed);

    PictureCache& pictures_;
    const paint::TextEngine& engine_;
    ImDrawList* list_ = nullptr;
    Grid grid_;
    const theme::Palette* palette_ = &theme::kUsual;
    record::Language language_ = record::Language::kThai;
    std::int64_t mono_ms_ = 0, age_ms_ = 0, due_mono_ms_ = 0;
    bool covered_ = false, moving_ = false;
    Hold hold_;
    std::vector<WidgetInfo> widgets_;
    std::vector<DrawnText> texts_;
    std::map<std::string, Fit> fits_;  // laying out a text only to measure it costs as much as drawing it
    mutable float consonant_share_ = 0;
};

}  // namespace sala::kiosk
