#include "sync/office/report_db.h"

#include <fmt/format.h>

#include <map>

#include "sync/ledger/tally.h"

namespace sala::office {
namespace {

// Types and keys as PostgreSQL has them too (BLOB is its bytea). Days are yyyymmdd, times UTC milliseconds.
constexpr const char* kSchema = R"sql(
CREATE TABLE office (
  office_id TEXT NOT NULL PRIMARY KEY,
  domain TEXT NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  vkey TEXT NOT NULL,
  profile BLOB NOT NULL
) STRICT;
CREATE TABLE division (
  office_id TEXT NOT NULL REFERENCES office,
  division_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  PRIMARY KEY (office_id, division_id)
) STRICT;
CREATE TABLE service (
  office_id TEXT NOT NULL,
  division_id TEXT NOT NULL,
  service_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  PRIMARY KEY (office_id, division_id, service_id),
  FOREIGN KEY (office_id, division_id) REFERENCES division
) STRICT;
CREATE TABLE counter (
  office_id TEXT NOT NULL REFERENCES office,
  counter_id TEXT NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  PRIMARY KEY (office_id, counter_id)
) STRICT;
CREATE TABLE device (
  office_id TEXT NOT NULL REFERENCES office,
  device_code TEXT NOT NULL,
  name TEXT NOT NULL,
  replaced_by TEXT NOT NULL,
  PRIMARY KEY (office_id, device_code)
) STRICT;
CREATE TABLE head (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  size INTEGER NOT NULL,
  frontier BLOB NOT NULL,
  state TEXT NOT NULL,
  last_closed INTEGER NOT NULL,
  cosigned TEXT NOT NULL,
  PRIMARY KEY (office_id, device_code),
  FOREIGN KEY (office_id, device_code) REFERENCES device
) STRICT;
CREATE TABLE bundle (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  to_size INTEGER NOT NULL,
  from_size INTEGER NOT NULL,
  frontier BLOB NOT NULL,
  bytes BLOB NOT NULL,
  cosigned TEXT NOT NULL,
  PRIMARY KEY (office_id, device_code, to_size),
  FOREIGN KEY (office_id, device_code) REFERENCES device
) STRICT;
CREATE TABLE line (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  utc_ms INTEGER NOT NULL,
  mono_ms INTEGER NOT NULL,
  boot TEXT NOT NULL,
  clock_trusted INTEGER NOT NULL,
  raw BLOB NOT NULL,
  PRIMARY KEY (office_id, device_code, seq),
  FOREIGN KEY (office_id, device_code) REFERENCES device
) STRICT;
CREATE TABLE ticket (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  seq INTEGER NOT NULL,
  day INTEGER NOT NULL,
  division_id TEXT NOT NULL,
  service_id TEXT NOT NULL,
  number TEXT NOT NULL,
  PRIMARY KEY (office_id, device_code, seq)
) STRICT;
CREATE INDEX ticket_by_day ON ticket (office_id, day, division_id, service_id);
CREATE TABLE ticket_served (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  ticket_seq INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  served_by TEXT NOT NULL,
  PRIMARY KEY (office_id, device_code, ticket_seq),
  FOREIGN KEY (office_id, device_code, ticket_seq) REFERENCES ticket
) STRICT;
CREATE TABLE cast_count (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  day INTEGER NOT NULL,
  page TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (office_id, device_code, day, page)
) STRICT;
CREATE TABLE envelope (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  seq INTEGER NOT NULL,
  page TEXT NOT NULL,
  ballot_class TEXT NOT NULL,
  place TEXT NOT NULL,
  day_first INTEGER NOT NULL,
  day_last INTEGER NOT NULL,
  k INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (office_id, device_code, seq)
) STRICT;
CREATE INDEX envelope_by_day ON envelope (office_id, day_last);
CREATE TABLE envelope_count (
  office_id TEXT NOT NULL,
  device_code TEXT NOT NULL,
  seq INTEGER NOT NULL,
  item TEXT NOT NULL,
  value INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (office_id, device_code, seq, item, value),
  FOREIGN KEY (office_id, device_code, seq) REFERENCES envelope
) STRICT;
)sql";

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

record::Date date(std::int64_t yyyymmdd) {
    // A day_opened line with an impossible date is refused before it is stored.
    return record::date_of(static_cast<int>(yyyymmdd)).value_or(record::Date{});
}

// One view of the database for several reads, so that an import between two of them cannot make figures that
// never stood together. It begins no writing, which a read-only connection may not.
class Snapshot {
  public:
    static Result<Snapshot> begin(sqlite::Database& database) {
        if (Result<void> begun = database.execute("BEGIN"); !begun) return begun.error();
        return Snapshot(database);
    }
    Snapshot(Snapshot&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    ~Snapshot() {
        // Nothing was written, so there is nothing to lose when ending it fails.
        if (database_ != nullptr) static_cast<void>(database_->execute("ROLLBACK").ok());
    }

  private:
    explicit Snapshot(sqlite::Database& database) : database_(&database) {}
    sqlite::Database* database_;
};

// Names of the catalogue, by place.
using Names = std::map<std::string, std::string>;

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

Result<Status> ReportDb::status() {
    const Result<Snapshot> snapshot = Snapshot::begin(database_);
    if (!snapshot) return snapshot.error();
    Result<OfficeRow> row = office();
    if (!row) return row.error();
    Status status{*std::move(row), {}, {}};
    const Result<Figures> all = figures(status.office.id, "");
    if (!all) return all.error();
    status.figures = *all;
    Result<std::vector<DeviceRow>> known = devices(status.office.id);
    if (!known) return known.error();
    for (DeviceRow& device : *known) {
        const Result<Figures> own = figures(status.office.id, device.code);
        if (!own) return own.error();
        const Result<Head> held = head(status.office.id, device.code);
        if (!held) return held.error();
        status.devices.push_back({std::move(device), held->last_closed, *own});
    }
    return status;
}

// Of one device, or of all where `device` is empty.
Result<Figures> ReportDb::figures(const std::string& office, const std::string& device) {
    Result<sqlite::Statement> query = database_.prepare(
        "SELECT"
        " (SELECT COUNT(*) FROM line WHERE office_id = ?1 AND (?2 = '' OR device_code = ?2)),"
        " (SELECT COUNT(*) FROM ticket WHERE office_id = ?1 AND (?2 = '' OR device_code = ?2)),"
        " (SELECT COUNT(*) FROM ticket_served WHERE office_id = ?1 AND (?2 = '' OR device_code = ?2)),"
        " (SELECT COALESCE(SUM(n), 0) FROM cast_count WHERE office_id = ?1 AND (?2 = '' OR device_code = "
        "?2)),"
        " (SELECT COALESCE(SUM(n), 0) FROM envelope WHERE office_id = ?1 AND (?2 = '' OR device_code = ?2)),"
        " (SELECT COUNT(*) FROM envelope WHERE office_id = ?1 AND (?2 = '' OR device_code = ?2))");
    if (!query) return query.error();
    const Result<bool> row = query->bind(office).bind(device).step();
    if (!row) return row.error();
    return Figures{query->integer(0), query->integer(1), query->integer(2),
                   query->integer(3), query->integer(4), query->integer(5)};
}

Result<report::CountsReport> ReportDb::counts(const std::string& office, const record::DateRange& period) {
    const Result<Snapshot> snapshot = Snapshot::begin(database_);
    if (!snapshot) return snapshot.error();
    report::CountsReport report;
    report.period = period;
    Result<void> read = read_tickets(office, report);
    if (read) read = read_envelopes(office, report);
    if (read) read = read_balance(office, report);
    if (!read) return read.error();
    return report;
}

Result<void> ReportDb::read_tickets(const std::string& office, report::CountsReport& report) {
    Result<sqlite::Statement> query = database_.prepare(
        "SELECT t.day, COALESCE(d.name_th, t.division_id), COALESCE(s.name_th, t.service_id), COUNT(*), "
        "COUNT(v.seq) FROM ticket t "
        "LEFT JOIN ticket_served v ON v.office_id = t.office_id AND v.device_code = t.device_code "
        "AND v.ticket_seq = t.seq "
        "LEFT JOIN division d ON d.office_id = t.office_id AND d.division_id = t.division_id "
        "LEFT JOIN service s ON s.office_id = t.office_id AND s.division_id = t.division_id "
        "AND s.service_id = t.service_id "
        "WHERE t.office_id = ? AND t.day BETWEEN ? AND ? "
        "GROUP BY t.day, t.division_id, t.service_id, d.name_th, s.name_th, d.position, s.position "
        "ORDER BY t.day, COALESCE(d.position, 1000), t.division_id, COALESCE(s.position, 1000), "
        "t.service_id");
    if (!query) return query.error();
    query->bind(office)
        .bind(record::yyyymmdd(report.period.first))
        .bind(record::yyyymmdd(report.period.last));
    for (;;) {
        const Result<bool> row = query->step();
        if (!row) return row.error();
        if (!*row) return {};
        report.tickets.push_back({date(query->integer(0)), std::string(query->text(1)),
                                  std::string(query->text(2)), query->integer(3), query->integer(4)});
    }
}

Result<std::map<std::string, std::string>> ReportDb::place_names(const std::string& office) {
    Result<sqlite::Statement> query = database_.prepare(
        "SELECT '/' || division_id, name_th FROM division WHERE office_id = ?1 UNION ALL "
        "SELECT '/' || division_id || '/' || service_id, name_th FROM service WHERE office_id = ?1 UNION ALL "
        "SELECT counter_id, name_th FROM counter WHERE office_id = ?1");
    if (!query) return query.error();
    query->bind(office);
    Names names;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row) return row.error();
        if (!*row) return names;
        names.emplace(query->text(0), query->text(1));
    }
}

namespace {

// Fills in division and service of a place: "/", "/division", "/division/service",
// "/division/service/counter".
void name_place(const Names& names, std::string_view place, report::EnvelopeFigures& out) {
    const auto named = [&](std::string_view key, std::string_view otherwise) {
        const auto found = names.find(std::string(key));
        return found == names.end() ? std::string(otherwise) : found->second;
    };
    if (place == "/") {
        out.division = "(ทั้งหน่วยงาน)";
        return;
    }
    const std::size_t second = std::min(place.find('/', 1), place.size());
    const std::size_t third =
        second == place.size() ? second : std::min(place.find('/', second + 1), place.size());
    out.division = named(place.substr(0, second), place.substr(1, second - 1));
    if (second == place.size()) return;
    out.service = named(place.substr(0, third), place.substr(second + 1, third - second - 1));
    if (third == place.size()) return;
    const std::string_view counter = place.substr(third + 1);
    out.service += " / " + named(counter, counter);
}

}  // namespace

Result<void> ReportDb::read_envelopes(const std::string& office, report::CountsReport& report) {
    const Result<Names> names = place_names(office);
    if (!names) return names.error();
    Result<sqlite::Statement> query = database_.prepare(
        "SELECT e.device_code, e.seq, e.day_first, e.day_last, e.place, e.ballot_class, e.n, c.value, c.n "
        "FROM envelope e JOIN envelope_count c ON c.office_id = e.office_id AND c.device_code = "
        "e.device_code "
        "AND c.seq = e.seq WHERE e.office_id = ? AND e.page = ? AND c.item = ? AND e.day_last BETWEEN ? AND "
        "? "
        "ORDER BY e.day_last, e.day_first, e.place, e.ballot_class, e.device_code, e.seq, c.value");
    if (!query) return query.error();
    const ledger::FormPage& page = ledger::face_page();
    query->bind(office).bind(page.id).bind(page.items.front().id);
    query->bind(record::yyyymmdd(report.period.first)).bind(record::yyyymmdd(report.period.last));
    std::pair<std::string, std::int64_t> last;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row) return row.error();
        if (!*row) return {};
        const std::pair<std::string, std::int64_t> key(query->text(0), query->integer(1));
        if (report.envelopes.empty() || key != last) {
            report::EnvelopeFigures& next = report.envelopes.emplace_back();
            next.first_day = date(query->integer(2));
            next.last_day = date(query->integer(3));
            name_place(*names, query->text(4), next);
            next.ballot_class = std::string(query->text(5));
            next.raters = query->integer(6);
            last = key;
        }
        const std::size_t value = static_cast<std::size_t>(query->integer(7));
        report::EnvelopeFigures& envelope = report.envelopes.back();
        if (value < envelope.faces.size()) envelope.faces[value] = query->integer(8);
    }
}

Result<void> ReportDb::read_balance(const std::string& office, report::CountsReport& report) {
    Result<sqlite::Statement> query = database_.prepare(
        "SELECT"
        " (SELECT COALESCE(SUM(n), 0) FROM cast_count WHERE office_id = ?1 AND page = ?2 AND day < ?3),"
        " (SELECT COALESCE(SUM(n), 0) FROM cast_count WHERE office_id = ?1 AND page = ?2 AND day BETWEEN ?3 "
        "AND ?4),"
        " (SELECT COALESCE(SUM(n), 0) FROM envelope WHERE office_id = ?1 AND page = ?2 AND day_last < ?3),"
        " (SELECT COALESCE(SUM(n), 0) FROM envelope WHERE office_id = ?1 AND page = ?2 AND day_last BETWEEN "
        "?3 AND ?4)");
    if (!query) return query.error();
    query->bind(office).bind(ledger::face_page().id);
    query->bind(record::yyyymmdd(report.period.first)).bind(record::yyyymmdd(report.period.last));
    const Result<bool> row = query->step();
    if (!row) return row.error();
    report.balance.carried = query->integer(0) - query->integer(2);
    report.balance.cast = query->integer(1);
    report.balance.sealed = query->integer(3);
    report.balance.waiting = report.balance.carried + report.balance.cast - report.balance.sealed;
    return {};
}

}  // namespace sala::office
