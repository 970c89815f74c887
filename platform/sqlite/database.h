// SQLite, as Sala uses it: one connection, one thread, transactions that roll back unless committed.
//
// The trap: an SQL text with a value pasted into it. There is no way to give one here that is not a
// parameter, except in execute(), which is for schema and pragmas.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/bytes.h"
#include "platform/base/handle.h"
#include "platform/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace sala::sqlite {

void close_database(sqlite3* database) noexcept;
void finalize_statement(sqlite3_stmt* statement) noexcept;

// Statements out of use, by their SQL: a kiosk runs the same few all day, and compiling one costs more than
// running it.
class StatementPool;

// A prepared statement with its parameters. Bind in order, then step() until it answers false.
class Statement {
  public:
    Statement(Statement&& other) noexcept = default;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    // Parameters, left to right. Text and bytes are copied.
    Statement& bind(std::int64_t number);
    Statement& bind(std::string_view text);
    Statement& bind(ByteView bytes);
    Statement& bind_null();

    // True: a row is there to be read. False: done. An error of bind() shows here too.
    Result<bool> step();

    // Runs to the end, for statements without rows.
    Result<void> run();

    // Columns of the present row, from 0. Views live until the next step().
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;
    ByteView blob(int column) const;
    bool is_null(int column) const;

    // Ready to bind and step again.
    void reset();

  private:
    friend class Database;
    Statement(Handle<sqlite3_stmt, finalize_statement> statement, sqlite3* database,
              std::shared_ptr<StatementPool> pool)
        : statement_(std::move(statement)), database_(database), pool_(std::move(pool)) {}
    Handle<sqlite3_stmt, finalize_statement> statement_;
    sqlite3* database_ = nullptr;
    std::shared_ptr<StatementPool> pool_;
    int bound_ = 0;
    int bind_failed_ = 0;
};

enum class OpenMode {
    kCreate,    // made when missing; journal_mode=WAL, synchronous=FULL, both read back
    kExisting,  // the same, but a missing file is refused
    kReadOnly,  // changes nothing, but undoes a first transaction that was cut off; refuses a missing file
};

class Database {
  public:
    Database(Database&&) noexcept = default;
    Database& operator=(Database&&) noexcept = default;
    ~Database();

    // Asserts what it set by reading it back: WAL, synchronous=FULL, foreign_keys, trusted_schema=OFF,
    // secure_delete. A new file has mode 0600. Refuses: DB-OPEN, DB-NOT-FOUND, DB-NOT-DURABLE (a file system
    // that cannot hold a WAL).
    static Result<Database> open(const std::filesystem::path& path, OpenMode mode);

    // Schema and pragmas only: no value from outside may stand in `sql`.
    Result<void> execute(const char* sql);

    Result<Statement> prepare(std::string_view sql);

    // Rows changed by the last insert, update or delete.
    std::int64_t changes() const;

    // Rows changed since it was opened.
    std::int64_t changes_in_all() const;

    // False: none is open, or SQLite has rolled it back by itself (a full disk).
    bool in_transaction() const;

    // Moves the log into the database file and cuts it to nothing, so that the steps of the day are not left
    // in it.
    Result<void> truncate_log();

    // The log is from now on a file of `bytes` whose blocks are there, and begins anew when they are used
    // up: a commit then changes no length, so the file system has nothing of its own to write beside it.
    // Only speed hangs on it: where it cannot be had, the log grows commit by commit. REQUIRES: bytes >= 64
    // KiB.
    void keep_log_at(std::size_t bytes);

  private:
    friend class Transaction;
    explicit Database(Handle<sqlite3, close_database> database);
    void fill_log();
    Handle<sqlite3, close_database> database_;
    std::shared_ptr<StatementPool> pool_;
    std::size_t log_bytes_ = 0;
};

// BEGIN IMMEDIATE now; ROLLBACK when it goes out of scope without commit(). Not nested.
class Transaction {
  public:
    static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    // After success everything is on disk (synchronous=FULL). After failure everything is rolled back.
    Result<void> commit();

  private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

}  // namespace sala::sqlite
