// Which call is announced next at the kiosk: each once, in the order of their seq, one after the other.
//
// Pure, and with the rules of the board's page (pages/announcer.js): what was called more than a minute ago,
// or by a clock that tells nothing, is shown and not heard. What was called before the program's start is
// known already. A log begins anew only while the kiosk is off, so seq never falls here.
#pragma once

#include <deque>

#include "kiosk/queue/hall.h"

namespace sala::kiosk {

class Announcer {
  public:
    static constexpr std::size_t kWaitingMax = queue::Hall::kCallsMax;
    static constexpr std::int64_t kOldMs = 60'000;

    explicit Announcer(const queue::Hall& at_start);

    // Takes note of the calls that are new. Of more than kWaitingMax the oldest are not announced.
    void hear(const queue::Hall& hall);

    struct Announcement {
        queue::Call call;
        bool aloud = false;
    };
    // REQUIRES: what was handed out before has been said.
    std::optional<Announcement> next(const queue::Moment& now);

    bool idle() const { return waiting_.empty(); }

  private:
    std::uint64_t last_seq_ = 0;
    std::deque<queue::Call> waiting_;
};

}  // namespace sala::kiosk
