// Draws every screen into a folder of PNG files, to be looked at: sala_gallery FOLDER
#include <cairo.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "kiosk/ui/imgui_host.h"
#include "kiosk/ui/ui.h"
#include "platform/linux/sdl_window.h"
#include "platform/paint/text.h"
#include "tests/kiosk/ui/sample_views.h"

namespace {

bool write_png(const sala::Pixels& pixels, const std::string& path) {
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels.width, pixels.height);
    unsigned char* row = cairo_image_surface_get_data(surface);
    const std::uint8_t* from = pixels.rgb.data();
    for (int y = 0; y < pixels.height; ++y, row += cairo_image_surface_get_stride(surface)) {
        for (int x = 0; x < pixels.width; ++x, from += 3) {
            row[4 * x] = from[2];
            row[4 * x + 1] = from[1];
            row[4 * x + 2] = from[0];
        }
    }
    cairo_surface_mark_dirty(surface);
    const bool written = cairo_surface_write_to_png(surface, path.c_str()) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return written;
}

int fail(const std::string& line) {
    std::fprintf(stderr, "%s\n", line.c_str());
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: sala_gallery FOLDER\n");
        return 2;
    }
    setenv("SDL_VIDEODRIVER", "dummy", 0);
    const std::filesystem::path folder = argv[1];
    std::filesystem::create_directories(folder);
    auto text = sala::paint::TextEngine::open();
    if (!text) return fail(text.error().line());
    auto window = sala::open_sdl_window({.title = "gallery"});
    if (!window) return fail(window.error().line());

    const sala::kiosk::sample::Offices offices;
    sala::kiosk::ImguiHost host(**window, *text);
    for (const auto& scene : sala::kiosk::sample::scenes(offices)) {
        host.request_frame();
        host.frame({*scene.office, scene.state, scene.now});
        for (const auto& drawn : host.texts()) {
            if (drawn.fits && !drawn.unknown_glyphs) continue;
            std::printf("%s: %s: %s\n", scene.name.c_str(), drawn.fits ? "unknown glyph" : "does not fit",
                        drawn.text.c_str());
        }
        if (!write_png((*window)->pixels(), folder / (scene.name + ".png")))
            return fail("cannot write " + scene.name);
    }
    return 0;
}
