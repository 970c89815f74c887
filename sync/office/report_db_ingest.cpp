// What a bundle is compared with and what it adds. Portable SQL only: INSERT ... ON CONFLICT, plain SELECTs.
#include <fmt/format.h>

#include "sync/office/report_db.h"

namespace sala::office {
namespace {

Error damaged_head(const std::string& device) {
    return {"DB-DAMAGED", fmt::format("ข้อมูลของตู้บริการ {} ในฐานข้อมูลเสียหาย โปรดแจ้งผู้ดูแลระบบ", device),
            fmt::format("what the database holds of device {} is damaged; call the administrator", device)};
}

// Runs an insert that must add exactly one row. Anything else means that the tables and the head disagree.
Result<void> insert_one(sqlite::Database& database, sqlite::Statement& statement) {
    if (Result<void> done = statement.run(); !done) return done;
    if (database.changes() == 1) return {};
    return Error{
        "DB-DAMAGED", "ตารางในฐานข้อมูลขัดแย้งกันเอง จึงไม่บันทึก โปรดแจ้งผู้ดูแลระบบ",
        "the tables of the database contradict one another; nothing was recorded; call the administrator"};
}

std::int64_t stored(std::uint64_t number) { return static_cast<std::int64_t>(number); }

std::string frontier_bytes(const ledger::Frontier& tree) {
    std::string bytes;
    for (const ledger::Hash& hash : tree.hashes()) bytes += text_of(hash);
    return bytes;
}

std::optional<ledger::Frontier> frontier_from(std::uint64_t size, ByteView bytes) {
    std::vector<ledger::Hash> hashes(bytes.size() / 32);
    if (hashes.size() * 32 != bytes.size()) return {};
    for (std::size_t i = 0; i < bytes.size(); ++i) hashes[i / 32][i % 32] = bytes[i];
    return ledger::Frontier::restore(size, std::move(hashes));
}

// Puts lines into the tables of their kinds.
class Projection {
  public:
    static Result<Projection> prepare(sqlite::Database& database, const ledger::Bundle& bundle) {
        Projection projection(database, bundle);
        static constexpr const char* kSql[kTables] = {
            "INSERT INTO line (office_id, device_code, seq, kind, utc_ms, mono_ms, boot, clock_trusted, raw) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            "INSERT INTO ticket (office_id, device_code, seq, day, division_id, service_id, number) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            "INSERT INTO ticket_served (office_id, device_code, ticket_seq, seq, served_by) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            "INSERT INTO cast_count (office_id, device_code, day, page, n) VALUES (?, ?, ?, ?, 1) "
            "ON CONFLICT (office_id, device_code, day, page) DO UPDATE SET n = cast_count.n + 1",
            "INSERT INTO envelope (office_id, device_code, seq, page, ballot_class, place, day_first, "
            "day_last, k, n) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            "INSERT INTO envelope_count (office_id, device_code, seq, item, value, n) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        };
        for (const char* sql : kSql) {
            Result<sqlite::Statement> statement = database.prepare(sql);
            if (!statement) return statement.error();
            projection.statements_.push_back(*std::move(statement));
        }
        return projection;
    }

    Result<void> add(std::size_t index, int open_day) {
        const ledger::Line& line = bundle_->lines[index];
        const ledger::Stamp& stamp = line.stamp;
        row(kLine, stamp.seq).bind(std::string_view(ledger::kind_of(line.happening))).bind(stamp.utc_ms);
        statements_[kLine].bind(stamp.mono_ms).bind(stamp.boot).bind(stamp.clock_trusted ? 1 : 0);
        statements_[kLine].bind(bytes_of(bundle_->raw[index]));
        if (Result<void> done = insert(kLine); !done) return done;
        seq_ = stamp.seq;
        open_day_ = open_day;
        return std::visit([&](const auto& happening) { return project(happening); }, line.happening);
    }

  private:
    enum Table : std::size_t { kLine, kTicket, kServed, kCast, kEnvelope, kCounts, kTables };

    Projection(sqlite::Database& database, const ledger::Bundle& bundle)
        : database_(&database), bundle_(&bundle) {}

    // A row of this office and device, its third column bound.
    sqlite::Statement& row(Table table, std::uint64_t third) {
        return statements_[table].bind(bundle_->office).bind(bundle_->device).bind(stored(third));
    }
    Result<void> insert(Table table) { return insert_one(*database_, statements_[table]); }

    Result<void> project(const ledger::TicketIssued& ticket) {
        row(kTicket, seq_).bind(ticket.day).bind(ticket.division).bind(ticket.service).bind(ticket.number);
        return insert(kTicket);
    }
    Result<void> project(const ledger::TicketServed& served) {
        row(kServed, served.ticket).bind(stored(seq_)).bind(served.by);
        return insert(kServed);
    }
    Result<void> project(const ledger::Cast& cast) {
        row(kCast, static_cast<std::uint64_t>(open_day_)).bind(cast.page);
        return insert(kCast);
    }
    Result<void> project(const ledger::Sealed& sealed) {
        row(kEnvelope, seq_).bind(sealed.page).bind(sealed.ballot_class).bind(sealed.place);
        statements_[kEnvelope].bind(sealed.days.front()).bind(sealed.days.back());
        statements_[kEnvelope].bind(sealed.k).bind(stored(sealed.n));
        if (Result<void> done = insert(kEnvelope); !done) return done;
        for (const ledger::ItemCounts& item : sealed.items) {
            for (std::size_t value = 0; value < item.counts.size(); ++value) {
                row(kCounts, seq_).bind(item.item).bind(stored(value)).bind(stored(item.counts[value]));
                if (Result<void> done = insert(kCounts); !done) return done;
            }
        }
        return {};
    }
    // Every other kind stands in `line` alone.
    static Result<void> project(const auto&) { return {}; }

    sqlite::Database* database_;
    const ledger::Bundle* bundle_;
    std::vector<sqlite::Statement> statements_;
    std::uint64_t seq_ = 0;
    int open_day_ = 0;
};

}  // namespace

Result<Head> ReportDb::head(const std::string& office, const std::string& device) {
    Result<sqlite::Statement> query = database_.prepare(
        "SELECT size, frontier, state, last_closed, cosigned FROM head WHERE office_id = ? AND device_code = "
        "?");
    if (!query) return query.error();
    const Result<bool> row = query->bind(office).bind(device).step();
    if (!row) return row.error();
    if (!*row) return Head{};
    const std::uint64_t size = static_cast<std::uint64_t>(query->integer(0));
    std::optional<ledger::Frontier> tree = frontier_from(size, query->blob(1));
    std::optional<ledger::LogState> state = ledger::LogState::restore(query->text(2));
    if (!tree || !state || state->next_seq != size) return damaged_head(device);
    return Head{*std::move(tree), *std::move(state), static_cast<int>(query->integer(3)),
                std::string(query->text(4))};
}

Result<ledger::Frontier> ReportDb::tree_at(const std::string& office, const std::string& device,
                                           std::uint64_t size) {
    Result<sqlite::Statement> query = database_.prepare(
        "SELECT to_size, frontier FROM bundle WHERE office_id = ? AND device_code = ? AND to_size <= ? "
        "ORDER BY to_size DESC LIMIT 1");
    if (!query) return query.error();
    const Result<bool> row = query->bind(office).bind(device).bind(stored(size)).step();
    if (!row) return row.error();
    ledger::Frontier tree;
    if (*row) {
        const auto near = frontier_from(static_cast<std::uint64_t>(query->integer(0)), query->blob(1));
        if (!near) return damaged_head(device);
        tree = *near;
    }
    const Result<std::vector<std::string>> rest = lines(office, device, tree.size(), size);
    if (!rest) return rest.error();
    for (const std::string& line : *rest) tree.append(ledger::leaf_hash(line));
    return tree;
}

Result<std::vector<std::string>> ReportDb::lines(const std::string& office, const std::string& device,
                                                 std::uint64_t from, std::uint64_t to) {
    Result<sqlite::Statement> query = database_.prepare(
        "SELECT raw FROM line WHERE office_id = ? AND device_code = ? AND seq >= ? AND seq < ? ORDER BY seq");
    if (!query) return query.error();
    query->bind(office).bind(device).bind(stored(from)).bind(stored(to));
    std::vector<std::string> lines;
    for (;;) {
        const Result<bool> row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        lines.emplace_back(text_of(query->blob(0)));
    }
    if (lines.size() != to - from) return damaged_head(device);
    return lines;
}

Result<std::optional<std::string>> ReportDb::cosigned_at(const std::string& office, const std::string& device,
                                                         std::uint64_t size) {
    Result<sqlite::Statement> query = database_.prepare(
        "SELECT cosigned FROM bundle WHERE office_id = ? AND device_code = ? AND to_size = ?");
    if (!query) return query.error();
    const Result<bool> row = query->bind(office).bind(device).bind(stored(size)).step();
    if (!row) return row.error();
    if (!*row) return std::optional<std::string>();
    return std::optional(std::string(query->text(0)));
}

Result<void> ReportDb::add(const Accepted& accepted) {
    const ledger::Bundle& bundle = accepted.bundle;
    const Head& head = accepted.head;
    const std::string frontier = frontier_bytes(head.tree);

    Result<sqlite::Statement> add_bundle = database_.prepare(
        "INSERT INTO bundle (office_id, device_code, to_size, from_size, frontier, bytes, cosigned) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    if (!add_bundle) return add_bundle.error();
    add_bundle->bind(bundle.office).bind(bundle.device).bind(stored(bundle.to())).bind(stored(bundle.from()));
    add_bundle->bind(bytes_of(frontier)).bind(bytes_of(accepted.bytes)).bind(head.cosigned);
    if (Result<void> done = insert_one(database_, *add_bundle); !done) return done;

    Result<Projection> projection = Projection::prepare(database_, bundle);
    if (!projection) return projection.error();
    const std::size_t first = accepted.held - bundle.from();
    for (std::size_t i = first; i < bundle.lines.size(); ++i) {
        if (Result<void> done = projection->add(i, accepted.day_of_line[i - first]); !done) return done;
    }

    Result<sqlite::Statement> put_head = database_.prepare(
        "INSERT INTO head (office_id, device_code, size, frontier, state, last_closed, cosigned) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (office_id, device_code) DO UPDATE SET size = "
        "excluded.size, "
        "frontier = excluded.frontier, state = excluded.state, last_closed = excluded.last_closed, "
        "cosigned = excluded.cosigned");
    if (!put_head) return put_head.error();
    put_head->bind(bundle.office).bind(bundle.device).bind(stored(head.tree.size())).bind(bytes_of(frontier));
    put_head->bind(head.state.save()).bind(head.last_closed).bind(head.cosigned);
    return insert_one(database_, *put_head);
}

}  // namespace sala::office
