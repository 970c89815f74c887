#include "platform/sqlite/sql_database.h"

#include <fmt/format.h>

namespace sala::sqlite {
namespace {

class SqlStatement final : public sql::Statement::Engine {
  public:
    explicit SqlStatement(sqlite::Statement statement) : statement_(std::move(statement)) {}

    void bind(std::int64_t number) override { statement_.bind(number); }
    void bind(std::string_view text) override { statement_.bind(text); }
    void bind(ByteView bytes) override { statement_.bind(bytes); }

    Result<bool> step() override {
        Result<bool> row = statement_.step();
        if (!row || !*row) statement_.reset();
        return row;
    }
    std::int64_t integer(int column) const override { return statement_.integer(column); }
    std::string_view text(int column) const override { return statement_.text(column); }
    ByteView blob(int column) const override { return statement_.blob(column); }

  private:
    sqlite::Statement statement_;
};

class SqlDatabase final : public sql::Database {
  public:
    explicit SqlDatabase(sqlite::Database database) : database_(std::move(database)) {}

    Result<void> execute(const char* sql) override { return database_.execute(sql); }
    Result<sql::Statement> prepare(std::string_view sql) override {
        Result<sqlite::Statement> statement = database_.prepare(sql);
        if (!statement) return statement.error();
        return sql::Statement(std::make_unique<SqlStatement>(*std::move(statement)));
    }
    Result<void> insert(const sql::Rows& rows) override {
        std::string names, places;
        for (const std::string_view column : rows.columns) {
            names += fmt::format("{}{}", names.empty() ? "" : ", ", column);
            places += places.empty() ? "?" : ", ?";
        }
        Result<sqlite::Statement> statement =
            database_.prepare(fmt::format("INSERT INTO {} ({}) VALUES ({})", rows.table, names, places));
        if (!statement) return statement.error();
        for (std::size_t i = 0; i < rows.cells.size();) {
            for (std::size_t column = 0; column < rows.columns.size(); ++column, ++i) {
                std::visit([&](const auto& value) { statement->bind(value); }, rows.cells[i]);
            }
            if (Result<void> done = statement->run(); !done) return done;
        }
        return {};
    }
    std::int64_t changes() const override { return database_.changes(); }

  private:
    Result<void> begin(sql::Isolation isolation) override {
        return database_.execute(isolation == sql::Isolation::kSnapshot ? "BEGIN" : "BEGIN IMMEDIATE");
    }
    Result<void> commit() override {
        Result<void> done = database_.execute("COMMIT");
        if (!done) rollback();
        return done;
    }
    // Where even that fails there is nothing left to roll back.
    void rollback() override { static_cast<void>(database_.execute("ROLLBACK").ok()); }

    sqlite::Database database_;
};

}  // namespace

std::unique_ptr<sql::Database> as_sql(Database database) {
    return std::make_unique<SqlDatabase>(std::move(database));
}

}  // namespace sala::sqlite
