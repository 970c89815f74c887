// One queue desk for several who listen: the counter page, the kiosk's own voice and its board.
//
// Each part passes orders on and has the one listener that a desk has. The hub takes the desk's own.
#pragma once

#include <mutex>

#include "kiosk/counter/queue_desk.h"

namespace sala::kiosk {

class DeskHub {
  public:
    // `desk` must outlive the hub, and the hub its parts.
    explicit DeskHub(QueueDesk& desk);
    ~DeskHub();
    DeskHub(const DeskHub&) = delete;
    DeskHub& operator=(const DeskHub&) = delete;

    std::unique_ptr<QueueDesk> part();

  private:
    class Part;

    QueueDesk& desk_;
    std::mutex mutex_;  // held while they are called
    std::map<const Part*, std::function<void(HallShared)>> listeners_;
};

}  // namespace sala::kiosk
