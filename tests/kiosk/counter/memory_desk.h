// A desk without a disk: orders go through the rules of the log into the real queue, as the store will do it.
#pragma once

#include <fmt/format.h>

#include <mutex>

#include "kiosk/counter/queue_desk.h"
#include "platform/clock.h"
#include "sync/ledger/log_state.h"
#include "sync/ledger/note.h"

namespace sala::kiosk {

class MemoryDesk final : public QueueDesk {
  public:
    static constexpr int kDay = 20270118;

    explicit MemoryDesk(const Clock& clock) : clock_(clock) {
        const auto key = crypto::SigningKey::from_seed({});
        const std::lock_guard lock(mutex_);
        write(ledger::LogStart{"banmai",
                               ledger::log_origin("banmai.example", ledger::device_code(key.public_key())),
                               key.public_key()});
        write(ledger::DayOpened{kDay, 5, 10, "day", "burst.1", {"face.1"}});
        publish();
    }

    Result<void> order(const QueueOrder& order) override {
        const std::lock_guard lock(mutex_);
        if (!failure.empty()) return Error{failure, "จดไม่ได้", "the disk is full"};
        const Result<queue::Lines> lines = order(hall_.queue(), kDay);
        if (!lines) return lines.error();
        for (const ledger::Happening& line : *lines) write(line);
        publish();
        return {};
    }
    HallShared hall() const override {
        const std::lock_guard lock(mutex_);
        return shared_;
    }
    void listen(std::function<void(HallShared)> changed) override {
        const std::lock_guard lock(mutex_);
        changed_ = std::move(changed);
    }

    // A visitor's ticket; its number.
    std::string issue(const std::string& division, const std::string& service, char prefix,
                      bool priority = false) {
        const std::lock_guard lock(mutex_);
        std::optional<ledger::Route> route;
        if (priority) route = ledger::Route{"priority", {}};
        const std::string number = fmt::format("{}{:03}", prefix, ++issued_[prefix] % 1000);
        write(ledger::TicketIssued{{}, kDay, division, service, number, std::move(route)});
        publish();
        return number;
    }

    std::string failure;  // what an order answers from now on; empty: it is obeyed

  private:
    void write(ledger::Happening happening) {
        ledger::Line line{{state_.next_seq, clock_.wall_ms(), clock_.monotonic_ms(), clock_.boot_id(), true},
                          std::move(happening)};
        const Result<void> taken = state_.take(line);
        if (!taken) fmt::print(stderr, "the log refuses: {}\n", taken.error().line());
        if (!taken) std::abort();
        hall_.take(line);
    }
    void publish() {
        shared_ = std::make_shared<const queue::Hall>(hall_);
        if (changed_) changed_(shared_);
    }

    const Clock& clock_;
    mutable std::mutex mutex_;
    ledger::LogState state_;
    queue::Hall hall_;
    HallShared shared_;
    std::function<void(HallShared)> changed_;
    std::map<char, int> issued_;
};

}  // namespace sala::kiosk
