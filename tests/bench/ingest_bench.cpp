// ingest_bench FOLDER: lines a second that the office takes in, beside a bare COPY of what it writes; one
// line of JSON with every sample.
//
// Ours is ingest(): signatures and hashes verified, evidence kept, lines projected, one transaction a bundle.
// The other side puts the same projected rows, but no evidence, into the same tables, which are logged and
// have their keys, by COPY and one transaction a bundle too, from bytes that lie ready. The tables are never
// analysed. FOLDER is emptied.
#include <fmt/ranges.h>

#include <filesystem>

#include "sync/office/administration.h"
#include "sync/office/ingest.h"
#include "tests/bench/bench_tools.h"
#include "tests/bench/kiosk_days.h"
#include "tests/bench/postgres_side.h"
#include "tests/platform/postgres/cluster.h"

namespace sala::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kRounds = 5;

struct Samples {
    std::vector<double> ours, replay, copy_binary, copy_text, sqlite, sqlite_replay;
};

struct Kiosk {
    office::LogBuilder log;
    std::vector<std::string> bundles;
    double lines() const { return static_cast<double>(log.size()); }
};

class Office {
  public:
    Office(const std::string& url, const fs::path& keys, const Kiosk& kiosk)
        : database_(made(url, keys, kiosk)), key_(take(office::keys_of(take(database_.office()), keys))) {}

    // Lines a second.
    double take_in(const Kiosk& kiosk, bool new_ones) {
        return kiosk.lines() / seconds_of([&] {
                   for (const std::string& bytes : kiosk.bundles) {
                       const office::Receipt receipt = take(office::ingest(database_, key_, bytes, kNow_s));
                       if ((receipt.new_lines > 0) != new_ones) give_up("a bundle was not what it should be");
                   }
               });
    }

  private:
    static office::ReportDb made(const std::string& url, const fs::path& keys, const Kiosk& kiosk) {
        take(office::init_office(url, keys, sample_office(), ""));
        auto database = take(office::ReportDb::open(url, office::Access::kWrite));
        take(office::enrol(database, kiosk.log.code(), "bench", ""));
        return database;
    }
    office::ReportDb database_;
    office::OfficeKey key_;
};

// The rows of each bundle, table by table.
class Rows {
  public:
    Rows(PGconn* connection, const Kiosk& kiosk, std::string format) : format_(std::move(format)) {
        std::uint64_t from = 0;
        for (const std::string& bytes : kiosk.bundles) {
            const std::uint64_t to = take(ledger::open_bundle(bytes)).to();
            for (const Table& table : kProjectedTables) {
                data_.push_back(copy_out(connection,
                                         fmt::format("SELECT * FROM {0} WHERE {1} >= {2} AND {1} < {3}",
                                                     table.name, table.seq, from, to),
                                         format_));
            }
            from = to;
        }
    }

    // Into the same tables, emptied first. Lines a second.
    double copy(PGconn* connection, const Kiosk& kiosk) const {
        run(connection,
            "TRUNCATE bundle, ticket, ticket_served, cast_count, envelope, envelope_count CASCADE");
        return kiosk.lines() / seconds_of([&] {
                   for (std::size_t i = 0; i < data_.size();) {
                       run(connection, "BEGIN");
                       for (const Table& table : kProjectedTables)
                           copy_in(connection, table.name, data_[i++], format_);
                       run(connection, "COMMIT");
                   }
               });
    }

  private:
    std::string format_;
    std::vector<std::string> data_;
};

void on_postgres(const postgres::Cluster& cluster, const fs::path& keys, const Kiosk& kiosk,
                 Samples& samples) {
    const Connection server = connect(cluster.url());
    run(server.get(), "CREATE DATABASE ingest");
    {
        Office office(cluster.url("ingest"), keys, kiosk);
        const Connection other = connect(cluster.url("ingest"));
        samples.ours.push_back(office.take_in(kiosk, true));
        samples.replay.push_back(office.take_in(kiosk, false));
        if (one_value(
                other.get(),
                "SELECT count(*) FROM pg_class WHERE relname IN ('bundle', 'ticket') AND reltuples >= 0") !=
            "0") {
            give_up("the tables were analysed");
        }
        const Rows binary(other.get(), kiosk, "binary"), text(other.get(), kiosk, "text");
        samples.copy_binary.push_back(binary.copy(other.get(), kiosk));
        samples.copy_text.push_back(text.copy(other.get(), kiosk));
    }
    run(server.get(), "DROP DATABASE ingest");
}

void on_sqlite(const fs::path& folder, const Kiosk& kiosk, Samples& samples) {
    const fs::path place = folder / "sqlite";
    fs::create_directories(place);
    {
        Office office(place / "office.db", folder / "keys", kiosk);
        samples.sqlite.push_back(office.take_in(kiosk, true));
        samples.sqlite_replay.push_back(office.take_in(kiosk, false));
    }
    fs::remove_all(place);
}

std::string measured(const postgres::Cluster& cluster, const fs::path& folder, std::uint64_t lines,
                     int bundles) {
    Kiosk kiosk;
    for (int i = 0; i < bundles; ++i) kiosk.bundles.push_back(add_day(kiosk.log, i, lines));
    Samples samples;
    for (int round = 0; round < kRounds; ++round) {
        on_postgres(cluster, folder / "keys", kiosk, samples);
        on_sqlite(folder, kiosk, samples);
    }
    return fmt::format(
        R"("{}":{{"ours":{},"replay":{},"copy_binary":{},"copy_text":{},"sqlite":{},"sqlite_replay":{}}})",
        lines, samples.ours, samples.replay, samples.copy_binary, samples.copy_text, samples.sqlite,
        samples.sqlite_replay);
}

void measure(const fs::path& folder) {
    fs::remove_all(folder);
    fs::create_directories(folder);
    const auto cluster = postgres::Cluster::start();
    if (!cluster) give_up("PostgreSQL did not start");
    {
        const Connection server = connect(cluster->url());
        run(server.get(), "ALTER SYSTEM SET autovacuum = off");
        run(server.get(), "ALTER SYSTEM SET client_min_messages = warning");
        run(server.get(), "SELECT pg_reload_conf()");
    }
    const std::string small = measured(*cluster, folder, 300, 200);
    fmt::print("{{{},{}}}\n", small, measured(*cluster, folder, 5'000, 20));
    fs::remove_all(folder);
}

}  // namespace
}  // namespace sala::bench

int main(int argc, char** argv) {
    if (argc == 2) return sala::bench::exit_code_of([&] { sala::bench::measure(argv[1]); });
    std::fputs("usage: ingest_bench FOLDER\n", stderr);
    return 2;
}
