// A clock in the test's hand: it stands still until it is moved.
#pragma once

#include <atomic>

#include "platform/clock.h"

namespace sala {

class HandClock final : public Clock {
  public:
    explicit HandClock(std::int64_t utc_ms) : wall_ms_(utc_ms) {}
    std::int64_t wall_ms() const override { return wall_ms_; }
    std::int64_t monotonic_ms() const override { return mono_ms_; }
    std::string boot_id() const override { return boot_; }

    // As if it were new.
    void reset(std::int64_t utc_ms) {
        wall_ms_ = utc_ms;
        mono_ms_ = kFirstMonotonicMs;
        boot_ = kFirstBoot;
    }

    // Time passes.
    void pass_ms(std::int64_t ms) {
        wall_ms_ += ms;
        mono_ms_ += ms;
    }
    void pass_minutes(std::int64_t minutes) { pass_ms(minutes * 60'000); }

    // Somebody, or a dead battery, sets the wall clock; no time passes.
    void set_wall(std::int64_t utc_ms) { wall_ms_ = utc_ms; }

    // The machine starts anew: time passed that no monotonic clock saw.
    void reboot(std::int64_t dark_ms) {
        wall_ms_ += dark_ms;
        mono_ms_ = 1'000;
        boot_.back() = boot_.back() == 'f' ? '0' : 'f';
    }

  private:
    static constexpr std::int64_t kFirstMonotonicMs = 1'000'000;
    static constexpr const char* kFirstBoot = "00000000000000000000000000000000";
    std::atomic<std::int64_t> wall_ms_;  // threads look at it while the test moves it
    std::atomic<std::int64_t> mono_ms_ = kFirstMonotonicMs;
    std::string boot_ = kFirstBoot;
};

}  // namespace sala
