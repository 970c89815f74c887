// Inside this room only: rows in the binary form that COPY takes.
#pragma once

#include <libpq-fe.h>

#include <string>

#include "platform/sql.h"

namespace sala::postgres {

std::string copy_command(const sql::Rows& rows);

// After the server has answered copy_command(). False: the connection is gone.
bool send_copy(PGconn* connection, const sql::Rows& rows);

}  // namespace sala::postgres
