#include "kiosk/app/courier_thread.h"

#include <fmt/format.h>

#include <cstdio>

namespace sala::kiosk {
namespace {

// While a try is due later: also for a clock that was set without a nudge.
constexpr std::chrono::milliseconds kLookEvery{5'000};

}  // namespace

CourierThread::CourierThread(OnStore on_store, std::function<void(Event)> post,
                             const CourierSettings& settings)
    : on_store_(std::move(on_store)),
      post_(std::move(post)),
      settings_(settings),
      schedule_(settings.device, settings.seed),
      thread_([this] { work(); }) {}

CourierThread::~CourierThread() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void CourierThread::send_now() {
    {
        const std::lock_guard lock(mutex_);
        ++asked_;
    }
    changed_.notify_one();
}

void CourierThread::begin() {
    if (settings_.clock == nullptr) return;
    {
        const std::lock_guard lock(mutex_);
        schedule_.begin(now_ms());
        ++begins_;
    }
    changed_.notify_one();
}

bool CourierThread::is_due() const { return schedule_.due_ms() && *schedule_.due_ms() <= now_ms(); }

void CourierThread::work() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        const bool officers = asked_ != answered_;
        if (officers || is_due()) {
            const Ask ask = answered_ = asked_;
            const std::uint64_t begins = begins_;
            lock.unlock();
            send(ask, officers, begins);
            lock.lock();
        } else if (schedule_.due_ms()) {
            const std::chrono::milliseconds left(*schedule_.due_ms() - now_ms());
            changed_.wait_for(lock, std::min(left, kLookEvery));
        } else {
            changed_.wait(lock);
        }
    }
}

void CourierThread::send(Ask ask, bool officers, std::uint64_t begins) {
    const auto wanted = [&] { return ask == asked_ && !stopping_; };
    int shown = -1;
    const SendOutcome outcome = send_lines(on_store_, [&](int percent) {
        if (officers && wanted() && std::exchange(shown, percent) != percent) post_(SendProgressed{percent});
        return wanted();
    });
    if (!wanted()) return;
    settle(outcome, begins);
    const auto* sent = std::get_if<Sent>(&outcome);
    if (officers && sent != nullptr) post_(SendFinished{{sent->lines, sent->cosigned_size}});
    if (officers && sent == nullptr) post_(SendFailed{std::get<NotSent>(outcome).error});
}

void CourierThread::settle(const SendOutcome& outcome, std::uint64_t begins) {
    const auto* not_sent = std::get_if<NotSent>(&outcome);
    if (not_sent != nullptr) {
        const std::string line = fmt::format("sala-kiosk: {}\n", not_sent->error.line());
        std::fwrite(line.data(), 1, line.size(), stderr);
    }
    const std::lock_guard lock(mutex_);
    if (begins != begins_) return;  // a day was closed meanwhile, and is not in it
    if (not_sent != nullptr && not_sent->again) {
        if (schedule_.due_ms()) schedule_.failed(now_ms(), not_sent->wait_ms);
    } else {
        schedule_.end();
    }
}

}  // namespace sala::kiosk
