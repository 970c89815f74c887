// A day of a queue as the store will live it: each order's lines go through the rules of the log, then into
// the queue.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "kiosk/queue/expected_wait.h"
#include "kiosk/queue/orders.h"
#include "sync/ledger/log_state.h"
#include "sync/ledger/note.h"

namespace sala::queue {

inline const AtCounter kTwo{"counter-2", "finance"}, kThree{"counter-3", "finance"},
    kOne{"counter-1", "clerk"};

class QueueDay {
  public:
    static constexpr int kDay = 20270118;

    explicit QueueDay(Ratio ratio = {}) : queue(ratio) {
        const auto key = crypto::SigningKey::from_seed({});
        write(ledger::LogStart{"banmai",
                               ledger::log_origin("banmai.example", ledger::device_code(key.public_key())),
                               key.public_key()});
        open();
    }

    void open(int day = kDay) { write(ledger::DayOpened{day, 5, 10, "day", "burst.1", {"face.1"}}); }
    void close(AtClose rule) {
        write(sala::queue::close(queue, rule));
        write(ledger::DayClosed{state.open_day, state.kind_counts(), {}, 0, {}});
    }

    TicketId issue(const std::string& service = "/finance/land-tax", bool priority = false,
                   std::vector<std::string> then = {}) {
        const std::size_t slash = service.find('/', 1);
        std::optional<ledger::Route> route;
        if (priority || !then.empty()) route = {priority ? "priority" : "ordinary", std::move(then)};
        const TicketId id = state.next_seq;
        write(ledger::TicketIssued{{},
                                   state.open_day,
                                   service.substr(1, slash - 1),
                                   service.substr(slash + 1),
                                   fmt::format("B{:03}", ++issued_ % 1000),
                                   std::move(route)});
        return id;
    }

    // The code of a refusal, or empty.
    std::string obey(const Result<Lines>& order) {
        if (!order) return order.error().code;
        write(*order);
        return "";
    }
    // Who is with the counter then; 0: nobody.
    TicketId call_next(const AtCounter& at) {
        const Ticket* seen = queue.with(at.counter);
        obey(sala::queue::call_next(queue, at, seen == nullptr ? std::nullopt : std::optional(seen->id)));
        const Ticket* now = queue.with(at.counter);
        return now == nullptr ? 0 : now->id;
    }

    void write(const Lines& happenings) {
        for (const ledger::Happening& happening : happenings) write(happening);
    }
    void write(ledger::Happening happening) {
        now_ms += 1000;
        ledger::Line line{{state.next_seq, now_ms, now_ms - 1'799'999'000'000, std::string(32, 'a'), true},
                          std::move(happening)};
        const Result<void> taken = state.take(line);
        ASSERT_TRUE(taken) << taken.error().english << " " << ledger::write_line(line);
        times.take(queue, line);
        queue.take(line);
        lines.push_back(std::move(line));
    }

    std::vector<TicketId> waiting(const std::string& division) const {
        std::vector<TicketId> ids;
        for (const Ticket* ticket : queue.waiting(division)) ids.push_back(ticket->id);
        return ids;
    }

    std::int64_t now_ms = 1'800'000'000'000;  // of the last line; a second passes from line to line
    Queue queue;
    CallTimes times;
    ledger::LogState state;
    std::vector<ledger::Line> lines;

  private:
    int issued_ = 0;
};

}  // namespace sala::queue
