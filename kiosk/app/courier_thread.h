// Sends by itself, and when the officer says so, on a thread of its own: no frame and no visitor waits for a
// network.
//
// By itself after each close, and at the start when a close was missed, as sync/courier/schedule.h has it.
// The trap: the officer's wish stops what is under way and begins anew, as with a stick; whoever asked before
// is not answered any more.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "kiosk/app/sending.h"
#include "kiosk/flow/state.h"
#include "platform/clock.h"
#include "sync/courier/schedule.h"

namespace sala::kiosk {

struct CourierSettings {
    const Clock* clock = nullptr;  // null: this kiosk sends only when it is asked
    std::string device;            // code
    std::uint64_t seed = 0;        // of the dice
};

class CourierThread {
  public:
    // `post` is called on this thread. `on_store` must be answered until this object is gone.
    CourierThread(OnStore on_store, std::function<void(Event)> post, const CourierSettings& settings);

    // Stops what is under way; within about a second.
    ~CourierThread();
    CourierThread(const CourierThread&) = delete;
    CourierThread& operator=(const CourierThread&) = delete;

    // Any thread. SendProgressed for each percent, then SendFinished or SendFailed, once.
    void send_now();

    // Any thread. The day was closed, or a close of yesterday is still here.
    void begin();

    // Any thread. The clock was changed under us: look again.
    void nudge() { changed_.notify_one(); }

  private:
    using Ask = std::uint64_t;  // of the officer, numbered from 1
    bool is_due() const;
    void work();
    void send(Ask ask, bool officers, std::uint64_t begins);
    void settle(const SendOutcome& outcome, std::uint64_t begins);
    std::int64_t now_ms() const { return settings_.clock->monotonic_ms(); }

    OnStore on_store_;
    std::function<void(Event)> post_;
    const CourierSettings settings_;
    std::mutex mutex_;  // of what follows
    std::condition_variable changed_;
    courier::Schedule schedule_;
    std::uint64_t begins_ = 0;
    Ask answered_ = 0;
    std::atomic<Ask> asked_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;  // last: it uses the rest
};

}  // namespace sala::kiosk
