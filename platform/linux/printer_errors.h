// What an officer reads when a ticket did not come out; the same words for every road to a printer.
#pragma once

#include "platform/printer.h"

namespace sala {

// REQUIRES: a state that keeps a ticket from being printed.
Error printer_error(PrinterState state);
Error printer_slow();
Error printer_cancelled();
Error printer_picture();

// Whether a printer in this state is given a ticket; `answers`: it can be asked at all.
bool may_print(PrinterState state, bool answers);

}  // namespace sala
