// When to send: a little after the close, each kiosk at a second of its own, and after a failure later and
// later.
//
// Pure: time is told to it, in milliseconds of one monotonic clock, and its dice are seeded by the caller.
// The trap: a thousand kiosks close at the same minute; without the start jitter and the full jitter of the
// waits they would all come again at the same moment too.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string_view>

namespace sala::courier {

class Schedule {
  public:
    static constexpr std::int64_t kStartWithinMs = 60'000;
    static constexpr std::int64_t kFirstWaitMs = 2'000;
    static constexpr std::int64_t kWaitMaxMs = 15 * 60'000;
    static constexpr int kTriesMax = 16;  // then the next close or start begins anew; about an hour

    // `seed` must differ from kiosk to kiosk and from start to start.
    Schedule(std::string_view device_code, std::uint64_t seed);

    // The day was closed, or the kiosk has started: all tries anew, the first within kStartWithinMs.
    void begin(std::int64_t now_ms);

    // Nothing to send any more, or nothing that will be taken: no try until the next begin().
    void end() { due_ms_.reset(); }

    // A try that may be made again, at the earliest after `wait_ms`. Without a begin(), as after an officer's
    // own try, it changes nothing.
    void failed(std::int64_t now_ms, std::int64_t wait_ms);

    // When the next try is due; nothing: not before the next begin().
    std::optional<std::int64_t> due_ms() const { return due_ms_; }

  private:
    std::int64_t start_jitter_ms_;
    std::mt19937_64 dice_;
    int tries_ = 0;
    std::optional<std::int64_t> due_ms_;
};

// 0 to Schedule::kStartWithinMs, the same for a device every day.
std::int64_t start_jitter_ms(std::string_view device_code);

}  // namespace sala::courier
