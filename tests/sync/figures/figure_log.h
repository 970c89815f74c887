// A log written line by line, by clocks that the test turns; each line goes through the rules of the log.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sync/figures/log_reader.h"
#include "sync/ledger/log_state.h"
#include "sync/ledger/note.h"

namespace sala::figures {

inline constexpr std::int64_t kMinute_ms = 60'000;
inline constexpr std::int64_t kTen_ms = 1'799'982'000'000;  // 15 January 2027, 10:00 in Thailand

inline record::DateRange days(int first, int last) {
    return {*record::date_of(first), *record::date_of(last)};
}

class FigureLog {
  public:
    FigureLog() {
        const auto key = crypto::SigningKey::from_seed({});
        say(ledger::LogStart{"banmai",
                             ledger::log_origin("banmai.example", ledger::device_code(key.public_key())),
                             key.public_key()});
    }
    // Writes it if it keeps the rules.
    bool try_to_say(ledger::Happening happening) {
        ledger::Line line{{state.next_seq, utc_ms, mono_ms, boot, trusted && utc_ms >= state.trusted_utc_ms},
                          std::move(happening)};
        if (!state.take(line)) return false;
        lines.push_back(std::move(line));
        return true;
    }
    std::uint64_t say(ledger::Happening happening) {
        const std::uint64_t seq = state.next_seq;
        EXPECT_TRUE(try_to_say(std::move(happening))) << seq;
        return seq;
    }
    void pass(std::int64_t ms) {
        utc_ms += ms;
        mono_ms += ms;
    }
    void minutes(int n) { pass(n * kMinute_ms); }
    void reboot() {
        boot = fmt::format("{:032x}", ++boots_);
        mono_ms = 5000;
    }

    void open(int day) { say(ledger::DayOpened{day, 5, 10, "day", "burst.1", {"face.1"}}); }
    void close() { say(ledger::DayClosed{state.open_day, state.kind_counts(), {}, 0, {}}); }
    std::uint64_t issue(const std::string& service = "tax", std::vector<std::string> then = {}) {
        std::optional<ledger::Route> route;
        if (!then.empty()) route = {"ordinary", std::move(then)};
        return say(ledger::TicketIssued{{}, state.open_day, "finance", service, "B001", std::move(route)});
    }
    void call(std::uint64_t ticket, const std::string& counter = "c1") {
        say(ledger::TicketCalled{{}, ticket, counter, "next", ""});
    }
    void serve(std::uint64_t ticket, const std::string& counter = "c1") {
        say(ledger::TicketServed{{}, ticket, "counter", counter});
    }
    // One who waits and is served so many minutes.
    void visitor(int wait, int service, const std::string& counter = "c1") {
        const std::uint64_t ticket = issue();
        minutes(wait);
        call(ticket, counter);
        minutes(service);
        serve(ticket, counter);
    }

    QueueFigures figures(const record::DateRange& range = days(20270101, 20271231),
                         const DayRules& rules = {}) const {
        QueueFigures out;
        LogReader reader(out, range, rules);
        for (const ledger::Line& line : lines) reader.take(line);
        reader.finish();
        return out;
    }

    std::int64_t utc_ms = kTen_ms, mono_ms = 1000;
    std::string boot = std::string(32, 'a');
    bool trusted = true;
    ledger::LogState state;
    std::vector<ledger::Line> lines;

  private:
    int boots_ = 0;
};

}  // namespace sala::figures
