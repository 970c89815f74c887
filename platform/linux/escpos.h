// ESC/POS, as far as a ticket needs it: a picture in bands, a cut, and the printer's word on its own state.
//
// Sources: Epson's ESC/POS command reference (ESC @, GS a, GS v 0, GS V, GS r, DLE EOT, DLE DC4), which the
// cheap makers follow as well. The trap: a printer looks for DLE commands in everything that reaches it,
// also inside a picture, so a picture must not hold one; and one that was left in the middle of a band takes
// what comes next for dots.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/printer.h"

namespace sala {

inline constexpr int kBandRows = 32;

struct EscposJob {
    std::string begin;
    std::vector<std::string> bands;  // each a command of its own, at most kBandRows rows
    std::string end;                 // feeds to the knife, cuts through but for a point
    std::string ask_done;            // GS r 1: answered only when all that stood before it was done
};

// REQUIRES: printable(raster).
EscposJob escpos_job(const Raster& raster);
// Not empty, within kRasterWidthMax and kRasterHeightMax, with as many bits as it says.
bool printable(const Raster& raster);

// What another program, or the last job, may have left: blank dots for the rest of a band, then as after
// power on. A printer whose bands are complete passes over these NULs.
std::string escpos_fresh();

// After a job that broke off: the same, and a cut, so that the half ticket is nobody's beginning.
std::string escpos_after_half();

// DLE DC4 8: forget at once what was taken and not printed, so that a new roll does not bring the rest of a
// ticket that somebody has been told of otherwise.
std::string escpos_forget();

// DLE EOT n.
enum class StatusKind { kPrinter = 1, kOffline = 2, kError = 3, kPaper = 4 };
std::string ask_status(StatusKind kind);

// What one byte says about the printer; kReady: nothing bad. Nothing for a byte that is no status: bits 0, 1,
// 4 and 7 are always 0, 1, 1, 0. kPrinter says kOffline where one of the others knows the reason.
std::optional<PrinterState> parse_status(StatusKind kind, std::uint8_t byte);

// The answer to GS r 1; nothing for other bytes. Bits 4 and 7 are 0, so none is taken for one to DLE EOT.
std::optional<PrinterState> parse_done(std::uint8_t byte);

// The more telling of two: a reason before kOffline, anything before kReady.
PrinterState worse(PrinterState a, PrinterState b);

}  // namespace sala
