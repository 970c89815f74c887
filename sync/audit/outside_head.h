// What somebody outside the office holds of a log: a checkpoint, or the short head that a visitor's ticket
// shows.
//
// Sources: the QR code of the day-close screen (the whole signed note), a note that a witness or a province
// sent back (the same with cosignatures), and "19 PUIO J4WC 3VQJ 7EWR" as it stands on a ticket or on the
// screen of thanks. The trap: a short head is signed by nobody and names no kiosk. Where it fits a log it
// binds that log; where it fits none, it may also have been copied wrongly.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/ledger/note.h"

namespace sala::audit {

inline constexpr std::size_t kOutsideBytesMax = std::size_t{1} << 20;
inline constexpr std::size_t kOutsideHeadsMax = 10'000;  // of one file

struct OutsideHead {
    std::string source;  // the file it came from, as it may be shown
    std::uint64_t size = 0;
    std::string letters;                           // the root's first 16 base32 letters
    std::optional<ledger::Checkpoint> checkpoint;  // nothing in a short head
    std::optional<ledger::Note> note;              // the same
};

// Of one file: either one signed note, or short heads, one a line; empty lines and lines that begin with '#'
// say nothing. What stands before a short head's digits ("หลักฐาน", "Proof") is not looked at, Thai digits and
// the separators of the screen are understood. Refuses: OUTSIDE-UNREADABLE with the line that is neither,
// and what parse_note() and parse_checkpoint() do.
Result<std::vector<OutsideHead>> read_outside_heads(std::string_view text, const std::string& source);

}  // namespace sala::audit
