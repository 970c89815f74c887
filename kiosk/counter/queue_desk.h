// Where the counters' orders go: the kiosk's store, seen from the threads that serve browsers.
//
// An order is a question to the queue as it stands at that moment (kiosk/queue/orders.h) and its lines are
// on disk when it is answered, so of two clicks on one ticket the second is refused. The trap: a hall that
// was read before is old; only the order itself decides.
#pragma once

#include <functional>
#include <memory>

#include "kiosk/queue/hall.h"
#include "kiosk/queue/orders.h"

namespace sala::kiosk {

// Asked on the store's thread; again where nothing of it could be kept. Must not block.
using QueueOrder = queue::Order;

using HallShared = std::shared_ptr<const queue::Hall>;

class QueueDesk {
  public:
    virtual ~QueueDesk() = default;

    // Any thread but the store's; waits for the disk. What the order refuses, and STORE-BUSY, DB-...: then
    // nothing was done.
    virtual Result<void> order(const QueueOrder& order) = 0;

    // Any thread: the hall as it last stood, never null.
    virtual HallShared hall() const = 0;

    // `changed` is called after each change, on the store's thread, with the hall as it then stands: it must
    // not block. One listener; null: none. Once this returns the earlier one is called no more.
    virtual void listen(std::function<void(HallShared)> changed) = 0;
};

}  // namespace sala::kiosk
