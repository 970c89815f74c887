#include "platform/paint/png.h"

#include <algorithm>

#include "platform/paint/fonts.h"

namespace sala::paint {

Result<void> write_png(const Mask& mask, const std::filesystem::path& path) {
    const SurfaceHandle surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, mask.width, mask.height));
    unsigned char* const data = cairo_image_surface_get_data(surface.get());
    const int stride = cairo_image_surface_get_stride(surface.get());
    for (int y = 0; y < mask.height; ++y) {
        for (int x = 0; x < mask.width; ++x) {
            std::fill_n(data + y * stride + x * 4, 4, static_cast<unsigned char>(255 - mask.at(x, y)));
        }
    }
    cairo_surface_mark_dirty(surface.get());
    const cairo_status_t status = cairo_surface_write_to_png(surface.get(), path.c_str());
    if (status == CAIRO_STATUS_SUCCESS) return {};
    const char* why = cairo_status_to_string(status);
    return Error{"PNG-UNWRITABLE", fmt::format("เขียนภาพ {} ไม่ได้: {}", path.string(), why),
                 fmt::format("could not write the picture {}: {}", path.string(), why)};
}

}  // namespace sala::paint
