// When a line was written, by both clocks of it, and how long it is from one to another.
//
// The trap: two wall clocks may be compared only where both were trusted; within one boot the monotonic clock
// tells, whatever the wall clock says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace sala::ledger {

struct Stamp;

struct Moment {
    std::int64_t utc_ms = 0;
    std::int64_t mono_ms = 0;
    std::string boot;
    bool clock_trusted = false;
    friend bool operator==(const Moment&, const Moment&) = default;
};

Moment moment_of(const Stamp& stamp);

// By the monotonic clock within one boot, else by two trusted wall clocks; nothing where neither tells, or
// where it would be below zero.
std::optional<std::int64_t> elapsed_ms(const Moment& from, const Moment& to);

}  // namespace sala::ledger
