// Inside this room only: [board] of office.toml, the kiosk's own board and voice, and [[number_pad]].
#pragma once

#include "sync/record/toml_reader.h"

namespace sala::record {

// Problems: CONFIG-KEY-MISSING, CONFIG-TYPE.
void read_board(TomlSection& root, Office& office);

// Behind the counters, whom the pads name. Problems: CONFIG-NUMBER-PAD-DEVICE, -TWICE, -COUNTER.
void read_number_pads(TomlSection& root, Office& office);

}  // namespace sala::record
