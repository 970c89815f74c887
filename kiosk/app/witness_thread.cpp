#include "kiosk/app/witness_thread.h"

#include <fmt/format.h>

#include <cstdio>

#include "kiosk/app/witness_asking.h"

namespace sala::kiosk {
namespace {

constexpr std::chrono::milliseconds kLookEvery{5'000};

void tell(const record::WitnessRoad& witness, const Error& error) {
    const std::string line = fmt::format("sala-kiosk: witness {}: {}\n", witness.url, error.line());
    std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace

WitnessThread::WitnessThread(OnStore on_store, std::vector<record::WitnessRoad> witnesses,
                             const CourierSettings& settings)
    : on_store_(std::move(on_store)), settings_(settings), schedule_(settings.device, settings.seed) {
    for (record::WitnessRoad& witness : witnesses) witnesses_.push_back({std::move(witness), false, {}});
    thread_ = std::thread([this] { work(); });
}

WitnessThread::~WitnessThread() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void WitnessThread::begin() {
    {
        const std::lock_guard lock(mutex_);
        for (Asked& witness : witnesses_) witness.due = true;
        schedule_.begin(now_ms());
        ++begins_;
    }
    changed_.notify_one();
}

void WitnessThread::work() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (is_due()) {
            ask_all(lock);
        } else if (schedule_.due_ms()) {
            const std::chrono::milliseconds left(*schedule_.due_ms() - now_ms());
            changed_.wait_for(lock, std::min(left, kLookEvery));
        } else {
            changed_.wait(lock);
        }
    }
}

// The list itself never changes, so it is walked while the lock is open.
void WitnessThread::ask_all(std::unique_lock<std::mutex>& lock) {
    const std::uint64_t begins = begins_;
    bool again = false;
    std::int64_t wait_ms = 0;
    for (Asked& witness : witnesses_) {
        if (!witness.due) continue;
        lock.unlock();
        const std::optional<NotSent> not_vouched =
            ask_for_cosignature(on_store_, witness.road, [this] { return !stopping_; });
        lock.lock();
        if (stopping_ || begins != begins_) return;  // what was asked for since then is still due
        witness.due = not_vouched && not_vouched->again;
        again = again || witness.due;
        if (witness.due) wait_ms = std::max(wait_ms, not_vouched->wait_ms);
        const std::string code = not_vouched ? not_vouched->error.code : "";
        if (not_vouched && code != witness.last_code) tell(witness.road, not_vouched->error);
        witness.last_code = code;
    }
    if (again) return schedule_.failed(now_ms(), wait_ms);
    schedule_.end();
}

}  // namespace sala::kiosk
