#include "kiosk/queue/hall.h"

namespace sala::queue {

void Hall::hear(const ledger::Line& line) {
    const auto* called = std::get_if<ledger::TicketCalled>(&line.happening);
    const auto* again = std::get_if<ledger::TicketRecalled>(&line.happening);
    if (called == nullptr && again == nullptr) return;
    const Ticket* ticket = queue_.find(called != nullptr ? called->ticket : again->ticket);
    // Who walked in has no number that could be called out.
    if (ticket == nullptr || ticket->number.empty()) return;
    calls_.push_back({line.stamp.seq, ticket->id, ticket->number, ticket->service.division,
                      called != nullptr ? called->counter : again->counter, again != nullptr, as_of_});
    if (calls_.size() > kCallsMax) calls_.pop_front();
}

void Hall::take(const ledger::Line& line) {
    as_of_ = {line.stamp.utc_ms, line.stamp.mono_ms, line.stamp.boot, line.stamp.clock_trusted};
    if (const auto* opened = std::get_if<ledger::DayOpened>(&line.happening)) day_ = opened->day;
    if (std::holds_alternative<ledger::DayClosed>(line.happening)) {
        day_ = 0;
        calls_.clear();
    }
    times_.take(queue_, line);
    queue_.take(line);
    hear(line);
}

}  // namespace sala::queue
