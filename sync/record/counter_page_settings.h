// Inside this room only: the section [counter_page] of office.toml, where counters call from browsers.
#pragma once

#include "sync/record/toml_reader.h"

namespace sala::record {

// Problems: CONFIG-COUNTER-PAGE-LISTEN, and CONFIG-KEY-MISSING where the section is there without it.
void read_counter_page(TomlSection& root, Office& office);

}  // namespace sala::record
