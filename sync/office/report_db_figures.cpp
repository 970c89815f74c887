// What reports and the status read.
#include <map>

#include "sync/ledger/tally.h"
#include "sync/office/report_db.h"

namespace sala::office {
namespace {

record::Date date(std::int64_t yyyymmdd) {
    // A day_opened line with an impossible date is refused before it is stored.
    return record::date_of(static_cast<int>(yyyymmdd)).value_or(record::Date{});
}

// Names of the catalogue, by place.
using Names = std::map<std::string, std::string>;

}  // namespace

Result<Status> ReportDb::status() {
    const Result<sql::Transaction> moment = snapshot();
    if (!moment) return moment.error();
    Result<OfficeRow> row = office();
    if (!row) return row.error();
    Status status{*std::move(row), {}, {}, {}};
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
        status.devices.push_back({std::move(device), held->last_closed, held->state.ended, *own});
    }
    Result<std::vector<Incident>> noted = incidents(status.office.id);
    if (!noted) return noted.error();
    status.incidents = *std::move(noted);
    return status;
}

// Of one device, or of all where `device` is empty.
Result<Figures> ReportDb::figures(const std::string& office, const std::string& device) {
    Result<sql::Statement> query = database_->prepare(
        "SELECT"
        " (SELECT CAST(COALESCE(SUM(h.size), 0) AS BIGINT) FROM (SELECT MAX(to_size) AS size FROM bundle "
        "WHERE office_id = ?1 AND (?2 = '' OR device_code = ?2) GROUP BY device_code) AS h),"
        " (SELECT COUNT(*) FROM ticket WHERE office_id = ?1 AND (?2 = '' OR device_code = ?2)),"
        " (SELECT COUNT(*) FROM ticket_served WHERE office_id = ?1 AND (?2 = '' OR device_code = ?2)),"
        " (SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM cast_count WHERE office_id = ?1 AND (?2 = '' OR "
        "device_code = "
        "?2)),"
        " (SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM envelope WHERE office_id = ?1 AND (?2 = '' OR "
        "device_code = ?2)),"
        " (SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM envelope WHERE office_id = ?1 AND (?2 = '' OR "
        "device_code = ?2) AND ballot_class = 'flagged'),"
        " (SELECT COUNT(*) FROM envelope WHERE office_id = ?1 AND (?2 = '' OR device_code = ?2))");
    if (!query) return query.error();
    const Result<bool> row = query->bind(office).bind(device).step();
    if (!row) return row.error();
    return Figures{query->integer(0), query->integer(1), query->integer(2), query->integer(3),
                   query->integer(4), query->integer(5), query->integer(6)};
}

Result<report::CountsReport> ReportDb::counts(const std::string& office, const record::DateRange& period) {
    const Result<sql::Transaction> moment = snapshot();
    if (!moment) return moment.error();
    report::CountsReport report;
    report.period = period;
    Result<void> read = read_catalogue(office, report);
    if (read) read = read_tickets(office, report);
    if (read) read = read_envelopes(office, report);
    if (read) read = read_casts(office, report);
    if (read) read = read_balance(office, report);
    if (!read) return read.error();
    return report;
}

Result<void> ReportDb::read_catalogue(const std::string& office, report::CountsReport& report) {
    Result<sql::Statement> query = database_->prepare(
        "SELECT d.name_th, s.name_th FROM service s JOIN division d ON d.office_id = s.office_id "
        "AND d.division_id = s.division_id WHERE s.office_id = ? "
        "ORDER BY d.position, d.division_id, s.position, s.service_id");
    if (!query) return query.error();
    query->bind(office);
    for (;;) {
        const Result<bool> row = query->step();
        if (!row) return row.error();
        if (!*row) return {};
        report.catalogue.push_back({std::string(query->text(0)), std::string(query->text(1))});
    }
}

Result<std::string> ReportDb::profile(const std::string& office) {
    Result<sql::Statement> query = database_->prepare("SELECT profile FROM office WHERE office_id = ?");
    if (!query) return query.error();
    const Result<bool> row = query->bind(office).step();
    if (!row) return row.error();
    return *row ? std::string(text_of(query->blob(0))) : std::string();
}

Result<void> ReportDb::read_queue_names(const std::string& office, report::QueueReport& report) {
    Result<sql::Statement> services = database_->prepare(
        "SELECT d.division_id, s.service_id, d.name_th, s.name_th FROM service s JOIN division d "
        "ON d.office_id = s.office_id AND d.division_id = s.division_id WHERE s.office_id = ? "
        "ORDER BY d.position, d.division_id, s.position, s.service_id");
    if (!services) return services.error();
    services->bind(office);
    for (;;) {
        const Result<bool> row = services->step();
        if (!row) return row.error();
        if (!*row) break;
        report.catalogue.push_back({{std::string(services->text(0)), std::string(services->text(1))},
                                    std::string(services->text(2)),
                                    std::string(services->text(3)),
                                    {}});
    }
    Result<sql::Statement> counters =
        database_->prepare("SELECT counter_id, name_th FROM counter WHERE office_id = ? ORDER BY counter_id");
    if (!counters) return counters.error();
    counters->bind(office);
    for (;;) {
        const Result<bool> row = counters->step();
        if (!row) return row.error();
        if (!*row) return {};
        report.counters.emplace_back(counters->text(0), counters->text(1));
    }
}

Result<void> ReportDb::read_tickets(const std::string& office, report::CountsReport& report) {
    Result<sql::Statement> query = database_->prepare(
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
    Result<sql::Statement> query = database_->prepare(
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
    Result<sql::Statement> query = database_->prepare(
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

Result<void> ReportDb::read_casts(const std::string& office, report::CountsReport& report) {
    Result<sql::Statement> query = database_->prepare(
        "SELECT day, CAST(SUM(n) AS BIGINT) FROM cast_count WHERE office_id = ? AND page = ? "
        "AND day BETWEEN ? AND ? GROUP BY day ORDER BY day");
    if (!query) return query.error();
    query->bind(office).bind(ledger::face_page().id);
    query->bind(record::yyyymmdd(report.period.first)).bind(record::yyyymmdd(report.period.last));
    for (;;) {
        const Result<bool> row = query->step();
        if (!row) return row.error();
        if (!*row) return {};
        report.casts.emplace_back(date(query->integer(0)), query->integer(1));
    }
}

Result<void> ReportDb::read_balance(const std::string& office, report::CountsReport& report) {
    Result<sql::Statement> query = database_->prepare(
        "SELECT"
        " (SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM cast_count WHERE office_id = ?1 AND page = ?2 AND "
        "day < ?3),"
        " (SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM cast_count WHERE office_id = ?1 AND page = ?2 AND "
        "day BETWEEN ?3 "
        "AND ?4),"
        " (SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM envelope WHERE office_id = ?1 AND page = ?2 AND "
        "day_last < ?3),"
        " (SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM envelope WHERE office_id = ?1 AND page = ?2 AND "
        "day_last BETWEEN "
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
