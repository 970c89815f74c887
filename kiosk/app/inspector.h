// What a test may see and set, in builds made with SALA_INSPECT=ON only: the screen, its widgets, the clock.
//
// `screen` and `widgets` answer what was last drawn, both of the same moment; `board` what stands on the
// second display, and how often it was drawn; `clock <utc ms>` sets a ManualClock; `crowd <threads>` has so
// many threads take tickets without a pause until the next one, and answers how many they took. Nothing here
// tells a face. Rectangles are window pixels, for real X events.
#pragma once

#ifdef SALA_INSPECT

#include <atomic>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "kiosk/ui/view.h"
#include "platform/clock.h"

namespace sala::kiosk {

// A clock that stands still until it is set. Its monotonic time goes forward with it, and never back.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(std::int64_t utc_ms) : wall_ms_(utc_ms), mono_ms_(1'000'000) {}
    std::int64_t wall_ms() const override { return wall_ms_; }
    std::int64_t monotonic_ms() const override { return mono_ms_; }
    std::string boot_id() const override { return std::string(32, 'c'); }
    void set(std::int64_t utc_ms) {
        const std::int64_t before = wall_ms_.exchange(utc_ms);
        if (utc_ms > before) mono_ms_ += utc_ms - before;
    }

  private:
    std::atomic<std::int64_t> wall_ms_;
    std::atomic<std::int64_t> mono_ms_;
};

class Inspector {
  public:
    // `clock` may be null (the system's clock is in use); `clock_set` is called after each change of it.
    Inspector(ManualClock* clock, std::function<void()> clock_set);

    // Who is asked for tickets by `crowd`: takes one and waits for it. Before the first answer().
    void set_crowd(std::function<bool()> take_ticket) { take_ticket_ = std::move(take_ticket); }
    ~Inspector();
    Inspector(const Inspector&) = delete;
    Inspector& operator=(const Inspector&) = delete;

    // The frame loop's: remember what stands on the screen now.
    void show(const State& state, std::span<const WidgetInfo> widgets, std::uint64_t frames);

    // The same of the board.
    void show_board(std::span<const WidgetInfo> widgets, std::uint64_t frames);

    // Any thread: answers one request line.
    std::string answer(const std::string& request);

  private:
    std::string set_clock(const std::string& text);
    std::string set_crowd_size(const std::string& text);
    std::uint64_t end_crowd();

    ManualClock* clock_;
    std::function<void()> clock_set_;
    std::function<bool()> take_ticket_;
    std::vector<std::thread> crowd_;
    std::atomic<bool> crowd_ends_ = false;
    std::atomic<std::uint64_t> crowd_took_ = 0;
    std::mutex mutex_;
    std::string screen_ = "{\"screen\":\"\"}\n";
    std::string widgets_ = "[]\n";
    std::string board_ = "{\"frames\":0,\"widgets\":[]}\n";
    std::uint64_t board_frames_ = 0;
};

}  // namespace sala::kiosk

#endif
