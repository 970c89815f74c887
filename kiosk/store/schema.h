// The kiosk's database file: its tables and what each is for.
#pragma once

#include "platform/sqlite/database.h"

namespace sala::kiosk {

// Opens the kiosk's database, makes its tables when it is new. Refuses what sqlite::Database::open() does,
// and STORE-NEWER (written by a newer program) and STORE-FOREIGN (somebody else's file).
Result<sqlite::Database> open_store_database(const std::filesystem::path& data, sqlite::OpenMode mode);

}  // namespace sala::kiosk
