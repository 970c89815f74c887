#include "platform/paint/pdf.h"

#include <cairo-pdf.h>

#include <array>
#include <cassert>
#include <utility>
#include <variant>
#include <vector>

#include "platform/paint/face_check.h"
#include "platform/paint/fonts.h"

namespace sala::paint {
namespace {

// In the order of preference. The last stands in Debian 12 and is what the refusal names.
constexpr std::array<const char*, 3> kDocumentFamilies = {"TH Sarabun New", "TH SarabunPSK", "Laksaman"};

struct Words {
    double x, y;
    std::string utf8;
    PdfStyle style;
};
struct Rule {
    double x0, y0, x1, y1, width;
    Ink ink;
};
struct Tint {
    double x, y, width, height;
    Ink ink;
};
using Mark = std::variant<Words, Rule, Tint>;

// How high ก stands in the face, in parts of its em. TH Sarabun is drawn a fifth smaller in its em than
// Laksaman, so a size in points says little.
double consonant_height(PangoContext* context, const std::string& family) {
    const LayoutHandle layout(pango_layout_new(context));
    constexpr int kPx = 1000;
    const DescriptionHandle face = describe(family, kPx, false);
    pango_layout_set_font_description(layout.get(), face.get());
    pango_layout_set_text(layout.get(), "ก", -1);
    PangoRectangle ink;
    pango_layout_get_extents(layout.get(), &ink, nullptr);
    return pango_units_to_double(ink.height) / kPx;
}
constexpr double kConsonantHeight = 0.602;  // of Laksaman

PangoAlignment pango_align(Align align) {
    if (align == Align::kCenter) return PANGO_ALIGN_CENTER;
    return align == Align::kRight ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

Error unwritable(std::string_view thai, std::string_view english) {
    return Error{"PDF-UNWRITABLE", fmt::format("สร้างไฟล์ PDF ไม่ได้: {}", thai),
                 fmt::format("the PDF could not be made: {}", english)};
}

void set_ink(cairo_t* cairo, Ink ink) { cairo_set_source_rgb(cairo, ink.red, ink.green, ink.blue); }

// Letters from left to right, each with a glyph of its face.
bool is_plain(const PangoGlyphItem& run) {
    if (run.item->analysis.level % 2 != 0) return false;
    for (int i = 0; i < run.glyphs->num_glyphs; ++i) {
        if ((run.glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0) return false;
    }
    return true;
}

// Shows a run with one cluster for each word, so that the file says the letters of a whole word at once.
//
// Pango's own clusters are single letters with their marks. A mark that stands to the left (ป่ ฟื้) then
// leaves a gap before the next letter that readers take for a space, and "ผู้ป่วย" is not found any more.
void show_words(cairo_t* cairo, const PangoGlyphItem& run, const std::string& utf8, double x, double y) {
    const PangoGlyphString& shaped = *run.glyphs;
    const auto byte_at = [&](int glyph) {
        return run.item->offset + (glyph < shaped.num_glyphs ? shaped.log_clusters[glyph] : run.item->length);
    };
    const auto is_space = [&](int glyph) { return utf8[static_cast<std::size_t>(byte_at(glyph))] == ' '; };
    cairo_set_scaled_font(cairo, pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(run.item->analysis.font)));
    int from = 0;
    std::vector<cairo_glyph_t> glyphs;
    for (int i = 0; i < shaped.num_glyphs; ++i) {
        const PangoGlyphInfo& info = shaped.glyphs[i];
        if (info.glyph != PANGO_GLYPH_EMPTY) {
            glyphs.push_back({info.glyph, x + pango_units_to_double(info.geometry.x_offset),
                              y + pango_units_to_double(info.geometry.y_offset)});
        }
        x += pango_units_to_double(info.geometry.width);
        const bool last = i + 1 == shaped.num_glyphs;
        if (!last && !is_space(i) && !is_space(i + 1)) continue;
        const cairo_text_cluster_t word{byte_at(i + 1) - byte_at(from), static_cast<int>(glyphs.size())};
        if (!glyphs.empty()) {
            cairo_show_text_glyphs(cairo, &utf8[static_cast<std::size_t>(byte_at(from))], word.num_bytes,
                                   glyphs.data(), word.num_glyphs, &word, 1, cairo_text_cluster_flags_t{});
        }
        glyphs.clear();
        from = i + 1;
    }
}

void show_line(cairo_t* cairo, PangoLayoutLine* line, const std::string& utf8, double x, double y) {
    for (const GSList* node = line->runs; node != nullptr; node = node->next) {
        auto& run = *static_cast<PangoGlyphItem*>(node->data);
        if (is_plain(run)) {
            show_words(cairo, run, utf8, x, y);
        } else {
            cairo_move_to(cairo, x, y);
            pango_cairo_show_glyph_item(cairo, utf8.c_str(), &run);
        }
        x += pango_units_to_double(pango_glyph_string_get_width(run.glyphs));
    }
}

cairo_status_t append(void* to, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct PdfDocument::Pages {
    std::string title;
    std::string author;
    std::string families;
    ContextHandle context;
    double scale = 1;                      // of the face, to look as large as Laksaman
    std::vector<std::vector<Mark>> marks;  // of each page, in the order of the calls
    std::size_t page = 0;

    LayoutHandle layout(std::string_view utf8, const PdfStyle& style) const;
    void draw(cairo_t* cairo, const Words& words) const;
    static void draw(cairo_t* cairo, const Rule& rule);
    static void draw(cairo_t* cairo, const Tint& tint);
};

LayoutHandle PdfDocument::Pages::layout(std::string_view utf8, const PdfStyle& style) const {
    LayoutHandle layout(pango_layout_new(context.get()));
    const DescriptionHandle face = describe(families, style.pt, style.bold);
    pango_font_description_set_absolute_size(face.get(), style.pt * scale * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), face.get());
    pango_layout_set_auto_dir(layout.get(), FALSE);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), pango_align(style.align));
    if (style.width_pt > 0) pango_layout_set_width(layout.get(), pango_units_from_double(style.width_pt));
    // A hyphen is no mark of Thai, and none stands in what was written.
    const AttributesHandle attributes(pango_attr_list_new());
    pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout.get(), attributes.get());
    pango_layout_set_text(layout.get(), utf8.data(), static_cast<int>(utf8.size()));
    return layout;
}

void PdfDocument::Pages::draw(cairo_t* cairo, const Words& words) const {
    const LayoutHandle layout = this->layout(words.utf8, words.style);
    const FontHandle face(
        pango_context_load_font(context.get(), pango_layout_get_font_description(layout.get())));
    const Handle<PangoFontMetrics, pango_font_metrics_unref> metrics(
        pango_font_get_metrics(face.get(), nullptr));
    const double ascent = pango_units_to_double(pango_font_metrics_get_ascent(metrics.get()));
    const double descent = pango_units_to_double(pango_font_metrics_get_descent(metrics.get()));
    const double line = words.style.pt * words.style.line_height;
    double baseline = words.y + (line - ascent - descent) / 2 + ascent;
    set_ink(cairo, words.style.ink);
    const Handle<PangoLayoutIter, pango_layout_iter_free> iter(pango_layout_get_iter(layout.get()));
    do {
        PangoRectangle logical;
        pango_layout_iter_get_line_extents(iter.get(), nullptr, &logical);
        show_line(cairo, pango_layout_iter_get_line_readonly(iter.get()), words.utf8,
                  words.x + pango_units_to_double(logical.x), baseline);
        baseline += line;
    } while (pango_layout_iter_next_line(iter.get()));
}

void PdfDocument::Pages::draw(cairo_t* cairo, const Rule& rule) {
    set_ink(cairo, rule.ink);
    cairo_set_line_width(cairo, rule.width);
    cairo_move_to(cairo, rule.x0, rule.y0);
    cairo_line_to(cairo, rule.x1, rule.y1);
    cairo_stroke(cairo);
}

void PdfDocument::Pages::draw(cairo_t* cairo, const Tint& tint) {
    set_ink(cairo, tint.ink);
    cairo_rectangle(cairo, tint.x, tint.y, tint.width, tint.height);
    cairo_fill(cairo);
}

PdfDocument::PdfDocument(std::unique_ptr<Pages> pages) : pages_(std::move(pages)) {}
PdfDocument::PdfDocument(PdfDocument&&) noexcept = default;
PdfDocument& PdfDocument::operator=(PdfDocument&&) noexcept = default;
PdfDocument::~PdfDocument() = default;

Result<PdfDocument> PdfDocument::open(std::string_view title, std::string_view author) {
    auto pages = std::make_unique<Pages>();
    pages->title = title;
    pages->author = author;
    Result<void> trusted;
    for (const char* family : kDocumentFamilies) {
        trusted = check_face(family);
        if (!trusted) continue;
        pages->context = make_context(std::array{std::string(family), std::string(kFallbackFamily)});
        pages->scale = kConsonantHeight / consonant_height(pages->context.get(), family);
        pages->families = std::string(family) + "," + std::string(kFallbackFamily);
        break;
    }
    if (!trusted) return trusted.error();
    return PdfDocument(std::move(pages));
}

void PdfDocument::add_page() {
    pages_->page = pages_->marks.size();
    pages_->marks.emplace_back();
}

int PdfDocument::pages() const { return static_cast<int>(pages_->marks.size()); }

void PdfDocument::turn_to(int page) {
    assert(0 <= page && page < pages());
    pages_->page = static_cast<std::size_t>(page);
}

double PdfDocument::height_pt(std::string_view utf8, const PdfStyle& style) const {
    const LayoutHandle layout = pages_->layout(utf8, style);
    return pango_layout_get_line_count(layout.get()) * style.pt * style.line_height;
}

double PdfDocument::width_pt(std::string_view utf8, const PdfStyle& style) const {
    const LayoutHandle layout = pages_->layout(utf8, style);
    int width = 0;
    pango_layout_get_size(layout.get(), &width, nullptr);
    return pango_units_to_double(width);
}

void PdfDocument::text(double x, double y, std::string_view utf8, const PdfStyle& style) {
    pages_->marks.at(pages_->page).emplace_back(Words{x, y, std::string(utf8), style});
}

void PdfDocument::rule(double x0, double y0, double x1, double y1, double width_pt, Ink ink) {
    pages_->marks.at(pages_->page).emplace_back(Rule{x0, y0, x1, y1, width_pt, ink});
}

void PdfDocument::tint(double x, double y, double width, double height, Ink ink) {
    pages_->marks.at(pages_->page).emplace_back(Tint{x, y, width, height, ink});
}

Result<std::string> PdfDocument::bytes() const {
    if (pages() > kPdfPagesMax)
        return unwritable("ยาวเกินไป โปรดเลือกช่วงเวลาที่สั้นลง", "too long; choose a shorter period");
    std::string bytes;
    const SurfaceHandle surface(
        cairo_pdf_surface_create_for_stream(append, &bytes, kA4Width_pt, kA4Height_pt));
    cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, pages_->title.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_AUTHOR, pages_->author.c_str());
    // Cairo writes the present time unless it is told a date; what it cannot read as one it leaves out.
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "");
    const CairoHandle cairo(cairo_create(surface.get()));
    for (const std::vector<Mark>& on_page : pages_->marks) {
        for (const Mark& mark : on_page)
            std::visit([&](const auto& drawn) { pages_->draw(cairo.get(), drawn); }, mark);
        cairo_show_page(cairo.get());
    }
    cairo_surface_finish(surface.get());
    const cairo_status_t status = cairo_status(cairo.get());
    if (status != CAIRO_STATUS_SUCCESS)
        return unwritable("โปรแกรมวาดหน้าขัดข้อง", cairo_status_to_string(status));
    return bytes;
}

}  // namespace sala::paint
