#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "kiosk/store/recount.h"
#include "kiosk/store/schema.h"
#include "platform/base/files.h"
#include "sync/office/administration.h"
#include "sync/office/report_db.h"
#include "tests/faults/script.h"

namespace sala::faults {
namespace {

using Faces = std::map<int, std::uint64_t>;  // value -> ratings
using Problems = std::vector<std::string>;

// The whole journal, read again from the file by a connection of its own.
struct Journal {
    std::vector<std::string> raw;
    std::vector<ledger::Line> lines;
    ledger::LogState state;
    std::vector<std::string> letters = {ledger::root_letters(ledger::Frontier().root())};  // by size
    crypto::Hash root{};
};

Result<Journal> read_journal(const std::filesystem::path& data) {
    Result<sqlite::Database> database = kiosk::open_store_database(data, sqlite::OpenMode::kReadOnly);
    if (!database) return database.error();
    Journal journal;
    ledger::Frontier tree;
    const auto take = [&](std::string_view text) -> Result<void> {
        const Result<ledger::Line> line = ledger::parse_line(text);
        if (!line) return line.error();
        if (Result<void> taken = journal.state.take(*line); !taken) return taken;
        journal.raw.emplace_back(text);
        journal.lines.push_back(*line);
        tree.append(ledger::leaf_hash(text));
        journal.letters.push_back(ledger::root_letters(tree.root()));
        return {};
    };
    constexpr auto kEnd = static_cast<std::uint64_t>(ledger::kIntegerMax);
    if (Result<void> read = kiosk::each_line(*database, 0, kEnd, take); !read) return read.error();
    journal.root = tree.root();
    return journal;
}

// Ratings by face, in envelopes and in the cells.
Result<Faces> count_faces(const std::filesystem::path& data, const Journal& journal) {
    Faces faces;
    for (const ledger::Line& line : journal.lines) {
        const auto* sealed = std::get_if<ledger::Sealed>(&line.happening);
        if (sealed == nullptr) continue;
        for (std::size_t value = 0; value < sealed->items.at(0).counts.size(); ++value)
            faces[static_cast<int>(value)] += sealed->items[0].counts[value];
    }
    Result<sqlite::Database> database = kiosk::open_store_database(data, sqlite::OpenMode::kReadOnly);
    if (!database) return database.error();
    auto cells = database->prepare("SELECT value, n FROM cell");
    if (!cells) return cells.error();
    std::uint64_t waiting = 0;
    for (;;) {
        const Result<bool> row = cells->step();
        if (!row) return row.error();
        if (!*row) break;
        std::uint64_t n = 0;
        for (const std::uint8_t byte : cells->blob(1)) n = n << 8 | byte;
        faces[static_cast<int>(cells->integer(0))] += n;
        waiting += n;
    }
    if (waiting != journal.state.waiting_total()) {
        return Error{"JUDGE", "",
                     fmt::format("the cells hold {} ratings, the journal says that {} wait", waiting,
                                 journal.state.waiting_total())};
    }
    std::erase_if(faces, [](const auto& face) { return face.second == 0; });
    return faces;
}

// Every acknowledged rating once, with its face, and at most the one in flight beside them.
void check_faces(Faces found, const std::vector<Ack>& acks, std::optional<std::size_t> in_flight,
                 Problems& problems) {
    Faces expected;
    for (const Ack& ack : acks) {
        if (act_at(ack.act).kind == Act::kRate) ++expected[act_at(ack.act).value];
    }
    if (found == expected) return;
    if (in_flight && act_at(*in_flight).kind == Act::kRate) {
        ++expected[act_at(*in_flight).value];
        if (found == expected) return;
    }
    std::string said;
    for (int face = 0; face <= 5; ++face) said += fmt::format(" {}:{}/{}", face, found[face], expected[face]);
    problems.push_back("ratings by face, counted/acknowledged:" + said);
}

void check_tickets(const Journal& journal, const std::vector<Ack>& acks, std::optional<std::size_t> in_flight,
                   Problems& problems) {
    std::map<std::pair<int, std::string>, int> issued;
    std::map<std::string, int> numbers;
    std::size_t found = 0;
    for (const ledger::Line& line : journal.lines) {
        const auto* ticket = std::get_if<ledger::TicketIssued>(&line.happening);
        if (ticket == nullptr) continue;
        ++found;
        ++numbers[ticket->number];
        if (++issued[{ticket->day, ticket->number}] > 1)
            problems.push_back(fmt::format("number {} was given twice on {}", ticket->number, ticket->day));
    }
    std::size_t acknowledged = 0;
    for (const Ack& ack : acks) {
        if (act_at(ack.act).kind != Act::kTicket) continue;
        ++acknowledged;
        if (--numbers[ack.said] < 0)
            problems.push_back(fmt::format("ticket {} of act {} is lost", ack.said, ack.act));
    }
    const bool one_more = in_flight && act_at(*in_flight).kind == Act::kTicket;
    if (found < acknowledged || found > acknowledged + (one_more ? 1 : 0))
        problems.push_back(fmt::format("{} tickets issued, {} acknowledged", found, acknowledged));
}

void check_eit(const Journal& journal, const std::vector<Ack>& acks, std::optional<std::size_t> in_flight,
               Problems& problems) {
    std::uint64_t told = 0, acknowledged = 0;
    for (const ledger::Line& line : journal.lines) {
        if (const auto* closed = std::get_if<ledger::DayClosed>(&line.happening)) told += closed->eit_shown;
    }
    std::uint64_t of_open_day = 0;
    for (const Ack& ack : acks) {
        const Act::Kind kind = act_at(ack.act).kind;
        if (kind == Act::kEit) ++of_open_day;
        if (kind == Act::kClose) acknowledged += std::exchange(of_open_day, 0);
    }
    // It has no token, so an act that was cut off may have counted before it was done again.
    const std::uint64_t most = acknowledged + of_open_day + 1;
    if (told < acknowledged || told > most || (!in_flight && told > acknowledged + 1))
        problems.push_back(fmt::format("{} EIT views told, {} acknowledged", told, acknowledged));
}

// What was shown to a visitor is a prefix of the journal as it now stands.
void check_heads(const Journal& journal, const std::vector<Ack>& acks, Problems& problems) {
    for (const Ack& ack : acks) {
        if (ack.size < journal.letters.size() && journal.letters[ack.size] == ack.letters) continue;
        problems.push_back(
            fmt::format("the head of {} lines shown after act {} ({}) is not in a journal of {}", ack.size,
                        ack.act, name_of(act_at(ack.act).kind), journal.raw.size()));
        return;
    }
}

std::uint64_t last_said(const std::vector<Ack>& acks, Act::Kind kind) {
    std::uint64_t size = 0;
    for (const Ack& ack : acks) {
        if (act_at(ack.act).kind == kind) size = std::stoull(ack.said);
    }
    return size;
}

void check_stick(const std::filesystem::path& stick, const Journal& journal, std::uint64_t exported,
                 Problems& problems) {
    std::uint64_t reaches = 0;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(stick, ignored)) {
        if (entry.path().extension() != ".bundle") continue;
        const Result<std::string> bytes = read_file(entry.path(), ledger::kBundleBytesMax);
        const Result<ledger::Bundle> bundle = bytes ? ledger::open_bundle(*bytes) : bytes.error();
        if (!bundle) {
            problems.push_back("on the stick: " + bundle.error().line());
            continue;
        }
        for (std::size_t i = 0; i < bundle->raw.size(); ++i) {
            const std::uint64_t at = bundle->from() + i;
            if (at >= journal.raw.size() || journal.raw[at] != bundle->raw[i]) {
                problems.push_back(fmt::format("line {} on the stick is not the journal's", at));
                break;
            }
        }
        reaches = std::max(reaches, bundle->to());
    }
    if (reaches < exported)
        problems.push_back(fmt::format("exported up to {}, on the stick up to {}", exported, reaches));
}

void check_office(const std::string& path, const Journal& journal, const std::vector<Ack>& acks,
                  const std::string& device, Problems& problems) {
    const auto said = [&](const char* what, const Error& error) {
        problems.push_back(fmt::format("{}: {}", what, error.line()));
    };
    if (std::ranges::none_of(acks, [](const Ack& ack) { return act_at(ack.act).kind == Act::kInit; })) return;
    Result<office::ReportDb> database = office::ReportDb::open(path, office::Access::kRead);
    if (!database) return said("the office's database", database.error());
    const Result<office::OfficeRow> row = database->office();
    if (!row) return said("the office", row.error());
    const Result<office::Head> head = database->head(row->id, device);
    if (!head) return said("the office's head", head.error());
    const std::uint64_t held = head->tree.size();
    const std::uint64_t acknowledged = last_said(acks, Act::kIngest);
    if (held < acknowledged || held >= journal.letters.size() ||
        ledger::root_letters(head->tree.root()) != journal.letters[held]) {
        problems.push_back(
            fmt::format("the office holds {} lines, acknowledged {}: another history", held, acknowledged));
        return;
    }
    // What it shows is what these lines say.
    std::int64_t casts = 0;
    for (std::uint64_t i = 0; i < held; ++i)
        casts += std::holds_alternative<ledger::Cast>(journal.lines[i].happening);
    const Result<office::Status> status = database->status();
    if (!status) return said("the office's figures", status.error());
    if (status->figures.lines != static_cast<std::int64_t>(held) || status->figures.ratings_cast != casts) {
        problems.push_back(fmt::format("the office shows {} ratings in {} lines, held are {} in {}",
                                       status->figures.ratings_cast, status->figures.lines, casts, held));
    }
}

}  // namespace

std::string dishonest(const Error& error) {
    const bool code = !error.code.empty() && std::ranges::all_of(error.code, [](char c) {
        return c == '-' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
    if (!code) return "no code: " + error.line();
    if (error.thai.find("\xe0\xb8") == std::string::npos) return "no Thai: " + error.line();
    if (error.english.size() < 20) return "no English: " + error.line();
    return "";
}

std::vector<std::string> judge(Player& player, const std::vector<Ack>& acks,
                               std::optional<std::size_t> in_flight) {
    if (!player.is_open()) {
        if (Result<void> opened = player.open(); !opened) return {"does not open: " + opened.error().line()};
    }
    const Result<Journal> journal = read_journal(player.data());
    if (!journal) return {"the journal: " + journal.error().line()};
    Problems problems;
    const kiosk::Position& position = player.store().position();
    if (position.tree.root() != journal->root || position.state != journal->state)
        problems.push_back("the store has something else in mind than what is on disk");
    const auto recounted = kiosk::recount_root(player.data(), position.tree.size(), [] { return true; });
    if (!recounted || *recounted != position.tree.root()) problems.push_back("the recount differs");
    const Result<Faces> faces = count_faces(player.data(), *journal);
    if (!faces) {
        problems.push_back("the tallies: " + faces.error().line());
    } else {
        check_faces(*faces, acks, in_flight, problems);
    }
    check_tickets(*journal, acks, in_flight, problems);
    check_eit(*journal, acks, in_flight, problems);
    check_heads(*journal, acks, problems);
    check_stick(player.stick(), *journal, last_said(acks, Act::kExport), problems);
    check_office(player.office_db(), *journal, acks, ledger::device_code(player.store().key().public_key()),
                 problems);
    const Result<std::uint64_t> cosigned = kiosk::cosigned_size(player.store().database());
    if (!cosigned || *cosigned < last_said(acks, Act::kNote))
        problems.push_back("a cosigned note that was taken in is gone");
    return problems;
}

std::vector<std::string> finish(Player& player, std::vector<Ack> acks, std::size_t acts) {
    for (std::size_t act = acks.size(); act < acts; ++act) {
        const Result<Ack> ack = player.perform(act);
        if (!ack) {
            return {fmt::format("without a fault act {} ({}) is refused: {}", act, name_of(act_at(act).kind),
                                ack.error().line())};
        }
        acks.push_back(*ack);
    }
    player.shut();
    Problems problems = judge(player, acks, {});
    if (act_at(acts - 1).kind != Act::kNote || player.sends()) return problems;
    const Result<std::uint64_t> lines = player.ingest("stranger");
    if (!lines) {
        problems.push_back("another office refuses it: " + lines.error().line());
    } else if (*lines < last_said(acks, Act::kExport)) {
        problems.push_back(fmt::format("another office has {} lines", *lines));
    }
    return problems;
}

}  // namespace sala::faults
