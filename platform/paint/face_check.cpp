#include "platform/paint/face_check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "platform/paint/fonts.h"

namespace sala::paint {
namespace {

// Measured at 100 px to the em, regular and bold, every consonant with every stack below:
//
//                     rise above vowel   new ink     seam (longest)   below baseline
//   the good faces       17 % or more    57 % or more   13 % or less     23 % or more
//   Noto Looped Thai      0 %            10 %          111 %             29 %
//
// Good are Loma, Laksaman, Waree, Umpush, Garuda, Norasi, Kinnari, Sawasdee, Noto Sans Thai and Noto Serif
// Thai. Not to touch at all would be too much to ask: Loma's own drawing lets a tone lean on ื, and Umpush
// on ึ, by a tenth of an em, and it still reads well. Tall consonants are only asked for new ink without a
// vowel, since every TLWG face hangs the tone beside the stem, as high as the stem.
constexpr int kPx = 100;
constexpr int kRiseMin = 8;        // % of the em, by which a tone tops its vowel
constexpr int kNewInkMin = 45;     // % of the tone's ink over a bare อ
constexpr int kSeamMax = 30;       // % of the em, along which tone and vowel touch
constexpr int kBelowMin = 12;      // % of the em, by which ุ and ู reach under the line of น
constexpr int kSideMax = 4 * kPx;  // of a drawing, should a face be absurd
constexpr std::uint8_t kInk = 128;

constexpr std::array<std::string_view, 9> kConsonants = {"ก", "น", "ท", "ญ", "ฐ", "ป", "ฝ", "ฟ", "ฬ"};
constexpr std::array<std::string_view, 5> kUpperVowels = {"ั", "ิ", "ี", "ึ", "ื"};
constexpr std::array<std::string_view, 4> kTones = {"่", "้", "๊", "๋"};

// A drawn text: no more of it than its ink, and where that lies from the origin.
struct Ink {
    int left = 0;
    int top = 0;
    Mask mask;

    int right() const { return left + mask.width; }
    int bottom() const { return top + mask.height; }
    int at(int x, int y) const {
        const bool inside = x >= left && y >= top && x < right() && y < bottom();
        return inside ? mask.at(x - left, y - top) : 0;
    }
};

// Ink that `after` has and `before` has not, in whole pixels' worth.
int new_ink(const Ink& before, const Ink& after) {
    int sum = 0;
    for (int y = after.top; y < after.bottom(); ++y) {
        for (int x = after.left; x < after.right(); ++x) sum += std::max(0, after.at(x, y) - before.at(x, y));
    }
    return sum / 255;
}

std::string join(std::string_view a, std::string_view b, std::string_view c = "") {
    return std::string(a).append(b).append(c);
}

class Face {
  public:
    Face(PangoContext* context, const std::string& family, bool bold)
        : context_(context), family_(family), description_(describe(family, kPx, bold)) {}

    // Ink of `text`, always around the same origin, so that two masks can be laid over each other. Lives
    // until forget().
    const Ink& draw(const std::string& text) {
        const auto known = drawn_.find(text);
        return known != drawn_.end() ? known->second : drawn_.emplace(text, draw_anew(text)).first->second;
    }
    void forget() { drawn_.clear(); }

    // The ink of a mark where nothing is in its way.
    int whole_ink(std::string_view mark) {
        const auto known = whole_.find(mark);
        if (known != whole_.end()) return known->second;
        const int ink = new_ink(draw("อ"), draw(join("อ", mark)));
        return whole_.emplace(mark, ink).first->second;
    }

    // Whether every glyph so far came from this face and none from one that stepped in for it.
    bool all_own() const { return all_own_; }

  private:
    Ink draw_anew(const std::string& text) {
        const LayoutHandle layout(pango_layout_new(context_));
        pango_layout_set_font_description(layout.get(), description_.get());
        pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
        all_own_ &= is_own(layout.get());
        cairo_new_path(scratch_.get());
        pango_cairo_layout_path(scratch_.get(), layout.get());
        double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
        cairo_path_extents(scratch_.get(), &x0, &y0, &x1, &y1);
        Ink ink{static_cast<int>(std::floor(x0)), static_cast<int>(std::floor(y0)), {}};
        const auto side = [](double end, int begin) {
            return std::clamp(static_cast<int>(std::ceil(end)) - begin, 1, kSideMax);
        };
        const SurfaceHandle surface = make_surface(side(x1, ink.left), side(y1, ink.top));
        const CairoHandle cairo(cairo_create(surface.get()));
        cairo_set_antialias(cairo.get(),
                            CAIRO_ANTIALIAS_FAST);  // sixteen steps of gray are enough to measure
        cairo_translate(cairo.get(), -ink.left, -ink.top);
        const CairoPathHandle path(cairo_copy_path(scratch_.get()));
        cairo_append_path(cairo.get(), path.get());
        cairo_fill(cairo.get());
        ink.mask = copy_mask(surface.get());
        return ink;
    }

    bool is_own(PangoLayout* layout) const {
        if (pango_layout_get_unknown_glyphs_count(layout) > 0) return false;
        const Handle<PangoLayoutIter, pango_layout_iter_free> iter(pango_layout_get_iter(layout));
        do {
            const PangoLayoutRun* run = pango_layout_iter_get_run_readonly(iter.get());
            if (run == nullptr) continue;
            const DescriptionHandle used(pango_font_describe(run->item->analysis.font));
            if (g_ascii_strcasecmp(pango_font_description_get_family(used.get()), family_.c_str()) != 0)
                return false;
        } while (pango_layout_iter_next_run(iter.get()));
        return true;
    }

    PangoContext* context_;
    std::string family_;
    DescriptionHandle description_;
    // Without edges: Cairo leaves out of a path the glyphs that lie outside of the surface.
    SurfaceHandle scratch_surface_{cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, nullptr)};
    CairoHandle scratch_{cairo_create(scratch_surface_.get())};
    bool all_own_ = true;
    std::map<std::string, Ink> drawn_;
    std::map<std::string_view, int> whole_;
};

int top_of(const Ink& ink) {
    const auto& alpha = ink.mask.alpha;
    const auto first = std::ranges::find_if(alpha, [](std::uint8_t a) { return a >= kInk; });
    return ink.top + static_cast<int>(first - alpha.begin()) / ink.mask.width;
}

int bottom_of(const Ink& ink) {
    const auto& alpha = ink.mask.alpha;
    const auto last = std::find_if(alpha.rbegin(), alpha.rend(), [](std::uint8_t a) { return a >= kInk; });
    return ink.bottom() - static_cast<int>(last - alpha.rbegin()) / ink.mask.width;
}

// Pixels of the new ink that lie directly against the old.
int seam(const Ink& before, const Ink& after) {
    int count = 0;
    for (int y = after.top; y < after.bottom(); ++y) {
        for (int x = after.left; x < after.right(); ++x) {
            if (after.at(x, y) < kInk || before.at(x, y) >= kInk) continue;
            count += before.at(x - 1, y) >= kInk || before.at(x + 1, y) >= kInk ||
                     before.at(x, y - 1) >= kInk || before.at(x, y + 1) >= kInk;
        }
    }
    return count;
}

// A mark that stands above `below`: it must add most of its own ink, rise above it and not melt into it.
bool stands_clear(Face& face, const std::string& below, std::string_view mark) {
    const int whole = face.whole_ink(mark);
    const Ink& before = face.draw(below);
    const Ink& after = face.draw(join(below, mark));
    return whole > 0 && new_ink(before, after) * 100 >= whole * kNewInkMin &&
           top_of(before) - top_of(after) >= kRiseMin * kPx / 100 &&
           seam(before, after) <= kSeamMax * kPx / 100;
}

// น้ำ: the tone is written between น and ำ but stands above the ring of ำ.
bool sara_am_stands_clear(Face& face, std::string_view consonant, std::string_view tone) {
    const int whole = face.whole_ink(tone);
    const Ink& before = face.draw(join(consonant, "ำ"));
    const Ink& after = face.draw(join(consonant, tone, "ำ"));
    return whole > 0 && new_ink(before, after) * 100 >= whole * kNewInkMin &&
           top_of(before) - top_of(after) >= kRiseMin * kPx / 100;
}

// The first text whose marks cannot be told apart; empty when all can.
std::string first_failure(Face& face) {
    const int line = bottom_of(face.draw("น"));
    for (const std::string_view consonant : kConsonants) {
        face.forget();
        const std::string base(consonant);
        const bool tall = consonant == "ป" || consonant == "ฝ" || consonant == "ฟ" || consonant == "ฬ";
        const Ink& bare = face.draw(base);
        for (const std::string_view tone : kTones) {
            const int whole = face.whole_ink(tone);
            if (new_ink(bare, face.draw(base + std::string(tone))) * 100 < whole * kNewInkMin)
                return join(base, tone);
            for (const std::string_view vowel : kUpperVowels) {
                if (!stands_clear(face, join(base, vowel), tone)) return join(base, vowel, tone);
            }
            if (!sara_am_stands_clear(face, base, tone)) return join(base, tone, "ำ");
        }
        if (!stands_clear(face, join(base, "ิ"), "์")) return join(base, "ิ", "์");
        for (const std::string_view vowel : {"ุ", "ู"}) {
            const std::string text = join(base, vowel);
            if (bottom_of(face.draw(text)) - line < kBelowMin * kPx / 100) return text;
        }
        if (!tall && !stands_clear(face, base, "็")) return join(base, "็");
    }
    return {};
}

}  // namespace

Result<void> check_face(const std::string& family) {
    const ContextHandle context = make_context(std::array{family});
    if (const auto there = require_family(context.get(), family); !there) return there;
    for (const bool bold : {false, true}) {
        Face face(context.get(), family, bold);
        const std::string failure = first_failure(face);
        if (!face.all_own()) {
            return Error{
                "FACE-MARKS", fmt::format("แบบอักษร {} ไม่มีตัวอักษรไทยครบ โปรดเลือกแบบอักษรอื่น เช่น Loma", family),
                fmt::format("the face {} does not have all Thai letters; choose another, e.g. Loma", family)};
        }
        if (!failure.empty()) {
            return Error{
                "FACE-MARKS",
                fmt::format(
                    "แบบอักษร {} แสดงวรรณยุกต์หรือสระซ้อนไม่ชัดที่ “{}” อาจอ่านผิดความหมาย โปรดเลือกแบบอักษรอื่น เช่น Loma",
                    family, failure),
                fmt::format("the face {} loses or melts stacked marks, as in “{}”, so words would read "
                            "wrongly; choose "
                            "another, e.g. Loma",
                            family, failure)};
        }
    }
    return {};
}

}  // namespace sala::paint
