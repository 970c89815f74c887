// The HTTPS road, the kiosk's end: bundles out, the office's cosigned note back, which moves the line from
// where the next bundle begins.
//
// What waits for the network runs on the caller's thread; lines are read and the note is taken in as short
// jobs on the store's. The trap: an answer that was lost is no failure, so whoever sends again sends what may
// be there already; the office counts it once.
#pragma once

#include <variant>

#include "kiosk/store/exporter.h"

namespace sala::kiosk {

struct Sent {
    std::uint64_t lines = 0;          // 0: the office already has everything
    std::uint64_t cosigned_size = 0;  // up to where the office has them
};

struct NotSent {
    Error error;
    bool again = false;        // later it may go; otherwise only after somebody has done something
    std::int64_t wait_ms = 0;  // what the office asked for; 0: nothing
};

using SendOutcome = std::variant<Sent, NotSent>;

// Called with the percent (0..100) about once a second; false stops. Must not throw.
using SendProgress = std::function<bool(int percent)>;

// Sends what the office does not have. Not sent: SEND-NO-ROAD (office.toml has no [sync]), SEND-AHEAD,
// SEND-GAP (the office asks for lines in circles), STORE-BUSY, and what courier::deliver() and take_note()
// tell.
SendOutcome send_lines(const OnStore& on_store, const SendProgress& progress);

// Whether the office does not have the last close yet: a day was missed.
Result<bool> close_is_unsent(Store& store);

Error no_road();

}  // namespace sala::kiosk
