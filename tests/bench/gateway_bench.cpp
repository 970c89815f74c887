// gateway_bench FOLDER SALA_OFFICE: a thousand kiosks that send their day at the same moment; one line of
// JSON with every sample.
//
// Ours: the couriers of all of them, each on a thread and with its own key, against one `sala-office serve`
// on PostgreSQL or SQLite. The other side: as many clients of PostgreSQL itself, each over a TLS connection
// of its own and with a password, which insert the very rows that the gateway left and verify nothing.
// Everything is made before the clock starts, and the tables are counted when it has stopped. FOLDER is
// emptied.
#include <fcntl.h>
#include <fmt/ranges.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <latch>
#include <random>
#include <thread>

#include "platform/base/descriptor.h"
#include "sync/courier/courier.h"
#include "sync/courier/schedule.h"
#include "sync/office/administration.h"
#include "tests/bench/bench_tools.h"
#include "tests/bench/kiosk_days.h"
#include "tests/bench/postgres_side.h"
#include "tests/platform/postgres/cluster.h"

namespace sala::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kKiosks = 1'000, kLines = 300, kRounds = 3;
constexpr int kConnectionsMax = 100;  // PostgreSQL's own default
constexpr double kGiveUpAfterMs = 300'000;
constexpr const char* kRole = "kiosk";

struct Kiosk {
    std::string code, bundle;
};

struct Crowd {
    std::vector<Kiosk> kiosks;
    office::Figures expected;
};

void count(const ledger::Bundle& bundle, office::Figures& figures) {
    for (const ledger::Line& line : bundle.lines) {
        ++figures.lines;
        figures.tickets_issued += std::holds_alternative<ledger::TicketIssued>(line.happening);
        figures.tickets_served += std::holds_alternative<ledger::TicketServed>(line.happening);
        figures.ratings_cast += std::holds_alternative<ledger::Cast>(line.happening);
        const auto* sealed = std::get_if<ledger::Sealed>(&line.happening);
        figures.ratings_sealed += sealed == nullptr ? 0 : static_cast<std::int64_t>(sealed->n);
    }
}

Crowd make_crowd() {
    Crowd crowd;
    for (int i = 0; i < kKiosks; ++i) {
        office::LogBuilder log(static_cast<std::uint16_t>(i));
        crowd.kiosks.push_back({log.code(), add_day(log, 0, kLines)});
        count(take(ledger::open_bundle(crowd.kiosks.back().bundle)), crowd.expected);
    }
    return crowd;
}

// How it went for all of them.
struct Run {
    double seconds = 0;
    std::uint64_t attempts = 0;
};

// One kiosk, from its first try to its last: whether its lines have arrived. It counts its tries.
using Client = std::function<bool(std::size_t which, std::atomic<std::uint64_t>& attempts)>;

Run all_at_once(const Client& client) {
    std::latch ready(kKiosks), go(1);
    std::atomic<std::uint64_t> attempts = 0;
    std::atomic<int> done = 0;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kKiosks; ++i) {
        threads.emplace_back([&, i] {
            ready.count_down();
            go.wait();
            if (client(i, attempts)) ++done;
        });
    }
    ready.wait();
    const double seconds = seconds_of([&] {
        go.count_down();
        for (std::thread& thread : threads) thread.join();
    });
    if (done != kKiosks) give_up(fmt::format("{} of {} kiosks failed", kKiosks - done, kKiosks));
    return {seconds, attempts};
}

void sleep_ms(std::int64_t ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

// ---- ours ----

void make_office(const std::string& url, const fs::path& keys, const Crowd& crowd) {
    take(office::init_office(url, keys, sample_office(), ""));
    auto database = take(office::ReportDb::open(url, office::Access::kWrite));
    for (const Kiosk& kiosk : crowd.kiosks) take(office::enrol(database, kiosk.code, "bench", ""));
}

// Whether the database holds the lines of every kiosk, and each once.
void check(const std::string& url, const office::Figures& expected) {
    auto database = take(office::ReportDb::open(url, office::Access::kRead));
    const office::Status status = take(database.status());
    bool once = status.devices.size() == kKiosks;
    for (const office::DeviceStatus& each : status.devices) once = once && each.figures.lines == kLines;
    const auto counts = [](const office::Figures& f) {
        return std::array{f.lines, f.tickets_issued, f.tickets_served, f.ratings_cast, f.ratings_sealed};
    };
    if (!once || counts(status.figures) != counts(expected))
        give_up("the database does not hold the records of every kiosk once");
}

// `sala-office serve` as a process of its own, which ends with this object.
class Server {
  public:
    Server(const std::string& program, const std::string& url, const fs::path& keys, const fs::path& log) {
        int out[2];
        if (::pipe2(out, O_CLOEXEC) != 0) give_up("no pipe");
        const Descriptor reading(out[0]);
        {
            const Descriptor writing(out[1]);
            process_ = ::fork();
            if (process_ == 0) {
                ::prctl(PR_SET_PDEATHSIG, SIGKILL);
                ::dup2(out[1], STDOUT_FILENO);
                if (std::freopen(log.c_str(), "w", stderr) == nullptr) ::_exit(126);
                ::execl(program.c_str(), program.c_str(), "serve", "--db", url.c_str(), "--keys",
                        keys.c_str(), "--listen", "127.0.0.1:0", nullptr);
                ::_exit(127);
            }
        }
        std::string said;
        for (char byte = 0; said.find("\"\n") == std::string::npos && ::read(reading.get(), &byte, 1) == 1;)
            said += byte;
        road_ = {"https://127.0.0.1:" + between(said, "127.0.0.1:", " "), between(said, "pin = \"", "\"")};
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server() {
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
    }

    const courier::Road& road() const { return road_; }

    double peak_mb() const {
        std::ifstream status(fmt::format("/proc/{}/status", process_));
        std::string word;
        double kb = 0;
        while (status >> word) {
            if (word == "VmHWM:" && status >> kb) return kb / 1024;
        }
        give_up("the server has ended");
    }

  private:
    static std::string between(const std::string& text, const std::string& before, const std::string& after) {
        const std::size_t at = text.find(before);
        if (at == std::string::npos) give_up("sala-office serve did not start: " + text);
        const std::size_t from = at + before.size();
        return text.substr(from, text.find_first_of(after + ";\n", from) - from);
    }

    pid_t process_ = 0;
    courier::Road road_;
};

// As the kiosk's courier thread does it, but for the jitter of its start: here all begin at once.
bool send_by_courier(const courier::Road& road, const Kiosk& kiosk, std::uint64_t seed,
                     std::atomic<std::uint64_t>& attempts) {
    courier::Schedule schedule(kiosk.code, seed);
    const auto now = [] { return static_cast<std::int64_t>(now_ms()); };
    schedule.begin(now() - courier::start_jitter_ms(kiosk.code));
    const std::int64_t give_up_at = now() + static_cast<std::int64_t>(kGiveUpAfterMs);
    while (schedule.due_ms() && *schedule.due_ms() < give_up_at) {
        sleep_ms(*schedule.due_ms() - now());
        ++attempts;
        const courier::Verdict verdict =
            courier::deliver(road, kiosk.bundle, [](std::size_t) { return true; });
        if (std::holds_alternative<courier::Delivered>(verdict)) return true;
        const auto* later = std::get_if<courier::NotReceived>(&verdict);
        if (later == nullptr && !std::holds_alternative<courier::Unknown>(verdict)) return false;
        schedule.failed(now(), later == nullptr ? 0 : std::int64_t{later->wait_s} * 1000);
    }
    return false;
}

struct Samples {
    std::vector<double> seconds, peak_mb;
    std::vector<std::uint64_t> attempts;
    void add(const Run& run) {
        seconds.push_back(run.seconds);
        attempts.push_back(run.attempts);
    }
    std::string json() const {
        return fmt::format(R"({{"seconds":{},"attempts":{},"peak_mb":{}}})", seconds, attempts, peak_mb);
    }
};

void through_the_gateway(const std::string& program, const std::string& url, const fs::path& folder,
                         Crowd& crowd, Samples& samples) {
    make_office(url, folder / "keys", crowd);
    {
        const Server server(program, url, folder / "keys", folder / "serve.log");
        samples.add(all_at_once([&](std::size_t i, std::atomic<std::uint64_t>& attempts) {
            return send_by_courier(server.road(), crowd.kiosks[i], i, attempts);
        }));
        samples.peak_mb.push_back(server.peak_mb());
    }
    check(url, crowd.expected);
}

// ---- the other side ----

// Waits as reference clients of a full server do: 200 ms, doubled to at most 10 s, of which a random part.
bool send_by_libpq(const std::string& url, const std::string& transaction, std::uint64_t seed,
                   std::atomic<std::uint64_t>& attempts) {
    constexpr std::int64_t kFirstMs = 200, kLongestMs = 10'000;
    std::mt19937_64 dice(seed);
    const double give_up_at = now_ms() + kGiveUpAfterMs;
    for (std::int64_t longest = kFirstMs; now_ms() < give_up_at;
         longest = std::min(2 * longest, kLongestMs)) {
        ++attempts;
        const Connection connection(PQconnectdb(url.c_str()), &PQfinish);
        if (PQstatus(connection.get()) == CONNECTION_OK) {
            PGresult* answer = PQexec(connection.get(), transaction.c_str());
            const bool done = PQresultStatus(answer) == PGRES_COMMAND_OK;
            PQclear(answer);
            if (!done) std::fputs(PQerrorMessage(connection.get()), stderr);
            return done;
        }
        sleep_ms(std::uniform_int_distribution<std::int64_t>(0, longest)(dice));
    }
    return false;
}

void straight_to_the_database(const postgres::Cluster& cluster, const std::string& name, const fs::path& keys,
                              const Crowd& crowd, const std::map<std::string, std::string>& transactions,
                              Samples& samples) {
    make_office(cluster.url(name), keys, crowd);
    run(connect(cluster.url(name)).get(),
        fmt::format("GRANT INSERT ON ALL TABLES IN SCHEMA public TO {}", kRole));
    const std::string url = cluster.tls_url(kRole, "right", name);
    samples.add(all_at_once([&](std::size_t i, std::atomic<std::uint64_t>& attempts) {
        return send_by_libpq(url, transactions.at(crowd.kiosks[i].code), i, attempts);
    }));
    check(cluster.url(name), crowd.expected);
}

void raise_limit_of_files() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 16 * kKiosks);
    if (limit.rlim_cur < 5 * kKiosks || ::setrlimit(RLIMIT_NOFILE, &limit) != 0)
        give_up("a thousand clients need more open files than the system allows");
}

void measure(const fs::path& folder, const std::string& program) {
    raise_limit_of_files();
    ::signal(SIGPIPE, SIG_IGN);
    fs::remove_all(folder);
    fs::create_directories(folder);
    const auto cluster = postgres::Cluster::start(kConnectionsMax);
    if (!cluster) give_up("PostgreSQL did not start");
    const Connection server = connect(cluster->url());
    run(server.get(), fmt::format("CREATE ROLE {} LOGIN PASSWORD 'right'", kRole));
    Crowd crowd = make_crowd();
    Samples on_postgres, on_sqlite, direct;
    std::map<std::string, std::string> transactions;
    for (int round = 0; round < kRounds; ++round) {
        run(server.get(), "CREATE DATABASE gateway");
        run(server.get(), "CREATE DATABASE direct");
        through_the_gateway(program, cluster->url("gateway"), folder, crowd, on_postgres);
        if (round == 0) transactions = transactions_by_device(connect(cluster->url("gateway")).get());
        straight_to_the_database(*cluster, "direct", folder / "keys", crowd, transactions, direct);
        run(server.get(), "DROP DATABASE gateway");
        run(server.get(), "DROP DATABASE direct");
        const fs::path place = folder / "sqlite";
        fs::create_directories(place);
        through_the_gateway(program, place / "office.db", folder, crowd, on_sqlite);
        fs::remove_all(place);
    }
    fs::remove_all(folder);
    fmt::print(R"({{"kiosks":{},"lines":{},"postgres":{},"sqlite":{},"direct":{}}})"
               "\n",
               kKiosks, kLines, on_postgres.json(), on_sqlite.json(), direct.json());
}

}  // namespace
}  // namespace sala::bench

int main(int argc, char** argv) {
    if (argc == 3) return sala::bench::exit_code_of([&] { sala::bench::measure(argv[1], argv[2]); });
    std::fputs("usage: gateway_bench FOLDER SALA_OFFICE\n", stderr);
    return 2;
}
