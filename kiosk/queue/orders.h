// What an officer at a counter may do with the queue, as the lines that the journal then gets.
//
// Pure: each order looks at the queue and answers with lines (their salts are left empty: who writes them
// fills them in), or refuses and nothing changes. The trap: between what an officer sees and what he clicks
// another counter may have been quicker, so every order about a ticket names the ticket that was seen, and
// QUEUE-MOVED-ON says that it is not there any more. Reasons are ids from reasons.h.
#pragma once

#include <functional>

#include "kiosk/queue/queue.h"
#include "platform/base/result.h"

namespace sala::queue {

using Lines = std::vector<ledger::Happening>;

// What is asked of the queue as it stands when its lines can be written; `day` (yyyymmdd) is open then.
using Order = std::function<Result<Lines>(const Queue& queue, int day)>;

struct AtCounter {
    std::string counter, division;  // ids of the office's profile
};

// Ends what is under way, `seen` (nothing: the counter is free), and calls the next of the division: one key
// for the usual case. Where nobody waits it only ends it. Refuses QUEUE-EMPTY (nothing to end and nobody
// waits), QUEUE-MOVED-ON.
Result<Lines> call_next(const Queue& queue, const AtCounter& at, std::optional<TicketId> seen);

// Calls this one. `reason` is asked for where it waits and is not the next; a parked one has been called
// before and needs none. Refuses QUEUE-COUNTER-BUSY, QUEUE-MOVED-ON, QUEUE-NO-REASON.
Result<Lines> call_this(const Queue& queue, const AtCounter& at, TicketId ticket, const std::string& reason);

// The orders below are about the ticket that is with the counter. They refuse QUEUE-MOVED-ON where it is not,
// and QUEUE-NO-REASON where one is asked for and is none of the list.
Result<Lines> recall(const Queue& queue, const AtCounter& at, TicketId seen);
Result<Lines> no_show(const Queue& queue, const AtCounter& at, TicketId seen);
Result<Lines> park(const Queue& queue, const AtCounter& at, TicketId seen, const std::string& reason);
Result<Lines> explain_delay(const Queue& queue, const AtCounter& at, TicketId seen,
                            const std::string& reason);
// The service is done: the ticket goes on to its next one, or is served.
Result<Lines> done(const Queue& queue, const AtCounter& at, TicketId seen);

// Of one that is with this counter, waits or is parked. It keeps its place in time. `to` must be a service of
// the office's profile, and another one than now: else QUEUE-SAME-SERVICE.
Result<Lines> transfer(const Queue& queue, const AtCounter& at, TicketId ticket, const ServiceRef& to,
                       const std::string& reason);

// One that was missed is back. Refuses QUEUE-MOVED-ON.
Result<Lines> come_back(const Queue& queue, const AtCounter& at, TicketId ticket);

// Of one that is with this counter, waits, is parked or was missed.
Result<Lines> cancel(const Queue& queue, const AtCounter& at, TicketId ticket, const std::string& reason);

// Somebody without a ticket. Refuses QUEUE-COUNTER-BUSY.
Result<Lines> walk_in(const Queue& queue, const AtCounter& at, int day, const std::string& service);

// What becomes of those who are open at the day's close.
enum class AtClose {
    kServed,   // no counter calls: who took a ticket counts as served
    kEnded,    // who is with a counter counts as served, all others as cancelled
    kCarried,  // who waits, is with a counter or parked goes on tomorrow, with the same number
};
inline constexpr int kCarriedMax = 3;  // over so many closes; at the next one kEnded holds for that ticket

// Who was called and did not come was missed, whatever the rule. Never refuses.
Lines close(const Queue& queue, AtClose rule);

}  // namespace sala::queue
