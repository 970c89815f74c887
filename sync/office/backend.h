// What SQLite and PostgreSQL differ in, as far as the report database knows: how one is opened, whether
// anything stands in it, which version it is, and the words of its tables.
//
// The trap: a file that is somebody else's. Nothing is written before version_of() has said whose it is.
#pragma once

#include <memory>
#include <string>

#include "platform/sql.h"

namespace sala::office {

enum class Access { kRead, kWrite };

// postgresql:// is a server; everything else is the path of an SQLite file.
bool is_server(const std::string& url);

// Refuses DB-NOT-FOUND (no such file) and what the engines refuse.
Result<std::unique_ptr<sql::Database>> connect(const std::string& url, Access access);

// As connect() for writing, but a file that is missing is made.
Result<std::unique_ptr<sql::Database>> connect_or_create(const std::string& url);

// 0 where nothing stands in it yet. Refuses DB-OTHER-PROGRAM (not made by `init`).
Result<int> version_of(sql::Database& database, const std::string& url);

// Writes it. REQUIRES: a transaction is open.
Result<void> stamp_version(sql::Database& database, const std::string& url, int version);

// Text of schema.h as the engine takes it.
std::string in_words_of(const std::string& url, const std::string& schema);

// Lets `role` do what ingest, status and reports need: insert into the tables of evidence and figures, read
// all, and nothing else. Refuses ROLE-NAME, DB-NO-ROLES (an SQLite file has none), DB-FAILED (no such role).
Result<void> grant_ingest(sql::Database& database, const std::string& url, const std::string& role);

}  // namespace sala::office
