// A print queue of this machine's CUPS, for printers that it drives already.
//
// The ticket goes through unfiltered (application/vnd.cups-raw), as the printer's own ESC/POS: a driver would
// scale it, and a code whose modules are no whole dots is hard to read. The traps: CUPS says when the
// printer has taken the bytes, not when the paper is out, so the best fate is kTaken; and it would print a
// ticket hours later when the printer comes back, so a job that is not done in time is cancelled.
#pragma once

#include <memory>
#include <string>

#include "platform/printer.h"

namespace sala {

struct CupsQueue {
    std::string name;
    std::string server;  // path of its socket; empty: the machine's own
};

// Connects to nothing yet.
std::unique_ptr<Printer> make_cups_printer(CupsQueue queue);

}  // namespace sala
