// A page's order, checked at the border: from the fields of a form to a question to the queue.
#pragma once

#include <memory>
#include <string>

#include "kiosk/counter/form.h"
#include "kiosk/counter/queue_desk.h"
#include "sync/record/office.h"

namespace sala::kiosk {

struct OrderRequest {
    QueueOrder order;
    // The place, "/division/service", of the service that the order ends as served; filled in when the
    // order is asked, empty where it ends none. It says nothing of who was served, by whom, or when.
    std::shared_ptr<const std::string> served;
};

// Fields: `do` (next, call, recall, no-show, park, delay, done, transfer, back, cancel, walk-in); `seen`,
// the id of the ticket that is with the counter, 0 for none; `ticket`, another one; `reason`; `to`, a
// place; `service`. What the office's profile does not know, and a field that `do` does not need, is
// COUNTER-BAD-REQUEST. The order itself refuses what kiosk/queue/orders.h does, and a waiting, parked or
// missed ticket of another division (COUNTER-OTHER-DIVISION).
Result<OrderRequest> order_of(const Form& form, const record::Counter& counter, const record::Office& office);

}  // namespace sala::kiosk
