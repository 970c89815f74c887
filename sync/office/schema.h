// The tables of the report database, as SQLite makes them.
#pragma once

namespace sala::office {

extern const char* const kSchema;

}  // namespace sala::office
