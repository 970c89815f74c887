// What the values of a line must be on their own, whatever stood before it.
//
// LogState::take() asks this first, so that neither a kiosk writes such a line nor an office takes it in:
// what comes after (tables, file names, the state kept as text) may rely on it.
#pragma once

#include "sync/ledger/line.h"

namespace sala::ledger {

// The rule that the line's values break, or nothing.
const char* broken_value(const Line& line);

}  // namespace sala::ledger
