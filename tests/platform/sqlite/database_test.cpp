#include "platform/sqlite/database.h"

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "platform/base/files.h"

namespace sala::sqlite {
namespace {

namespace fs = std::filesystem;

class DatabaseTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "sala-database-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
        path_ = folder_ / "a.db";
    }
    void TearDown() override { fs::remove_all(folder_); }

    Database make() {
        Result<Database> database = Database::open(path_, OpenMode::kCreate);
        EXPECT_TRUE(database) << database.error().line();
        EXPECT_TRUE(database->execute("CREATE TABLE t(n INTEGER, x TEXT, b BLOB) STRICT"));
        return *std::move(database);
    }
    static std::string value(Database& database, std::string_view sql) {
        Result<Statement> statement = database.prepare(sql);
        EXPECT_TRUE(statement) << sql;
        const Result<bool> row = statement->step();
        EXPECT_TRUE(row && *row) << sql;
        return std::string(statement->text(0));
    }
    static Result<void> insert(Database& database, std::int64_t n) {
        Result<Statement> statement = database.prepare("INSERT INTO t VALUES(?, ?, ?)");
        if (!statement) return statement.error();
        return statement->bind(n).bind(std::string(1000, 'x')).bind_null().run();
    }

    fs::path folder_, path_;
};

TEST_F(DatabaseTest, IsOpenedDurableAndClosedToOthers) {
    Database database = make();
    EXPECT_EQ(value(database, "PRAGMA journal_mode"), "wal");
    EXPECT_EQ(value(database, "PRAGMA synchronous"), "2");
    EXPECT_EQ(value(database, "PRAGMA foreign_keys"), "1");
    EXPECT_EQ(value(database, "PRAGMA trusted_schema"), "0");
    EXPECT_EQ(value(database, "PRAGMA secure_delete"), "1");
    ASSERT_TRUE(insert(database, 1));
    int files = 0;
    for (const auto& entry : fs::directory_iterator(folder_)) {
        EXPECT_EQ(entry.status().permissions(), fs::perms(0600)) << entry.path();
        ++files;
    }
    EXPECT_EQ(files, 3);  // with -wal and -shm
}

TEST_F(DatabaseTest, ThatIsMissingIsMadeOnlyWhenAsked) {
    for (const OpenMode mode : {OpenMode::kExisting, OpenMode::kReadOnly}) {
        const Result<Database> database = Database::open(path_, mode);
        ASSERT_FALSE(database);
        EXPECT_EQ(database.error().code, "DB-NOT-FOUND");
        EXPECT_FALSE(fs::exists(path_));
    }
    EXPECT_EQ(Database::open(folder_, OpenMode::kCreate).error().code, "DB-OPEN");
    EXPECT_EQ(Database::open(folder_ / "none" / "a.db", OpenMode::kCreate).error().code, "DB-OPEN");
}

TEST_F(DatabaseTest, ThatIsNoDatabaseIsRefused) {
    ASSERT_TRUE(write_file_durably(path_, std::string(5000, 'x')));
    const Result<Database> database = Database::open(path_, OpenMode::kExisting);
    ASSERT_FALSE(database);
    EXPECT_EQ(database.error().code, "DB-DAMAGED");
    EXPECT_EQ(*read_file(path_, 10'000), std::string(5000, 'x'));
}

TEST_F(DatabaseTest, GivesBackWhatWasBound) {
    Database database = make();
    const std::string text("quote ' nul \0 ก", 16);
    const Bytes bytes = {0, 255, 39};
    auto statement = database.prepare("INSERT INTO t VALUES(?, ?, ?)");
    ASSERT_TRUE(statement);
    ASSERT_TRUE(statement->bind(INT64_MIN).bind(text).bind(ByteView(bytes)).run());
    ASSERT_TRUE(statement->bind(INT64_MAX).bind("").bind(ByteView()).run());
    ASSERT_TRUE(statement->bind(std::int64_t{0}).bind_null().bind_null().run());
    EXPECT_EQ(database.changes(), 1);
    auto read = database.prepare("SELECT n, x, b FROM t ORDER BY rowid");
    ASSERT_TRUE(read);
    ASSERT_TRUE(*read->step());
    EXPECT_EQ(read->integer(0), INT64_MIN);
    EXPECT_EQ(read->text(1), text);
    EXPECT_TRUE(std::equal(bytes.begin(), bytes.end(), read->blob(2).begin(), read->blob(2).end()));
    ASSERT_TRUE(*read->step());
    EXPECT_FALSE(read->is_null(1));
    EXPECT_FALSE(read->is_null(2));
    EXPECT_EQ(read->blob(2).size(), 0U);
    ASSERT_TRUE(*read->step());
    EXPECT_TRUE(read->is_null(1));
    EXPECT_TRUE(read->is_null(2));
    EXPECT_FALSE(*read->step());
}

TEST_F(DatabaseTest, TellsOfAWrongStatementOrTooManyParameters) {
    Database database = make();
    EXPECT_EQ(database.prepare("SELECT nothing FROM t").error().code, "DB-FAILED");
    auto statement = database.prepare("SELECT ?");
    ASSERT_TRUE(statement);
    EXPECT_FALSE(statement->bind(std::int64_t{1}).bind(std::int64_t{2}).step());
}

TEST_F(DatabaseTest, RollsBackWhatWasNotCommitted) {
    Database database = make();
    {
        auto transaction = Transaction::begin(database);
        ASSERT_TRUE(transaction);
        ASSERT_TRUE(insert(database, 1));
        EXPECT_EQ(value(database, "SELECT count(*) FROM t"), "1");
    }
    EXPECT_EQ(value(database, "SELECT count(*) FROM t"), "0");
    {
        auto transaction = Transaction::begin(database);
        ASSERT_TRUE(transaction);
        ASSERT_TRUE(insert(database, 2));
        ASSERT_TRUE(transaction->commit());
    }
    Result<Database> other = Database::open(path_, OpenMode::kExisting);
    ASSERT_TRUE(other);
    EXPECT_EQ(value(*other, "SELECT group_concat(n) FROM t"), "2");
}

TEST_F(DatabaseTest, ThatIsFullRefusesAndKeepsWhatItHad) {
    Database database = make();
    ASSERT_TRUE(insert(database, 1));
    ASSERT_TRUE(database.execute("PRAGMA max_page_count=4"));
    std::string code;
    {
        auto transaction = Transaction::begin(database);
        ASSERT_TRUE(transaction);
        for (int i = 0; i < 100 && code.empty(); ++i) {
            const Result<void> inserted = insert(database, 2);
            if (!inserted) code = inserted.error().code;
        }
    }
    EXPECT_EQ(code, "DB-FULL");
    EXPECT_EQ(value(database, "SELECT group_concat(n) FROM t"), "1");
    ASSERT_TRUE(database.execute("PRAGMA max_page_count=1000"));
    EXPECT_TRUE(insert(database, 3));
}

TEST_F(DatabaseTest, OpenedForReadingChangesNothing) {
    {
        Database database = make();
        ASSERT_TRUE(insert(database, 1));
        ASSERT_TRUE(database.truncate_log());
    }
    const std::string before = *read_file(path_, 1'000'000);
    Result<Database> database = Database::open(path_, OpenMode::kReadOnly);
    ASSERT_TRUE(database);
    EXPECT_EQ(value(*database, "SELECT n FROM t"), "1");
    const Result<void> inserted = insert(*database, 2);
    ASSERT_FALSE(inserted);
    EXPECT_EQ(inserted.error().code, "DB-READ-ONLY");
    EXPECT_FALSE(database->execute("DROP TABLE t"));
    EXPECT_EQ(*read_file(path_, 1'000'000), before);
}

TEST_F(DatabaseTest, LeavesNothingInItsLogAfterTruncating) {
    Database database = make();
    ASSERT_TRUE(insert(database, 1));
    const fs::path log = path_.string() + "-wal";
    EXPECT_GT(fs::file_size(log), 0U);
    ASSERT_TRUE(database.truncate_log());
    EXPECT_EQ(fs::file_size(log), 0U);
}

TEST_F(DatabaseTest, PreparesAStatementAnewWhileTheFirstIsStillInUse) {
    Database database = make();
    for (std::int64_t n = 1; n <= 2; ++n) ASSERT_TRUE(insert(database, n));
    const char* sql = "SELECT n FROM t WHERE n >= ? ORDER BY n";
    Result<Statement> outer = database.prepare(sql);
    ASSERT_TRUE(*outer->bind(std::int64_t{1}).step());
    {
        Result<Statement> inner = database.prepare(sql);
        ASSERT_TRUE(*inner->bind(std::int64_t{2}).step());
        EXPECT_EQ(inner->integer(0), 2);
    }
    ASSERT_TRUE(*outer->step());
    EXPECT_EQ(outer->integer(0), 2);
    // One that was left in the middle begins anew, without its old parameters.
    Result<Statement> again = database.prepare(sql);
    const Result<bool> row = again->step();
    EXPECT_TRUE(row && !*row);
}

TEST_F(DatabaseTest, SeesATableThatChangedUnderAStatementItKnew) {
    Database database = make();
    ASSERT_TRUE(insert(database, 1));
    EXPECT_EQ(value(database, "SELECT * FROM t"), "1");
    ASSERT_TRUE(database.execute("ALTER TABLE t RENAME COLUMN n TO m"));
    ASSERT_TRUE(database.execute("UPDATE t SET m = 7"));
    EXPECT_EQ(value(database, "SELECT * FROM t"), "7");
    EXPECT_EQ(value(database, "PRAGMA user_version"), "0");
    ASSERT_TRUE(database.execute("PRAGMA user_version = 3"));
    EXPECT_EQ(value(database, "PRAGMA user_version"), "3");
}

TEST_F(DatabaseTest, KeepsItsLogAtOneLengthWithoutWhatStoodInIt) {
    constexpr std::size_t kBytes = 128 * 1024;
    const fs::path log = path_.string() + "-wal";
    Database database = make();
    database.keep_log_at(kBytes);
    EXPECT_EQ(fs::file_size(log), kBytes);
    for (std::int64_t n = 0; n < 100; ++n) {
        ASSERT_TRUE(insert(database, n));
        ASSERT_EQ(fs::file_size(log), kBytes) << n;
    }
    ASSERT_TRUE(database.truncate_log());
    const Result<std::string> bytes = read_file(log, 2 * kBytes);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(*bytes, std::string(kBytes, '\0'));
    EXPECT_EQ(value(database, "SELECT COUNT(*) FROM t"), "100");
}

TEST_F(DatabaseTest, FindsEveryCommitInALogOfOneLengthAfterAPowerCut) {
    const fs::path after = folder_ / "after.db";
    Database database = make();
    database.keep_log_at(128 * 1024);
    for (std::int64_t n = 1; n <= 60; ++n) {
        ASSERT_TRUE(insert(database, n));
        // What lies on the disk at this moment.
        for (const char* part : {"", "-wal"}) {
            fs::copy_file(path_.string() + part, after.string() + part, fs::copy_options::overwrite_existing);
        }
        fs::remove(after.string() + "-shm");
        Result<Database> found = Database::open(after, OpenMode::kExisting);
        ASSERT_TRUE(found);
        EXPECT_EQ(value(*found, "SELECT COUNT(*) FROM t"), std::to_string(n));
        EXPECT_EQ(value(*found, "PRAGMA integrity_check"), "ok");
    }
}

TEST_F(DatabaseTest, FindsEveryCommitHoweverFarAFillOfTheLogCame) {
    const fs::path after = folder_ / "after.db", log = after.string() + "-wal";
    Database database = make();
    for (std::int64_t n = 1; n <= 3; ++n) ASSERT_TRUE(insert(database, n));
    const std::uintmax_t frames = fs::file_size(path_.string() + "-wal");
    for (const std::uintmax_t zeros : {1U, 23U, 24U, 31U, 32U, 33U, 4119U, 4120U, 4121U, 5000U, 100'000U}) {
        for (const char* part : {"", "-wal"}) {
            fs::copy_file(path_.string() + part, after.string() + part, fs::copy_options::overwrite_existing);
        }
        fs::remove(after.string() + "-shm");
        fs::resize_file(log, frames + zeros);
        Result<Database> found = Database::open(after, OpenMode::kExisting);
        ASSERT_TRUE(found);
        EXPECT_EQ(value(*found, "SELECT COUNT(*) FROM t"), "3") << zeros;
        ASSERT_TRUE(insert(*found, 4));
    }
    // And where the power went after the cut, before the log's first frame.
    ASSERT_TRUE(database.truncate_log());
    for (const std::uintmax_t zeros : {1U, 31U, 32U, 33U, 4152U, 100'000U}) {
        fs::copy_file(path_, after, fs::copy_options::overwrite_existing);
        fs::remove(after.string() + "-shm");
        ASSERT_TRUE(write_file_durably(log, std::string(zeros, '\0')));
        Result<Database> found = Database::open(after, OpenMode::kExisting);
        ASSERT_TRUE(found);
        EXPECT_EQ(value(*found, "SELECT COUNT(*) FROM t"), "3") << zeros;
    }
}

TEST_F(DatabaseTest, RecordsOnWhereTheDiskHasNoRoomForTheWholeLog) {
    const fs::path log = path_.string() + "-wal";
    Database database = make();
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto on_signal = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit full{50'000, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &full), 0);
    database.keep_log_at(128 * 1024);
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, on_signal);
    EXPECT_EQ(fs::file_size(log), 50'000U);
    for (std::int64_t n = 0; n < 100; ++n) ASSERT_TRUE(insert(database, n));
    EXPECT_EQ(value(database, "SELECT COUNT(*) FROM t"), "100");
    ASSERT_TRUE(database.truncate_log());
    EXPECT_EQ(fs::file_size(log), 128U * 1024);
}

TEST_F(DatabaseTest, LetsTheLogGrowWhereAReaderKeepsItFromBeginningAnew) {
    constexpr std::size_t kBytes = 128 * 1024;
    const fs::path log = path_.string() + "-wal";
    Database database = make();
    database.keep_log_at(kBytes);
    Result<Database> reader = Database::open(path_, OpenMode::kReadOnly);
    ASSERT_TRUE(reader);
    ASSERT_TRUE(reader->execute("BEGIN; SELECT COUNT(*) FROM t"));
    for (std::int64_t n = 0; n < 100; ++n) ASSERT_TRUE(insert(database, n));
    EXPECT_GT(fs::file_size(log), kBytes);
    ASSERT_TRUE(reader->execute("COMMIT"));
    ASSERT_TRUE(database.truncate_log());
    EXPECT_EQ(fs::file_size(log), kBytes);
    EXPECT_EQ(value(database, "SELECT COUNT(*) FROM t"), "100");
}

// As a kill in the middle of the very first transaction leaves it: a rollback journal that nobody has undone.
TEST_F(DatabaseTest, WhatWasCutOffBeforeThereWasALogHindersNoReader) {
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &raw), SQLITE_OK);
    const auto run = [&](const char* sql) { return sqlite3_exec(raw, sql, nullptr, nullptr, nullptr); };
    ASSERT_EQ(run("CREATE TABLE t(n); INSERT INTO t VALUES(1); PRAGMA cache_size=1; BEGIN; "
                  "WITH RECURSIVE many(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM many WHERE n < 9999) "
                  "INSERT INTO t SELECT n FROM many;"),
              SQLITE_OK);
    const fs::path copy = folder_ / "copy.db";
    fs::copy_file(path_, copy);
    fs::copy_file(path_.string() + "-journal", copy.string() + "-journal");
    sqlite3_close(raw);

    Result<Database> reader = Database::open(copy, OpenMode::kReadOnly);
    ASSERT_TRUE(reader) << reader.error().line();
    EXPECT_EQ(value(*reader, "SELECT COUNT(*) FROM t"), "1");
}

}  // namespace
}  // namespace sala::sqlite
