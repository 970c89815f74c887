#include "platform/paint/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "platform/paint/face_check.h"
#include "platform/paint/fonts.h"

namespace sala::paint {
namespace {

constexpr std::size_t kTextBytesMax = 4 * 1024;
constexpr int kPxMax = 1024;
constexpr std::string_view kWordJoiner = "\u2060";

// What Pango is given: valid UTF-8 of bounded length without joiners, and the places where one stood.
//
// The joiners are taken out as libthai, which finds the words, does not know them and faces have no glyph for
// them.
struct Source {
    std::string text;
    std::vector<guint> unbreakable;  // byte offsets in `text`
    bool damaged = false;
};

Source prepare(std::string_view utf8) {
    Source source;
    if (utf8.size() > kTextBytesMax) {
        source.damaged = true;
        std::size_t end = kTextBytesMax;
        while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) --end;
        utf8 = utf8.substr(0, end);
    }
    std::string repaired;
    if (!g_utf8_validate_len(utf8.data(), utf8.size(), nullptr)) {
        source.damaged = true;
        const Handle<char, g_free> valid(g_utf8_make_valid(utf8.data(), static_cast<gssize>(utf8.size())));
        repaired = valid.get();
        utf8 = repaired;
    }
    while (!utf8.empty()) {
        const std::size_t joiner = std::min(utf8.find(kWordJoiner), utf8.size());
        source.text += utf8.substr(0, joiner);
        utf8.remove_prefix(joiner);
        if (utf8.empty()) break;
        source.unbreakable.push_back(static_cast<guint>(source.text.size()));
        utf8.remove_prefix(kWordJoiner.size());
    }
    return source;
}

// No break at the joiners: Pango forbids breaks strictly inside a range, so each range is the two letters
// around.
AttributesHandle forbid_breaks(const Source& source) {
    AttributesHandle list(pango_attr_list_new());
    const char* const begin = source.text.c_str();
    for (const guint at : source.unbreakable) {
        if (at == 0 || at == source.text.size()) continue;
        PangoAttribute* attribute = pango_attr_allow_breaks_new(FALSE);
        attribute->start_index = static_cast<guint>(g_utf8_prev_char(begin + at) - begin);
        attribute->end_index = static_cast<guint>(g_utf8_next_char(begin + at) - begin);
        pango_attr_list_insert(list.get(), attribute);
    }
    return list;
}

PangoAlignment pango_align(Align align) {
    switch (align) {
        case Align::kCenter:
            return PANGO_ALIGN_CENTER;
        case Align::kRight:
            return PANGO_ALIGN_RIGHT;
        case Align::kLeft:
            break;
    }
    return PANGO_ALIGN_LEFT;
}

// The lines as one outline around the origin of the logical box, and the whole pixels that they need.
struct Outline {
    CairoPathHandle path;
    int left = 0;  // of the mask, relative to the logical box: 0, or negative where ink hangs out
    int top = 0;
    Size size;
    int baseline = 0;
    int lines = 0;
    bool cut = false;
};

}  // namespace

struct TextEngine::Fonts {
    std::string families;
    std::string digit_families;
    ContextHandle context;
    std::string fingerprint;
    // Without edges: Cairo leaves out of a path the glyphs that lie outside of the surface.
    SurfaceHandle scratch_surface{cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, nullptr)};
    CairoHandle scratch{cairo_create(scratch_surface.get())};

    // The last text that was set, as who measures one mostly draws it next.
    struct Setting {
        std::string utf8;
        TextStyle style{};
        Source source;
        LayoutHandle layout;
        std::optional<Outline> outline;
    } last;

    Setting& set(std::string_view utf8, const TextStyle& style);
    const Outline& outline_of(Setting& setting) const;
    LayoutHandle layout(const Source& source, const TextStyle& style) const;
    Outline outline(PangoLayout* layout, const TextStyle& style) const;
};

TextEngine::Fonts::Setting& TextEngine::Fonts::set(std::string_view utf8, const TextStyle& style) {
    if (last.layout && last.utf8 == utf8 && last.style == style) return last;
    last = {std::string(utf8), style, prepare(utf8), {}, {}};
    last.layout = layout(last.source, style);
    return last;
}

const Outline& TextEngine::Fonts::outline_of(Setting& setting) const {
    if (!setting.outline) setting.outline = outline(setting.layout.get(), setting.style);
    return *setting.outline;
}

LayoutHandle TextEngine::Fonts::layout(const Source& source, const TextStyle& style) const {
    LayoutHandle layout(pango_layout_new(context.get()));
    const int px = std::clamp(style.px, 1, kPxMax);
    const DescriptionHandle face =
        style.digits_face ? describe(digit_families, px, true) : describe(families, px, style.bold);
    pango_layout_set_font_description(layout.get(), face.get());
    pango_layout_set_auto_dir(layout.get(), FALSE);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), pango_align(style.align));
    const AttributesHandle attributes = forbid_breaks(source);
    pango_layout_set_attributes(layout.get(), attributes.get());
    pango_layout_set_text(layout.get(), source.text.data(), static_cast<int>(source.text.size()));
    if (style.width_px > 0) {
        pango_layout_set_width(layout.get(), std::min(style.width_px, kMaskSideMax) * PANGO_SCALE);
        return layout;
    }
    int width = 0;
    pango_layout_get_size(layout.get(), &width, nullptr);
    if (width > kMaskSideMax * PANGO_SCALE) pango_layout_set_width(layout.get(), kMaskSideMax * PANGO_SCALE);
    return layout;
}

Outline TextEngine::Fonts::outline(PangoLayout* layout, const TextStyle& style) const {
    // Pango would give each line the height of the faces that happen to be in it; here all lines are equally
    // high.
    const FontHandle face(pango_context_load_font(context.get(), pango_layout_get_font_description(layout)));
    const Handle<PangoFontMetrics, pango_font_metrics_unref> metrics(
        pango_font_get_metrics(face.get(), nullptr));
    const double ascent = pango_units_to_double(pango_font_metrics_get_ascent(metrics.get()));
    const double descent = pango_units_to_double(pango_font_metrics_get_descent(metrics.get()));
    const double line_px = std::clamp(style.px, 1, kPxMax) * std::clamp(style.line_height, 0.5, 4.0);
    const double first_baseline = (line_px - ascent - descent) / 2 + ascent;

    Outline outline;
    outline.baseline = static_cast<int>(std::lround(first_baseline));
    const int lines_max = static_cast<int>(kMaskSideMax / line_px);
    double right = style.width_px > 0 ? std::min(style.width_px, kMaskSideMax) : 0;
    cairo_new_path(scratch.get());
    const Handle<PangoLayoutIter, pango_layout_iter_free> iter(pango_layout_get_iter(layout));
    do {
        if (outline.lines >= lines_max) {
            outline.cut = true;
            break;
        }
        PangoRectangle logical;
        pango_layout_iter_get_line_extents(iter.get(), nullptr, &logical);
        right = std::max(right, pango_units_to_double(logical.x + logical.width));
        // Every baseline on a whole pixel, so that equal letters look equal in each line.
        cairo_move_to(scratch.get(), pango_units_to_double(logical.x),
                      std::round(first_baseline + outline.lines * line_px));
        pango_cairo_layout_line_path(scratch.get(), pango_layout_iter_get_line_readonly(iter.get()));
        ++outline.lines;
    } while (pango_layout_iter_next_line(iter.get()));

    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    // The outline's control points cost nothing to ask for and lie around its ink, which is mostly all that
    // there is to know: the ink itself is only looked for where they leave the logical box.
    const double foot = std::round(outline.lines * line_px);
    cairo_path_extents(scratch.get(), &x0, &y0, &x1, &y1);
    if (x0 < 0 || y0 < 0 || x1 > right || y1 > foot) {
        cairo_fill_extents(scratch.get(), &x0, &y0, &x1, &y1);
    }
    outline.left = static_cast<int>(std::floor(std::min(0.0, x0)));
    outline.top = static_cast<int>(std::floor(std::min(0.0, y0)));
    outline.baseline -= outline.top;
    const double bottom = std::max(foot, std::ceil(y1));
    const auto side = [](double px) { return static_cast<int>(std::clamp(px, 1.0, double{kMaskSideMax})); };
    outline.size = {side(std::ceil(std::max(right, x1)) - outline.left), side(bottom - outline.top)};
    outline.path.reset(cairo_copy_path(scratch.get()));
    cairo_new_path(scratch.get());
    return outline;
}

TextEngine::TextEngine(std::unique_ptr<Fonts> fonts) : fonts_(std::move(fonts)) {}
TextEngine::TextEngine(TextEngine&&) noexcept = default;
TextEngine& TextEngine::operator=(TextEngine&&) noexcept = default;
TextEngine::~TextEngine() = default;

Result<TextEngine> TextEngine::open(const std::string& family, std::string_view trusted) {
    auto fonts = std::make_unique<Fonts>();
    const std::string behind(kFallbackFamily);
    fonts->context = make_context(std::array{family, behind});
    for (const std::string& needed : {family, behind}) {
        if (const auto there = require_family(fonts->context.get(), needed); !there) return there.error();
    }
    fonts->fingerprint = paint::fingerprint(fonts->context.get(), family);
    if (fonts->fingerprint.empty() || fonts->fingerprint != trusted) {
        if (const auto checked = check_face(family); !checked) return checked.error();
    }
    fonts->families = family + "," + behind;
    fonts->digit_families = behind + "," + family;
    return TextEngine(std::move(fonts));
}

const std::string& TextEngine::fingerprint() const { return fonts_->fingerprint; }

Text TextEngine::draw(std::string_view utf8, const TextStyle& style) const {
    Fonts::Setting& set = fonts_->set(utf8, style);
    const Outline& outline = fonts_->outline_of(set);
    const SurfaceHandle surface = make_surface(outline.size.width, outline.size.height);
    const CairoHandle cairo(cairo_create(surface.get()));
    cairo_translate(cairo.get(), -outline.left, -outline.top);
    cairo_append_path(cairo.get(), outline.path.get());
    cairo_fill(cairo.get());

    Text text{.mask = copy_mask(surface.get()), .baseline = outline.baseline, .lines = outline.lines};
    text.unknown_glyphs =
        set.source.damaged || outline.cut || pango_layout_get_unknown_glyphs_count(set.layout.get()) > 0;
    text.ink_left = text.mask.width;
    text.ink_top = text.mask.height;
    for (int y = 0; y < text.mask.height; ++y) {
        for (int x = 0; x < text.mask.width; ++x) {
            if (text.mask.at(x, y) == 0) continue;
            text.ink_left = std::min(text.ink_left, x);
            text.ink_top = std::min(text.ink_top, y);
            text.ink_right = std::max(text.ink_right, x + 1);
            text.ink_bottom = std::max(text.ink_bottom, y + 1);
        }
    }
    if (text.ink_right == 0) text.ink_left = text.ink_top = 0;
    return text;
}

Size TextEngine::measure(std::string_view utf8, const TextStyle& style) const {
    return fonts_->outline_of(fonts_->set(utf8, style)).size;
}

std::vector<std::string> TextEngine::lines(std::string_view utf8, const TextStyle& style) const {
    const Fonts::Setting& set = fonts_->set(utf8, style);
    std::vector<std::string> lines;
    const int count = pango_layout_get_line_count(set.layout.get());
    for (int i = 0; i < count; ++i) {
        const PangoLayoutLine* line = pango_layout_get_line_readonly(set.layout.get(), i);
        std::string text = set.source.text.substr(static_cast<std::size_t>(line->start_index),
                                                  static_cast<std::size_t>(line->length));
        while (text.ends_with(' ')) text.pop_back();
        lines.push_back(std::move(text));
    }
    return lines;
}

}  // namespace sala::paint
