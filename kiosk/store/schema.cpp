#include "kiosk/store/schema.h"

#include <fmt/format.h>

#include "kiosk/store/data_folder.h"

namespace sala::kiosk {
namespace {

constexpr int kSchemaVersion = 2;
constexpr std::size_t kLogBytes = 1 << 20;  // about eighty ratings
constexpr int kApplicationId = 0x53414c4b;  // "SALK"

// journal     the evidence: the line's exact bytes; kind and day are a projection for counting
// checkpoint  a signed root with the tree's right edge and the log's state at that size: where replay begins
// ticket      projection of ticket_issued, for the next number of a series
// cell        the tallies: fixed-size rows made at day open, so that no page of the file tells an order
// waiting     of what the last close left in the cells: how many, since which days, under which k
// visit       one row: the token of the last visitor's write, which makes a retry harmless
// counter     one row: plain counts of the open day
// attachment  sealed to somebody else's key: of the journal's line `seq`, which commits to it
// setting     the configuration's hash, the last cosigned note, the office's pinned key, the tickets of
//             which the printer has not said yet what became of them
constexpr const char* kTables = R"sql(
CREATE TABLE journal(seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, day INTEGER NOT NULL,
                     line BLOB NOT NULL) STRICT;
CREATE TRIGGER journal_keeps_its_lines BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER journal_loses_no_line BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, frontier BLOB NOT NULL, state TEXT NOT NULL,
                        note TEXT NOT NULL) STRICT;
CREATE TABLE ticket(seq INTEGER PRIMARY KEY, day INTEGER NOT NULL, division TEXT NOT NULL,
                    count INTEGER NOT NULL,
                    UNIQUE(day, division, count)) STRICT;
CREATE TABLE cell(page TEXT, class TEXT, place TEXT, item TEXT, value INTEGER, n BLOB NOT NULL,
                  PRIMARY KEY(page, class, place, item, value)) STRICT, WITHOUT ROWID;
CREATE TABLE waiting(page TEXT, class TEXT, place TEXT, n INTEGER NOT NULL, k INTEGER NOT NULL,
                     days TEXT NOT NULL, PRIMARY KEY(page, class, place)) STRICT, WITHOUT ROWID;
CREATE INDEX journal_sealed ON journal(seq) WHERE kind = 'sealed';
CREATE TABLE attachment(seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, commitment BLOB NOT NULL,
                        sealed BLOB NOT NULL) STRICT;
CREATE TABLE visit(one INTEGER PRIMARY KEY CHECK(one = 1), token BLOB NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE TABLE counter(one INTEGER PRIMARY KEY CHECK(one = 1), eit_shown INTEGER NOT NULL) STRICT;
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO visit VALUES(1, zeroblob(16), 0);
INSERT INTO counter VALUES(1, 0);
)sql";

// Version 1 let nothing wait but at the office itself.
constexpr const char* kFromVersion1 = R"sql(
ALTER TABLE waiting RENAME TO waiting_1;
CREATE TABLE waiting(page TEXT, class TEXT, place TEXT, n INTEGER NOT NULL, k INTEGER NOT NULL,
                     days TEXT NOT NULL, PRIMARY KEY(page, class, place)) STRICT, WITHOUT ROWID;
INSERT INTO waiting SELECT page, class, '/', n, k, days FROM waiting_1;
DROP TABLE waiting_1;
CREATE INDEX journal_sealed ON journal(seq) WHERE kind = 'sealed';
CREATE TABLE attachment(seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, commitment BLOB NOT NULL,
                        sealed BLOB NOT NULL) STRICT;
)sql";

Result<std::int64_t> pragma(sqlite::Database& database, const char* sql) {
    Result<sqlite::Statement> statement = database.prepare(sql);
    if (!statement) return statement.error();
    const Result<bool> row = statement->step();
    if (!row) return row.error();
    return *row ? statement->integer(0) : 0;
}

// Makes or changes the tables and marks the file with our version, all or nothing.
Result<void> bring_up(sqlite::Database& database, const char* tables) {
    Result<sqlite::Transaction> transaction = sqlite::Transaction::begin(database);
    if (!transaction) return transaction.error();
    const std::string marks =
        fmt::format("PRAGMA application_id={}; PRAGMA user_version={};", kApplicationId, kSchemaVersion);
    for (const char* sql : {tables, marks.c_str()}) {
        if (Result<void> done = database.execute(sql); !done) return done;
    }
    return transaction->commit();
}

}  // namespace

Result<sqlite::Database> open_store_database(const std::filesystem::path& data, sqlite::OpenMode mode) {
    Result<sqlite::Database> database = sqlite::Database::open(database_path(data), mode);
    if (!database) return database;
    if (mode == sqlite::OpenMode::kCreate) database->keep_log_at(kLogBytes);
    const Result<std::int64_t> version = pragma(*database, "PRAGMA user_version");
    if (!version) return version.error();
    const Result<std::int64_t> application = pragma(*database, "PRAGMA application_id");
    if (!application) return application.error();
    if (*version == 0 && *application == 0 && mode == sqlite::OpenMode::kCreate) {
        if (Result<void> made = bring_up(*database, kTables); !made) return made.error();
        return database;
    }
    if (*application != kApplicationId) {
        return Error{"STORE-FOREIGN", fmt::format("{} ไม่ใช่ฐานข้อมูลของตู้บริการ", database_path(data).string()),
                     fmt::format("{} is not a kiosk's database", database_path(data).string())};
    }
    // Who only reads asks nothing that version 1 does not answer too.
    if (*version == 1 && mode != sqlite::OpenMode::kReadOnly) {
        if (Result<void> done = bring_up(*database, kFromVersion1); !done) return done.error();
        return database;
    }
    if (*version != kSchemaVersion && *version != 1) {
        return Error{"STORE-NEWER", "ข้อมูลของตู้บริการนี้บันทึกด้วยโปรแกรมรุ่นใหม่กว่า โปรดใช้โปรแกรมรุ่นใหม่",
                     "this kiosk's data was written by a newer program; use that one"};
    }
    return database;
}

}  // namespace sala::kiosk
