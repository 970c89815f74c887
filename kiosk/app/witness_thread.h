// Shows the kiosk's checkpoint to every witness of office.toml, on a thread of its own: a witness that is
// away delays no visitor and no sending.
//
// At each `alive` and after each close, each witness once, with the start jitter and the waits of
// sync/courier/schedule.h; the next `alive` begins anew. So the journal gets at most one `cosigned` line of a
// witness for each of them, and none that a line of its own kind has called for.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "kiosk/app/courier_thread.h"

namespace sala::kiosk {

class WitnessThread {
  public:
    // `on_store` must be answered until this object is gone. REQUIRES: settings.clock.
    WitnessThread(OnStore on_store, std::vector<record::WitnessRoad> witnesses,
                  const CourierSettings& settings);

    // Stops what is under way; within about a second.
    ~WitnessThread();
    WitnessThread(const WitnessThread&) = delete;
    WitnessThread& operator=(const WitnessThread&) = delete;

    // Any thread. An `alive` was written, or the day was closed.
    void begin();

    // Any thread. The clock was changed under us: look again.
    void nudge() { changed_.notify_one(); }

  private:
    struct Asked {
        record::WitnessRoad road;
        bool due = false;
        std::string last_code;  // of why it did not vouch: told once
    };
    bool is_due() const { return schedule_.due_ms() && *schedule_.due_ms() <= now_ms(); }
    void work();
    void ask_all(std::unique_lock<std::mutex>& lock);
    std::int64_t now_ms() const { return settings_.clock->monotonic_ms(); }

    OnStore on_store_;
    const CourierSettings settings_;
    std::mutex mutex_;  // of what follows
    std::condition_variable changed_;
    std::vector<Asked> witnesses_;
    courier::Schedule schedule_;
    std::uint64_t begins_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;  // last: it uses the rest
};

}  // namespace sala::kiosk
