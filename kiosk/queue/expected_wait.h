// How long somebody who takes a ticket now may expect to wait: a range, or nothing.
//
// What is measured is not a service's length but the time between two calls of a division while somebody
// waits: that holds how many counters are open, pauses and all. The trap: a time in which nobody waited says
// nothing of how fast a queue moves, and is left out.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kiosk/queue/queue.h"

namespace sala::queue {

// The times between calls, of each division, as the journal tells them.
class CallTimes {
  public:
    // Every line, with the queue as it is before that line.
    void take(const Queue& before, const ledger::Line& line);

    // Since the last close, oldest first, in ms.
    std::span<const std::int64_t> of(std::string_view division) const;

    friend bool operator==(const CallTimes&, const CallTimes&) = default;

  private:
    struct Series {
        std::optional<Moment> last;  // call after which somebody still waited
        std::vector<std::int64_t> between_ms;
        friend bool operator==(const Series&, const Series&) = default;
    };
    std::map<std::string, Series, std::less<>> series_;
};

struct WaitRange {
    int from_minutes = 0;  // 0, or a multiple of 5
    int to_minutes = 5;    // a multiple of 5, above from_minutes
    friend bool operator==(const WaitRange&, const WaitRange&) = default;
};

inline constexpr std::size_t kCallTimesMin = 8;     // below which nothing is said
inline constexpr std::size_t kCallTimesToday = 20;  // from which earlier days are not asked
inline constexpr int kWaitMinutesMax = 240;         // above which nothing is said

// Of one before whom `ahead` are called. `earlier_ms`: of the same weekday before, newest first. The wait
// lies in the range about four times out of five, if the queue moves on as it did; how often it does stands
// in tests/kiosk/queue/README.md. A wide range is said all the same: leaving it out leaves those that are too
// narrow. Equal arguments give the equal range.
std::optional<WaitRange> expected_wait(std::span<const std::int64_t> today_ms,
                                       std::span<const std::int64_t> earlier_ms, std::size_t ahead);

}  // namespace sala::queue
