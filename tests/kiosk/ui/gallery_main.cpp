// Draws every screen as a picture, to be looked at and to be read: sala_gallery FOLDER [DISPLAY]
//
// One folder for each display of sample::displays(). Beside the pictures, captions.tsv says what stands
// where: scene, x, y, width, height of the ink, em (all in pixels), colour (RRGGBB), text (a newline is \n).
#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

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

std::string on_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        if (c == '\n') {
            line += "\\n";
        } else {
            line += c == '\t' ? ' ' : c;
        }
    }
    return line;
}

std::string caption_line(const std::string& scene, const sala::kiosk::DrawnText& drawn) {
    const sala::Rgba c = drawn.colour;
    return fmt::format("{}\t{:.0f}\t{:.0f}\t{:.0f}\t{:.0f}\t{}\t{:02X}{:02X}{:02X}\t{}\n", scene, drawn.ink.x,
                       drawn.ink.y, drawn.ink.w, drawn.ink.h, drawn.style.px, c & 0xFF, c >> 8 & 0xFF,
                       c >> 16 & 0xFF, on_one_line(drawn.text));
}

int fail(const std::string& line) {
    std::fprintf(stderr, "%s\n", line.c_str());
    return 1;
}

// What does not fit or has no glyph is said; how many texts that are.
int look_at(const sala::kiosk::ImguiHost& host, const std::string& name) {
    int bad = 0;
    for (const auto& drawn : host.texts()) {
        if (drawn.fits && !drawn.unknown_glyphs) continue;
        ++bad;
        std::printf("%s: %s: %s\n", name.c_str(), drawn.fits ? "unknown glyph" : "does not fit",
                    drawn.text.c_str());
    }
    return bad;
}

// Every screen on one display, and the board.
int draw_all(const sala::kiosk::sample::SampleDisplay& display, const sala::paint::TextEngine& text,
             const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    auto window = sala::open_sdl_window({.title = "gallery",
                                         .width = display.width,
                                         .height = display.height,
                                         .diagonal_mm = display.diagonal_mm});
    if (!window) return fail(window.error().line());
    const sala::kiosk::sample::Offices offices;
    sala::kiosk::ImguiHost host(**window, text);
    std::ofstream captions(folder / "captions.tsv");
    int bad = 0;
    const auto keep = [&](const std::string& name) {
        bad += look_at(host, display.name + "/" + name);
        return write_png((*window)->pixels(), folder / (name + ".png"));
    };
    for (const auto& scene : sala::kiosk::sample::scenes(offices)) {
        host.request_frame();
        host.frame({.office = *scene.office,
                    .state = scene.state,
                    .now = scene.now,
                    .config_refused = scene.config_refused()});
        for (const auto& drawn : host.texts()) {
            if (!drawn.covered) captions << caption_line(scene.name, drawn);
        }
        if (!keep(scene.name)) return fail("cannot write " + scene.name);
    }
    for (const auto& [name, office] :
         {std::pair{"board", &offices.demo}, std::pair{"board_crowded", &offices.crowded}}) {
        auto board = sala::kiosk::sample::busy_board(*office);
        board.announcing = office == &offices.demo;
        const auto now = sala::kiosk::sample::scenes(offices).front().now;
        host.request_frame();
        host.frame({.office = *office, .state = {}, .now = now, .board = &board});
        if (!keep(name)) return fail(std::string("cannot write ") + name);
    }
    captions.close();
    if (!captions) return fail("cannot write captions.tsv");
    return bad == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const auto& displays = sala::kiosk::sample::displays();
    const std::string only = argc == 3 ? argv[2] : "";
    const auto wanted = [&](const auto& display) { return only.empty() || display.name == only; };
    if (argc < 2 || argc > 3 || std::none_of(displays.begin(), displays.end(), wanted)) {
        std::fprintf(stderr, "usage: sala_gallery FOLDER [DISPLAY]\n");
        return 2;
    }
    setenv("SDL_VIDEODRIVER", "dummy", 0);
    auto text = sala::paint::TextEngine::open();
    if (!text) return fail(text.error().line());
    int result = 0;
    for (const auto& display : displays) {
        if (wanted(display))
            result |= draw_all(display, *text, std::filesystem::path(argv[1]) / display.name);
    }
    return result;
}
