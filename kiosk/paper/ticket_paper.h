// A queue ticket on paper: plain values in, black dots out.
//
// Thai, set by the engine that sets the screen, with a small English line where a stranger needs it. The
// trap: thermal paper knows no grey, so every letter is cut at half coverage: nothing is smaller or thinner
// than what survives that.
#pragma once

#include <optional>
#include <string>

#include "platform/paint/text.h"
#include "platform/printer.h"
#include "sync/record/office.h"

namespace sala::kiosk {

enum class PaperWidth { k58mm, k80mm };
constexpr int dots_across(PaperWidth width) { return width == PaperWidth::k58mm ? 384 : 576; }

// What somebody who takes a ticket now may expect: REQUIRES: 0 <= from < to.
struct MinutesToWait {
    int from = 0;
    int to = 5;
};

struct TicketPaper {
    record::Phrase office, division, service;
    std::string number;  // "B007"
    bool priority = false;
    record::LocalTime taken;
    std::optional<int> ahead;           // people; nothing: not known, and left out
    std::optional<MinutesToWait> wait;  // the same
    record::Phrase missed_rule;         // what to do after a missed call
    std::string follow;                 // what the QR code says, mostly a link; empty: none
    std::string head;  // "หลักฐานการนับ ๑๒๓\nABCD EFGH IJKL MNOP", small; empty: none
};

// Dots of dots_across(width), 70 to 130 mm long at 8 dots a millimetre. The code has its quiet margin,
// whole dots and was read back. Refuses: QR-TOO-LONG, QR-TOO-SMALL (not 4 dots a module), QR-UNREADABLE,
// PAPER-LETTERS (some letter has no glyph, or a text is longer than a ticket takes).
Result<Raster> draw_ticket_paper(const TicketPaper& ticket, PaperWidth width, const paint::TextEngine& text);

}  // namespace sala::kiosk
