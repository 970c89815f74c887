// Inside this room only: the section [queue] of office.toml: numbers, lanes and close of the queue.
#pragma once

#include "sync/record/toml_reader.h"

namespace sala::record {

// Problems: CONFIG-QUEUE-RATIO, CONFIG-QUEUE-CLOSE, CONFIG-QUEUE-KIOSK, CONFIG-QUEUE-FOLLOW-... (a QR target
// that is not on the office's own list), CONFIG-COUNT, CONFIG-TYPE. After the office's hosts were read.
void read_queue(TomlSection& root, Office& office);

}  // namespace sala::record
