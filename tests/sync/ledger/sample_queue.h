// One day of a queue at two counters, and the morning after: every line about tickets that version 2 adds.
// What the golden files `queue*` hold.
#pragma once

#include "tests/sync/ledger/sample.h"

namespace sala::ledger::sample {

inline crypto::SigningKey queue_key() { return crypto::SigningKey::from_seed(seed_from(160)); }
inline std::string queue_origin() { return log_origin(kDomain, device_code(queue_key().public_key())); }

inline constexpr int kQueueDay = 20270118;

// A ticket's line, with a salt of its own.
class QueueLog : public Log {
  public:
    template <typename Ticket>
    std::uint64_t say(Ticket line) {
        line.salt = salt_from(static_cast<std::uint8_t>(size()));
        const std::uint64_t seq = size();
        add(std::move(line));
        return seq;
    }
    std::uint64_t issue(const char* service, const char* number, std::optional<Route> route = {}) {
        return say(TicketIssued{{}, kQueueDay, "finance", service, number, std::move(route)});
    }
};

// By kind, since the close before; `log` has had no close.
inline std::vector<KindCount> counted(Log log) {
    LogState state;
    for (const Line& line : std::move(log).lines()) {
        if (!state.take(line)) return {};
    }
    return state.kind_counts();
}

inline std::vector<Line> queue_lines() {
    QueueLog log;
    log.add(LogStart{"banmai", queue_origin(), queue_key().public_key()});
    log.add(DayOpened{kQueueDay, 5, 10, "day", "burst.1", {"face.1"}});
    const std::string two = "counter-2", three = "counter-3";
    const auto plain = log.issue("land-tax", "B001");
    const auto one_stop =
        log.issue("land-tax", "B002", Route{"ordinary", {"/finance/sign-tax", "/clerk/water"}});
    const auto priority = log.issue("sign-tax", "B003", Route{"priority", {}});
    log.say(PrintFailed{{}, priority, "paper"});
    log.add(Officer{"desk", "", "entered"});
    log.say(TicketReprinted{{}, priority});
    const auto late = log.issue("land-tax", "B004");
    const auto wrong = log.issue("sign-tax", "B005");
    log.say(TicketCalled{{}, priority, two, "next", ""});
    log.say(TicketCalled{{}, plain, three, "next", ""});
    log.say(TicketRecalled{{}, plain, three});
    log.say(TicketMissed{{}, plain, three});
    log.say(TicketCalled{{}, late, three, "chosen", "emergency"});
    log.say(TicketDelayed{{}, late, three, "system-down"});
    log.say(TicketServed{{}, priority, "counter", two});
    log.say(TicketReturned{{}, plain, two});
    log.say(TicketCalled{{}, one_stop, two, "next", ""});
    log.say(ServiceDone{{}, one_stop, two});
    log.say(TicketCalled{{}, one_stop, two, "next", ""});
    log.say(TicketParked{{}, one_stop, two, "copies"});
    const auto walked = log.say(WalkIn{{}, kQueueDay, "finance", "commercial", two});
    log.say(TicketServed{{}, walked, "counter", two});
    log.say(TicketTransferred{{}, wrong, "", "clerk", "water", "wrong-service"});
    log.say(TicketCalled{{}, one_stop, two, "parked", ""});
    log.say(TicketServed{{}, late, "counter", three});
    log.say(TicketCalled{{}, plain, three, "next", ""});
    log.say(TicketMissed{{}, plain, three});
    log.say(TicketCancelled{{}, wrong, "", "went-home"});
    log.say(TicketCarried{{}, one_stop});
    const std::vector<KindCount> kinds = counted(log);
    log.add(DayClosed{kQueueDay, kinds, {}, 0, {}});
    DayOpened next{20270119, 5, 10, "day", "burst.1", {"face.1"}};
    log.add(next);
    log.say(TicketCalled{{}, one_stop, two, "next", ""});
    log.say(ServiceDone{{}, one_stop, two});
    log.say(TicketServed{{}, one_stop, "close"});
    log.add(DayClosed{20270119,
                      {{"day_opened", 1}, {"service_done", 1}, {"ticket_called", 1}, {"ticket_served", 1}},
                      {},
                      0,
                      {}});
    return std::move(log).lines();
}

inline std::string queue_bundle() {
    const std::vector<Line> all = queue_lines();
    return write_bundle({"banmai", kDomain, {}, written(all, 0, all.size()), ""}, queue_key());
}

}  // namespace sala::ledger::sample
