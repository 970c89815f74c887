// What a bundle is compared with and what it adds. Portable SQL only, and nothing but inserts and plain
// SELECTs.
#include <fmt/format.h>

#include "sync/office/report_db.h"

namespace sala::office {
namespace {

Error damaged_head(const std::string& device) {
    return {"DB-DAMAGED", fmt::format("ข้อมูลของตู้บริการ {} ในฐานข้อมูลเสียหาย โปรดแจ้งผู้ดูแลระบบ", device),
            fmt::format("what the database holds of device {} is damaged; call the administrator", device)};
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

// Collects what the new lines put into the tables of their kinds. It keeps views into the bundle.
class Projection {
  public:
    explicit Projection(const ledger::Bundle& bundle) : bundle_(bundle) {
        tickets_ = {
            "ticket", {"office_id", "device_code", "seq", "day", "division_id", "service_id", "number"}, {}};
        served_ = {"ticket_served", {"office_id", "device_code", "ticket_seq", "seq", "served_by"}, {}};
        casts_ = {"cast_count", {"office_id", "device_code", "to_size", "day", "page", "n"}, {}};
        envelopes_ = {"envelope",
                      {"office_id", "device_code", "seq", "page", "ballot_class", "place", "day_first",
                       "day_last", "k", "n"},
                      {}};
        counts_ = {"envelope_count", {"office_id", "device_code", "seq", "item", "value", "n"}, {}};
    }

    void add(const ledger::Line& line, int open_day) {
        seq_ = line.stamp.seq;
        open_day_ = open_day;
        std::visit([&](const auto& happening) { project(happening); }, line.happening);
    }

    Result<void> insert_into(sql::Database& database) {
        for (const auto& [key, n] : cast_) {
            row(casts_, bundle_.to(), {std::int64_t{key.first}, key.second, n});
        }
        for (const sql::Rows* rows : {&tickets_, &served_, &casts_, &envelopes_, &counts_}) {
            if (rows->cells.empty()) continue;
            if (Result<void> done = database.insert(*rows); !done) return done;
        }
        return {};
    }

  private:
    // A row of this office and device.
    void row(sql::Rows& rows, std::uint64_t third, std::initializer_list<sql::Rows::Cell> rest) {
        rows.cells.insert(rows.cells.end(), {bundle_.office, bundle_.device, stored(third)});
        rows.cells.insert(rows.cells.end(), rest);
    }

    void project(const ledger::TicketIssued& ticket) {
        row(tickets_, seq_, {std::int64_t{ticket.day}, ticket.division, ticket.service, ticket.number});
    }
    void project(const ledger::WalkIn& walked) {
        row(tickets_, seq_, {std::int64_t{walked.day}, walked.division, walked.service, std::string_view()});
    }
    void project(const ledger::TicketServed& served) {
        row(served_, served.ticket, {stored(seq_), served.by});
    }
    void project(const ledger::Cast& cast) { ++cast_[{open_day_, cast.page}]; }
    void project(const ledger::Sealed& sealed) {
        row(envelopes_, seq_,
            {sealed.page, sealed.ballot_class, sealed.place, std::int64_t{sealed.days.front()},
             std::int64_t{sealed.days.back()}, std::int64_t{sealed.k}, stored(sealed.n)});
        for (const ledger::ItemCounts& item : sealed.items) {
            for (std::size_t value = 0; value < item.counts.size(); ++value) {
                row(counts_, seq_, {item.item, stored(value), stored(item.counts[value])});
            }
        }
    }
    // Every other kind stands in the bundle alone.
    static void project(const auto&) {}

    const ledger::Bundle& bundle_;
    sql::Rows tickets_, served_, casts_, envelopes_, counts_;
    std::map<std::pair<int, std::string_view>, std::int64_t> cast_;  // day and page -> ratings
    std::uint64_t seq_ = 0;
    int open_day_ = 0;
};

Result<void> add_attachments(sql::Database& database, const ledger::Bundle& bundle) {
    if (bundle.attachments.empty()) return {};
    sql::Rows rows{"attachment", {"office_id", "device_code", "commitment", "to_size", "kind", "sealed"}, {}};
    Result<sql::Statement> there = database.prepare(
        "SELECT 1 FROM attachment WHERE office_id = ? AND device_code = ? AND commitment = ?");
    if (!there) return there.error();
    for (const ledger::Attachment& each : bundle.attachments) {
        // Lines that are held already may come again, with what hangs on them.
        const Result<bool> row = there->bind(bundle.office).bind(bundle.device).bind(each.commitment).step();
        if (!row) return row.error();
        if (*row) {
            if (const Result<bool> end = there->step(); !end) return end.error();
            continue;
        }
        rows.cells.insert(rows.cells.end(), {bundle.office, bundle.device, ByteView(each.commitment),
                                             stored(bundle.to()), each.kind, ByteView(each.sealed)});
    }
    return rows.cells.empty() ? Result<void>() : database.insert(rows);
}

}  // namespace

Result<Head> ReportDb::head(const std::string& office, const std::string& device) {
    Result<sql::Statement> query = database_->prepare(
        "SELECT to_size, frontier, state, last_closed, cosigned FROM bundle WHERE office_id = ? "
        "AND device_code = ? ORDER BY to_size DESC LIMIT 1");
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
    ledger::Frontier tree;
    {
        Result<sql::Statement> query = database_->prepare(
            "SELECT to_size, frontier FROM bundle WHERE office_id = ? AND device_code = ? AND to_size <= ? "
            "ORDER BY to_size DESC LIMIT 1");
        if (!query) return query.error();
        const Result<bool> row = query->bind(office).bind(device).bind(stored(size)).step();
        if (!row) return row.error();
        if (*row) {
            const auto near = frontier_from(static_cast<std::uint64_t>(query->integer(0)), query->blob(1));
            if (!near) return damaged_head(device);
            tree = *near;
        }
    }
    const Result<std::vector<std::string>> rest = lines(office, device, tree.size(), size);
    if (!rest) return rest.error();
    for (const std::string& line : *rest) tree.append(ledger::leaf_hash(line));
    return tree;
}

Result<std::vector<std::string>> ReportDb::lines(const std::string& office, const std::string& device,
                                                 std::uint64_t from, std::uint64_t to) {
    Result<sql::Statement> query = database_->prepare(
        "SELECT bytes FROM bundle WHERE office_id = ? AND device_code = ? AND to_size > ? "
        "ORDER BY to_size LIMIT 1");
    if (!query) return query.error();
    std::vector<std::string> lines;
    for (std::uint64_t at = from; at < to;) {
        const Result<bool> row = query->bind(office).bind(device).bind(stored(at)).step();
        if (!row) return row.error();
        if (!*row) return damaged_head(device);
        // Verified again, so that what was changed in the database is not taken for the kiosk's fork.
        const Result<ledger::Bundle> bundle = ledger::open_bundle(text_of(query->blob(0)));
        if (!bundle || bundle->device != device || bundle->from() > at || bundle->to() <= at)
            return damaged_head(device);
        for (; at < std::min(to, bundle->to()); ++at) lines.emplace_back(bundle->raw[at - bundle->from()]);
        if (const Result<bool> end = query->step(); !end) return end.error();
    }
    return lines;
}

Result<std::optional<std::string>> ReportDb::cosigned_at(const std::string& office, const std::string& device,
                                                         std::uint64_t size) {
    Result<sql::Statement> query = database_->prepare(
        "SELECT cosigned FROM bundle WHERE office_id = ? AND device_code = ? AND to_size = ?");
    if (!query) return query.error();
    const Result<bool> row = query->bind(office).bind(device).bind(stored(size)).step();
    if (!row) return row.error();
    if (!*row) return std::optional<std::string>();
    return std::optional(std::string(query->text(0)));
}

Result<bool> ReportDb::holds(const ledger::Bundle& bundle) {
    Result<sql::Statement> query = database_->prepare(
        "SELECT bytes FROM bundle WHERE office_id = ? AND device_code = ? AND to_size = ?");
    if (!query) return query.error();
    const Result<bool> row = query->bind(bundle.office).bind(bundle.device).bind(stored(bundle.to())).step();
    if (!row) return row.error();
    return *row && text_of(query->blob(0)) == bundle.evidence;
}

Result<void> ReportDb::add(const Accepted& accepted) {
    const ledger::Bundle& bundle = accepted.bundle;
    const Head& head = accepted.head;
    const std::string frontier = frontier_bytes(head.tree), state = head.state.save();
    const sql::Rows evidence{"bundle",
                             {"office_id", "device_code", "to_size", "held_size", "from_size", "last_closed",
                              "frontier", "cosigned", "state", "bytes"},
                             {bundle.office, bundle.device, stored(bundle.to()), stored(accepted.held),
                              stored(bundle.from()), std::int64_t{head.last_closed}, bytes_of(frontier),
                              head.cosigned, state, bytes_of(bundle.evidence)}};
    if (Result<void> done = database_->insert(evidence); !done) return done;
    if (Result<void> done = add_attachments(*database_, bundle); !done) return done;

    Projection projection(bundle);
    const std::size_t first = accepted.held - bundle.from();
    for (std::size_t i = first; i < bundle.lines.size(); ++i)
        projection.add(bundle.lines[i], accepted.day_of_line[i - first]);
    return projection.insert_into(*database_);
}

}  // namespace sala::office
