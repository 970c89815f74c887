// A relational database as the office's program sees it, whichever engine stands behind it: SQLite or
// PostgreSQL.
//
// The trap: an SQL text with a value pasted into it. There is no way to give one here that is not a
// parameter, except in execute(), which is for schemas. Parameters are written `?`, or `?1`, `?2` where one
// stands twice; sums are CAST(... AS BIGINT), as PostgreSQL adds whole numbers up to a decimal. One
// connection, one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "platform/base/bytes.h"
#include "platform/base/result.h"

namespace sala::sql {

// A statement with its parameters. Bind in order, then step() until it answers false.
class Statement {
  public:
    // What an engine has to do for it; the promises are those of the functions below.
    class Engine {
      public:
        virtual ~Engine() = default;
        virtual void bind(std::int64_t number) = 0;
        virtual void bind(std::string_view text) = 0;
        virtual void bind(ByteView bytes) = 0;
        virtual Result<bool> step() = 0;
        virtual std::int64_t integer(int column) const = 0;
        virtual std::string_view text(int column) const = 0;
        virtual ByteView blob(int column) const = 0;
    };
    explicit Statement(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

    // Parameters, left to right. Text and bytes are copied. Text holds no NUL.
    Statement& bind(std::int64_t number) { return engine_->bind(number), *this; }
    Statement& bind(std::string_view text) { return engine_->bind(text), *this; }
    Statement& bind(ByteView bytes) { return engine_->bind(bytes), *this; }

    // True: a row is there to be read. False: done, and the statement may be bound and run again. An error of
    // bind() shows here too.
    Result<bool> step() { return engine_->step(); }

    // Runs to the end, for statements without rows.
    Result<void> run() {
        for (;;) {
            const Result<bool> row = step();
            if (!row) return row.error();
            if (!*row) return {};
        }
    }

    // Columns of the present row, from 0. Views live until the next step(). An integer() of anything else is
    // 0.
    std::int64_t integer(int column) const { return engine_->integer(column); }
    std::string_view text(int column) const { return engine_->text(column); }
    ByteView blob(int column) const { return engine_->blob(column); }

  private:
    std::unique_ptr<Engine> engine_;
};

// Rows to be added to one table together. Names of table and columns are written by us, never from outside.
struct Rows {
    using Cell = std::variant<std::int64_t, std::string_view, ByteView>;  // views outlive insert()

    std::string_view table;
    std::vector<std::string_view> columns;
    std::vector<Cell> cells;  // row by row
};

enum class Isolation {
    kWriting,   // as if nobody else were there; DB-BUSY where that cannot be kept up, and may be retried
    kAdding,    // reads one moment, adds rows; whoever added under one of their keys meanwhile: DB-CONFLICT
    kSnapshot,  // several reads of one moment; writes nothing
};

class Database {
  public:
    virtual ~Database() = default;

    // Schemas only: no value from outside may stand in `sql`.
    virtual Result<void> execute(const char* sql) = 0;
    virtual Result<Statement> prepare(std::string_view sql) = 0;

    // Adds all rows, in the fastest way of the engine; a right to insert is all that it takes. DB-CONFLICT:
    // a key is there already; the transaction is then of no more use. REQUIRES: a transaction is open.
    virtual Result<void> insert(const Rows& rows) = 0;

    // Rows changed by the last insert, update or delete.
    virtual std::int64_t changes() const = 0;

  private:
    friend class Transaction;
    virtual Result<void> begin(Isolation isolation) = 0;
    virtual Result<void> commit() = 0;
    virtual void rollback() = 0;
};

// Rolls back when it goes out of scope without commit(). Not nested.
class Transaction {
  public:
    static Result<Transaction> begin(Database& database, Isolation isolation) {
        if (Result<void> begun = database.begin(isolation); !begun) return begun.error();
        return Transaction(database);
    }
    Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction() {
        if (database_ != nullptr) database_->rollback();
    }

    // After success everything is on disk. After failure everything is rolled back, or, where the
    // connection was lost at that very moment (DB-UNREACHABLE), unknown.
    Result<void> commit() { return std::exchange(database_, nullptr)->commit(); }

  private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

}  // namespace sala::sql
