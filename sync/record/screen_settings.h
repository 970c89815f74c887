// Inside this room only: the sections of office.toml about the screen itself, [display] and [[announcement]].
#pragma once

#include "sync/record/toml_reader.h"

namespace sala::record {

// Problems: CONFIG-DISPLAY-SIZE.
void read_display(TomlSection& root, Office& office);

// Problems: CONFIG-ANNOUNCEMENT-DAYS.
void read_announcements(TomlSection& root, Office& office);

}  // namespace sala::record
