// PostgreSQL behind platform/sql.h, by libpq.
//
// The trap: a server may be there and not answer. Every wait has an end: connecting 10 s, a statement 60 s, a
// peer that acknowledges nothing 30 s; after DB-UNREACHABLE the connection is of no more use.
#pragma once

#include <string>

#include "platform/sql.h"

namespace sala::postgres {

bool is_url(std::string_view text);

// `url`: postgresql://..., as libpq reads it; its password is never repeated in an error. Refuses
// DB-BAD-URL, DB-UNREACHABLE, DB-REFUSED (who asks is not let in), DB-BUSY (no room for one more), DB-OLD
// (a server before version 15).
Result<std::unique_ptr<sql::Database>> open(const std::string& url);

}  // namespace sala::postgres
