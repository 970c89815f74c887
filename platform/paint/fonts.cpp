#include "platform/paint/fonts.h"

#include <array>
#include <cstring>

namespace sala::paint {
namespace {

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && g_ascii_strncasecmp(a.data(), b.data(), a.size()) == 0;
}

// The Debian 12 package of a face that Sala may be told to use; empty when it is not one of them.
std::string_view debian_package(std::string_view family) {
    static constexpr std::array<std::string_view, 14> kTlwg = {
        "Garuda",    "Kinnari",         "Laksaman",    "Loma",      "Norasi", "Purisa", "Sawasdee",
        "Tlwg Mono", "Tlwg Typewriter", "Tlwg Typist", "Tlwg Typo", "Umpush", "Waree",  "TlwgMono"};
    for (const std::string_view name : kTlwg) {
        if (same_name(name, family)) return "fonts-thai-tlwg";
    }
    return same_name(family.substr(0, 5), "Noto ") ? "fonts-noto-core" : "";
}

}  // namespace

ContextHandle make_context() {
    const Handle<PangoFontMap, g_object_unref> map(
        pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    ContextHandle context(pango_font_map_create_context(map.get()));
    const Handle<cairo_font_options_t, cairo_font_options_destroy> options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context.get(), options.get());
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    pango_context_set_language(context.get(), pango_language_from_string("th"));
    pango_context_set_base_dir(context.get(), PANGO_DIRECTION_LTR);
    return context;
}

Result<void> require_family(PangoContext* context, const std::string& family) {
    PangoFontFamily** families = nullptr;
    int count = 0;
    pango_font_map_list_families(pango_context_get_font_map(context), &families, &count);
    bool found = false;
    for (int i = 0; i < count; ++i) found |= same_name(pango_font_family_get_name(families[i]), family);
    g_free(families);
    if (found) return {};
    const std::string_view package = debian_package(family);
    if (package.empty()) {
        return Error{
            "FACE-MISSING", fmt::format("ไม่พบแบบอักษร {} ในเครื่องนี้ โปรดติดตั้ง หรือเลือกแบบอักษรอื่น เช่น Loma", family),
            fmt::format("the face {} is not installed; install it, or choose another, e.g. Loma", family)};
    }
    return Error{
        "FACE-MISSING",
        fmt::format("ไม่พบแบบอักษร {} ในเครื่องนี้ โปรดติดตั้งแพ็กเกจ {} (apt install {})", family, package, package),
        fmt::format("the face {} is not installed; install the Debian package {} (apt install {})", family,
                    package, package)};
}

DescriptionHandle describe(const std::string& families, int px, bool bold) {
    DescriptionHandle description(pango_font_description_new());
    pango_font_description_set_family(description.get(), families.c_str());
    pango_font_description_set_weight(description.get(), bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(description.get(), static_cast<double>(px) * PANGO_SCALE);
    return description;
}

SurfaceHandle make_surface(int width, int height) {
    return SurfaceHandle(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height));
}

Mask copy_mask(cairo_surface_t* surface) {
    cairo_surface_flush(surface);
    Mask mask{cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), {}};
    const auto width = static_cast<std::size_t>(mask.width);
    const auto height = static_cast<std::size_t>(mask.height);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    mask.alpha.resize(width * height);
    const unsigned char* from = cairo_image_surface_get_data(surface);
    for (std::size_t y = 0; y < height; ++y) std::memcpy(&mask.alpha[y * width], from + y * stride, width);
    return mask;
}

}  // namespace sala::paint
