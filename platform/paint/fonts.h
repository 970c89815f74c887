// Inside this room only: the Pango pieces that text.cpp and face_check.cpp share.
#pragma once

#include <pango/pangocairo.h>

#include <span>
#include <string>
#include <string_view>

#include "platform/base/handle.h"
#include "platform/base/result.h"
#include "platform/paint/mask.h"

namespace sala::paint {

using ContextHandle = Handle<PangoContext, g_object_unref>;
using LayoutHandle = Handle<PangoLayout, g_object_unref>;
using FontHandle = Handle<PangoFont, g_object_unref>;
using DescriptionHandle = Handle<PangoFontDescription, pango_font_description_free>;
using AttributesHandle = Handle<PangoAttrList, pango_attr_list_unref>;
using SurfaceHandle = Handle<cairo_surface_t, cairo_surface_destroy>;
using CairoHandle = Handle<cairo_t, cairo_destroy>;
using CairoPathHandle = Handle<cairo_path_t, cairo_path_destroy>;

// A context of its own font map: no hinting, gray, subpixel glyph positions, Thai whatever the locale says.
//
// It knows the machine's faces of these families and no others: what they cannot write comes out as an
// unknown glyph, not in a face that somebody happened to install. (Pango would also sort all the machine's
// faces anew for each size, 20 ms of a start.)
ContextHandle make_context(std::span<const std::string> families);

// SHA-256, in hex, of the files of a family that the context knows and of the versions of the libraries that
// draw them. Empty where a file cannot be read.
std::string fingerprint(PangoContext* context, const std::string& family);

// Refuses: FACE-MISSING. Needed as fontconfig answers every name with some face and never says so.
Result<void> require_family(PangoContext* context, const std::string& family);

// `families`: names in the order in which they are tried, joined by commas.
DescriptionHandle describe(const std::string& families, int px, bool bold);

// A8, transparent.
SurfaceHandle make_surface(int width, int height);
Mask copy_mask(cairo_surface_t* surface);

}  // namespace sala::paint
