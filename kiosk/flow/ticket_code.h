// What the QR code of a ticket says, on paper and on the screen.
#pragma once

#include "kiosk/flow/state.h"
#include "sync/record/office.h"

namespace sala::kiosk {

// Where the office has an address at which the queue can be followed: that, with the number behind "#".
// Else two lines that anybody may keep: whose ticket it is, and the short head as `sala-office audit
// --witness` takes it in (sync/audit/outside_head.h).
std::string ticket_code(const record::Office& office, const IssuedTicket& ticket);

// "ABCD EFGH IJKL MNOP"
std::string spaced_letters(const std::string& root_letters);

}  // namespace sala::kiosk
