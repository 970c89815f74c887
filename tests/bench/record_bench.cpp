// record_bench: what recording and sending cost, inside one process; one line of JSON with every sample.
//
//   record_bench durable_rating FOLDER     ratings through the store, and bare 4 KiB writes, in turn
//   record_bench day_bundle FOLDER         CPU of writing, reading back and importing a day's bundle
//   record_bench start_ten_years FOLDER    opening the store in the data that make_years left there; it is
//                                          kept, and grows by its boots
//
// Otherwise FOLDER is emptied first. The trap: it must lie on the disk in question; in memory, syncing costs
// nothing.
#include <fmt/ranges.h>
#include <sched.h>
#include <sys/resource.h>

#include <cstdio>
#include <filesystem>
#include <optional>

#include "kiosk/store/exporter.h"
#include "kiosk/store/store.h"
#include "sync/office/administration.h"
#include "sync/office/import_files.h"
#include "tests/bench/bare_file.h"
#include "tests/fakes/hand_clock.h"

namespace sala {
namespace {

namespace fs = std::filesystem;
using bench::BareFile;
using bench::give_up;
using bench::now_ms;
using bench::per_second;
using bench::take;

constexpr std::int64_t kFridayMorning = 1'799'982'000'000;  // 2027-01-15 10:00 in Thailand
constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::uint64_t kNow_s = 1'800'007'200;

double cpu_ms() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto ms = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
    };
    return ms(used.ru_utime) + ms(used.ru_stime);
}

record::Office demo_office() {
    const record::LoadedOffice loaded =
        record::load_office(std::string(SALA_SOURCE_DIR) + "/assets/demo/office.toml");
    if (!loaded.office) give_up("the demo office could not be read");
    return *loaded.office;
}

kiosk::Store open_store(const fs::path& data, const record::Office& office, const Clock& clock) {
    return take(kiosk::Store::open(take(kiosk::DataFolder::lock(data)), office,
                                   crypto::sha256(bytes_of("config")), clock, "bench"));
}

kiosk::VisitToken next_token() { return crypto::random_array<16>(); }

// ---- durable_rating ----

// Days of 300 ratings, as long as an office's, so that the log begins anew as often as it does there.
void durable_rating(const fs::path& folder) {
    constexpr int kDays = 4, kBlocksADay = 6, kDeeds = 50;
    fs::remove_all(folder);
    fs::create_directories(folder);
    const record::Office office = demo_office();
    HandClock clock(kFridayMorning);
    // Both sides wait for the disk, not for other programs, as far as the machine allows it.
    const sched_param priority{1};
    sched_setscheduler(0, SCHED_FIFO, &priority);
    kiosk::Store store = open_store(folder / "data", office, clock);
    BareFile bare(folder / "bare");
    std::vector<double> ours, theirs;
    int score = 0;
    for (int day = 0; day < kDays; ++day, clock.pass_ms(kDayMs)) {
        take(store.store_rating(next_token(), 5));  // opens the day, which is another deed
        for (int block = 0; block < kBlocksADay; ++block) {
            ours.push_back(per_second(kDeeds, [&] {
                clock.pass_ms(60'000);
                take(store.store_rating(next_token(), 1 + score++ % 5));
            }));
            theirs.push_back(per_second(kDeeds, [&] { bare.write_block(); }));
        }
        take(store.close_day());
        clock.pass_ms(-kBlocksADay * kDeeds * 60'000);
    }
    fmt::print("{{\"ours\":{},\"other\":{}}}\n", ours, theirs);
}

// ---- day_bundle ----

// 150 ratings, 110 tickets and 40 looks at the EIT code, over eight hours with their signs of life.
void play_day(kiosk::Store& store, const record::Office& office, HandClock& clock) {
    constexpr int kVisitors = 300;
    for (int i = 0; i < kVisitors; ++i) {
        clock.pass_ms(8 * 3'600'000 / kVisitors);
        take(store.tick());
        const int kind = i % 30;
        const auto turn = static_cast<std::size_t>(i);
        if (kind < 15) {
            take(store.store_rating(next_token(), 1 + i % 5));
        } else if (kind < 26) {
            const record::Division& division = office.divisions[turn % office.divisions.size()];
            const record::Service& service = division.services[turn / 7 % division.services.size()];
            take(store.issue_ticket(next_token(), {division.id, service.id}));
        } else {
            take(store.note_eit_shown());
        }
    }
    if (!take(store.close_day())) give_up("no day was open");
}

void day_bundle(const fs::path& folder) {
    constexpr int kDays = 7;
    fs::remove_all(folder);
    fs::create_directories(folder / "stick");
    const record::Office office = demo_office();
    HandClock clock(kFridayMorning - 3'600'000);
    kiosk::Store store = open_store(folder / "data", office, clock);
    const std::string url = folder / "office.db";
    take(office::init_office(url, folder / "keys", office, "[office]\n"));
    office::ReportDb database = take(office::ReportDb::open(url, office::Access::kWrite));
    const office::OfficeKey key = take(office::keys_of(take(database.office()), folder / "keys"));
    const std::string code = ledger::device_code(store.key().public_key());
    take(office::enrol(database, code, "โถงหน้า", ""));

    std::vector<double> together, written, imported;
    std::vector<std::uint64_t> lines;
    for (int day = 0; day < kDays; ++day) {
        play_day(store, office, clock);
        const double begun = cpu_ms();
        const kiosk::Export sent = take(kiosk::export_to(store, folder / "stick"));  // reads back, too
        const double middle = cpu_ms();
        const auto verdicts = office::import_files(database, key, sent.files, kNow_s);
        const double ended = cpu_ms();
        if (office::worst_exit_code(verdicts) != 0 || sent.files.size() != 1) give_up(verdicts[0].line());
        written.push_back(middle - begun);
        imported.push_back(ended - middle);
        together.push_back(ended - begun);
        lines.push_back(sent.to - sent.from);
        fs::remove(sent.files[0]);  // its cosigned note stays, and the next bundle begins there
        clock.pass_ms(kDayMs - 8 * 3'600'000);
    }
    fmt::print("{{\"ours\":{},\"written\":{},\"imported\":{},\"lines\":{}}}\n", together, written, imported,
               lines);
}

// ---- start_ten_years ----

void start_ten_years(const fs::path& folder) {
    constexpr int kStarts = 5;
    const record::Office office = demo_office();
    std::vector<double> ours;
    std::uint64_t lines = 0;
    for (int i = 0; i < kStarts; ++i) {
        HandClock clock(kFridayMorning + 3652 * kDayMs);
        const double begun = now_ms();
        const kiosk::Store store = open_store(folder, office, clock);
        ours.push_back(now_ms() - begun);
        lines = store.position().tree.size();
    }
    fmt::print("{{\"ours\":{},\"lines\":{}}}\n", ours, lines);
}

}  // namespace
}  // namespace sala

int main(int argc, char** argv) {
    const std::string_view what = argc == 3 ? argv[1] : "";
    const auto run = [&](void (*measure)(const std::filesystem::path&)) {
        return sala::bench::exit_code_of([&] { measure(argv[2]); });
    };
    if (what == "durable_rating") return run(sala::durable_rating);
    if (what == "day_bundle") return run(sala::day_bundle);
    if (what == "start_ten_years") return run(sala::start_ten_years);
    std::fputs("usage: record_bench durable_rating|day_bundle|start_ten_years FOLDER\n", stderr);
    return 2;
}
