// How often one address may ask: so many times at once, and then one more every so often.
//
// Bounded: of more than kPeersMax addresses the one that was silent for the longest is forgotten. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "platform/clock.h"

namespace sala::kiosk {

class PeerLimit {
  public:
    static constexpr std::size_t kPeersMax = 256;

    // `at_once` >= 1, `every_ms` >= 1. `clock` must outlive it; only its monotonic time is asked.
    PeerLimit(const Clock& clock, int at_once, std::int64_t every_ms)
        : clock_(&clock), every_ms_(every_ms), debt_max_ms_(at_once * every_ms) {}

    // False: too often; this one is not counted.
    bool admits(const std::string& peer);

  private:
    const Clock* clock_;
    const std::int64_t every_ms_, debt_max_ms_;
    std::mutex mutex_;
    std::map<std::string, std::int64_t, std::less<>> paid_at_ms_;  // when all that was asked is worked off
};

}  // namespace sala::kiosk
