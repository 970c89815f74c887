#include "sync/office/report_db.h"

#include <fmt/format.h>

#include "sync/office/schema.h"

namespace sala::office {
namespace {

Error other_program(const std::string& path) {
    return {"DB-OTHER-PROGRAM", fmt::format("ไฟล์ {} ไม่ใช่ฐานข้อมูลของ sala-office โปรดตรวจชื่อไฟล์", path),
            fmt::format("{} is not a database of sala-office; check the file's name", path)};
}

Result<std::int64_t> number(sqlite::Database& database, const char* sql) {
    Result<sqlite::Statement> statement = database.prepare(sql);
    if (!statement) return statement.error();
    const Result<bool> row = statement->step();
    if (!row) return row.error();
    return *row ? statement->integer(0) : 0;
}

}  // namespace

Result<ReportDb> ReportDb::open(const std::string& url, Access access) {
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
        return Error{"DB-KIND", "รุ่นนี้ใช้ได้เฉพาะไฟล์ SQLite ส่วน PostgreSQL จะมีในรุ่นต่อไป โปรดระบุชื่อไฟล์",
                     "this version keeps its data in an SQLite file; PostgreSQL comes with a later version: "
                     "give the path of a file"};
    }
    // Read first: opening for writing would already turn somebody else's file into a WAL database.
    for (const bool writing : {false, true}) {
        if (writing && access == Access::kRead) break;
        Result<sqlite::Database> opened =
            sqlite::Database::open(url, writing ? sqlite::OpenMode::kExisting : sqlite::OpenMode::kReadOnly);
        if (!opened) return opened.error();
        ReportDb database(*std::move(opened));
        if (Result<void> checked = database.check_version(url); !checked) return checked.error();
        if (writing || access == Access::kRead) return database;
    }
    return other_program(url);
}

bool ReportDb::is_blank(const std::string& url) {
    std::error_code ignored;
    if (url.find("://") != std::string::npos) return false;
    if (!std::filesystem::exists(url, ignored)) return true;
    // Also what an init that was cut short left: a database without a table.
    Result<sqlite::Database> database = sqlite::Database::open(url, sqlite::OpenMode::kReadOnly);
    if (!database) return false;
    const Result<std::int64_t> application = number(*database, "PRAGMA application_id");
    const Result<std::int64_t> tables = number(*database, "SELECT COUNT(*) FROM sqlite_master");
    return application && *application == 0 && tables && *tables == 0;
}

Result<ReportDb> ReportDb::open_or_create(const std::string& url) {
    if (!is_blank(url)) return open(url, Access::kWrite);
    Result<sqlite::Database> made = sqlite::Database::open(url, sqlite::OpenMode::kCreate);
    if (!made) return made.error();
    ReportDb database(*std::move(made));
    Result<sqlite::Transaction> transaction = database.begin();
    if (!transaction) return transaction.error();
    // Another init may have been first.
    const Result<std::int64_t> version = number(database.database_, "PRAGMA user_version");
    if (!version) return version.error();
    if (*version == 0) {
        const std::string stamp =
            fmt::format("PRAGMA application_id={}; PRAGMA user_version={};", kApplicationId, kSchemaVersion);
        if (Result<void> done = database.database_.execute(kSchema); !done) return done.error();
        if (Result<void> done = database.database_.execute(stamp.c_str()); !done) return done.error();
    }
    if (Result<void> done = transaction->commit(); !done) return done.error();
    if (Result<void> checked = database.check_version(url); !checked) return checked.error();
    return database;
}

Result<void> ReportDb::check_version(const std::string& path) {
    const Result<std::int64_t> application = number(database_, "PRAGMA application_id");
    if (!application && application.error().code == "DB-DAMAGED") return other_program(path);
    if (!application) return application.error();
    if (*application != kApplicationId) return other_program(path);
    const Result<std::int64_t> version = number(database_, "PRAGMA user_version");
    if (!version) return version.error();
    if (*version > kSchemaVersion) {
        return Error{"DB-NEWER", fmt::format("ฐานข้อมูล {} สร้างโดยโปรแกรมรุ่นใหม่กว่า โปรดปรับปรุงโปรแกรมนี้", path),
                     fmt::format("the database {} was made by a newer version; update this program", path)};
    }
    return {};
}

Result<OfficeRow> ReportDb::office() {
    Result<std::optional<OfficeRow>> row = find_office();
    if (!row) return row.error();
    if (!*row) {
        return Error{"DB-EMPTY", "ฐานข้อมูลยังไม่มีหน่วยงาน โปรดสั่ง sala-office init ก่อน",
                     "the database holds no office yet; run sala-office init first"};
    }
    return **std::move(row);
}

Result<std::optional<OfficeRow>> ReportDb::find_office() {
    Result<sqlite::Statement> query =
        database_.prepare("SELECT office_id, domain, name_th, vkey FROM office ORDER BY office_id LIMIT 1");
    if (!query) return query.error();
    const Result<bool> row = query->step();
    if (!row) return row.error();
    if (!*row) return std::optional<OfficeRow>();
    return std::optional(OfficeRow{std::string(query->text(0)), std::string(query->text(1)),
                                   std::string(query->text(2)), std::string(query->text(3))});
}

Result<void> ReportDb::put_office(const record::Office& office, std::string_view profile,
                                  const std::string& vkey) {
    Result<sqlite::Statement> put_office = database_.prepare(
        "INSERT INTO office (office_id, domain, name_th, name_en, vkey, profile) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (office_id) DO UPDATE SET name_th = excluded.name_th, name_en = excluded.name_en, "
        "profile = excluded.profile");
    if (!put_office) return put_office.error();
    put_office->bind(office.id).bind(office.domain).bind(office.name.thai).bind(office.name.english);
    if (Result<void> done = put_office->bind(vkey).bind(bytes_of(profile)).run(); !done) return done;

    Result<sqlite::Statement> put_division = database_.prepare(
        "INSERT INTO division (office_id, division_id, position, name_th, name_en) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (office_id, division_id) DO UPDATE SET position = excluded.position, "
        "name_th = excluded.name_th, name_en = excluded.name_en");
    if (!put_division) return put_division.error();
    Result<sqlite::Statement> put_service = database_.prepare(
        "INSERT INTO service (office_id, division_id, service_id, position, name_th, name_en) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (office_id, division_id, service_id) DO UPDATE SET "
        "position = excluded.position, name_th = excluded.name_th, name_en = excluded.name_en");
    if (!put_service) return put_service.error();
    Result<sqlite::Statement> put_counter = database_.prepare(
        "INSERT INTO counter (office_id, counter_id, name_th, name_en) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (office_id, counter_id) DO UPDATE SET name_th = excluded.name_th, name_en = "
        "excluded.name_en");
    if (!put_counter) return put_counter.error();

    std::int64_t position = 0;
    for (const record::Division& division : office.divisions) {
        put_division->bind(office.id).bind(division.id).bind(++position);
        if (Result<void> done = put_division->bind(division.name.thai).bind(division.name.english).run();
            !done) {
            return done;
        }
        std::int64_t service_position = 0;
        for (const record::Service& service : division.services) {
            put_service->bind(office.id).bind(division.id).bind(service.id).bind(++service_position);
            if (Result<void> done = put_service->bind(service.name.thai).bind(service.name.english).run();
                !done) {
                return done;
            }
        }
    }
    for (const record::Counter& counter : office.counters) {
        put_counter->bind(office.id).bind(counter.id).bind(counter.name.thai).bind(counter.name.english);
        if (Result<void> done = put_counter->run(); !done) return done;
    }
    return {};
}

Result<std::vector<DeviceRow>> ReportDb::devices(const std::string& office) {
    Result<sqlite::Statement> query = database_.prepare(
        "SELECT device_code, name, replaced_by FROM device WHERE office_id = ? ORDER BY device_code");
    if (!query) return query.error();
    query->bind(office);
    std::vector<DeviceRow> rows;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back(
            {std::string(query->text(0)), std::string(query->text(1)), std::string(query->text(2))});
    }
}

Result<std::optional<DeviceRow>> ReportDb::device(const std::string& office, const std::string& code) {
    Result<sqlite::Statement> query = database_.prepare(
        "SELECT device_code, name, replaced_by FROM device WHERE office_id = ? AND device_code = ?");
    if (!query) return query.error();
    const Result<bool> row = query->bind(office).bind(code).step();
    if (!row) return row.error();
    if (!*row) return std::optional<DeviceRow>();
    return std::optional(
        DeviceRow{std::string(query->text(0)), std::string(query->text(1)), std::string(query->text(2))});
}

Result<void> ReportDb::put_device(const std::string& office, const DeviceRow& device) {
    Result<sqlite::Statement> put = database_.prepare(
        "INSERT INTO device (office_id, device_code, name, replaced_by) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (office_id, device_code) DO UPDATE SET name = excluded.name, "
        "replaced_by = excluded.replaced_by");
    if (!put) return put.error();
    return put->bind(office).bind(device.code).bind(device.name).bind(device.replaced_by).run();
}

}  // namespace sala::office
