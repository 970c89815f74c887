#include "kiosk/app/calling.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/counter/chime.h"

namespace sala::kiosk {

Calling::Calling(CallingSetup setup)
    : setup_(std::move(setup)), hall_(setup_.desk->hall()), announcer_(*hall_) {
    setup_.desk->listen([this](HallShared hall) {
        if (setup_.changed) setup_.changed(hall);
        {
            const std::lock_guard lock(mutex_);
            newest_ = std::move(hall);
        }
        woken_.notify_one();
    });
    thread_ = std::thread([this] { run(); });
}

Calling::~Calling() {
    setup_.desk->listen(nullptr);
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    woken_.notify_one();
    if (setup_.speaker) setup_.speaker->cancel();
    thread_.join();
}

void Calling::run() {
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            woken_.wait(lock, [&] { return stopping_ || newest_ || !announcer_.idle(); });
            if (stopping_) return;
            if (newest_) hall_ = std::exchange(newest_, nullptr);
        }
        announcer_.hear(*hall_);
        if (const auto next = announcer_.next(now())) announce(*next);
    }
}

void Calling::announce(const Announcer::Announcement& next) {
    if (setup_.show) setup_.show(next.call, true);
    if (!next.aloud || !setup_.speaker || !play(next.call)) {
        std::unique_lock lock(mutex_);
        const std::chrono::milliseconds shown(next.aloud ? kShownMs : kOldShownMs);
        woken_.wait_for(lock, shown, [&] { return stopping_; });
    }
    if (setup_.show) setup_.show(next.call, false);
}

bool Calling::play(const queue::Call& call) {
    const auto counter = std::ranges::find(setup_.office.counters, call.counter, &record::Counter::id);
    if (counter == setup_.office.counters.end()) return false;
    const Result<void> played =
        setup_.speaker->play(announcement_of(setup_.voice, saying_of(call.number, *counter)));
    if (!played && !silent_ && played.error().code != "SPEAKER-CANCELLED")
        fmt::print(stderr, "sala-kiosk: {}\n", played.error().line());
    silent_ = !played;
    return !silent_;
}

// Whether the wall clock may be believed is known by the journal's last line.
queue::Moment Calling::now() const {
    return {setup_.clock.wall_ms(), setup_.clock.monotonic_ms(), setup_.clock.boot_id(),
            hall_->as_of().clock_trusted};
}

}  // namespace sala::kiosk
