#include "kiosk/queue/board.h"

#include <algorithm>

namespace sala::queue {

Board board_of(const record::Office& office, const Hall& hall) {
    Board board;
    for (const record::Counter& counter : office.counters) {
        const Ticket* ticket = hall.queue().with(counter.id);
        if (ticket == nullptr || ticket->number.empty()) continue;
        board.now.push_back({counter.id, ticket->number, ticket->delay});
    }
    for (const Call& call : hall.calls()) {
        const bool known =
            std::ranges::find(office.counters, call.counter, &record::Counter::id) != office.counters.end();
        if (known && !call.number.empty()) board.calls.push_back(call);
    }
    for (const record::Division& division : office.divisions) {
        board.waiting.push_back({division.id, hall.queue().waiting_count(division.id)});
    }
    return board;
}

}  // namespace sala::queue
