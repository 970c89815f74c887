// Inside this room only: the section [printer] of office.toml, where the tickets come out on paper.
#pragma once

#include "sync/record/toml_reader.h"

namespace sala::record {

// Problems: CONFIG-PRINTER-ROAD, CONFIG-PRINTER-DEVICE, CONFIG-PRINTER-ADDRESS, CONFIG-PRINTER-QUEUE,
// CONFIG-PRINTER-PAPER, and CONFIG-KEY-MISSING and CONFIG-KEY-UNKNOWN for what the road needs and has no use
// for.
void read_printer(TomlSection& root, Office& office);

}  // namespace sala::record
