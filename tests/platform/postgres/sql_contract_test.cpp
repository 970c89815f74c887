// What platform/sql.h promises, kept by both engines.
#include <gtest/gtest.h>
#include <unistd.h>

#include "platform/postgres/database.h"
#include "platform/sqlite/sql_database.h"
#include "tests/platform/postgres/cluster.h"

namespace sala::sql {
namespace {

enum class Engine { kSqlite, kPostgres };

class SqlContract : public testing::TestWithParam<Engine> {
  protected:
    void SetUp() override {
        place_ = std::filesystem::path(testing::TempDir()) / fmt::format("sql_contract.{}.db", ::getpid());
        std::filesystem::remove(place_);
        database_ = connect();
        ASSERT_TRUE(database_);
        if (GetParam() == Engine::kPostgres) {
            ASSERT_TRUE(database_->execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
        }
        ASSERT_TRUE(database_->execute(GetParam() == Engine::kPostgres
                                           ? "CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT NOT NULL,"
                                             " raw BYTEA NOT NULL)"
                                           : "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
                                             " raw BLOB NOT NULL) STRICT"));
    }
    void TearDown() override {
        database_.reset();
        for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(place_.string() + end);
    }
    std::unique_ptr<Database> connect() const {
        if (GetParam() == Engine::kPostgres) {
            if (postgres::Cluster::shared() == nullptr) return {};
            auto opened = postgres::open(postgres::Cluster::shared()->url());
            EXPECT_TRUE(opened) << opened.error().line();
            return opened ? *std::move(opened) : nullptr;
        }
        auto opened = sqlite::Database::open(place_, sqlite::OpenMode::kCreate);
        EXPECT_TRUE(opened) << opened.error().line();
        return opened ? sqlite::as_sql(*std::move(opened)) : nullptr;
    }
    Statement prepare(std::string_view sql) const { return prepare(*database_, sql); }
    static Statement prepare(Database& database, std::string_view sql) {
        auto statement = database.prepare(sql);
        EXPECT_TRUE(statement) << statement.error().line();
        return *std::move(statement);
    }
    static Result<void> put(Database& database, std::int64_t id, std::string_view name, ByteView raw = {}) {
        return prepare(database, "INSERT INTO thing (id, name, raw) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(id)
            .bind(name)
            .bind(raw)
            .run();
    }
    static std::int64_t count(Database& database) {
        auto query = prepare(database, "SELECT COUNT(*) FROM thing");
        const Result<bool> row = query.step();
        EXPECT_TRUE(row && *row);
        return query.integer(0);
    }

    std::filesystem::path place_;
    std::unique_ptr<Database> database_;
};

TEST_P(SqlContract, EveryValueComesBackAsItWent) {
    Bytes every;
    for (int byte = 0; byte < 256; ++byte) every.push_back(static_cast<std::uint8_t>(byte));
    const std::int64_t ids[] = {0, -1, 1, 127, 128, -32769, INT64_MAX, INT64_MIN};
    for (const std::int64_t id : ids)
        ASSERT_TRUE(put(*database_, id, "ศาลา '; DROP TABLE thing; -- ?1 $1", every));
    auto query = prepare("SELECT id, name, raw FROM thing ORDER BY id");
    std::vector<std::int64_t> found;
    for (;;) {
        const Result<bool> row = query.step();
        ASSERT_TRUE(row) << row.error().line();
        if (!*row) break;
        found.push_back(query.integer(0));
        EXPECT_EQ(query.text(1), "ศาลา '; DROP TABLE thing; -- ?1 $1");
        EXPECT_EQ(Bytes(query.blob(2).begin(), query.blob(2).end()), every);
    }
    EXPECT_EQ(found, (std::vector<std::int64_t>{INT64_MIN, -32769, -1, 0, 1, 127, 128, INT64_MAX}));
}

TEST_P(SqlContract, AStatementRunsAsOftenAsItIsBound) {
    auto insert = prepare("INSERT INTO thing (id, name, raw) VALUES (?, ?, ?)");
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(insert.bind(i).bind("x").bind(ByteView()).run());
    auto query = prepare("SELECT name FROM thing WHERE id = ?");
    for (const int id : {3, 9, 4}) {
        const Result<bool> row = query.bind(id).step();
        ASSERT_TRUE(row);
        EXPECT_EQ(*row, id < 5);
        if (*row) {
            EXPECT_FALSE(*query.step());
        }
    }
}

TEST_P(SqlContract, AParameterMayStandTwiceAndAQuestionMarkInQuotesIsNone) {
    ASSERT_TRUE(put(*database_, 1, "a?"));
    ASSERT_TRUE(put(*database_, 2, "b"));
    auto query = prepare(
        "SELECT id FROM thing WHERE (?2 = '' OR name = ?2) AND id >= ?1 AND name <> '?' "
        "ORDER BY id");
    query.bind(1).bind("b");
    ASSERT_TRUE(*query.step());
    EXPECT_EQ(query.integer(0), 2);
    EXPECT_FALSE(*query.step());
    query.bind(1).bind("");
    ASSERT_TRUE(*query.step());
    EXPECT_EQ(query.integer(0), 1);
}

TEST_P(SqlContract, ChangesAreCountedAndAConflictIsNone) {
    ASSERT_TRUE(put(*database_, 1, "first"));
    EXPECT_EQ(database_->changes(), 1);
    ASSERT_TRUE(put(*database_, 1, "second"));
    EXPECT_EQ(database_->changes(), 0);
    auto query = prepare("SELECT CAST(COALESCE(SUM(id), 0) AS BIGINT) FROM thing WHERE id < ?");
    ASSERT_TRUE(*query.bind(1).step());
    EXPECT_EQ(query.integer(0), 0);
}

TEST_P(SqlContract, RowsTogetherComeBackAsTheyWent) {
    Bytes every;
    for (int byte = 0; byte < 256; ++byte) every.push_back(static_cast<std::uint8_t>(byte));
    const std::string large(3'000'000, 'x'), thai = "ศาลา \t\n\\N '";
    Rows rows{"thing", {"name", "id", "raw"}, {}};
    for (std::int64_t id = 0; id < 20'000; ++id)
        rows.cells.insert(rows.cells.end(), {std::string_view(thai), id - 10'000, ByteView(every)});
    rows.cells.insert(rows.cells.end(), {std::string_view(large), INT64_MAX, ByteView()});
    rows.cells.insert(rows.cells.end(), {std::string_view(), INT64_MIN, bytes_of(large)});
    {
        auto transaction = Transaction::begin(*database_, Isolation::kWriting);
        const Result<void> done = database_->insert(rows);
        ASSERT_TRUE(done) << done.error().line();
        EXPECT_EQ(count(*database_), 20'002);
    }
    EXPECT_EQ(count(*database_), 0) << "not committed";
    auto transaction = Transaction::begin(*database_, Isolation::kWriting);
    ASSERT_TRUE(database_->insert(rows));
    ASSERT_TRUE(transaction->commit());
    auto query = prepare("SELECT id, name, raw FROM thing ORDER BY id");
    std::int64_t seen = 0;
    for (; *query.step(); ++seen) {
        const std::int64_t id = query.integer(0);
        ASSERT_EQ(query.text(1), id == INT64_MAX ? large : id == INT64_MIN ? "" : thai) << id;
        const std::string_view raw = text_of(query.blob(2));
        ASSERT_EQ(raw, id == INT64_MIN ? large : id == INT64_MAX ? "" : text_of(every)) << id;
    }
    EXPECT_EQ(seen, 20'002);
}

TEST_P(SqlContract, RowsOfWhichOneIsThereAreAConflictAndNoneIsKept) {
    ASSERT_TRUE(put(*database_, 2, "x"));
    {
        auto transaction = Transaction::begin(*database_, Isolation::kWriting);
        Rows rows{"thing", {"id", "name", "raw"}, {}};
        for (const std::int64_t id : {1, 2, 3})
            rows.cells.insert(rows.cells.end(), {id, std::string_view("y"), ByteView()});
        const Result<void> done = database_->insert(rows);
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code, "DB-CONFLICT") << done.error().line();
    }
    EXPECT_EQ(count(*database_), 1);
    auto transaction = Transaction::begin(*database_, Isolation::kWriting);
    ASSERT_TRUE(transaction) << "and the connection is as before";
    ASSERT_TRUE(database_->insert({"thing", {"id", "name", "raw"}, {std::int64_t{3}, "z", ByteView()}}));
    EXPECT_TRUE(transaction->commit());
}

TEST_P(SqlContract, WhatIsNotCommittedIsNotThere) {
    {
        const auto transaction = Transaction::begin(*database_, Isolation::kWriting);
        ASSERT_TRUE(transaction);
        ASSERT_TRUE(put(*database_, 1, "x"));
    }
    EXPECT_EQ(count(*database_), 0);
    auto transaction = Transaction::begin(*database_, Isolation::kWriting);
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(put(*database_, 1, "x"));
    ASSERT_TRUE(transaction->commit());
    EXPECT_EQ(count(*connect()), 1);
}

TEST_P(SqlContract, AStatementThatFailsIsAnErrorAndTheNextTransactionWorks) {
    {
        const auto transaction = Transaction::begin(*database_, Isolation::kWriting);
        ASSERT_TRUE(transaction);
        auto wrong = database_->prepare("INSERT INTO nothing (id) VALUES (?)");
        Result<void> done = wrong ? wrong->bind(1).run() : Result<void>(wrong.error());
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code, "DB-FAILED");
        EXPECT_FALSE(done.error().thai.empty());
    }
    auto transaction = Transaction::begin(*database_, Isolation::kWriting);
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(put(*database_, 1, "x"));
    EXPECT_TRUE(transaction->commit());
}

TEST_P(SqlContract, ASnapshotSeesOneMoment) {
    const auto other = connect();
    ASSERT_TRUE(put(*database_, 1, "x"));
    const auto snapshot = Transaction::begin(*database_, Isolation::kSnapshot);
    ASSERT_TRUE(snapshot);
    EXPECT_EQ(count(*database_), 1);
    ASSERT_TRUE(put(*other, 2, "y"));
    EXPECT_EQ(count(*database_), 1) << "what came since is not seen";
    EXPECT_EQ(count(*other), 2);
}

// Both read that nothing is there and both add: one after the other that could not have been.
TEST_P(SqlContract, OfTwoWritersWhoWouldContradictEachOtherOneIsRefused) {
    const auto other = connect();
    auto first = Transaction::begin(*database_, Isolation::kWriting);
    ASSERT_TRUE(first);
    EXPECT_EQ(count(*database_), 0);
    ASSERT_TRUE(put(*database_, 1, "first"));
    if (GetParam() == Engine::kSqlite) {  // It lets nobody else begin.
        ASSERT_TRUE(other->execute("PRAGMA busy_timeout=1"));
        const auto second = Transaction::begin(*other, Isolation::kWriting);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, "DB-BUSY");
        EXPECT_TRUE(first->commit());
        return;
    }
    auto second = Transaction::begin(*other, Isolation::kWriting);
    ASSERT_TRUE(second);
    EXPECT_EQ(count(*other), 0);
    ASSERT_TRUE(put(*other, 2, "second"));
    EXPECT_TRUE(first->commit());
    const Result<void> refused = second->commit();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "DB-BUSY");
    EXPECT_EQ(count(*database_), 1);
}

// Both read everything and add under keys of their own.
TEST_P(SqlContract, WhoOnlyAddsIsRefusedForTheSameKeyAndNothingElse) {
    const auto other = connect();
    auto first = Transaction::begin(*database_, Isolation::kAdding);
    ASSERT_TRUE(first);
    EXPECT_EQ(count(*database_), 0);
    if (GetParam() == Engine::kSqlite) {
        ASSERT_TRUE(other->execute("PRAGMA busy_timeout=1"));
        EXPECT_EQ(Transaction::begin(*other, Isolation::kAdding).error().code, "DB-BUSY");
        return;
    }
    auto second = Transaction::begin(*other, Isolation::kAdding);
    ASSERT_TRUE(second);
    EXPECT_EQ(count(*other), 0);
    const auto add = [](Database& database, std::int64_t id) {
        return database.insert({"thing", {"id", "name", "raw"}, {id, std::string_view("x"), ByteView()}});
    };
    ASSERT_TRUE(add(*database_, 1));
    ASSERT_TRUE(add(*other, 2));
    ASSERT_TRUE(first->commit());
    ASSERT_TRUE(second->commit());
    const auto third = Transaction::begin(*database_, Isolation::kAdding);
    EXPECT_EQ(count(*database_), 2);
    ASSERT_TRUE(add(*other, 3));
    const Result<void> refused = add(*database_, 3);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "DB-CONFLICT") << refused.error().line();
}

INSTANTIATE_TEST_SUITE_P(Of, SqlContract, testing::Values(Engine::kSqlite, Engine::kPostgres),
                         [](const auto& engine) {
                             return engine.param == Engine::kSqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace sala::sql
