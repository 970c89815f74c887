#include "tests/bench/queue_hall.h"

#include <fmt/ranges.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <atomic>
#include <cstdio>
#include <future>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "kiosk/app/counter_page.h"
#include "kiosk/app/store_thread.h"
#include "platform/base/files.h"
#include "tests/bench/bare_file.h"

namespace sala::bench {
namespace {

namespace fs = std::filesystem;

// Goes on from a Friday morning (10:00 in Thailand), after what ten years of journal have seen.
class MorningClock final : public Clock {
  public:
    std::int64_t wall_ms() const override { return kFridayMorning + passed_ms(); }
    std::int64_t monotonic_ms() const override { return 1'000'000 + passed_ms(); }
    std::string boot_id() const override { return std::string(32, 'b'); }

  private:
    static constexpr std::int64_t kFridayMorning = 2'115'601'200'000;  // 2037-01-15 10:00 in Thailand
    std::int64_t passed_ms() const { return static_cast<std::int64_t>(now_ms() - begun_ms_); }
    const double begun_ms_ = now_ms();
};

// Where and how a kiosk issued what it acknowledged.
struct Issued {
    std::string division, number;
    queue::TicketId id = 0;
};

class Hall {
  public:
    Hall(const fs::path& data, const fs::path& bare, const fs::path& office) : data_(data), bare_(bare) {
        const record::LoadedOffice loaded = record::load_office(office);
        if (!loaded.office) give_up("the office could not be read");
        office_ = *loaded.office;
        office_.counter_page = record::ListenAt{"127.0.0.1", 0};
        kiosk::Store store = take(kiosk::Store::open(take(kiosk::DataFolder::lock(data_)), office_,
                                                     crypto::sha256(bytes_of("config")), clock_, "bench"));
        for (const record::Counter& counter : office_.counters)
            take(kiosk::PinLock::set(store.database(), kCounterPin, counter.id));
        from_ = store.position().tree.size();
        thread_.emplace(
            std::move(store), [](const kiosk::Event&) {}, kiosk::DeskSettings{}, &clock_);
        page_ = take(kiosk::CounterPage::start(office_, data_, *thread_, thread_->on_store(), clock_,
                                               [](const kiosk::Event&) {}));
    }

    std::string answer(const std::string& line) {
        std::istringstream words(line);
        std::string what;
        int count = 0;
        words >> what >> count;
        if (what == "port") return std::to_string(page_->port());
        if (what == "tickets") {
            for (int i = 0; i < count; ++i) issue();
            return "ok";
        }
        if (what == "issue") return issue_at_once(count);
        if (what == "bare") return fmt::format("{}", per_second(count, [this] { bare_.write_block(); }));
        if (what == "check") return check();
        return "error: unknown";
    }

  private:
    void issue() {
        const auto turn = static_cast<std::size_t>(next_++);
        const record::Division& division = office_.divisions[turn % office_.divisions.size()];
        const kiosk::TicketWish wish{division.id, division.services.front().id, turn % 10 == 9, {}};
        kiosk::TicketReceipt ticket;
        const auto token = crypto::random_array<16>();
        take(thread_->act([&](kiosk::Store& store) -> Result<void> {
            const auto done = store.issue_ticket(token, wish);
            if (done) ticket = *done;
            return done ? Result<void>() : done.error();
        }));
        const std::lock_guard lock(mutex_);
        issued_.push_back({division.id, ticket.number, ticket.id});
    }

    std::string issue_at_once(int count) {
        std::atomic<int> left = count;
        std::vector<std::future<std::vector<double>>> issuers;
        const double begun = now_ms();
        for (int i = 0; i < kIssuers; ++i) {
            issuers.push_back(std::async(std::launch::async, [&] {
                std::vector<double> waits_ms;
                while (left-- > 0) {
                    const double asked = now_ms();
                    issue();
                    waits_ms.push_back(now_ms() - asked);
                }
                return waits_ms;
            }));
        }
        std::vector<double> waits_ms;
        for (auto& issuer : issuers) {
            const auto waits = issuer.get();
            waits_ms.insert(waits_ms.end(), waits.begin(), waits.end());
        }
        return fmt::format("{} {}", count * 1000.0 / (now_ms() - begun), fmt::join(waits_ms, " "));
    }

    // From the journal, read anew: what was acknowledged is there, once, no number is missing or given twice,
    // and nobody was called by two counters.
    std::string check() {
        page_.reset();
        thread_.reset();
        kiosk::Store store = take(kiosk::Store::open(take(kiosk::DataFolder::lock(data_)), office_,
                                                     crypto::sha256(bytes_of("config")), clock_, "bench"));
        std::map<std::string, std::map<std::string, queue::TicketId>> by_division;
        std::map<queue::TicketId, std::set<std::string>> counters;
        std::uint64_t calls = 0;
        take(kiosk::each_line(
            store.database(), from_, store.position().tree.size(),
            [&](std::string_view text) -> Result<void> {
                const ledger::Line line = take(ledger::parse_line(text));
                if (const auto* one = std::get_if<ledger::TicketIssued>(&line.happening)) {
                    if (!by_division[one->division].emplace(one->number, line.stamp.seq).second)
                        give_up("the number " + one->number + " was given twice");
                }
                if (const auto* call = std::get_if<ledger::TicketCalled>(&line.happening)) {
                    counters[call->ticket].insert(call->counter);
                    ++calls;
                }
                return {};
            }));
        for (const Issued& one : issued_) {
            const auto& numbers = by_division[one.division];
            const auto found = numbers.find(one.number);
            if (found == numbers.end() || found->second != one.id)
                give_up("the number " + one.number + " was acknowledged and is lost");
        }
        std::size_t tickets = 0;
        for (const auto& [id, numbers] : by_division) {
            const record::Division& division = *office_.division(id);
            for (std::size_t i = 1; i <= numbers.size(); ++i) {
                const std::string number = kiosk::ticket_number(division.prefix, static_cast<int>(i));
                if (!numbers.contains(number)) give_up("the number " + number + " is missing");
            }
            tickets += numbers.size();
        }
        if (tickets != issued_.size()) give_up("the journal has tickets that nobody was given");
        for (const auto& [ticket, by] : counters) {
            if (by.size() > 1)
                give_up(fmt::format("the ticket {} was called by {} counters", ticket, by.size()));
        }
        return fmt::format("{} {}", tickets, calls);
    }

    fs::path data_;
    BareFile bare_;
    MorningClock clock_;
    record::Office office_;
    std::uint64_t from_ = 0;
    std::optional<kiosk::StoreThread> thread_;
    std::unique_ptr<kiosk::CounterPage> page_;
    std::atomic<int> next_ = 0;
    std::mutex mutex_;
    std::vector<Issued> issued_;
};

void serve(const fs::path& data, const fs::path& bare, const fs::path& office) {
    const int code = exit_code_of([&] {
        Hall hall(data, bare, office);
        for (std::string line; std::getline(std::cin, line);) std::cout << hall.answer(line) << std::endl;
    });
    std::fflush(nullptr);
    std::_Exit(code);
}

}  // namespace

QueueHall::QueueHall(const fs::path& data, const fs::path& bare, const fs::path& office) {
    int down[2], up[2];
    if (::pipe(down) != 0 || ::pipe(up) != 0) give_up("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(down[0], STDIN_FILENO);
        ::dup2(up[1], STDOUT_FILENO);
        for (const int end : {down[0], down[1], up[0], up[1]}) ::close(end);
        serve(data, bare, office);
    }
    ::close(down[0]);
    ::close(up[1]);
    to_ = down[1];
    from_ = up[0];
}

QueueHall::~QueueHall() {
    ::close(to_);
    ::close(from_);
    ::waitpid(pid_, nullptr, 0);
}

std::string QueueHall::ask(std::string_view line) {
    const std::string text = std::string(line) + "\n";
    if (::write(to_, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        give_up("the hall is gone");
    std::size_t end = 0;
    while ((end = heard_.find('\n')) == heard_.npos) {
        char room[4096];
        const ssize_t count = ::read(from_, room, sizeof room);
        if (count <= 0) give_up("the hall ended");
        heard_.append(room, static_cast<std::size_t>(count));
    }
    std::string answer = heard_.substr(0, end);
    heard_.erase(0, end + 1);
    if (answer.starts_with("error")) give_up(answer);
    return answer;
}

double QueueHall::pss_mb() const {
    const auto text = take(read_file(fmt::format("/proc/{}/smaps_rollup", pid_), 1 << 16));
    const std::size_t at = text.find("\nPss:");
    return std::stod(text.substr(at + 5)) * 1024 / 1e6;
}

}  // namespace sala::bench
