#include "kiosk/queue/orders.h"

#include "kiosk/queue/reasons.h"

namespace sala::queue {
namespace {

Error moved_on() {
    return {"QUEUE-MOVED-ON", "คิวนี้เปลี่ยนไปแล้ว อาจมีช่องบริการอื่นทำก่อน จึงไม่ได้ทำรายการ โปรดดูรายการล่าสุดแล้วเลือกใหม่",
            "this ticket has moved on, perhaps another counter was quicker; nothing was done: look at the "
            "list as it is now and choose again"};
}
Error counter_busy() {
    return {
        "QUEUE-COUNTER-BUSY", "ช่องบริการนี้มีคิวอยู่แล้ว จึงไม่ได้เรียก โปรดกดเสร็จสิ้น พักคิว หรือไม่มาแสดงตน ก่อน",
        "this counter has a ticket already, so nobody was called; first say that it is served, parked or did "
        "not come"};
}
Error empty() {
    return {"QUEUE-EMPTY", "ไม่มีผู้รอคิวของส่วนราชการนี้", "nobody waits in the series of this division"};
}
Error no_reason() {
    return {"QUEUE-NO-REASON", "รายการนี้ต้องบอกเหตุผล จึงยังไม่ได้ทำ โปรดเลือกเหตุผลจากรายการ",
            "this needs a reason, so it was not done; choose one from the list"};
}
Error same_service() {
    return {"QUEUE-SAME-SERVICE", "คิวนี้อยู่ที่งานบริการนั้นอยู่แล้ว จึงไม่ได้โอน โปรดเลือกงานอื่น",
            "the ticket is with that service already, so it was not transferred; choose another one"};
}

bool is_with(const Queue& queue, const AtCounter& at, TicketId ticket) {
    const Ticket* present = queue.with(at.counter);
    return present != nullptr && present->id == ticket;
}

// An order about the ticket that the officer sees at the counter.
template <typename Line>
Result<Lines> about_present(const Queue& queue, const AtCounter& at, TicketId seen, Line line) {
    if (!is_with(queue, at, seen)) return moved_on();
    line.ticket = seen;
    line.counter = at.counter;
    return Lines{std::move(line)};
}

// May this counter decide about it: not where it is with another one, or gone.
bool within_reach(const Queue& queue, const AtCounter& at, TicketId ticket) {
    const Ticket* found = queue.find(ticket);
    return found != nullptr && (found->counter.empty() || found->counter == at.counter);
}

ledger::TicketCalled called_next(const Ticket& ticket, const AtCounter& at) {
    return {{}, ticket.id, at.counter, "next", ""};
}

}  // namespace

Result<Lines> call_next(const Queue& queue, const AtCounter& at, std::optional<TicketId> seen) {
    const Ticket* present = queue.with(at.counter);
    if (seen != (present == nullptr ? std::nullopt : std::optional(present->id))) return moved_on();
    if (present == nullptr) {
        const Ticket* next = queue.next(at.division);
        return next == nullptr ? Result<Lines>(empty()) : Lines{called_next(*next, at)};
    }
    Lines lines = *done(queue, at, present->id);
    // Who goes on to another service may be the next one again.
    std::optional<Queue> then;
    if (!present->then.empty()) then.emplace(queue).take({{}, lines.front()});
    const Ticket* next = (then ? *then : queue).next(at.division);
    if (next != nullptr) lines.emplace_back(called_next(*next, at));
    return lines;
}

Result<Lines> call_this(const Queue& queue, const AtCounter& at, TicketId ticket, const std::string& reason) {
    const Ticket* found = queue.find(ticket);
    if (found == nullptr) return moved_on();
    if (queue.with(at.counter) != nullptr) return counter_busy();
    ledger::TicketCalled call{{}, ticket, at.counter, "chosen", reason};
    if (found->standing == Standing::kParked || found == queue.next(at.division)) {
        call.how = found->standing == Standing::kParked ? "parked" : "next";
        call.reason.clear();
        return Lines{call};
    }
    if (found->standing != Standing::kWaiting) return moved_on();
    if (find_reason(reasons_to_choose(), reason) == nullptr) return no_reason();
    return Lines{call};
}

Result<Lines> recall(const Queue& queue, const AtCounter& at, TicketId seen) {
    return about_present(queue, at, seen, ledger::TicketRecalled{});
}

Result<Lines> no_show(const Queue& queue, const AtCounter& at, TicketId seen) {
    return about_present(queue, at, seen, ledger::TicketMissed{});
}

Result<Lines> park(const Queue& queue, const AtCounter& at, TicketId seen, const std::string& reason) {
    if (find_reason(reasons_to_park(), reason) == nullptr) return no_reason();
    return about_present(queue, at, seen, ledger::TicketParked{{}, 0, "", reason});
}

Result<Lines> explain_delay(const Queue& queue, const AtCounter& at, TicketId seen,
                            const std::string& reason) {
    if (find_reason(reasons_of_delay(), reason) == nullptr) return no_reason();
    return about_present(queue, at, seen, ledger::TicketDelayed{{}, 0, "", reason});
}

Result<Lines> done(const Queue& queue, const AtCounter& at, TicketId seen) {
    if (!is_with(queue, at, seen)) return moved_on();
    if (!queue.find(seen)->then.empty()) return Lines{ledger::ServiceDone{{}, seen, at.counter}};
    return Lines{ledger::TicketServed{{}, seen, "counter", at.counter}};
}

Result<Lines> transfer(const Queue& queue, const AtCounter& at, TicketId ticket, const ServiceRef& to,
                       const std::string& reason) {
    if (!within_reach(queue, at, ticket)) return moved_on();
    const Ticket& found = *queue.find(ticket);
    if (found.standing == Standing::kMissed) return moved_on();
    if (found.service == to) return same_service();
    if (find_reason(reasons_to_transfer(), reason) == nullptr) return no_reason();
    return Lines{ledger::TicketTransferred{{}, ticket, at.counter, to.division, to.service, reason}};
}

Result<Lines> come_back(const Queue& queue, const AtCounter& at, TicketId ticket) {
    const Ticket* found = queue.find(ticket);
    if (found == nullptr || found->standing != Standing::kMissed) return moved_on();
    return Lines{ledger::TicketReturned{{}, ticket, at.counter}};
}

Result<Lines> cancel(const Queue& queue, const AtCounter& at, TicketId ticket, const std::string& reason) {
    if (!within_reach(queue, at, ticket)) return moved_on();
    if (find_reason(reasons_to_cancel(), reason) == nullptr) return no_reason();
    return Lines{ledger::TicketCancelled{{}, ticket, at.counter, reason}};
}

Result<Lines> walk_in(const Queue& queue, const AtCounter& at, int day, const std::string& service) {
    if (queue.with(at.counter) != nullptr) return counter_busy();
    return Lines{ledger::WalkIn{{}, day, at.division, service, at.counter}};
}

Lines close(const Queue& queue, AtClose rule) {
    Lines lines;
    for (const auto& [id, ticket] : queue.tickets()) {
        if (ticket.standing == Standing::kMissed) continue;
        if (rule == AtClose::kCarried && ticket.carried < kCarriedMax) {
            lines.emplace_back(ledger::TicketCarried{{}, id});
        } else if (rule == AtClose::kServed || ticket.standing == Standing::kCalled) {
            lines.emplace_back(ledger::TicketServed{{}, id, "close"});
        } else {
            lines.emplace_back(ledger::TicketCancelled{{}, id, "", "close"});
        }
    }
    return lines;
}

}  // namespace sala::queue
