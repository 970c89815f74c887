#include "kiosk/store/hall_reader.h"

namespace sala::kiosk {
namespace {

constexpr int kWeeksBack = 4;
// More closes than four weeks have, each day closed twice.
constexpr int kClosesBack = 60;

struct Close {
    std::uint64_t size = 0;  // of the tree it ends
    int day = 0;
};

// The last ones, newest first. A close stands at the end of the tree that its checkpoint signs.
Result<std::vector<Close>> last_closes(sqlite::Database& database, int at_most) {
    auto rows = database.prepare(
        "SELECT c.size, j.day FROM checkpoint c JOIN journal j ON j.seq = c.size - 1 "
        "WHERE j.kind = 'day_closed' ORDER BY c.size DESC LIMIT ?");
    if (!rows) return rows.error();
    rows->bind(std::int64_t{at_most});
    std::vector<Close> closes;
    for (;;) {
        const Result<bool> row = rows->step();
        if (!row) return row.error();
        if (!*row) return closes;
        closes.push_back({static_cast<std::uint64_t>(rows->integer(0)), static_cast<int>(rows->integer(1))});
    }
}

Result<void> take_lines(sqlite::Database& database, std::uint64_t from, std::uint64_t end,
                        queue::Hall& hall) {
    std::uint64_t seq = from;
    return each_line(database, from, end, [&](std::string_view text) -> Result<void> {
        const Result<ledger::Line> line = ledger::parse_line(text);
        if (!line) return damaged_at(seq);
        hall.take(*line);
        ++seq;
        return {};
    });
}

// From a close on, and from before it what concerns those who were carried over it.
Result<std::uint64_t> line_from(sqlite::Database& database, std::uint64_t close_size) {
    const Result<Position> then = checkpoint_before(database, close_size);
    if (!then) return then.error();
    const auto& carried = then->state.open_tickets.all();
    return carried.empty() ? close_size - 1 : std::min(close_size - 1, carried.begin()->first);
}

}  // namespace

Result<std::uint64_t> first_line_for(sqlite::Database& database, int day) {
    const auto closes = last_closes(database, kClosesBack);
    if (!closes) return closes.error();
    // A clock that was set right may bring a day back: from its first close on, with what lies between.
    auto before = closes->begin();
    for (auto close = closes->begin(); close != closes->end(); ++close) {
        if (close->day == day) before = close + 1;
    }
    if (before == closes->end()) return 0;
    return line_from(database, before->size);
}

Result<queue::Hall> read_hall(sqlite::Database& database, std::uint64_t size, queue::Ratio ratio) {
    queue::Hall hall(ratio);
    const auto closes = last_closes(database, 1);
    if (!closes) return closes.error();
    std::uint64_t from = 0;
    if (!closes->empty()) {
        const Result<std::uint64_t> behind = line_from(database, closes->front().size);
        if (!behind) return behind.error();
        from = *behind;
    }
    if (Result<void> read = take_lines(database, from, size, hall); !read) return read.error();
    return hall;
}

Result<EarlierTimes> earlier_call_times(sqlite::Database& database, const record::Office& office,
                                        record::Date today) {
    const auto closes = last_closes(database, kClosesBack);
    if (!closes) return closes.error();
    EarlierTimes times;
    for (std::size_t i = 0; i < closes->size(); ++i) {
        const auto date = record::date_of((*closes)[i].day);
        const auto days_ago =
            date ? (std::chrono::sys_days(today) - std::chrono::sys_days(*date)).count() : 0L;
        if (days_ago <= 0 || days_ago % 7 != 0 || days_ago / 7 > kWeeksBack) continue;
        // The last close but the oldest known: what was before it is not read.
        if (i + 1 == closes->size() && closes->size() == kClosesBack) break;
        const std::uint64_t from = i + 1 < closes->size() ? (*closes)[i + 1].size : 0;
        queue::Hall hall;
        // Without the close itself, which empties the times.
        if (Result<void> read = take_lines(database, from, (*closes)[i].size - 1, hall); !read)
            return read.error();
        for (const record::Division& division : office.divisions) {
            const auto of_day = hall.times().of(division.id);
            std::vector<std::int64_t>& all = times[division.id];
            all.insert(all.end(), of_day.rbegin(), of_day.rend());
        }
    }
    return times;
}

}  // namespace sala::kiosk
