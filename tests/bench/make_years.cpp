// make_years DATA YEARS VISITORS: the data folder of a kiosk that has run for years, for tests/bench.
//
// Every line is the store's own: days are opened and closed by it, at its rules; only the visitors of a day
// come in one transaction, and nothing waits for the disk. Working days of an office: 240 a year.
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <string_view>

#include "kiosk/store/store.h"
#include "kiosk/store/tally_table.h"
#include "sync/ledger/place.h"
#include "tests/bench/bench_tools.h"
#include "tests/fakes/hand_clock.h"

namespace {

using namespace sala;
using namespace sala::kiosk;
using sala::bench::take;

constexpr std::int64_t kFirstMorning = 1'767'582'000'000;  // 2026-01-05 10:00 in Thailand
constexpr std::int64_t kDayMs = 86'400'000;
constexpr int kDaysOfAYear = 240;

// Each visitor takes a ticket and rates; the rating of the first opens the day.
void play_day(Store& store, HandClock& clock, int visitors) {
    const record::Division& division = store.office().divisions.front();
    const record::Service& service = division.services.front();
    VisitToken token = crypto::random_array<16>();
    take(store.store_rating(token, 5));
    take(store.change([&](Draft& draft) -> Result<void> {
        const int day = draft.state().open_day;
        auto ticket =
            store.database().prepare("INSERT INTO ticket(seq, day, division, count) VALUES(?, ?, ?, ?)");
        if (!ticket) return ticket.error();
        for (int i = 1; i <= visitors; ++i) {
            const auto seq = draft.append(ledger::TicketIssued{
                crypto::random_array<16>(), day, division.id, service.id, ticket_number(division.prefix, i)});
            if (!seq) return seq.error();
            ticket->bind(static_cast<std::int64_t>(*seq)).bind(std::int64_t{day}).bind(division.id);
            if (Result<void> kept = ticket->bind(std::int64_t{i}).run(); !kept) return kept;
            if (i == 1) continue;
            const Ballot ballot{ledger::face_page().id, ledger::kWalkUp, "/", {1 + i % 5}};
            if (Result<void> counted = count_ballot(store.database(), ballot); !counted) return counted;
            if (auto cast = draft.append(ledger::Cast{ballot.page}); !cast) return cast.error();
        }
        return {};
    }));
    take(store.close_day());
    clock.pass_ms(kDayMs);
}

int number(const char* text) {
    int value = 0;
    const std::string_view view = text;
    const auto [end, error] = std::from_chars(view.data(), view.data() + view.size(), value);
    return error == std::errc() && end == view.data() + view.size() ? value : 0;
}

void make(const char* folder, int years, int visitors) {
    const auto loaded = record::load_office(std::string(SALA_SOURCE_DIR) + "/assets/demo/office.toml");
    HandClock clock(kFirstMorning);
    Store store = take(Store::open(take(DataFolder::lock(folder)), *loaded.office,
                                   crypto::sha256(bytes_of(loaded.bytes)), clock, "years"));
    take(store.database().execute("PRAGMA synchronous=OFF"));
    for (int day = 0; day < years * kDaysOfAYear; ++day) play_day(store, clock, visitors);
    std::printf("%llu lines\n", static_cast<unsigned long long>(store.position().tree.size()));
}

}  // namespace

int main(int argc, char** argv) {
    const int years = argc == 4 ? number(argv[2]) : 0;
    const int visitors = argc == 4 ? number(argv[3]) : 0;
    if (years < 1 || years > 100 || visitors < 1 || visitors > Store::kTicketsADayMax) {
        std::fputs("usage: make_years DATA YEARS VISITORS\n", stderr);
        return 2;
    }
    return sala::bench::exit_code_of([&] { make(argv[1], years, visitors); });
}
