// The time, as the rest of Sala sees it.
//
// Two clocks, never mixed: wall time goes into records and may jump (a dead battery, a hand on the settings);
// monotonic time measures how long something took and never goes back within one boot of the machine.
#pragma once

#include <cstdint>
#include <string>

namespace sala {

class Clock {
  public:
    virtual ~Clock() = default;

    // Milliseconds since 1970-01-01 UTC. For records only.
    virtual std::int64_t wall_ms() const = 0;

    // Milliseconds since some moment before the program started. For durations only.
    virtual std::int64_t monotonic_ms() const = 0;

    // 32 lower-case hex digits, new at each boot of the machine (Linux: /proc/sys/kernel/random/boot_id).
    virtual std::string boot_id() const = 0;
};

}  // namespace sala
