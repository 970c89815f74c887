#include "tests/bench/kiosk_days.h"

#include "tests/bench/bench_tools.h"

namespace sala::bench {
namespace {

constexpr int kFirstYear = 2027, kDaysAMonth = 28;
constexpr int kEnvelopes = 4;

int date_of(int number) {
    const int month = number / kDaysAMonth;
    return (kFirstYear + month / 12) * 10'000 + (month % 12 + 1) * 100 + number % kDaysAMonth + 1;
}

}  // namespace

record::Office sample_office() {
    const auto named = [](const char* text) { return record::Phrase{text, text}; };
    record::Office office;
    office.id = "banmai";
    office.domain = "banmai.example";
    office.name = named("อบต.บ้านใหม่");
    office.divisions = {{"finance", named("กองคลัง"), 'B', {{"land-tax", named("ภาษีที่ดิน")}}}};
    return office;
}

std::string add_day(office::LogBuilder& log, int number, std::uint64_t lines) {
    const std::uint64_t from = number == 0 ? 0 : log.size(), end = from + lines;
    const int day = date_of(number);
    log.open_day(day);
    std::uint64_t casts = 0;
    for (std::uint64_t i = 0; log.size() < end - kEnvelopes - 1; ++i) {
        if (i % 9 < 3 && log.size() + 2 < end - kEnvelopes) {
            const std::string called = fmt::format("B{:03}", i % 900 + 1);
            log.serve(log.add(ledger::TicketIssued{{}, day, "finance", "land-tax", called}));
        } else if (i % 9 < 8) {
            log.cast(1);
            ++casts;
        } else {
            log.add(ledger::Alive{});
        }
    }
    const std::uint64_t each = casts / (3 * kEnvelopes);
    for (int i = 0; i < kEnvelopes; ++i) log.seal("/", {day}, {0, 0, 0, 1, 2, each - 3});
    log.close_day();
    if (log.size() != end || !log.rules_kept()) give_up("an invented day breaks the rules of the log");
    return log.bundle(from, end);
}

}  // namespace sala::bench
