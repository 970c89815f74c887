// SQLite behind platform/sql.h, for a program that may as well use a server. What only SQLite has (its log,
// its pragmas) stands in database.h.
#pragma once

#include "platform/sql.h"
#include "platform/sqlite/database.h"

namespace sala::sqlite {

std::unique_ptr<sql::Database> as_sql(Database database);

}  // namespace sala::sqlite
