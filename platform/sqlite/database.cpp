#include "platform/sqlite/database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <vector>

#include "platform/base/descriptor.h"

namespace sala::sqlite {
namespace {

// The errno behind an I/O error. Of a failed COMMIT only the files still know it.
int what_the_system_said(sqlite3* database) {
    if (const int said = sqlite3_system_errno(database); said != 0) return said;
    for (const int which : {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER}) {
        sqlite3_file* file = nullptr;
        int said = 0;
        const bool open = sqlite3_file_control(database, "main", which, &file) == SQLITE_OK &&
                          file != nullptr && file->pMethods != nullptr;
        if (open) file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &said);
        if (said != 0) return said;
    }
    return 0;
}

// What the engine calls an I/O error may be one that an officer can mend: it knows of a full disk by one
// errno only, and of a read-only one by none.
int kind_of(sqlite3* database, int code) {
    const int kind = code & 0xff;
    if (database == nullptr || (kind != SQLITE_IOERR && kind != SQLITE_CANTOPEN)) return kind;
    switch (what_the_system_said(database)) {
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return SQLITE_FULL;
        case EROFS:
            return SQLITE_READONLY;
        default:
            return kind;
    }
}

// Every failure of the engine is told with what the engine said; the ones an officer can mend have words of
// their own.
Error failure(sqlite3* database, int code) {
    const std::string said = database ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    switch (kind_of(database, code)) {
        case SQLITE_FULL:
            return {"DB-FULL", "บันทึกไม่ได้เพราะที่เก็บข้อมูลเต็ม โปรดเพิ่มพื้นที่ว่าง",
                    "could not record: the disk is full; free some space"};
        case SQLITE_READONLY:
            return {"DB-READ-ONLY", "บันทึกไม่ได้เพราะที่เก็บข้อมูลเขียนไม่ได้ โปรดตรวจดิสก์",
                    "could not record: the disk cannot be written; check it"};
        case SQLITE_BUSY:
            return {"DB-BUSY", "ฐานข้อมูลกำลังถูกใช้โดยโปรแกรมอื่น โปรดลองอีกครั้ง",
                    "the database is in use by another program; try again"};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {"DB-DAMAGED", "ไฟล์ฐานข้อมูลเสียหาย โปรดแจ้งผู้ดูแลระบบ",
                    fmt::format("the database file is damaged ({}); call the administrator", said)};
        case SQLITE_CONSTRAINT:
            if (code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_UNIQUE) {
                return {"DB-CONFLICT", "รายการนี้มีอยู่ในฐานข้อมูลแล้ว จึงไม่บันทึกซ้ำ โปรดลองอีกครั้ง",
                        fmt::format("this entry is in the database already ({}); try again", said)};
            }
            [[fallthrough]];
        default:
            return {"DB-FAILED", fmt::format("ฐานข้อมูลทำงานไม่สำเร็จ โปรดตรวจดิสก์แล้วแจ้งผู้ดูแลระบบ: {}", said),
                    fmt::format("the database failed; check the disk and call the administrator: {}", said)};
    }
}

// The trap: SQLite answers a row, "wal", before it has written what that row says; whether it could comes
// with the end.
Result<std::string> pragma(Database& database, std::string_view name) {
    Result<Statement> statement = database.prepare(fmt::format("PRAGMA {}", name));
    if (!statement) return statement.error();
    std::string value;
    for (;;) {
        const Result<bool> row = statement->step();
        if (!row) return row.error();
        if (!*row) return value;
        value = statement->text(0);
    }
}

// A transaction that was cut off before the file had a WAL must be undone before anybody can read it, and who
// only reads may not. One moment as a writer does it, as the writer himself would at his next start.
Result<void> undo_what_was_cut_off(const std::filesystem::path& path, sqlite3* reader) {
    constexpr const char* kRead = "SELECT 1 FROM sqlite_schema LIMIT 1";
    if (sqlite3_exec(reader, kRead, nullptr, nullptr, nullptr) != SQLITE_READONLY_ROLLBACK) return {};
    sqlite3* raw = nullptr;
    sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, nullptr);
    const Handle<sqlite3, close_database> writer(raw);
    sqlite3_busy_timeout(raw, 5000);
    const int code = sqlite3_exec(raw, kRead, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure(raw, code);
    return {};
}

// A disk that does not answer has not said that there is no file.
bool may_be_there(const std::filesystem::path& path) {
    std::error_code ignored;
    const std::filesystem::file_type type = std::filesystem::status(path, ignored).type();
    return type == std::filesystem::file_type::regular || type == std::filesystem::file_type::none;
}

struct Setting {
    const char* name;
    const char* value;
    const char* reads_back;
};
constexpr Setting kSettings[] = {
    {"journal_mode", "WAL", "wal"}, {"synchronous", "FULL", "2"}, {"foreign_keys", "ON", "1"},
    {"trusted_schema", "OFF", "0"}, {"secure_delete", "ON", "1"}, {"busy_timeout", "5000", "5000"},
};

}  // namespace

void close_database(sqlite3* database) noexcept { sqlite3_close_v2(database); }
void finalize_statement(sqlite3_stmt* statement) noexcept { sqlite3_finalize(statement); }

class StatementPool {
  public:
    using Kept = Handle<sqlite3_stmt, finalize_statement>;
    // Empty: none is out of use.
    Kept take(std::string_view sql) {
        const auto found = kept_.find(sql);
        if (found == kept_.end()) return {};
        Kept statement = std::move(found->second);
        kept_.erase(found);
        return statement;
    }
    void keep(Kept statement) {
        const std::string_view sql = sqlite3_sql(statement.get());
        // Some pragmas do their work while they are compiled; the second run of such a one would do nothing.
        if (closed_ || kept_.size() >= kKeptMax || sql.starts_with("PRAGMA")) return;
        sqlite3_reset(statement.get());
        sqlite3_clear_bindings(statement.get());
        kept_.emplace(sql, std::move(statement));
    }
    void close() {
        closed_ = true;
        kept_.clear();
    }

  private:
    static constexpr std::size_t kKeptMax = 64;
    bool closed_ = false;
    std::multimap<std::string, Kept, std::less<>> kept_;
};

Statement::~Statement() {
    if (statement_) pool_->keep(std::move(statement_));
}

Database::Database(Handle<sqlite3, close_database> database)
    : database_(std::move(database)), pool_(std::make_shared<StatementPool>()) {}

Database::~Database() {
    if (pool_) pool_->close();
}

Result<Database> Database::open(const std::filesystem::path& path, OpenMode mode) {
    if (mode == OpenMode::kCreate) {
        // SQLite would make it with the umask's mode; its -wal and -shm files then follow ours.
        const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (made >= 0) ::close(made);
    } else if (!may_be_there(path)) {
        return Error{"DB-NOT-FOUND", fmt::format("ไม่พบฐานข้อมูล {}", path.string()),
                     fmt::format("there is no database {}", path.string())};
    }
    sqlite3* raw = nullptr;
    const int flags = mode == OpenMode::kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_EXRESCODE, nullptr);
    Database database{Handle<sqlite3, close_database>(raw)};
    if (code != SQLITE_OK) {
        return Error{
            "DB-OPEN", fmt::format("เปิดฐานข้อมูล {} ไม่ได้", path.string()),
            fmt::format("could not open the database {}: {}", path.string(), failure(raw, code).english)};
    }
    sqlite3_busy_timeout(raw, 5000);
    if (mode == OpenMode::kReadOnly) {
        if (Result<void> set = database.execute("PRAGMA trusted_schema=OFF; PRAGMA query_only=ON;"); !set) {
            return set.error();
        }
        if (Result<void> undone = undo_what_was_cut_off(path, raw); !undone) return undone.error();
        return database;
    }
    for (const Setting& setting : kSettings) {
        const Result<std::string> set = pragma(database, fmt::format("{}={}", setting.name, setting.value));
        if (!set) return set.error();
        const Result<std::string> now = pragma(database, setting.name);
        if (!now) return now.error();
        if (*now != setting.reads_back) {
            return Error{
                "DB-NOT-DURABLE",
                fmt::format("ที่เก็บข้อมูลของ {} เก็บข้อมูลอย่างปลอดภัยไม่ได้ โปรดใช้ดิสก์ภายในเครื่อง", path.string()),
                fmt::format(
                    "the disk that holds {} cannot record safely ({} is {}, wanted {}); use a local disk",
                    path.string(), setting.name, *now, setting.reads_back)};
        }
    }
    return database;
}

Result<void> Database::execute(const char* sql) {
    const int code = sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure(database_.get(), code);
    return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
    if (auto kept = pool_->take(sql)) return Statement(std::move(kept), database_.get(), pool_);
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK) return failure(database_.get(), code);
    return Statement(Handle<sqlite3_stmt, finalize_statement>(raw), database_.get(), pool_);
}

std::int64_t Database::changes() const { return sqlite3_changes64(database_.get()); }

std::int64_t Database::changes_in_all() const { return sqlite3_total_changes64(database_.get()); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }

Result<void> Database::truncate_log() {
    // SQLite tells of a reader in the way by a row, not by an error.
    Result<Statement> statement = prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!statement) return statement.error();
    const Result<bool> row = statement->step();
    if (!row) return row.error();
    if (*row && statement->integer(0) != 0) return failure(nullptr, SQLITE_BUSY);
    fill_log();
    return {};
}

void Database::keep_log_at(std::size_t bytes) {
    constexpr std::size_t kFrameBytes = 4096 + 24;
    constexpr std::size_t kFramesBeyond = 8;  // of the commit that reaches the limit
    const std::size_t frames = bytes / kFrameBytes - kFramesBeyond;
    sqlite3_wal_autocheckpoint(database_.get(), static_cast<int>(frames));
    log_bytes_ = bytes;
    fill_log();
}

// Zeros behind the last frame, or where the log begins, are no frames to SQLite: it reads up to the first
// one whose salt or checksum does not fit, so it does not matter either how far a fill came before the
// power went. Its locks lie in other files, so opening and closing this one drops none.
void Database::fill_log() {
    const char* path = sqlite3_db_filename(database_.get(), "main");
    if (log_bytes_ == 0 || path == nullptr) return;
    const std::string log = std::string(path) + "-wal";
    // Appending, so that no frame can be written over, whoever may have added one.
    const Descriptor file(::open(log.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW));
    const off_t end = file.open() ? ::lseek(file.get(), 0, SEEK_END) : -1;
    if (end < 0 || static_cast<std::size_t>(end) >= log_bytes_) return;
    // A log just cut to nothing has to be nothing on the disk too: zeros over a part of the old one would
    // leave its first frames believed, and they are older than the database.
    if (end == 0 && ::fdatasync(file.get()) != 0) return;
    const std::vector<char> zeros(log_bytes_ - static_cast<std::size_t>(end));
    if (::write(file.get(), zeros.data(), zeros.size()) > 0) ::fdatasync(file.get());
}

Statement& Statement::bind(std::int64_t number) {
    const int code = sqlite3_bind_int64(statement_.get(), ++bound_, number);
    if (code != SQLITE_OK) bind_failed_ = code;
    return *this;
}

Statement& Statement::bind(std::string_view text) {
    const int code = sqlite3_bind_text64(statement_.get(), ++bound_, text.data() ? text.data() : "",
                                         text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    if (code != SQLITE_OK) bind_failed_ = code;
    return *this;
}

Statement& Statement::bind(ByteView bytes) {
    static constexpr std::uint8_t kNothing = 0;
    const int code = sqlite3_bind_blob64(statement_.get(), ++bound_, bytes.empty() ? &kNothing : bytes.data(),
                                         bytes.size(), SQLITE_TRANSIENT);
    if (code != SQLITE_OK) bind_failed_ = code;
    return *this;
}

Statement& Statement::bind_null() {
    const int code = sqlite3_bind_null(statement_.get(), ++bound_);
    if (code != SQLITE_OK) bind_failed_ = code;
    return *this;
}

Result<bool> Statement::step() {
    if (bind_failed_ != 0) return failure(database_, bind_failed_);
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return failure(database_, code);
}

Result<void> Statement::run() {
    for (;;) {
        const Result<bool> row = step();
        if (!row) return row.error();
        if (!*row) break;
    }
    reset();
    return {};
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string_view Statement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    if (text == nullptr) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

ByteView Statement::blob(int column) const {
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Statement::reset() {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
    bound_ = 0;
    bind_failed_ = 0;
}

Result<Transaction> Transaction::begin(Database& database) {
    Result<Statement> begin = database.prepare("BEGIN IMMEDIATE");
    if (!begin) return begin.error();
    if (const Result<void> begun = begin->run(); !begun) return begun.error();
    return Transaction(database);
}

Transaction::~Transaction() {
    // Already rolled back by SQLite itself after some errors (disk full): that refusal is not a second
    // failure.
    if (database_ != nullptr) sqlite3_exec(database_->database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<void> Transaction::commit() {
    Result<Statement> commit = database_->prepare("COMMIT");
    if (!commit) return commit.error();
    if (const Result<void> committed = commit->run(); !committed) return committed;
    database_ = nullptr;
    return {};
}

}  // namespace sala::sqlite
