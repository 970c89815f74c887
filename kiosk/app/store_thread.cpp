#include "kiosk/app/store_thread.h"

#include <fmt/format.h>

#include <cstdio>

#include "kiosk/app/effects.h"

namespace sala::kiosk {
namespace {

constexpr std::chrono::seconds kTickEvery{20};
constexpr std::chrono::seconds kProbeEvery{5};

}  // namespace

StoreThread::StoreThread(Store store, std::function<void(Event)> post, DeskSettings desk)
    : store_(std::move(store)), post_(std::move(post)), thread_([this] { work(); }) {
    desk_ = std::make_unique<OfficerDesk>(on_store(), post_, store_.data(), std::move(desk));
}

StoreThread::~StoreThread() {
    desk_.reset();
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

bool StoreThread::give(Job job) {
    {
        const std::lock_guard lock(mutex_);
        if (jobs_.size() >= kJobsMax || stopping_) return false;
        jobs_.push_back(std::move(job));
    }
    changed_.notify_one();
    return true;
}

void StoreThread::perform(const Effect& effect) {
    if (std::holds_alternative<WriteStick>(effect)) return desk_->write_stick();
    if (std::holds_alternative<RunSelfTest>(effect)) return desk_->run_self_test();
    // One token an act, so that the act counts once however often it is written.
    const auto token = crypto::random_array<16>();
    const bool given = give([this, effect, token](Store& store) {
        EffectDone done = run_effect(store, effect, token);
        if (done.failure) {
            note_failure(*done.failure);
        } else if (done.wrote) {
            report_working();
        }
        post_(std::move(done.event));
    });
    if (!given) {
        post_(failed_event(effect, {"STORE-BUSY", "ระบบกำลังบันทึกรายการก่อนหน้า โปรดลองอีกครั้ง",
                                    "the kiosk is still recording what came before; try again"}));
        const std::lock_guard lock(mutex_);
        refused_ = true;
        changed_.notify_one();
    }
}

bool StoreThread::run(const std::function<void(Store&)>& job) {
    // Shared: the store's thread may still be inside set_value() when the waiting one is gone.
    const auto done = std::make_shared<std::promise<void>>();
    std::future<void> waited = done->get_future();
    const bool given = give([&job, done](Store& store) {
        job(store);
        done->set_value();
    });
    if (given) waited.wait();
    return given;
}

std::string StoreThread::ask(std::function<std::string(Store&)> job) {
    std::string answer;
    run([&](Store& store) { answer = job(store); });
    return answer;
}

void StoreThread::nudge() {
    give([this](Store&) { run_tick(); });
}

void StoreThread::run_tick() {
    // A probe is a line of the journal, so a working store is not probed more often than it lives.
    const Result<void> ticked = broken_ ? store_.probe() : store_.tick();
    if (!ticked) {
        note_failure(ticked.error());
        return post_(StoreFailed{ticked.error()});
    }
    report_working();
}

void StoreThread::note_failure(const Error& error) {
    if (!broken_) fmt::print(stderr, "sala-kiosk: {}\n", error.line());
    broken_ = true;
}

void StoreThread::report_working() {
    if (!broken_) return;
    broken_ = false;
    fmt::print(stderr, "sala-kiosk: the store works again\n");
    post_(StoreRecovered{});
}

void StoreThread::work() {
    auto next_tick = std::chrono::steady_clock::now() + kTickEvery;
    for (;;) {
        Job job;
        {
            std::unique_lock lock(mutex_);
            changed_.wait_until(lock, next_tick, [&] { return stopping_ || refused_ || !jobs_.empty(); });
            if (!jobs_.empty()) {
                job = std::move(jobs_.front());
                jobs_.pop_front();
            } else if (stopping_) {
                return;
            } else if (refused_) {
                refused_ = false;
                job = [this](Store&) { post_(StoreRecovered{}); };
            }
        }
        if (job) {
            job(store_);
        } else {
            run_tick();
        }
        // After a job too: the next look is never further away than a broken store's visitor should wait.
        const auto now = std::chrono::steady_clock::now();
        if (!job || broken_) next_tick = now + (broken_ ? kProbeEvery : kTickEvery);
    }
}

}  // namespace sala::kiosk
