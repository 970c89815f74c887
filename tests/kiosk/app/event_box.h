#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "kiosk/flow/state.h"

namespace sala::kiosk {

// Events in the order in which they came; `hold` stops whoever posts one.
class EventBox {
  public:
    void post(const Event& event) {
        {
            const std::lock_guard lock(mutex_);
            events_.push_back(event);
        }
        changed_.notify_all();
        if (hold) hold(event);
    }
    template <typename T>
    T wait_for() {
        std::unique_lock lock(mutex_);
        const auto found = [&] {
            return std::find_if(events_.begin() + static_cast<std::ptrdiff_t>(taken_), events_.end(),
                                [](const Event& event) { return std::holds_alternative<T>(event); });
        };
        EXPECT_TRUE(
            changed_.wait_for(lock, std::chrono::seconds(60), [&] { return found() != events_.end(); }));
        const auto at = found();
        if (at == events_.end()) return T{};
        taken_ = static_cast<std::size_t>(at - events_.begin()) + 1;
        return std::get<T>(*at);
    }
    std::vector<Event> all() {
        const std::lock_guard lock(mutex_);
        return events_;
    }
    std::function<void(const Event&)> hold;

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Event> events_;
    std::size_t taken_ = 0;
};

}  // namespace sala::kiosk
