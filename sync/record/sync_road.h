// Inside this room only: the section [sync] of office.toml, where the kiosk sends over the network.
#pragma once

#include "sync/record/toml_reader.h"

namespace sala::record {

// Problems: CONFIG-SYNC-URL, CONFIG-SYNC-PIN, and CONFIG-KEY-MISSING where one of the two is there.
void read_sync(TomlSection& root, Office& office);

}  // namespace sala::record
