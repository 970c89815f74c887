// tamper_table [--cases N] [--keep DIR]: eight kinds of tampering with an office's evidence, N seeded cases
// of each, and what finds them when. Prints the table; --keep leaves every case's bundles and outside head in
// DIR for another verifier, with a manifest.
//
// Each case begins with an honest office that took in three days of one kiosk, and one head over some of its
// lines that somebody outside holds. Who tampers owns the database; only "re-sign" has the keys of kiosk and
// office besides, and writes a history in which everything agrees.
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <random>

#include "platform/base/files.h"
#include "platform/base/json.h"
#include "sync/office/administration.h"
#include "sync/office/audit.h"
#include "sync/office/ingest.h"
#include "tests/bench/bench_tools.h"
#include "tests/sync/office/log_builder.h"
#include "tests/sync/office/temporary_folder.h"

namespace {

using namespace sala;
using namespace sala::office;
using bench::take;

constexpr std::uint64_t kNow_s = 1'800'260'000;
constexpr int kDays = 3;

class Chance {
  public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}
    // 0 to n - 1; spelt out, as std::uniform_int_distribution differs between libraries.
    std::uint64_t below(std::uint64_t n) { return engine_() % n; }

  private:
    std::mt19937_64 engine_;
};

record::Office sample_office() {
    record::Office office;
    office.id = "banmai";
    office.domain = "banmai.example";
    office.name = {"อบต.บ้านใหม่", "Ban Mai"};
    record::Service tax{"land-tax", {"ชำระภาษีที่ดิน", "Land tax"}};
    record::Service birth{"birth", {"แจ้งเกิด", "Birth"}};
    office.divisions = {{"finance", {"กองคลัง", "Finance"}, 'B', {tax}},
                        {"clerk", {"สำนักปลัด", "Clerk"}, 'A', {birth}}};
    return office;
}

// An honest office, its kiosk, and a head that was photographed.
class World {
  public:
    World(std::uint64_t seed, const TemporaryFolder& folder)
        : chance(seed), url(folder.path() / "office.db"), keys_(folder.path() / "keys") {
        take(init_office(url, keys_, sample_office(), "[office]\n"));
        open();
        take(enrol(*database_, kiosk.code(), "โถงหน้า", ""));
        for (int day = 0; day < kDays; ++day) {
            ends.push_back(add_day(kiosk, 20270115 + day));
            cosigned_ = take(bring(day_bundle(day))).cosigned;
            execute(fmt::format("VACUUM INTO '{}.{}'", url, day));
        }
    }

    std::uint64_t add_day(LogBuilder& log, int day) {
        log.whole_day(day, 5 + chance.below(8));
        return log.size();
    }
    // Of an honest day: eight of its lines are something else, and three more of the first day's.
    std::uint64_t raters(int day) const {
        const auto at = static_cast<std::size_t>(day);
        return day == 0 ? ends[0] - 11 : ends[at] - ends[at - 1] - 8;
    }
    std::string day_bundle(int day) const {
        const auto at = static_cast<std::size_t>(day);
        return kiosk.bundle(day == 0 ? 0 : ends[at - 1], ends[at]);
    }

    Result<Receipt> bring(const std::string& bytes) { return ingest(*database_, *key_, bytes, kNow_s); }

    // What the office says when the honest kiosk sends its next day.
    std::string next_day_verdict() {
        LogBuilder next;
        for (int day = 0; day < kDays; ++day) next.whole_day(20270115 + day, raters(day));
        next.whole_day(20270115 + kDays);
        const Result<Receipt> receipt = bring(next.bundle(ends.back(), next.size(), cosigned_));
        return receipt ? "accepted" : receipt.error().code;
    }

    // The evidence is false, or contradicts what is held outside.
    bool audit_finds(const std::string& outside) {
        const auto heads = take(audit::read_outside_heads(outside, "outside"));
        return take(audit_office(*database_, heads, kNow_s)).breaks() > 0;
    }

    void execute(const std::string& sql) {
        auto owner = take(connect(url, Access::kWrite));
        take(owner->execute(sql.c_str()));
    }
    void set_bytes(int day, const std::string& bytes) {
        auto owner = take(connect(url, Access::kWrite));
        auto update = take(owner->prepare("UPDATE bundle SET bytes = ? WHERE to_size = ?"));
        take(update.bind(bytes_of(bytes))
                 .bind(static_cast<std::int64_t>(ends[static_cast<std::size_t>(day)]))
                 .run());
    }
    std::vector<std::string> kept_bundles() {
        std::vector<std::string> bundles;
        take(database_->each_bundle(
            "banmai", kiosk.code(),
            [&](std::uint64_t, std::uint64_t, std::string_view bytes, std::string_view) -> Result<void> {
                bundles.emplace_back(bytes);
                return {};
            }));
        for (std::string& fork : take(database_->forks("banmai", kiosk.code())))
            bundles.push_back(std::move(fork));
        return bundles;
    }
    void cut(std::uint64_t size) {
        for (const char* table : {"envelope_count", "envelope", "ticket_served", "ticket"})
            execute(fmt::format("DELETE FROM {} WHERE seq >= {}", table, size));
        execute(fmt::format("DELETE FROM cast_count WHERE to_size > {}", size));
        execute(fmt::format("DELETE FROM bundle WHERE to_size > {}", size));
    }

    // The backup of an earlier evening stands in the database's place.
    void bring_back(int day) {
        database_.reset();
        for (const char* log : {"-wal", "-shm"}) std::filesystem::remove(url + log);
        std::filesystem::rename(fmt::format("{}.{}", url, day), url);
        open();
    }

    Chance chance;
    std::string url;
    LogBuilder kiosk;
    std::vector<std::uint64_t> ends;  // size after each day

  private:
    void open() {
        database_.emplace(take(ReportDb::open(url, Access::kWrite)));
        key_.emplace(take(keys_of(take(database_->office()), keys_)));
    }
    std::filesystem::path keys_;
    std::optional<ReportDb> database_;
    std::optional<OfficeKey> key_;
    std::string cosigned_;
};

// The journal lines of a bundle: where they begin and end in its text.
struct Lines {
    std::vector<std::string> all;  // every line of the file
    std::size_t first = 0, end = 0;
};
Lines lines_of(const std::string& bytes) {
    Lines lines;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t end = bytes.find('\n', at);
        lines.all.push_back(bytes.substr(at, end - at + 1));
        at = end + 1;
    }
    const auto journal = [](const std::string& line) { return line.starts_with("{"); };
    const auto first = std::find_if(lines.all.begin(), lines.all.end(), journal);
    lines.first = static_cast<std::size_t>(first - lines.all.begin());
    lines.end =
        static_cast<std::size_t>(std::find_if_not(first, lines.all.end(), journal) - lines.all.begin());
    return lines;
}
std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += line;
    return out;
}

// Each returns the first line that it changed.
std::uint64_t edit(World& world) {
    const int day = static_cast<int>(world.chance.below(kDays));
    std::string bytes = world.day_bundle(day);
    const std::string honest = bytes;
    while (bytes == honest) {
        const std::size_t at = world.chance.below(bytes.size());
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << world.chance.below(8)));
    }
    world.set_bytes(day, bytes);
    return day == 0 ? 0 : world.ends[static_cast<std::size_t>(day) - 1];
}

template <typename Change>
std::uint64_t change_lines(World& world, Change change) {
    const int day = static_cast<int>(world.chance.below(kDays));
    Lines lines = lines_of(world.day_bundle(day));
    change(lines);
    world.set_bytes(day, joined(lines.all));
    return day == 0 ? 0 : world.ends[static_cast<std::size_t>(day) - 1];
}
std::uint64_t remove_line(World& world) {
    return change_lines(world, [&](Lines& lines) {
        const std::uint64_t at = lines.first + world.chance.below(lines.end - lines.first);
        lines.all.erase(lines.all.begin() + static_cast<std::ptrdiff_t>(at));
    });
}
std::uint64_t insert_line(World& world) {
    return change_lines(world, [&](Lines& lines) {
        const std::uint64_t from = lines.first + world.chance.below(lines.end - lines.first);
        const std::uint64_t to = lines.first + world.chance.below(lines.end - lines.first + 1);
        const std::string copy = lines.all[from];
        lines.all.insert(lines.all.begin() + static_cast<std::ptrdiff_t>(to), copy);
    });
}
std::uint64_t swap_lines(World& world) {
    return change_lines(world, [&](Lines& lines) {
        const std::uint64_t count = lines.end - lines.first;
        const std::uint64_t first = world.chance.below(count);
        const std::uint64_t second = (first + 1 + world.chance.below(count - 1)) % count;
        std::swap(lines.all[lines.first + first], lines.all[lines.first + second]);
    });
}
// The last days' bundles and rows are taken out.
std::uint64_t truncate(World& world) {
    const std::uint64_t size = world.ends[world.chance.below(kDays - 1)];
    world.cut(size);
    return size;
}
std::uint64_t roll_back(World& world) {
    const int day = static_cast<int>(world.chance.below(kDays - 1));
    world.bring_back(day);
    return world.ends[static_cast<std::size_t>(day)];
}
// With the keys of kiosk and office: from some day on one happy rater more, everything signed again.
std::uint64_t re_sign(World& world) {
    const int from_day = static_cast<int>(world.chance.below(kDays));
    LogBuilder other;
    std::vector<std::uint64_t> ends;
    for (int day = 0; day < kDays; ++day) {
        other.whole_day(20270115 + day, world.raters(day) + (day >= from_day ? 1 : 0));
        ends.push_back(other.size());
    }
    for (const char* table :
         {"envelope_count", "envelope", "ticket_served", "ticket", "cast_count", "bundle"})
        world.execute(fmt::format("DELETE FROM {}", table));
    for (std::size_t day = 0; day < ends.size(); ++day)
        take(world.bring(other.bundle(day == 0 ? 0 : ends[day - 1], ends[day])));
    // The first line that differs.
    std::uint64_t parted = 0;
    while (other.line(parted) == world.kiosk.line(parted)) ++parted;
    return parted;
}
// A copy of the kiosk's disk went on by itself, and its day reaches the office too.
std::uint64_t clone(World& world) {
    LogBuilder other;
    const int days_alike = static_cast<int>(world.chance.below(kDays));
    for (int day = 0; day < days_alike; ++day) other.whole_day(20270115 + day, world.raters(day));
    const std::uint64_t parted = other.size();
    other.whole_day(20270115 + kDays, 5 + world.chance.below(8));
    const Result<Receipt> receipt = world.bring(other.bundle(parted, other.size()));
    if (receipt || receipt.error().code != "BUNDLE-FORK") std::abort();
    return parted;
}

struct Kind {
    const char* name;
    std::uint64_t (*tamper)(World&);
};
constexpr Kind kKinds[] = {{"edit a byte", edit},
                           {"delete a line", remove_line},
                           {"insert a line", insert_line},
                           {"swap two lines", swap_lines},
                           {"truncate", truncate},
                           {"roll back", roll_back},
                           {"re-sign, keys stolen", re_sign},
                           {"clone", clone}};

struct Options {
    int cases = 100;
    std::string keep;
};

struct Row {
    int alone = 0, outside = 0, next = 0;
};

// A checkpoint or the short head of a ticket, over the first changed line and more.
std::string outside_head(World& world, std::uint64_t changed) {
    const std::uint64_t size = changed + 1 + world.chance.below(world.ends.back() - changed);
    if (world.chance.below(2) == 0) return world.kiosk.checkpoint(size).bytes();
    return fmt::format("{} {}\n", size, ledger::root_letters(world.kiosk.tree(size).root()));
}

void keep_case(const std::filesystem::path& folder, World& world, const std::string& outside) {
    std::filesystem::create_directories(folder);
    int number = 0;
    for (const std::string& bytes : world.kept_bundles())
        take(write_file_durably(folder / fmt::format("{}.bundle", number++), bytes, 0600));
    take(write_file_durably(folder / "outside.txt", outside, 0600));
}

void play(const Kind& kind, int number, const Options& options, Row& row, std::string& manifest) {
    const TemporaryFolder folder;
    World world(static_cast<std::uint64_t>(number), folder);
    if (world.audit_finds(world.kiosk.checkpoint(world.ends.back()).bytes())) std::abort();
    const std::uint64_t changed = kind.tamper(world);
    const std::string outside = outside_head(world, changed);
    const bool alone = world.audit_finds(""), with_outside = world.audit_finds(outside);
    row.alone += alone ? 1 : 0;
    row.outside += with_outside ? 1 : 0;
    if (!options.keep.empty()) {
        const std::string name = fmt::format("{}-{}", &kind - kKinds, number);
        keep_case(std::filesystem::path(options.keep) / name, world, outside);
        manifest += fmt::format(R"({{"case":"{}","kind":{},"alone":{},"outside":{}}})"
                                "\n",
                                name, json_string(kind.name), alone, with_outside);
    }
    row.next += world.next_day_verdict() != "accepted" ? 1 : 0;
}

void print_table(const Options& options) {
    std::string manifest;
    fmt::print(
        "| of {} cases of | found by the audit alone | with a later head held outside | "
        "refused when the kiosk sends next |\n|---|---|---|---|\n",
        options.cases);
    for (const Kind& kind : kKinds) {
        Row row;
        for (int i = 0; i < options.cases; ++i) play(kind, i, options, row, manifest);
        fmt::print("| {} | {} | {} | {} |\n", kind.name, row.alone, row.outside, row.next);
    }
    if (!options.keep.empty())
        take(write_file_durably(std::filesystem::path(options.keep) / "manifest.jsonl", manifest, 0600));
}

int number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::string_view(argv[i]) == "--cases") options.cases = number(argv[i + 1]);
        if (std::string_view(argv[i]) == "--keep") options.keep = argv[i + 1];
    }
    if (argc % 2 == 0 || options.cases < 1) {
        std::fputs("usage: tamper_table [--cases N] [--keep DIR]\n", stderr);
        return 2;
    }
    return sala::bench::exit_code_of([&] { print_table(options); });
}
