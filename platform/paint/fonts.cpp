#include "platform/paint/fonts.h"

#include <fontconfig/fontconfig.h>
#include <hb.h>
#include <pango/pangofc-fontmap.h>

#include <array>
#include <cstring>
#include <set>

#include "platform/base/files.h"

namespace sala::paint {
namespace {

constexpr std::size_t kFaceBytesMax = std::size_t{16} << 20;

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

using FontConfigHandle = Handle<FcConfig, FcConfigDestroy>;

std::string escaped(std::string_view text) {
    const Handle<char, g_free> safe(g_markup_escape_text(text.data(), static_cast<gssize>(text.size())));
    return safe.get();
}

// One <element> for each text.
std::string elements(const char* element, FcStrList* owned_texts) {
    const Handle<FcStrList, FcStrListDone> texts(owned_texts);
    std::string out;
    while (const FcChar8* text = FcStrListNext(texts.get())) {
        out += fmt::format("<{0}>{1}</{0}>", element, escaped(reinterpret_cast<const char*>(text)));
    }
    return out;
}

// The faces of these families in the machine's own folders, and none of its rules: those cost 8 ms of a start
// and could make a text look different from one machine to the next.
FontConfigHandle config_of(std::span<const std::string> families) {
    const FontConfigHandle machine(FcConfigCreate());
    FcConfigParseAndLoad(machine.get(), nullptr, FcTrue);
    std::string accepted;
    for (const std::string& family : families) {
        accepted += fmt::format("<pattern><patelt name=\"family\"><string>{}</string></patelt></pattern>",
                                escaped(family));
    }
    const std::string only = fmt::format(
        "<fontconfig>{}{}<selectfont><acceptfont>{}</acceptfont><rejectfont><pattern/></rejectfont>"
        "</selectfont></fontconfig>",
        elements("dir", FcConfigGetFontDirs(machine.get())),
        elements("cachedir", FcConfigGetCacheDirs(machine.get())), accepted);
    FontConfigHandle config(FcConfigCreate());
    FcConfigParseAndLoadFromMemory(config.get(), reinterpret_cast<const FcChar8*>(only.c_str()), FcTrue);
    FcConfigBuildFonts(config.get());
    return config;
}

}  // namespace

ContextHandle make_context(std::span<const std::string> families) {
    const FontConfigHandle config = config_of(families);
    // Else Pango has a thread read the machine's settings once more, for nobody.
    FcConfigSetCurrent(config.get());
    const Handle<PangoFontMap, g_object_unref> map(
        pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), config.get());
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

std::string fingerprint(PangoContext* context, const std::string& family) {
    FcConfig* config = pango_fc_font_map_get_config(PANGO_FC_FONT_MAP(pango_context_get_font_map(context)));
    const FcFontSet* faces = FcConfigGetFonts(config, FcSetSystem);
    std::set<std::string> files;
    for (int i = 0; faces != nullptr && i < faces->nfont; ++i) {
        FcChar8* name = nullptr;
        FcChar8* file = nullptr;
        for (int n = 0; FcPatternGetString(faces->fonts[i], FC_FAMILY, n, &name) == FcResultMatch; ++n) {
            if (same_name(reinterpret_cast<const char*>(name), family) &&
                FcPatternGetString(faces->fonts[i], FC_FILE, 0, &file) == FcResultMatch) {
                files.emplace(reinterpret_cast<const char*>(file));
            }
        }
    }
    const Handle<GChecksum, g_checksum_free> hash(g_checksum_new(G_CHECKSUM_SHA256));
    const auto add = [&](std::string_view bytes) {
        g_checksum_update(hash.get(), reinterpret_cast<const guchar*>(bytes.data()),
                          static_cast<gssize>(bytes.size()));
    };
    add(fmt::format("{} {} {}\n", pango_version_string(), hb_version_string(), cairo_version_string()));
    for (const std::string& file : files) {
        const Result<std::string> bytes = read_file(file, kFaceBytesMax);
        if (!bytes) return {};
        add(fmt::format("{} {}\n", file, bytes->size()));
        add(*bytes);
    }
    return g_checksum_get_string(hash.get());
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
