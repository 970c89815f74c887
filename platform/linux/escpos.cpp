#include "platform/linux/escpos.h"

#include <algorithm>
#include <array>

namespace sala {
namespace {

constexpr char kEsc = 0x1B, kGs = 0x1D;
constexpr std::uint8_t kDle = 0x10, kEot = 0x04, kEnq = 0x05, kDc4 = 0x14;

constexpr std::size_t kRowBytesMax = (kRasterWidthMax + 7) / 8;

char low(std::size_t number) { return static_cast<char>(number & 0xFF); }
char high(std::size_t number) { return static_cast<char>(number >> 8 & 0xFF); }

bool is_real_time(std::uint8_t second) { return second == kEot || second == kEnq || second == kDc4; }

// GS v 0: normal size, bytes a row, rows, then the dots.
std::string band(const Raster& raster, int first_row, int rows) {
    const std::size_t row_bytes = raster.row_bytes();
    std::string out = {kGs,
                       'v',
                       '0',
                       0,
                       low(row_bytes),
                       high(row_bytes),
                       low(static_cast<std::size_t>(rows)),
                       high(static_cast<std::size_t>(rows))};
    const std::size_t first = static_cast<std::size_t>(first_row) * row_bytes;
    const std::size_t count = static_cast<std::size_t>(rows) * row_bytes;
    for (std::size_t i = first; i < first + count; ++i) {
        std::uint8_t byte = raster.bits[i];
        // One dot more, rather than a command to the printer in the middle of the picture.
        if (byte == kDle && i + 1 < first + count && is_real_time(raster.bits[i + 1])) byte |= 0x08;
        out += static_cast<char>(byte);
    }
    return out;
}

std::string cut() {
    return {kGs, 'V', 66, 0};  // feed to the knife, then a partial cut
}

}  // namespace

bool printable(const Raster& raster) {
    return raster.width > 0 && raster.width <= kRasterWidthMax && raster.height > 0 &&
           raster.height <= kRasterHeightMax &&
           raster.bits.size() == raster.row_bytes() * static_cast<std::size_t>(raster.height);
}

EscposJob escpos_job(const Raster& raster) {
    EscposJob job;
    // As after power on, and no status that nobody asked for.
    job.begin = {kEsc, '@', kGs, 'a', 0};
    for (int row = 0; row < raster.height; row += kBandRows) {
        job.bands.push_back(band(raster, row, std::min(kBandRows, raster.height - row)));
    }
    job.end = cut();
    job.ask_done = {kGs, 'r', 1};
    return job;
}

std::string escpos_fresh() { return std::string(kRowBytesMax * kBandRows, '\0') + std::string{kEsc, '@'}; }

std::string escpos_after_half() { return escpos_fresh() + cut(); }

std::string escpos_forget() {
    return {static_cast<char>(kDle), static_cast<char>(kDc4), 8, 1, 3, 20, 1, 6, 2, 8};
}

std::string ask_status(StatusKind kind) {
    return {static_cast<char>(kDle), static_cast<char>(kEot), static_cast<char>(kind)};
}

std::optional<PrinterState> parse_status(StatusKind kind, std::uint8_t byte) {
    if ((byte & 0b1001'0011) != 0b0001'0010) return {};
    switch (kind) {
        case StatusKind::kPrinter:
            return (byte & 0x08) != 0 ? PrinterState::kOffline : PrinterState::kReady;
        case StatusKind::kOffline:
            if ((byte & 0x04) != 0) return PrinterState::kCoverOpen;
            if ((byte & 0x20) != 0) return PrinterState::kPaperOut;
            return (byte & 0x40) != 0 ? PrinterState::kFault : PrinterState::kReady;
        case StatusKind::kError:
            return (byte & 0x6C) != 0 ? PrinterState::kFault : PrinterState::kReady;
        case StatusKind::kPaper:
            if ((byte & 0x60) != 0) return PrinterState::kPaperOut;
            return (byte & 0x0C) != 0 ? PrinterState::kPaperLow : PrinterState::kReady;
    }
    return {};
}

std::optional<PrinterState> parse_done(std::uint8_t byte) {
    const int near_end = byte & 0x03, end = byte >> 2 & 0x03;  // each sensor says it with both bits
    if ((byte & 0b1001'0000) != 0 || near_end % 3 != 0 || end % 3 != 0) return {};
    if (end != 0) return PrinterState::kPaperOut;
    return near_end != 0 ? PrinterState::kPaperLow : PrinterState::kReady;
}

PrinterState worse(PrinterState a, PrinterState b) {
    constexpr std::array kWorstFirst = {PrinterState::kUnknown,  PrinterState::kCoverOpen,
                                        PrinterState::kPaperOut, PrinterState::kFault,
                                        PrinterState::kOffline,  PrinterState::kPaperLow};
    for (const PrinterState state : kWorstFirst) {
        if (a == state || b == state) return state;
    }
    return PrinterState::kReady;
}

}  // namespace sala
