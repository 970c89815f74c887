// Prints every sample ticket as pictures, to be looked at and to be read: sala_tickets FOLDER
//
// Through the printer's own language and back: what stands in FOLDER/58/usual.png has come out of the double.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "platform/linux/escpos.h"
#include "platform/paint/png.h"
#include "tests/fakes/escpos_machine.h"
#include "tests/kiosk/paper/sample_tickets.h"

namespace {

int fail(const std::string& line) {
    std::fprintf(stderr, "%s\n", line.c_str());
    return 1;
}

sala::Raster printed(const sala::Raster& raster) {
    sala::EscposMachine machine;
    const sala::EscposJob job = sala::escpos_job(raster);
    std::string bytes = job.begin;
    for (const std::string& band : job.bands) bytes += band;
    for (const char byte : bytes + job.end) (void)machine.take(static_cast<std::uint8_t>(byte));
    return machine.papers().empty() ? sala::Raster{} : machine.papers().front();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return fail("usage: sala_tickets FOLDER") + 1;
    const auto text = sala::paint::TextEngine::open();
    if (!text) return fail(text.error().line());
    using sala::kiosk::PaperWidth;
    for (const auto& [width, name] : {std::pair{PaperWidth::k58mm, "58"}, {PaperWidth::k80mm, "80"}}) {
        const std::filesystem::path folder = std::filesystem::path(argv[1]) / name;
        std::filesystem::create_directories(folder);
        for (const auto& ticket : sala::kiosk::sample::tickets()) {
            const auto raster = sala::kiosk::draw_ticket_paper(ticket.paper, width, *text);
            if (!raster) return fail(ticket.name + ": " + raster.error().line());
            const sala::Raster paper = printed(*raster);
            std::printf("%s mm, %s: %d mm long\n", name, ticket.name.c_str(), paper.height / 8);
            const auto written =
                write_png(sala::kiosk::sample::mask_of(paper), folder / (ticket.name + ".png"));
            if (!written) return fail(written.error().line());
        }
    }
    return 0;
}
