// The tables of the report database, and how those of older versions become them.
//
// One text for both engines, in SQLite's words; backend.cpp gives it to PostgreSQL in its own. The trap: a
// database that was migrated must end with the same tables as a new one.
#pragma once

#include <string>

namespace sala::office {

inline constexpr int kSchemaVersion = 2;

// What a new database gets.
std::string schema();

// From version `from` to the next. REQUIRES: 1 <= from < kSchemaVersion.
std::string migration(int from);

}  // namespace sala::office
