// Inside this room only: what the server said, as an Error.
#pragma once

#include <libpq-fe.h>

#include "platform/base/result.h"

namespace sala::postgres {

// Of a connection that was not made: DB-UNREACHABLE, DB-REFUSED or DB-BUSY (no room for one more).
Error unreachable(const PGconn* connection);

// Of a statement: DB-BUSY (try again), DB-CONFLICT (a key is there already), DB-FULL, DB-READ-ONLY,
// DB-FORBIDDEN, DB-DAMAGED, DB-UNREACHABLE, DB-FAILED.
Error failure(const PGconn* connection, const PGresult* answer);

}  // namespace sala::postgres
