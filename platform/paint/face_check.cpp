#include "platform/paint/face_check.h"

#include <algorithm>
#include <array>

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
// Thai. Not to touch at all would be too much to ask: Loma's own drawing lets a tone lean on ื, and Umpush on
// ึ, by a tenth of an em, and it still reads well. Tall consonants are only asked for new ink without a vowel,
// since every TLWG face hangs the tone beside the stem, as high as the stem.
constexpr int kPx = 100;
constexpr int kRiseMin = 8;     // % of the em, by which a tone tops its vowel
constexpr int kNewInkMin = 45;  // % of the tone's ink over a bare อ
constexpr int kSeamMax = 30;    // % of the em, along which tone and vowel touch
constexpr int kBelowMin = 12;   // % of the em, by which ุ and ู reach under the line of น
constexpr std::uint8_t kInk = 128;

constexpr std::array<std::string_view, 9> kConsonants = {"ก", "น", "ท", "ญ", "ฐ", "ป", "ฝ", "ฟ", "ฬ"};
constexpr std::array<std::string_view, 5> kUpperVowels = {"ั", "ิ", "ี", "ึ", "ื"};
constexpr std::array<std::string_view, 4> kTones = {"่", "้", "๊", "๋"};

class Face {
  public:
    Face(PangoContext* context, const std::string& family, bool bold)
        : context_(context), family_(family), description_(describe(family, kPx, bold)) {}

    // Ink of `text`, always around the same origin, so that two masks can be laid over each other.
    Mask draw(const std::string& text) {
        const LayoutHandle layout(pango_layout_new(context_));
        pango_layout_set_font_description(layout.get(), description_.get());
        pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
        all_own_ &= is_own(layout.get());
        const SurfaceHandle surface = make_surface(kPx * 3, kPx * 3);
        const CairoHandle cairo(cairo_create(surface.get()));
        cairo_move_to(cairo.get(), kPx, kPx / 2.0);
        pango_cairo_layout_path(cairo.get(), layout.get());
        cairo_fill(cairo.get());
        return copy_mask(surface.get());
    }

    // Whether every glyph so far came from this face and none from one that stepped in for it.
    bool all_own() const { return all_own_; }

  private:
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
    bool all_own_ = true;
};

int top_of(const Mask& mask) {
    const auto first = std::ranges::find_if(mask.alpha, [](std::uint8_t alpha) { return alpha >= kInk; });
    return static_cast<int>(first - mask.alpha.begin()) / mask.width;
}

int bottom_of(const Mask& mask) {
    const auto last = std::find_if(mask.alpha.rbegin(), mask.alpha.rend(),
                                   [](std::uint8_t alpha) { return alpha >= kInk; });
    return mask.height - static_cast<int>(last - mask.alpha.rbegin()) / mask.width;
}

// Ink that `after` has and `before` has not, in whole pixels' worth.
int new_ink(const Mask& before, const Mask& after) {
    int sum = 0;
    for (std::size_t i = 0; i < after.alpha.size(); ++i) sum += std::max(0, after.alpha[i] - before.alpha[i]);
    return sum / 255;
}

// Pixels of the new ink that lie directly against the old.
int seam(const Mask& before, const Mask& after) {
    int count = 0;
    for (int y = 1; y + 1 < after.height; ++y) {
        for (int x = 1; x + 1 < after.width; ++x) {
            if (after.at(x, y) < kInk || before.at(x, y) >= kInk) continue;
            count += before.at(x - 1, y) >= kInk || before.at(x + 1, y) >= kInk ||
                     before.at(x, y - 1) >= kInk || before.at(x, y + 1) >= kInk;
        }
    }
    return count;
}

std::string join(std::string_view a, std::string_view b, std::string_view c = "") {
    return std::string(a).append(b).append(c);
}

// A mark that stands above `below`: it must add most of its own ink, rise above it and not melt into it.
bool stands_clear(Face& face, const std::string& below, std::string_view mark) {
    const int whole = new_ink(face.draw("อ"), face.draw(join("อ", mark)));
    const Mask before = face.draw(below);
    const Mask after = face.draw(join(below, mark));
    return whole > 0 && new_ink(before, after) * 100 >= whole * kNewInkMin &&
           top_of(before) - top_of(after) >= kRiseMin * kPx / 100 &&
           seam(before, after) <= kSeamMax * kPx / 100;
}

// น้ำ: the tone is written between น and ำ but stands above the ring of ำ.
bool sara_am_stands_clear(Face& face, std::string_view consonant, std::string_view tone) {
    const int whole = new_ink(face.draw("อ"), face.draw(join("อ", tone)));
    const Mask before = face.draw(join(consonant, "ำ"));
    const Mask after = face.draw(join(consonant, tone, "ำ"));
    return whole > 0 && new_ink(before, after) * 100 >= whole * kNewInkMin &&
           top_of(before) - top_of(after) >= kRiseMin * kPx / 100;
}

// The first text whose marks cannot be told apart; empty when all can.
std::string first_failure(Face& face) {
    const Mask plain = face.draw("น");
    for (const std::string_view consonant : kConsonants) {
        const std::string base(consonant);
        const bool tall = consonant == "ป" || consonant == "ฝ" || consonant == "ฟ" || consonant == "ฬ";
        const Mask bare = face.draw(base);
        for (const std::string_view tone : kTones) {
            const int whole = new_ink(face.draw("อ"), face.draw(join("อ", tone)));
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
            if (bottom_of(face.draw(text)) - bottom_of(plain) < kBelowMin * kPx / 100) return text;
        }
        if (!tall && !stands_clear(face, base, "็")) return join(base, "็");
    }
    return {};
}

}  // namespace

Result<void> check_face(const std::string& family) {
    const ContextHandle context = make_context();
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
