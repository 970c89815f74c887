// What the tables say of lines, for the audit to compare with the lines themselves.
#include <algorithm>

#include "sync/office/report_db.h"

namespace sala::office {

Result<std::vector<ProjectedRow>> ReportDb::projected_rows(const std::string& office,
                                                           const std::string& device, std::uint64_t from,
                                                           std::uint64_t to, std::uint64_t oldest_ticket) {
    std::vector<ProjectedRow> rows;
    const auto read = [&](const char* sql, const auto& spell) -> Result<void> {
        Result<sql::Statement> query = database_->prepare(sql);
        if (!query) return query.error();
        query->bind(office).bind(device);
        query->bind(static_cast<std::int64_t>(from)).bind(static_cast<std::int64_t>(to));
        for (;;) {
            const Result<bool> row = query->step();
            if (!row) return row.error();
            if (!*row) return {};
            rows.push_back({static_cast<std::uint64_t>(query->integer(0)), spell(*query)});
        }
    };
    const auto number = [](const sql::Statement& row, int column) {
        return static_cast<std::uint64_t>(row.integer(column));
    };
    Result<void> done = read(
        "SELECT seq, day, division_id, service_id, number FROM ticket "
        "WHERE office_id = ? AND device_code = ? AND seq >= ? AND seq < ?",
        [](const sql::Statement& row) {
            return ticket_row(row.integer(1), row.text(2), row.text(3), row.text(4));
        });
    if (done) {
        // By the table's key, which begins with the ticket.
        const std::uint64_t lines_from = std::exchange(from, std::min(from, oldest_ticket));
        done = read(
            "SELECT seq, ticket_seq, served_by FROM ticket_served "
            "WHERE office_id = ? AND device_code = ? AND ticket_seq >= ? AND ticket_seq < ?",
            [&](const sql::Statement& row) { return served_row(number(row, 1), row.text(2)); });
        from = lines_from;
        std::erase_if(rows, [&](const ProjectedRow& row) { return row.seq < from || row.seq >= to; });
    }
    if (done) {
        done = read(
            "SELECT seq, page, ballot_class, place, day_first, day_last, k, n FROM envelope "
            "WHERE office_id = ? AND device_code = ? AND seq >= ? AND seq < ?",
            [&](const sql::Statement& row) {
                return envelope_row(row.text(1), row.text(2), row.text(3), row.integer(4), row.integer(5),
                                    row.integer(6), number(row, 7));
            });
    }
    if (done) {
        done = read(
            "SELECT seq, item, value, n FROM envelope_count "
            "WHERE office_id = ? AND device_code = ? AND seq >= ? AND seq < ?",
            [&](const sql::Statement& row) {
                return count_row(row.text(1), number(row, 2), number(row, 3));
            });
    }
    if (!done) return done.error();
    std::sort(rows.begin(), rows.end());
    return rows;
}

Result<std::map<std::pair<int, std::string>, std::uint64_t>> ReportDb::casts(const std::string& office,
                                                                             const std::string& device) {
    Result<sql::Statement> query = database_->prepare(
        "SELECT day, page, CAST(SUM(n) AS BIGINT) FROM cast_count WHERE office_id = ? AND device_code = ? "
        "GROUP BY day, page");
    if (!query) return query.error();
    query->bind(office).bind(device);
    std::map<std::pair<int, std::string>, std::uint64_t> casts;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row) return row.error();
        if (!*row) return casts;
        casts[{static_cast<int>(query->integer(0)), std::string(query->text(1))}] =
            static_cast<std::uint64_t>(query->integer(2));
    }
}

Result<std::uint64_t> ReportDb::projected_rows_total() {
    const Result<std::int64_t> total = count(
        "SELECT (SELECT COUNT(*) FROM ticket) + (SELECT COUNT(*) FROM ticket_served) + "
        "(SELECT COUNT(*) FROM envelope) + (SELECT COUNT(*) FROM envelope_count)",
        {});
    if (!total) return total.error();
    return static_cast<std::uint64_t>(*total);
}

}  // namespace sala::office
