// queue_bench: the queue under load; one line of JSON with every sample.
//
//   queue_bench issue FOLDER OFFICE      50 threads take tickets while ten counters call over HTTPS, and bare
//                                        4 KiB writes, in turn; ends with a reading of the journal
//   queue_bench board FOLDER OFFICE      a call until each of twenty boards has it, bursts of ten, and memory
//   queue_bench call PORT SECONDS COUNTER=PIN...
//                                        counters that call at a kiosk which is running already
//
// FOLDER/data is the kiosk's, and goes on from what stands in it.
#include <fmt/ranges.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <future>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>

#include "sync/record/office.h"
#include "tests/bench/bench_tools.h"
#include "tests/bench/page_client.h"
#include "tests/bench/queue_hall.h"

namespace sala::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kFirstCounterPeer = 100, kFirstBoardPeer = 10;
constexpr auto kWhileNothingIsCalled = std::chrono::milliseconds(20);

record::Office read_office(const fs::path& path) {
    const record::LoadedOffice loaded = record::load_office(path);
    if (!loaded.office) give_up("the office could not be read");
    return *loaded.office;
}

// So many counters that press as soon as their page lets them, each a browser with a thread.
class Counters {
  public:
    Counters(std::uint16_t port, const std::vector<std::pair<std::string, std::string>>& pins) {
        std::uint32_t peer = kFirstCounterPeer;
        for (const auto& [counter, pin] : pins)
            counters_.push_back(std::make_unique<CallingCounter>(port, peer++, counter, pin));
    }

    void begin() {
        stop_ = false;
        for (const auto& counter : counters_) {
            running_.push_back(std::async(std::launch::async, [this, &counter] {
                while (!stop_) {
                    if (!counter->call_next()) std::this_thread::sleep_for(kWhileNothingIsCalled);
                }
            }));
        }
    }

    void end() {
        stop_ = true;
        for (auto& one : running_) one.get();
        running_.clear();
    }

    CallingCounter& operator[](std::size_t i) { return *counters_[i]; }
    std::size_t size() const { return counters_.size(); }

    std::uint64_t calls() const {
        std::uint64_t all = 0;
        for (const auto& counter : counters_) all += counter->calls();
        return all;
    }

  private:
    std::vector<std::unique_ptr<CallingCounter>> counters_;
    std::vector<std::future<void>> running_;
    std::atomic<bool> stop_ = false;
};

std::uint16_t port_of(QueueHall& hall) { return static_cast<std::uint16_t>(std::stoi(hall.ask("port"))); }

std::vector<std::pair<std::string, std::string>> with_pins(const record::Office& office) {
    std::vector<std::pair<std::string, std::string>> pins;
    for (const record::Counter& counter : office.counters) pins.emplace_back(counter.id, kCounterPin);
    return pins;
}

// ---- issue ----

void issue(const fs::path& folder, const fs::path& office_path) {
    constexpr int kRounds = 8, kTickets = 1'000, kBareWrites = 500;
    QueueHall hall(folder / "data", folder / "bare", office_path);
    const record::Office office = read_office(office_path);
    std::optional<Counters> at_counters(std::in_place, port_of(hall), with_pins(office));
    Counters& counters = *at_counters;
    std::vector<double> ours, theirs, waits_ms, calls;
    for (int round = 0; round < kRounds; ++round) {
        const std::uint64_t before = counters.calls();
        counters.begin();
        const double begun = now_ms();
        std::istringstream said(hall.ask(fmt::format("issue {}", kTickets)));
        calls.push_back(static_cast<double>(counters.calls() - before) * 1000 / (now_ms() - begun));
        counters.end();
        double number = 0;
        said >> number;
        ours.push_back(number);
        while (said >> number) waits_ms.push_back(number);
        theirs.push_back(std::stod(hall.ask(fmt::format("bare {}", kBareWrites))));
    }
    const std::uint64_t all_calls = counters.calls();
    at_counters.reset();
    std::istringstream checked(hall.ask("check"));
    std::uint64_t tickets = 0, called = 0;
    checked >> tickets >> called;
    if (tickets != kRounds * kTickets || called < all_calls) give_up("the journal holds too little");
    fmt::print("{{\"ours\":{},\"other\":{},\"waits_ms\":{},\"calls\":{},\"tickets\":{},\"called\":{}}}\n",
               ours, theirs, waits_ms, calls, tickets, called);
}

// ---- board ----

// A board that notes when it had which call first.
class Board {
  public:
    Board(std::uint16_t port, std::uint32_t peer) : page_(port, peer) {
        page_.listen("/board-events");
        if (!page_.next_event()) give_up("a board was not let in");
        thread_ = std::thread([this] { run(); });
    }
    ~Board() {
        page_.hang_up();
        thread_.join();
    }

    // When it had the call that is the `index`th since its opening; waits for it.
    double had_ms(std::size_t index) {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, std::chrono::seconds(30), [&] { return had_.size() > index; }))
            give_up("a call did not reach a board");
        return had_[index].second;
    }

    // In the order in which they came, which is that of their numbers.
    std::vector<std::uint64_t> calls() {
        const std::lock_guard lock(mutex_);
        std::vector<std::uint64_t> all;
        for (const auto& [seq, at] : had_) all.push_back(seq);
        return all;
    }

  private:
    void run() {
        while (const auto event = page_.next_event()) {
            const double now = now_ms();
            const std::lock_guard lock(mutex_);
            constexpr std::string_view kSeq = "{\"seq\":";
            for (std::size_t at = event->find(kSeq); at != event->npos; at = event->find(kSeq, at + 1)) {
                std::uint64_t seq = 0;
                std::from_chars(event->data() + at + kSeq.size(), event->data() + event->size(), seq);
                const bool known =
                    std::ranges::any_of(had_, [&](const auto& call) { return call.first == seq; });
                if (!known) had_.emplace_back(seq, now);
            }
            changed_.notify_all();
        }
    }

    PageClient page_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::pair<std::uint64_t, double>> had_;
    std::thread thread_;
};

void board(const fs::path& folder, const fs::path& office_path) {
    constexpr std::size_t kBoards = 20, kCalls = 60, kBursts = 6;
    constexpr auto kPause = std::chrono::milliseconds(60);  // the page's own limit is one in fifty
    QueueHall hall(folder / "data", folder / "bare", office_path);
    const record::Office office = read_office(office_path);
    hall.ask("tickets 300");
    const std::uint16_t port = port_of(hall);
    const double before = hall.pss_mb();
    Counters counters(port, with_pins(office));
    std::vector<std::unique_ptr<Board>> boards;
    for (std::uint32_t i = 0; i < kBoards; ++i)
        boards.push_back(std::make_unique<Board>(port, kFirstBoardPeer + i));
    std::vector<double> reach_ms, burst_ms;
    std::size_t done = 0;
    for (; done < kCalls; ++done) {
        const double pressed = now_ms();
        while (!counters[done % counters.size()].call_next()) std::this_thread::sleep_for(kPause);
        for (const auto& one : boards) reach_ms.push_back(one->had_ms(done) - pressed);
        std::this_thread::sleep_for(kPause);
    }
    for (std::size_t burst = 0; burst < kBursts; ++burst) {
        const double pressed = now_ms();
        std::vector<std::future<bool>> presses;
        for (std::size_t i = 0; i < counters.size(); ++i)
            presses.push_back(std::async(std::launch::async, [&, i] { return counters[i].call_next(); }));
        for (auto& press : presses) {
            if (!press.get()) give_up("a call of a burst was refused");
        }
        done += counters.size();
        for (const auto& one : boards) burst_ms.push_back(one->had_ms(done - 1) - pressed);
        std::this_thread::sleep_for(kPause);
    }
    const double after = hall.pss_mb();
    for (const auto& one : boards) {
        const std::vector<std::uint64_t> calls = one->calls();
        if (calls.size() != done || !std::ranges::is_sorted(calls) || calls != boards.front()->calls())
            give_up("a board did not show every call in order");
    }
    fmt::print("{{\"reach_ms\":{},\"burst_ms\":{},\"memory_mb\":{},\"calls\":{}}}\n", reach_ms, burst_ms,
               after - before, done);
}

// ---- call ----

void call(int argc, char** argv) {
    constexpr int kFirstPin = 4;
    std::vector<std::pair<std::string, std::string>> pins;
    for (int i = kFirstPin; i < argc; ++i) {
        const std::string pair = argv[i];
        const std::size_t equals = pair.find('=');
        if (equals == pair.npos) give_up("COUNTER=PIN");
        pins.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
    Counters counters(static_cast<std::uint16_t>(std::stoi(argv[2])), pins);
    counters.begin();
    fmt::print("calling\n");
    std::fflush(stdout);
    std::this_thread::sleep_for(std::chrono::seconds(std::stoi(argv[3])));
    counters.end();
    fmt::print("{}\n", counters.calls());
}

}  // namespace
}  // namespace sala::bench

int main(int argc, char** argv) {
    // All sides wait for the disk and each other, not for other programs, as far as the machine allows.
    const sched_param priority{1};
    sched_setscheduler(0, SCHED_FIFO, &priority);
    const std::string_view what = argc > 1 ? argv[1] : "";
    const auto run = [&](void (*measure)(const std::filesystem::path&, const std::filesystem::path&)) {
        return sala::bench::exit_code_of([&] { measure(argv[2], argv[3]); });
    };
    if (what == "issue" && argc == 4) return run(sala::bench::issue);
    if (what == "board" && argc == 4) return run(sala::bench::board);
    if (what == "call" && argc > 4) return sala::bench::exit_code_of([&] { sala::bench::call(argc, argv); });
    std::fputs(
        "usage: queue_bench issue|board FOLDER OFFICE\n       queue_bench call PORT SECONDS COUNTER=PIN...\n",
        stderr);
    return 2;
}
