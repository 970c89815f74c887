#include "kiosk/store/tally_table.h"

#include <fmt/format.h>

#include <map>
#include <sstream>
#include <tuple>

namespace sala::kiosk {
namespace {

// Of a remainder that nobody ever joins, the first and the latest days are enough to say how long it has
// waited.
constexpr std::size_t kDaysMax = 366;

Bytes packed(std::uint64_t n) {
    Bytes bytes;
    append_u64(bytes, n);
    return bytes;
}

std::uint64_t unpacked(ByteView bytes) {
    std::uint64_t n = 0;
    for (const std::uint8_t byte : bytes) n = n << 8 | byte;
    return n;
}

Error unknown(const Ballot& ballot) {
    return {"BALLOT-UNKNOWN", "บันทึกคำตอบไม่ได้เพราะแบบประเมินไม่ตรงกับที่เปิดใช้วันนี้ โปรดปิดวันแล้วเปิดใหม่",
            fmt::format("could not count the answer: page {} with this value has no cell at {}; close the "
                        "day and open it "
                        "again",
                        ballot.page, ballot.place)};
}

const ledger::FormPage* find_page(const std::string& id) {
    for (const ledger::FormPage& page : ledger::form_pages()) {
        if (page.id == id) return &page;
    }
    return nullptr;
}

using CellsKey = std::tuple<std::string, std::string, std::string>;  // page, class, place
struct Waiting {
    std::uint64_t n = 0;
    int k = 0;
    std::set<int> days;
};

Result<std::map<CellsKey, Waiting>> read_waiting(sqlite::Database& database) {
    auto statement = database.prepare("SELECT page, class, place, n, k, days FROM waiting");
    if (!statement) return statement.error();
    std::map<CellsKey, Waiting> all;
    for (;;) {
        const Result<bool> row = statement->step();
        if (!row) return row.error();
        if (!*row) return all;
        Waiting& waiting = all[{std::string(statement->text(0)), std::string(statement->text(1)),
                                std::string(statement->text(2))}];
        waiting.n = static_cast<std::uint64_t>(statement->integer(3));
        waiting.k = static_cast<int>(statement->integer(4));
        std::istringstream days{std::string(statement->text(5))};
        for (int day = 0; days >> day;) waiting.days.insert(day);
    }
}

Result<void> set_cell(sqlite::Database& database, const ledger::Tally& tally, const std::string& item,
                      std::size_t value, std::uint64_t n) {
    auto update = database.prepare(
        "UPDATE cell SET n = ? WHERE page = ? AND class = ? AND place = ? AND item = ? AND value = ?");
    if (!update) return update.error();
    return update->bind(ByteView(packed(n)))
        .bind(tally.page)
        .bind(tally.ballot_class)
        .bind(tally.place)
        .bind(item)
        .bind(static_cast<std::int64_t>(value))
        .run();
}

Result<void> remember_waiting(sqlite::Database& database, const ledger::Tally& tally) {
    std::set<int> days = tally.days;
    while (days.size() > kDaysMax) days.erase(std::next(days.begin()));
    auto insert =
        database.prepare("INSERT INTO waiting(page, class, place, n, k, days) VALUES(?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    return insert->bind(tally.page)
        .bind(tally.ballot_class)
        .bind(tally.place)
        .bind(static_cast<std::int64_t>(tally.raters()))
        .bind(std::int64_t{tally.k_floor})
        .bind(fmt::format("{}", fmt::join(days, " ")))
        .run();
}

}  // namespace

Result<void> make_cells(sqlite::Database& database, const std::vector<std::string>& places) {
    auto insert = database.prepare("INSERT INTO cell VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    if (!insert) return insert.error();
    const Bytes zero = packed(0);
    for (const ledger::FormPage& page : ledger::form_pages()) {
        for (const char* ballot_class : {ledger::kWalkUp, ledger::kAfterService, ledger::kFlagged}) {
            for (const std::string& place : places) {
                for (const ledger::FormItem& item : page.items) {
                    for (int value = 0; value <= item.value_max; ++value) {
                        insert->bind(page.id).bind(std::string_view(ballot_class)).bind(place).bind(item.id);
                        const Result<void> made =
                            insert->bind(std::int64_t{value}).bind(ByteView(zero)).run();
                        if (!made) return made;
                    }
                }
            }
        }
    }
    return {};
}

Result<void> count_ballot(sqlite::Database& database, const Ballot& ballot) {
    const ledger::FormPage* page = find_page(ballot.page);
    if (page == nullptr || page->items.size() != ballot.values.size()) return unknown(ballot);
    auto read = database.prepare(
        "SELECT n FROM cell WHERE page = ? AND class = ? AND place = ? AND item = ? AND value = ?");
    if (!read) return read.error();
    const ledger::Tally tally{ballot.page, ballot.ballot_class, ballot.place, {}, 0, {}};
    for (std::size_t i = 0; i < ballot.values.size(); ++i) {
        const std::string& item = page->items[i].id;
        read->bind(ballot.page).bind(ballot.ballot_class).bind(ballot.place).bind(item);
        const Result<bool> row = read->bind(std::int64_t{ballot.values[i]}).step();
        if (!row) return row.error();
        if (!*row) return unknown(ballot);
        const std::uint64_t n = unpacked(read->blob(0));
        read->reset();
        const auto value = static_cast<std::size_t>(ballot.values[i]);
        if (Result<void> set = set_cell(database, tally, item, value, n + 1); !set) return set;
    }
    return {};
}

Result<std::vector<ledger::Tally>> read_tallies(sqlite::Database& database, int day, int k) {
    const auto waiting = read_waiting(database);
    if (!waiting) return waiting.error();
    // The primary key's order: the values of an item and the items of a place follow one another.
    auto statement = database.prepare(
        "SELECT page, class, place, item, value, n FROM cell ORDER BY page, class, place, item, value");
    if (!statement) return statement.error();
    std::vector<ledger::Tally> tallies;
    for (;;) {
        const Result<bool> row = statement->step();
        if (!row) return row.error();
        if (!*row) break;
        const std::string_view page = statement->text(0), ballot_class = statement->text(1),
                               place = statement->text(2);
        if (tallies.empty() || tallies.back().page != page || tallies.back().ballot_class != ballot_class ||
            tallies.back().place != place) {
            tallies.push_back({std::string(page), std::string(ballot_class), std::string(place), {}, 0, {}});
        }
        auto& items = tallies.back().items;
        if (items.empty() || items.back().item != statement->text(3))
            items.push_back({std::string(statement->text(3)), {}});
        items.back().counts.push_back(unpacked(statement->blob(5)));
    }
    std::erase_if(tallies, [](const ledger::Tally& tally) { return tally.raters() == 0; });
    for (ledger::Tally& tally : tallies) {
        const auto before = waiting->find({tally.page, tally.ballot_class, tally.place});
        const bool waited = before != waiting->end();
        if (waited) {
            tally.days = before->second.days;
            tally.k_floor = before->second.k;
        }
        if (!waited || tally.raters() > before->second.n) {
            tally.days.insert(day);
            tally.k_floor = std::max(tally.k_floor, k);
        }
    }
    return tallies;
}

Result<void> empty_cells(sqlite::Database& database, const std::vector<ledger::Tally>& waiting) {
    auto zero = database.prepare("UPDATE cell SET n = ?");
    if (!zero) return zero.error();
    if (Result<void> emptied = zero->bind(ByteView(packed(0))).run(); !emptied) return emptied;
    if (Result<void> forgotten = database.execute("DELETE FROM waiting"); !forgotten) return forgotten;
    for (const ledger::Tally& tally : waiting) {
        for (const ledger::ItemCounts& item : tally.items) {
            for (std::size_t value = 0; value < item.counts.size(); ++value) {
                const Result<void> set = set_cell(database, tally, item.item, value, item.counts[value]);
                if (!set) return set;
            }
        }
        if (Result<void> remembered = remember_waiting(database, tally); !remembered) return remembered;
    }
    return {};
}

}  // namespace sala::kiosk
