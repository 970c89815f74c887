// Inside this room only: the tables [[witness]] of office.toml, to whom the kiosk shows how far its log has
// grown.
#pragma once

#include "sync/record/toml_reader.h"

namespace sala::record {

// Problems: CONFIG-WITNESS-URL, CONFIG-WITNESS-PIN, CONFIG-WITNESS-VKEY, CONFIG-WITNESS-OWN (it bears the
// office's own name), CONFIG-WITNESS-TWICE, CONFIG-COUNT, CONFIG-KEY-MISSING. After the office's domain was
// read.
void read_witnesses(TomlSection& root, Office& office);

}  // namespace sala::record
