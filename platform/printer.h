// A printer of tickets, as the rest of Sala sees it: one picture of black dots in, one piece of paper out.
//
// The trap: nobody knows for certain what a printer did. A job that broke off may have left a number on
// paper, so the answer to print() tells four fates apart, and only kNotPrinted is safe to print again
// without a word. No call takes longer than its deadline.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "platform/base/result.h"

namespace sala {

enum class PrinterState {
    kReady,
    kPaperLow,   // prints, and says that its roll ends soon
    kPaperOut,   // or no roll in it
    kCoverOpen,  // also: a door, a lifted head
    kOffline,    // not reached, silent though it should answer, or says by itself that it is offline
    kFault,      // a stuck cutter, a hot head: somebody has to look at it
    kUnknown,    // it cannot be asked, or what it answered is no status: never guessed
};

// One bit a dot, 1 is black, the most significant bit on the left; each row begins with a byte of its own.
struct Raster {
    int width = 0;  // dots; a ticket of 58 mm has 384, one of 80 mm 576 (203 dpi)
    int height = 0;
    std::vector<std::uint8_t> bits;

    std::size_t row_bytes() const { return (static_cast<std::size_t>(width) + 7) / 8; }
    // REQUIRES: 0 <= x < width, 0 <= y < height.
    bool black(int x, int y) const {
        const std::size_t byte = static_cast<std::size_t>(y) * row_bytes() + static_cast<std::size_t>(x) / 8;
        return (bits[byte] >> (7 - x % 8) & 1) != 0;
    }
    friend bool operator==(const Raster&, const Raster&) = default;
};

inline constexpr int kRasterWidthMax = 576;
inline constexpr int kRasterHeightMax = 2400;  // 30 cm: no ticket is as long

struct Printout {
    enum class Fate {
        kPrinted,       // afterwards the printer itself said that it was done
        kTaken,         // the last byte was taken by a printer, or a queue, that cannot say more
        kNotPrinted,    // surely nothing
        kMaybePrinted,  // broken off: all, a part or nothing of it is on paper
    };
    Fate fate = Fate::kNotPrinted;
    PrinterState state = PrinterState::kUnknown;  // as last heard: the reason, where the fate is a bad one
    std::optional<Error> error;                   // of the two bad fates

    bool good() const { return fate == Fate::kPrinted || fate == Fate::kTaken; }
};

// Of one thread, which asks and prints in turn; cancel() alone is for any.
class Printer {
  public:
    virtual ~Printer() = default;

    // Asks now. An answer takes milliseconds, silence takes `within_ms`.
    virtual PrinterState state(int within_ms) = 0;

    // Asks, prints, cuts, and asks again. A state other than kReady, kPaperLow, or kUnknown of a printer
    // that cannot be asked, prints nothing. Refuses: PRINTER-PAPER, PRINTER-COVER, PRINTER-OFFLINE,
    // PRINTER-FAULT, PRINTER-UNCLEAR (its answers are no status), PRINTER-SLOW (the time was over),
    // PRINTER-CANCELLED, PRINTER-PICTURE (empty or too large).
    virtual Printout print(const Raster& raster, int within_ms) = 0;

    // From any thread, and for good: what is under way ends at once, and later calls do nothing.
    virtual void cancel() = 0;
};

}  // namespace sala
