// Inside this room, and for tests: printer-state-reasons in our words.
#pragma once

#include <string_view>

#include "platform/printer.h"

namespace sala {

// One reason (RFC 8011, section 5.4.12, and PWG 5100.9), with or without -error, -warning, -report: what
// keeps the printer from printing, or kReady.
PrinterState state_of_reason(std::string_view reason);

}  // namespace sala
