#include "kiosk/app/store_thread.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstring>

#include "kiosk/app/effects.h"

namespace sala::kiosk {
namespace {

constexpr std::chrono::seconds kTickEvery{20};
constexpr std::chrono::seconds kProbeEvery{5};
// While jobs wait a new hall is told only so often: a copy of it costs as much as some jobs.
constexpr std::chrono::milliseconds kHallEvery{20};

}  // namespace

StoreThread::StoreThread(Store store, std::function<void(Event)> post, DeskSettings desk, const Clock* clock)
    : store_(std::move(store)),
      post_(std::move(post)),
      open_day_(store_.position().state.open_day),
      alive_ms_(store_.last_alive_mono_ms()),
      hall_(std::make_shared<queue::Hall>(store_.hall())),
      hall_size_(store_.position().tree.size()),
      thread_([this] { work(); }) {
    desk_ = std::make_unique<OfficerDesk>(on_store(), post_, store_.data(), std::move(desk));
    start_roads(clock);
}

StoreThread::~StoreThread() {
    desk_.reset();
    // Not under the lock: it waits for them, and they for this thread.
    std::unique_ptr<CourierThread> courier;
    std::unique_ptr<WitnessThread> witnesses;
    {
        const std::lock_guard lock(roads_mutex_);
        courier = std::move(courier_);
        witnesses = std::move(witnesses_);
    }
    courier.reset();
    witnesses.reset();
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void StoreThread::start_roads(const Clock* clock) {
    const record::Office& office = store_.office();
    if (!office.sync && office.witnesses.empty()) return;
    CourierSettings settings{clock, {}, {}};
    const auto dice = crypto::random_array<sizeof settings.seed>();
    std::memcpy(&settings.seed, dice.data(), sizeof settings.seed);
    bool missed = false;
    run([&](Store& store) {
        settings.device = ledger::device_code(store.key().public_key());
        const Result<bool> unsent = close_is_unsent(store);
        missed = unsent && *unsent;
    });
    const std::lock_guard lock(roads_mutex_);
    if (office.sync) courier_ = std::make_unique<CourierThread>(on_store(), post_, settings);
    if (courier_ && missed) courier_->begin();
    if (clock != nullptr && !office.witnesses.empty())
        witnesses_ = std::make_unique<WitnessThread>(on_store(), office.witnesses, settings);
}

// An `alive`, or a close, however that came (by the officer, by the clock, by a command, by the next day's
// first visitor).
void StoreThread::look_for_news() {
    const int before = std::exchange(open_day_, store_.position().state.open_day);
    const bool closed = before != 0 && before != open_day_;
    const std::int64_t alive_before = std::exchange(alive_ms_, store_.last_alive_mono_ms());
    if (!closed && alive_before == alive_ms_) return;
    const std::lock_guard lock(roads_mutex_);
    if (courier_ && closed) courier_->begin();
    if (witnesses_) witnesses_->begin();
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
    if (std::holds_alternative<SendLines>(effect))
        return courier_ ? courier_->send_now() : post_(SendFailed{no_road()});
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

Result<void> StoreThread::order(const QueueOrder& order) {
    Result<void> done = Error{"STORE-BUSY", "ระบบกำลังบันทึกรายการก่อนหน้า จึงยังไม่ได้ทำรายการนี้ โปรดลองอีกครั้ง",
                              "the kiosk is still recording what came before and did not do this; try again"};
    run([&](Store& store) {
        done = store.order(order);
        if (!done && is_fault(done.error())) note_failure(done.error());
        if (done) report_working();
        publish_hall();
    });
    return done;
}

HallShared StoreThread::hall() const {
    const std::lock_guard lock(hall_mutex_);
    return hall_;
}

void StoreThread::listen(std::function<void(HallShared)> changed) {
    const std::lock_guard lock(listener_mutex_);
    listener_ = std::move(changed);
}

void StoreThread::publish_hall() {
    const std::uint64_t size = store_.position().tree.size();
    if (size == hall_size_) return;
    hall_size_ = size;
    hall_published_ = std::chrono::steady_clock::now();
    auto hall = std::make_shared<const queue::Hall>(store_.hall());
    {
        const std::lock_guard lock(hall_mutex_);
        hall_ = hall;
    }
    const std::lock_guard lock(listener_mutex_);
    if (listener_) listener_(std::move(hall));
}

void StoreThread::nudge() {
    give([this](Store&) { run_tick(); });
    if (courier_) courier_->nudge();
    if (witnesses_) witnesses_->nudge();
}

void StoreThread::run_tick() {
    // A probe is a line of the journal, so a working store is not probed more often than it lives.
    const Result<void> ticked = broken_ ? store_.probe() : store_.tick();
    if (!ticked) {
        note_failure(ticked.error());
        return post_(StoreFailed{ticked.error()});
    }
    report_working();
    store_.look_back();
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
        bool more = false;
        {
            std::unique_lock lock(mutex_);
            changed_.wait_until(lock, next_tick, [&] { return stopping_ || refused_ || !jobs_.empty(); });
            if (!jobs_.empty()) {
                job = std::move(jobs_.front());
                jobs_.pop_front();
                more = !jobs_.empty();
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
        look_for_news();
        const auto now = std::chrono::steady_clock::now();
        if (!more || now - hall_published_ >= kHallEvery) publish_hall();
        // After a job too: the next look is never further away than a broken store's visitor should wait.
        if (!job || broken_) next_tick = now + (broken_ ? kProbeEvery : kTickEvery);
    }
}

}  // namespace sala::kiosk
