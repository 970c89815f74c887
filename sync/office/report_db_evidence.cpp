// What the audit and the figures of lines read, and what is kept for it. Inserts and plain SELECTs only.
#include <fmt/format.h>

#include "sync/office/report_db.h"

namespace sala::office {

Result<void> ReportDb::each_bundle(const std::string& office, const std::string& device,
                                   const BundleVisitor& visit) {
    // One row a statement: libpq would hold all rows of an answer at once.
    Result<sql::Statement> query = database_->prepare(
        "SELECT from_size, to_size, bytes, cosigned FROM bundle WHERE office_id = ? AND device_code = ? "
        "AND to_size > ? ORDER BY to_size LIMIT 1");
    if (!query) return query.error();
    for (std::int64_t at = 0;;) {
        const Result<bool> row = query->bind(office).bind(device).bind(at).step();
        if (!row) return row.error();
        if (!*row) return {};
        at = query->integer(1);
        Result<void> done = visit(static_cast<std::uint64_t>(query->integer(0)),
                                  static_cast<std::uint64_t>(at), text_of(query->blob(2)), query->text(3));
        if (!done) return done;
        if (const Result<bool> end = query->step(); !end) return end.error();
    }
}

Result<void> ReportDb::each_line(const std::string& office, const std::string& device,
                                 const std::function<void(const ledger::Line&)>& visit) {
    std::uint64_t held = 0;
    return each_bundle(
        office, device,
        [&](std::uint64_t, std::uint64_t, std::string_view bytes, std::string_view) -> Result<void> {
            const Result<ledger::Bundle> bundle = ledger::open_bundle(bytes);
            if (!bundle || bundle->device != device || bundle->from() > held || bundle->to() <= held) {
                return Error{
                    "DB-DAMAGED",
                    fmt::format("หลักฐานของตู้บริการ {} ในฐานข้อมูลเสียหาย จึงไม่ทำรายงาน โปรดตรวจด้วยคำสั่ง audit",
                                device),
                    fmt::format("the evidence of device {} in the database is damaged, so no report is made; "
                                "run the audit command",
                                device)};
            }
            for (std::size_t i = held - bundle->from(); i < bundle->lines.size(); ++i)
                visit(bundle->lines[i]);
            held = bundle->to();
            return {};
        });
}

Result<std::optional<KeptBundle>> ReportDb::next_bundle(const std::string& office, const std::string& device,
                                                        std::uint64_t size) {
    Result<sql::Statement> query = database_->prepare(
        "SELECT from_size, to_size, bytes FROM bundle WHERE office_id = ? AND device_code = ? "
        "AND to_size > ? ORDER BY to_size LIMIT 1");
    if (!query) return query.error();
    const Result<bool> row = query->bind(office).bind(device).bind(static_cast<std::int64_t>(size)).step();
    if (!row) return row.error();
    if (!*row) return std::optional<KeptBundle>();
    return std::optional(KeptBundle{static_cast<std::uint64_t>(query->integer(0)),
                                    static_cast<std::uint64_t>(query->integer(1)),
                                    std::string(text_of(query->blob(2)))});
}

Result<std::string> ReportDb::beginning(const std::string& office, const std::string& device) {
    // Head, cosigned note and a line are each bounded by 16 KiB.
    Result<sql::Statement> query = database_->prepare(
        "SELECT substr(bytes, 1, 65536) FROM bundle WHERE office_id = ? AND device_code = ? "
        "ORDER BY to_size LIMIT 1");
    if (!query) return query.error();
    const Result<bool> row = query->bind(office).bind(device).step();
    if (!row) return row.error();
    return *row ? std::string(text_of(query->blob(0))) : std::string();
}

// The number that a query answers.
Result<std::int64_t> ReportDb::count(std::string_view sql, const std::vector<sql::Rows::Cell>& parameters) {
    Result<sql::Statement> query = database_->prepare(sql);
    if (!query) return query.error();
    for (const sql::Rows::Cell& cell : parameters)
        std::visit([&](const auto& value) { query->bind(value); }, cell);
    const Result<bool> row = query->step();
    if (!row) return row.error();
    return *row ? query->integer(0) : 0;
}

Result<void> ReportDb::keep_fork(const std::string& office, const std::string& device, std::string_view bytes,
                                 std::int64_t received_s) {
    const Result<std::int64_t> kept =
        count("SELECT COUNT(*) FROM fork_bundle WHERE office_id = ? AND device_code = ?", {office, device});
    if (!kept) return kept.error();
    if (*kept >= kForksMax) return {};
    Result<sql::Statement> keep = database_->prepare(
        "INSERT INTO fork_bundle (office_id, device_code, sha256, received_s, bytes) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING");
    if (!keep) return keep.error();
    const crypto::Hash hash = crypto::sha256(bytes_of(bytes));
    return keep->bind(office).bind(device).bind(ByteView(hash)).bind(received_s).bind(bytes_of(bytes)).run();
}

Result<std::vector<ledger::Attachment>> ReportDb::attachments(const std::string& office,
                                                              const std::string& device,
                                                              const std::string& kind) {
    Result<sql::Statement> query = database_->prepare(
        "SELECT commitment, sealed FROM attachment WHERE office_id = ? AND device_code = ? AND kind = ? "
        "ORDER BY commitment");
    if (!query) return query.error();
    query->bind(office).bind(device).bind(kind);
    std::vector<ledger::Attachment> attachments;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row) return row.error();
        if (!*row) return attachments;
        ledger::Attachment& next = attachments.emplace_back();
        next.kind = kind;
        const ByteView commitment = query->blob(0), sealed = query->blob(1);
        std::copy_n(commitment.begin(), std::min(commitment.size(), next.commitment.size()),
                    next.commitment.begin());
        next.sealed.assign(sealed.begin(), sealed.end());
    }
}

Result<std::vector<std::string>> ReportDb::forks(const std::string& office, const std::string& device) {
    Result<sql::Statement> query = database_->prepare(
        "SELECT bytes FROM fork_bundle WHERE office_id = ? AND device_code = ? ORDER BY received_s, sha256");
    if (!query) return query.error();
    query->bind(office).bind(device);
    std::vector<std::string> forks;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row) return row.error();
        if (!*row) return forks;
        forks.emplace_back(text_of(query->blob(0)));
    }
}

Result<void> ReportDb::note_incident(const std::string& office, const Incident& incident) {
    const Result<std::int64_t> same = count(
        "SELECT COUNT(*) FROM incident WHERE office_id = ? AND device_code = ? AND code = ? AND detail = ?",
        {office, incident.device, incident.code, incident.detail});
    if (!same) return same.error();
    if (*same > 0) return {};
    const Result<std::int64_t> alike =
        count("SELECT COUNT(*) FROM incident WHERE office_id = ? AND device_code = ? AND code = ?",
              {office, incident.device, incident.code});
    if (!alike) return alike.error();
    if (*alike >= kIncidentsMax) return {};
    Result<sql::Statement> note = database_->prepare(
        "INSERT INTO incident (office_id, device_code, at_s, code, detail) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING");
    if (!note) return note.error();
    note->bind(office).bind(incident.device).bind(incident.at_s).bind(incident.code);
    return note->bind(incident.detail).run();
}

Result<std::vector<Incident>> ReportDb::incidents(const std::string& office) {
    Result<sql::Statement> query = database_->prepare(
        "SELECT device_code, at_s, code, detail FROM incident WHERE office_id = ? "
        "ORDER BY at_s, device_code, code");
    if (!query) return query.error();
    query->bind(office);
    std::vector<Incident> incidents;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row) return row.error();
        if (!*row) return incidents;
        incidents.push_back({std::string(query->text(0)), query->integer(1), std::string(query->text(2)),
                             std::string(query->text(3))});
    }
}

}  // namespace sala::office
