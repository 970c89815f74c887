// The printer's double as a program, for journeys: sala_printer
//
// Tells its place ("127.0.0.1:40123") on the first line, then answers each line of its input with one of its
// own:
//   fine             plugged in, with paper, closed
//   paper-out, cover-open, silent, garbage
//   paper-ends ROWS  the roll ends in so many rows
//   pull BYTES       its plug is pulled once so many more bytes have come
//   papers           how many were cut off so far
//   save FOLDER      writes them there as 001.png, 002.png, ...
// and anything else with "?".
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <sstream>

#include "platform/paint/png.h"
#include "tests/fakes/escpos_printer.h"
#include "tests/kiosk/paper/sample_tickets.h"

namespace {

std::string save(const std::vector<sala::Raster>& papers, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    for (std::size_t i = 0; i < papers.size(); ++i) {
        const auto written =
            write_png(sala::kiosk::sample::mask_of(papers[i]), folder / fmt::format("{:03}.png", i + 1));
        if (!written) return written.error().line();
    }
    return fmt::format("{}", papers.size());
}

std::string answer(sala::EscposPrinter& printer, const std::string& line) {
    std::istringstream words(line);
    std::string what;
    std::size_t n = 0;
    words >> what;
    sala::PrinterFaults faults;
    if (what == "papers") return fmt::format("{}", printer.papers().size());
    if (what == "save") {
        std::string folder;
        return words >> folder ? save(printer.papers(), folder) : "?";
    }
    if (what == "pull") {
        if (!(words >> n)) return "?";
        printer.pull_plug_after(n);
        return "ok";
    }
    if (what == "fine")
        printer.put_plug_back();
    else if (what == "paper-out")
        faults.paper_out = true;
    else if (what == "cover-open")
        faults.cover_open = true;
    else if (what == "silent")
        faults.silent = true;
    else if (what == "garbage")
        faults.garbage_status = true;
    else if (what == "paper-ends" && words >> n)
        faults.paper_ends_after_rows = static_cast<int>(n);
    else
        return "?";
    printer.set(faults);
    return "ok";
}

}  // namespace

int main() {
    sala::EscposPrinter printer;
    std::cout << printer.place() << std::endl;
    std::string line;
    while (std::getline(std::cin, line)) std::cout << answer(printer, line) << std::endl;
    return 0;
}
