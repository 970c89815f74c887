#include "sync/office/report_db.h"

#include <fmt/format.h>

#include "sync/office/schema.h"

namespace sala::office {
namespace {

Error empty_database() {
    return {"DB-EMPTY", "ฐานข้อมูลยังไม่มีหน่วยงาน โปรดสั่ง sala-office init ก่อน",
            "the database holds no office yet; run sala-office init first"};
}

Result<void> not_newer(int version) {
    if (version <= kSchemaVersion) return {};
    return Error{"DB-NEWER", "ฐานข้อมูลนี้สร้างโดยโปรแกรมรุ่นใหม่กว่า โปรดปรับปรุงโปรแกรมนี้",
                 "this database was made by a newer version; update this program"};
}

Error older() {
    return {"DB-OLDER", "ฐานข้อมูลนี้เป็นของโปรแกรมรุ่นเก่า โปรดให้เจ้าของฐานข้อมูลสั่ง sala-office init อีกครั้งเพื่อปรับปรุง",
            "this database is of an older version; let its owner run sala-office init again, which brings it "
            "up to date and loses nothing"};
}

Result<std::optional<OfficeRow>> read_office(sql::Database& database) {
    Result<sql::Statement> query =
        database.prepare("SELECT office_id, domain, name_th, vkey FROM office ORDER BY office_id LIMIT 1");
    if (!query) return query.error();
    const Result<bool> row = query->step();
    if (!row) return row.error();
    if (!*row) return std::optional<OfficeRow>();
    return std::optional(OfficeRow{std::string(query->text(0)), std::string(query->text(1)),
                                   std::string(query->text(2)), std::string(query->text(3))});
}

// Of the devices of an office; `AND ...` may follow.
constexpr std::string_view kDevices =
    "SELECT d.device_code, d.name, COALESCE((SELECT MIN(r.device_code) FROM replacement r "
    "WHERE r.office_id = d.office_id AND r.replaces_code = d.device_code), '') "
    "FROM device d WHERE d.office_id = ?";

}  // namespace

Result<ReportDb> ReportDb::open(const std::string& url, Access access) {
    // A file is read first: opening it for writing would already turn somebody else's into a WAL database.
    if (access == Access::kWrite && !is_server(url)) {
        const Result<std::unique_ptr<sql::Database>> looked = connect(url, Access::kRead);
        if (!looked) return looked.error();
        const Result<int> version = version_of(**looked, url);
        if (!version) return version.error();
        if (Result<void> known = not_newer(*version); !known) return known.error();
    }
    Result<std::unique_ptr<sql::Database>> opened = connect(url, access);
    if (!opened) return opened.error();
    ReportDb database(url, access, *std::move(opened));
    const Result<int> version = version_of(*database.database_, url);
    if (!version) return version.error();
    if (Result<void> known = not_newer(*version); !known) return known.error();
    if (*version == 0) return empty_database();
    if (*version == kSchemaVersion) return database;
    if (access == Access::kRead) return older();
    const Result<void> done = database.bring_up_to_date();
    if (!done && done.error().code == "DB-FORBIDDEN") return older();
    if (!done) return done.error();
    return database;
}

Result<ReportDb> ReportDb::open_or_create(const std::string& url) {
    Result<ReportDb> there = open(url, Access::kWrite);
    if (there || (there.error().code != "DB-NOT-FOUND" && there.error().code != "DB-EMPTY")) return there;
    Result<std::unique_ptr<sql::Database>> made = connect_or_create(url);
    if (!made) return made.error();
    ReportDb database(url, Access::kWrite, *std::move(made));
    const Result<void> done = database.bring_up_to_date();
    if (done) return database;
    // Another init may have been first.
    there = open(url, Access::kWrite);
    return there ? std::move(there) : done.error();
}

Result<std::optional<OfficeRow>> ReportDb::office_in(const std::string& url) {
    const Result<std::unique_ptr<sql::Database>> database = connect(url, Access::kRead);
    if (!database && database.error().code == "DB-NOT-FOUND") return std::optional<OfficeRow>();
    if (!database) return database.error();
    const Result<int> version = version_of(**database, url);
    if (!version) return version.error();
    if (*version == 0) return std::optional<OfficeRow>();
    if (Result<void> known = not_newer(*version); !known) return known.error();
    return read_office(**database);  // a table that no version has changed
}

// In one transaction; from nothing, or from an older version.
Result<void> ReportDb::bring_up_to_date() {
    Result<sql::Transaction> transaction = begin();
    if (!transaction) return transaction.error();
    // Another program may have been first.
    Result<int> version = version_of(*database_, url_);
    if (!version) return version.error();
    if (*version >= kSchemaVersion) return not_newer(*version);
    const int from = *version == 0 ? kSchemaVersion : *version;
    std::string sql = *version == 0 ? schema() : "";
    for (int step = from; step < kSchemaVersion; ++step) sql += migration(step);
    if (Result<void> done = database_->execute(in_words_of(url_, sql).c_str()); !done) return done;
    if (Result<void> done = stamp_version(*database_, url_, kSchemaVersion); !done) return done;
    return transaction->commit();
}

Result<sql::Transaction> ReportDb::begin() { return begin(sql::Isolation::kWriting); }
Result<sql::Transaction> ReportDb::begin_adding() { return begin(sql::Isolation::kAdding); }
Result<sql::Transaction> ReportDb::snapshot() { return begin(sql::Isolation::kSnapshot); }

Result<sql::Transaction> ReportDb::begin(sql::Isolation isolation) {
    Result<sql::Transaction> begun = sql::Transaction::begin(*database_, isolation);
    if (begun || begun.error().code != "DB-UNREACHABLE") return begun;
    // Lost since its last use, as when the server was restarted. Nothing was begun, so nothing is in doubt.
    Result<std::unique_ptr<sql::Database>> again = connect(url_, access_);
    if (!again) return again.error();
    database_ = *std::move(again);
    return sql::Transaction::begin(*database_, isolation);
}

Result<OfficeRow> ReportDb::office() {
    Result<std::optional<OfficeRow>> row = find_office();
    if (!row) return row.error();
    if (!*row) return empty_database();
    return **std::move(row);
}

Result<std::optional<OfficeRow>> ReportDb::find_office() { return read_office(*database_); }

Result<void> ReportDb::put_office(const record::Office& office, std::string_view profile,
                                  const std::string& vkey) {
    Result<sql::Statement> put_office = database_->prepare(
        "INSERT INTO office (office_id, domain, name_th, name_en, vkey, profile) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (office_id) DO UPDATE SET name_th = excluded.name_th, name_en = excluded.name_en, "
        "profile = excluded.profile");
    if (!put_office) return put_office.error();
    put_office->bind(office.id).bind(office.domain).bind(office.name.thai).bind(office.name.english);
    if (Result<void> done = put_office->bind(vkey).bind(bytes_of(profile)).run(); !done) return done;

    Result<sql::Statement> put_division = database_->prepare(
        "INSERT INTO division (office_id, division_id, position, name_th, name_en) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (office_id, division_id) DO UPDATE SET position = excluded.position, "
        "name_th = excluded.name_th, name_en = excluded.name_en");
    if (!put_division) return put_division.error();
    Result<sql::Statement> put_service = database_->prepare(
        "INSERT INTO service (office_id, division_id, service_id, position, name_th, name_en) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (office_id, division_id, service_id) DO UPDATE SET "
        "position = excluded.position, name_th = excluded.name_th, name_en = excluded.name_en");
    if (!put_service) return put_service.error();
    Result<sql::Statement> put_counter = database_->prepare(
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
    Result<sql::Statement> query = database_->prepare(fmt::format("{} ORDER BY d.device_code", kDevices));
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
    Result<sql::Statement> query = database_->prepare(fmt::format("{} AND d.device_code = ?", kDevices));
    if (!query) return query.error();
    const Result<bool> row = query->bind(office).bind(code).step();
    if (!row) return row.error();
    if (!*row) return std::optional<DeviceRow>();
    return std::optional(
        DeviceRow{std::string(query->text(0)), std::string(query->text(1)), std::string(query->text(2))});
}

Result<void> ReportDb::put_device(const std::string& office, const DeviceRow& device) {
    Result<sql::Statement> put = database_->prepare(
        "INSERT INTO device (office_id, device_code, name) VALUES (?, ?, ?) "
        "ON CONFLICT (office_id, device_code) DO UPDATE SET name = excluded.name");
    if (!put) return put.error();
    return put->bind(office).bind(device.code).bind(device.name).run();
}

Result<std::string> ReportDb::replaced_by_it(const std::string& office, const std::string& code) {
    Result<sql::Statement> query =
        database_->prepare("SELECT replaces_code FROM replacement WHERE office_id = ? AND device_code = ?");
    if (!query) return query.error();
    const Result<bool> row = query->bind(office).bind(code).step();
    if (!row) return row.error();
    return *row ? std::string(query->text(0)) : std::string();
}

Result<void> ReportDb::put_replacement(const std::string& office, const std::string& code,
                                       const std::string& replaces, std::int64_t at_s) {
    Result<sql::Statement> put = database_->prepare(
        "INSERT INTO replacement (office_id, device_code, replaces_code, at_s) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING");
    if (!put) return put.error();
    return put->bind(office).bind(code).bind(replaces).bind(at_s).run();
}

}  // namespace sala::office
