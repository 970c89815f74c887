// The counter page and the board over a desk without a disk, for the journey and for a look at the pages.
//
// `sala_counter_page FOLDER` listens on 127.0.0.1, writes authority.crt into FOLDER, prints its port, and
// obeys lines on its standard input, each answered with one line: `issue DIVISION SERVICE [priority]`,
// `call COUNTER` (the next of its division), `recall COUNTER`, `pass MINUTES` (of the clock), `served`
// (how often the kiosk was told of a service that ended). Ends with its input. PINs are 246813 for each
// counter.
#include <unistd.h>

#include <atomic>
#include <iostream>
#include <sstream>

#include "kiosk/counter/counter_server.h"
#include "platform/base/files.h"
#include "platform/http/authority.h"
#include "platform/linux/system_clock.h"
#include "tests/kiosk/counter/memory_desk.h"
#include "tests/kiosk/counter/memory_pins.h"

namespace {

using namespace sala;

// The machine's clock, and what the test lets pass.
class PushedClock final : public Clock {
  public:
    std::int64_t wall_ms() const override { return clock_.wall_ms() + pushed_ms; }
    std::int64_t monotonic_ms() const override { return clock_.monotonic_ms() + pushed_ms; }
    std::string boot_id() const override { return clock_.boot_id(); }
    std::atomic<std::int64_t> pushed_ms = 0;

  private:
    SystemClock clock_;
};

template <typename T>
T must(Result<T> result) {
    if (result) return std::move(result).value();
    std::cerr << result.error().line() << "\n";
    std::exit(1);
}

std::string obey(const std::string& line, const record::Office& office, kiosk::MemoryDesk& desk,
                 PushedClock& clock) {
    std::istringstream words(line);
    std::string what, one, two, three;
    words >> what >> one >> two >> three;
    if (what == "issue") {
        return desk.issue(one, two, office.division(one)->prefix, three == "priority");
    }
    if (what == "pass") {
        clock.pushed_ms += std::stoll(one) * 60'000;
        return "passed";
    }
    const auto counter = std::ranges::find(office.counters, one, &record::Counter::id);
    const Result<void> done = desk.order([&](const queue::Queue& queue, int) {
        const queue::Ticket* with = queue.with(one);
        if (what == "recall") return recall(queue, {one, counter->division}, with->id);
        return call_next(queue, {one, counter->division}, with ? std::optional(with->id) : std::nullopt);
    });
    if (!done) return done.error().code;
    const queue::Ticket* with = desk.hall()->queue().with(one);
    return with ? with->number : "nobody";
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) return 2;
    const std::filesystem::path folder = words[1];
    PushedClock clock;
    kiosk::MemoryDesk desk(clock);
    kiosk::MemoryPins pins(clock);
    std::atomic<int> served = 0;
    kiosk::CounterSetup setup;
    setup.office = record::load_office(SALA_SOURCE_DIR "/assets/demo/office.toml").office.value();
    for (const record::Counter& counter : setup.office.counters) pins.set(counter.id, "246813");
    http::AuthorityIdentity made = must(http::make_authority_identity("127.0.0.1"));
    if (!write_file_durably(folder / "authority.crt", made.authority_pem)) return 1;
    setup.identity = made.identity;
    setup.listen = {"127.0.0.1", 0};
    setup.desk = &desk;
    setup.pins = &pins;
    setup.clock = &clock;
    setup.voice_folder = folder / "voice";
    setup.font_folder = "/usr/share/fonts/truetype/tlwg";
    setup.on_served = [&](const std::string&) { ++served; };
    const record::Office office = setup.office;
    const auto server = must(kiosk::CounterServer::start(std::move(setup)));
    std::cout << server->port() << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
        std::cout << (line == "served" ? std::to_string(served) : obey(line, office, desk, clock))
                  << std::endl;
    }
    return 0;
}
