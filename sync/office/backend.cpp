#include "sync/office/backend.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>

#include "platform/postgres/database.h"
#include "platform/sqlite/sql_database.h"

namespace sala::office {
namespace {

constexpr std::int64_t kApplicationId = 0x53614C61;  // "SaLa"
constexpr std::size_t kRoleBytesMax = 63;            // of a name in PostgreSQL

Error other_program(const std::string& url) {
    if (is_server(url)) {
        return {"DB-OTHER-PROGRAM",
                "ฐานข้อมูลใน --db มีตารางของโปรแกรมอื่นอยู่ โปรดสร้างฐานข้อมูลใหม่ที่ว่างให้ sala-office",
                "the database in --db holds tables of another program; make a new, empty database for "
                "sala-office"};
    }
    return {"DB-OTHER-PROGRAM", fmt::format("ไฟล์ {} ไม่ใช่ฐานข้อมูลของ sala-office โปรดตรวจชื่อไฟล์", url),
            fmt::format("{} is not a database of sala-office; check the file's name", url)};
}

Result<std::int64_t> number(sql::Database& database, const char* sql) {
    Result<sql::Statement> statement = database.prepare(sql);
    if (!statement) return statement.error();
    const Result<bool> row = statement->step();
    if (!row) return row.error();
    return *row ? statement->integer(0) : 0;
}

Result<int> version_of_file(sql::Database& database, const std::string& path) {
    const Result<std::int64_t> application = number(database, "PRAGMA application_id");
    if (!application && application.error().code == "DB-DAMAGED") return other_program(path);
    if (!application) return application.error();
    if (*application == kApplicationId) {
        const Result<std::int64_t> version = number(database, "PRAGMA user_version");
        if (!version) return version.error();
        return static_cast<int>(*version);
    }
    const Result<std::int64_t> tables = number(database, "SELECT COUNT(*) FROM sqlite_master");
    if (!tables) return tables.error();
    // Empty is also what an init that was cut short left.
    return *application == 0 && *tables == 0 ? Result<int>(0) : other_program(path);
}

Result<int> version_on_server(sql::Database& database, const std::string& url) {
    const Result<std::int64_t> tables = number(database,
                                               "SELECT COUNT(*) FROM pg_catalog.pg_class c "
                                               "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                                               "WHERE n.nspname = current_schema()");
    if (!tables) return tables.error();
    if (*tables == 0) return 0;
    const Result<std::int64_t> stamps = number(database,
                                               "SELECT COUNT(*) FROM pg_catalog.pg_class c "
                                               "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                                               "WHERE n.nspname = current_schema() "
                                               "AND c.relname = 'sala_version'");
    if (!stamps) return stamps.error();
    if (*stamps == 0) return other_program(url);
    const Result<std::int64_t> version = number(database, "SELECT version FROM sala_version");
    if (!version) return version.error();
    return static_cast<int>(*version);
}

// Whole words, outside of quotes.
template <typename Put>
void each_word(const std::string& text, Put put) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() &&
               (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_'))
            ++end;
        quoted = quoted != (text[i] == '\'');
        end = std::max(end, i + 1);
        put(std::string_view(text).substr(i, end - i), quoted);
        i = end;
    }
}

}  // namespace

bool is_server(const std::string& url) { return postgres::is_url(url); }

Result<std::unique_ptr<sql::Database>> connect(const std::string& url, Access access) {
    if (is_server(url)) {
        Result<std::unique_ptr<sql::Database>> opened = postgres::open(url);
        if (!opened || access == Access::kWrite) return opened;
        if (Result<void> set = (*opened)->execute("SET default_transaction_read_only = on"); !set)
            return set.error();
        return opened;
    }
    Result<sqlite::Database> opened = sqlite::Database::open(
        url, access == Access::kWrite ? sqlite::OpenMode::kExisting : sqlite::OpenMode::kReadOnly);
    if (!opened) return opened.error();
    return sqlite::as_sql(*std::move(opened));
}

Result<std::unique_ptr<sql::Database>> connect_or_create(const std::string& url) {
    if (is_server(url)) return connect(url, Access::kWrite);
    Result<sqlite::Database> made = sqlite::Database::open(url, sqlite::OpenMode::kCreate);
    if (!made) return made.error();
    return sqlite::as_sql(*std::move(made));
}

Result<int> version_of(sql::Database& database, const std::string& url) {
    return is_server(url) ? version_on_server(database, url) : version_of_file(database, url);
}

Result<void> stamp_version(sql::Database& database, const std::string& url, int version) {
    const std::string sql =
        is_server(url)
            ? fmt::format(
                  "CREATE TABLE IF NOT EXISTS sala_version (one BIGINT PRIMARY KEY CHECK (one = 1), "
                  "version BIGINT NOT NULL); INSERT INTO sala_version (one, version) VALUES (1, {}) "
                  "ON CONFLICT (one) DO UPDATE SET version = excluded.version",
                  version)
            : fmt::format("PRAGMA application_id={}; PRAGMA user_version={};", kApplicationId, version);
    return database.execute(sql.c_str());
}

std::string in_words_of(const std::string& url, const std::string& schema) {
    if (!is_server(url)) return schema;
    static const std::map<std::string_view, std::string_view> kWords = {
        {"INTEGER", "BIGINT"},
        {"BLOB", "BYTEA"},
        {"TEXT", R"(TEXT COLLATE "C")"},  // so that both engines order alike
        {"STRICT", ""},
    };
    std::string out;
    each_word(schema, [&](std::string_view word, bool quoted) {
        const auto found = quoted ? kWords.end() : kWords.find(word);
        out += found == kWords.end() ? word : found->second;
    });
    return out;
}

Result<void> grant_ingest(sql::Database& database, const std::string& url, const std::string& role) {
    if (!is_server(url)) {
        return Error{"DB-NO-ROLES", "ไฟล์ SQLite ไม่มีผู้ใช้ฐานข้อมูล ใช้ --grant-to ได้กับ PostgreSQL เท่านั้น",
                     "an SQLite file has no database users; --grant-to is for PostgreSQL"};
    }
    // It stands in the statement itself, which takes no parameters.
    const auto plain = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
    };
    if (role.empty() || role.size() > kRoleBytesMax || !std::all_of(role.begin(), role.end(), plain)) {
        return Error{"ROLE-NAME", "ชื่อผู้ใช้ฐานข้อมูลต้องเป็นอักษร a-z ตัวเลข หรือ _ ไม่เกิน 63 ตัว",
                     "a database user's name is 1 to 63 of a-z, 0-9 and _"};
    }
    Result<sql::Statement> query = database.prepare("SELECT quote_ident(current_schema())");
    if (!query) return query.error();
    const Result<bool> row = query->step();
    if (!row) return row.error();
    const std::string place(*row ? query->text(0) : "");
    const std::string grants = fmt::format(
        "GRANT USAGE ON SCHEMA {0} TO \"{1}\";"
        "GRANT SELECT ON ALL TABLES IN SCHEMA {0} TO \"{1}\";"
        "GRANT INSERT ON bundle, attachment, ticket, ticket_served, cast_count, envelope, envelope_count, "
        "fork_bundle, "
        "incident TO \"{1}\"",
        place, role);
    return database.execute(grants.c_str());
}

}  // namespace sala::office
