// Counters that call from a number pad, without a network: one pad is one counter, and needs no PIN.
//
// Enter: what is under way is done, and the next one is called. +: done, and nobody is called. 0: call again.
// -: did not come. Every other key is nothing: what asks for a reason or a list needs the counter page. The
// trap: an officer at a pad sees no list, so an order is about whoever is with the counter at that moment;
// a key that bounces counts once (kAgainMs, as on the page).
#pragma once

#include "kiosk/counter/queue_desk.h"
#include "platform/clock.h"
#include "platform/linux/number_pads.h"
#include "sync/record/office.h"

namespace sala::kiosk {

class PadDesk {
  public:
    static constexpr std::int64_t kAgainMs = 700;

    // `served` gets the place "/division/service" of each service that was ended. All must outlive this.
    PadDesk(const record::Office& office, const Clock& clock, QueueDesk& desk,
            std::function<void(const std::string& place)> served);

    // Waits for the disk. One thread. What the queue refuses, and PAD-NOBODY (nobody is with the counter);
    // a key that orders nothing is no error.
    Result<void> press(std::size_t pad, PadKey key);

  private:
    struct Pressed {
        PadKey key = PadKey::kDigit0;
        std::int64_t mono_ms = 0;
    };
    Result<void> order(const record::Counter& counter, std::string what);

    const record::Office& office_;
    const Clock& clock_;
    QueueDesk& desk_;
    const std::function<void(const std::string& place)> served_;
    std::map<std::size_t, Pressed> last_;
};

}  // namespace sala::kiosk
