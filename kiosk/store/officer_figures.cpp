#include "kiosk/store/officer_figures.h"

#include "kiosk/store/day_queue.h"
#include "kiosk/store/exporter.h"

namespace sala::kiosk {
namespace {

// What a day_closed line states of a kind.
Result<std::uint64_t> stated(ByteView bytes, std::string_view kind) {
    const Result<ledger::Line> line = ledger::parse_line(text_of(bytes));
    if (!line) return line.error();
    const auto* closed = std::get_if<ledger::DayClosed>(&line->happening);
    if (closed == nullptr) return 0;
    for (const ledger::KindCount& count : closed->lines) {
        if (count.kind == kind) return count.n;
    }
    return 0;
}

Result<void> read_divisions(Store& store, DayFigures& figures) {
    const Result<figures::QueueFigures> queue =
        read_day_queue(store.database(), figures.day, store.position().tree.size());
    if (!queue) return queue.error();
    for (const auto& [division, group] : queue->divisions()) {
        const std::uint64_t tickets = group.carried_in + group.issued + group.walked_in;
        if (tickets > 0 || group.served > 0) figures.divisions.push_back({division, tickets, group.served});
        figures.tickets += tickets;
    }
    return {};
}

// The envelopes of a close stand directly before it.
Result<void> read_envelopes(sqlite::Database& database, DayFigures& figures) {
    auto statement = database.prepare(
        "SELECT kind, line FROM journal WHERE seq <= (SELECT c.size - 1 FROM checkpoint c JOIN journal j ON "
        "j.seq = c.size - 1 WHERE j.kind = 'day_closed' ORDER BY c.size DESC LIMIT 1) ORDER BY seq DESC");
    if (!statement) return statement.error();
    for (bool first = true;; first = false) {
        const Result<bool> row = statement->step();
        if (!row) return row.error();
        if (!*row) break;
        if (first) continue;
        if (statement->text(0) == "bound") continue;
        if (statement->text(0) != "sealed") break;
        const Result<ledger::Line> line = ledger::parse_line(text_of(statement->blob(1)));
        if (!line) return line.error();
        if (const auto* sealed = std::get_if<ledger::Sealed>(&line->happening)) {
            figures.envelopes.push_back(*sealed);
            figures.sealed.add(*sealed);
        }
    }
    std::ranges::reverse(figures.envelopes);
    return {};
}

}  // namespace

void ClassFigures::add(const ledger::Sealed& envelope) {
    raw += envelope.n;
    if (envelope.ballot_class == ledger::kFlagged) flagged += envelope.n;
}

Result<ClassFigures> class_figures(sqlite::Database& database) {
    auto envelopes = database.prepare("SELECT line FROM journal WHERE kind = 'sealed'");
    if (!envelopes) return envelopes.error();
    ClassFigures figures;
    for (;;) {
        const Result<bool> row = envelopes->step();
        if (!row) return row.error();
        if (!*row) return figures;
        const Result<ledger::Line> line = ledger::parse_line(text_of(envelopes->blob(0)));
        if (!line) return line.error();
        if (const auto* sealed = std::get_if<ledger::Sealed>(&line->happening)) figures.add(*sealed);
    }
}

Result<std::uint64_t> count_lines(sqlite::Database& database, const ledger::LogState& state,
                                  std::string_view kind, int day) {
    // A close stands at the end of the tree that its checkpoint signs.
    auto closes = database.prepare(
        "SELECT j.line FROM checkpoint c JOIN journal j ON j.seq = c.size - 1 WHERE j.kind = 'day_closed' "
        "AND "
        "(? = 0 OR j.day = ?)");
    if (!closes) return closes.error();
    closes->bind(std::int64_t{day}).bind(std::int64_t{day});
    std::uint64_t total = 0;
    for (;;) {
        const Result<bool> row = closes->step();
        if (!row) return row.error();
        if (!*row) break;
        const Result<std::uint64_t> n = stated(closes->blob(0), kind);
        if (!n) return n.error();
        total += *n;
    }
    if (day != 0 && day != state.open_day) return total;
    const auto since = state.lines_since_close.find(std::string(kind));
    return since == state.lines_since_close.end() ? total : total + since->second;
}

Result<std::optional<std::int64_t>> unsent_since(sqlite::Database& database, std::uint64_t cosigned_size,
                                                 std::uint64_t size) {
    std::optional<std::int64_t> since;
    if (cosigned_size >= size) return since;
    const Result<std::vector<std::string>> oldest = read_lines(database, cosigned_size, 1);
    if (!oldest) return oldest.error();
    if (oldest->empty()) return since;
    const Result<ledger::Line> line = ledger::parse_line(oldest->front());
    if (!line) return line.error();
    since = line->stamp.utc_ms;
    return since;
}

Result<std::optional<std::uint64_t>> last_close(sqlite::Database& database) {
    // From the end, where it stands a day's lines away at most.
    auto statement =
        database.prepare("SELECT seq FROM journal WHERE kind = 'day_closed' ORDER BY seq DESC LIMIT 1");
    if (!statement) return statement.error();
    const Result<bool> row = statement->step();
    if (!row) return row.error();
    if (!*row) return std::optional<std::uint64_t>();
    return std::optional(static_cast<std::uint64_t>(statement->integer(0)));
}

Result<std::string> newest_checkpoint(sqlite::Database& database) {
    auto statement = database.prepare("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1");
    if (!statement) return statement.error();
    const Result<bool> row = statement->step();
    if (!row) return row.error();
    return *row ? std::string(statement->text(0)) : std::string();
}

namespace {

// Whether a line from `from` on tells of visitors or of a day. What the office and witnesses answered, that
// the kiosk is alive and that an officer looks at this page goes with the next ones.
Result<bool> has_news(sqlite::Database& database, std::uint64_t from) {
    auto statement = database.prepare(
        "SELECT 1 FROM journal WHERE seq >= ? AND kind NOT IN ('alive', 'cosigned', 'officer') LIMIT 1");
    if (!statement) return statement.error();
    return statement->bind(static_cast<std::int64_t>(from)).step();
}

// What the office has not cosigned yet, as far as it needs sending.
Result<void> read_unsent(Store& store, DayFigures& figures) {
    const Result<std::uint64_t> cosigned = cosigned_size(store.database());
    if (!cosigned) return cosigned.error();
    const Result<bool> news = has_news(store.database(), *cosigned);
    if (!news) return news.error();
    if (!*news) return {};
    figures.unsent_lines = figures.head.tree_size - std::min(*cosigned, figures.head.tree_size);
    const auto since = unsent_since(store.database(), *cosigned, figures.head.tree_size);
    if (!since) return since.error();
    figures.unsent_since = *since;
    return {};
}

}  // namespace

Result<DayFigures> read_day_figures(Store& store) {
    const ledger::LogState& state = store.position().state;
    DayFigures figures;
    figures.day = state.rules.day;
    figures.day_open = state.open_day != 0;
    figures.ratings_waiting = state.waiting_total();
    figures.head = store.receipt();
    figures.device_code = ledger::device_code(state.start.key);
    if (figures.day != 0) {
        const Result<std::uint64_t> cast = count_lines(store.database(), state, "cast", figures.day);
        if (!cast) return cast.error();
        figures.ratings_cast = *cast;
        if (Result<void> read = read_divisions(store, figures); !read) return read.error();
        for (const DivisionCount& division : figures.divisions) figures.tickets_served += division.served;
        if (Result<void> read = read_envelopes(store.database(), figures); !read) return read.error();
    }
    for (const auto& [id, ticket] : store.hall().queue().tickets()) {
        if (!ticket.on_paper) figures.unprinted.push_back({id, ticket.number, ticket.service});
    }
    if (Result<void> read = read_unsent(store, figures); !read) return read.error();
    Result<std::string> checkpoint = newest_checkpoint(store.database());
    if (!checkpoint) return checkpoint.error();
    figures.checkpoint = *std::move(checkpoint);
    return figures;
}

}  // namespace sala::kiosk
