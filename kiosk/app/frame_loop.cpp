#include "kiosk/app/frame_loop.h"

#include <utility>

#include "kiosk/app/inspector.h"
#include "kiosk/app/self_test.h"
#include "kiosk/flow/react.h"
#include "kiosk/ui/grid.h"

namespace sala::kiosk {
namespace {

constexpr int kMotionFrameMs = 16;
constexpr std::int64_t kOfficerSessionMs = 30 * 60'000;

bool is_progress(const Event& event) {
    return std::holds_alternative<StickProgressed>(event) || std::holds_alternative<SendProgressed>(event);
}

}  // namespace

void Mailbox::post(Event event) {
    {
        const std::lock_guard lock(mutex_);
        if (is_progress(event) && !events_.empty() && events_.back().index() == event.index()) {
            events_.back() = std::move(event);
        } else if (events_.size() < kEventsMax) {
            events_.push_back(std::move(event));
        }
    }
    window_.wake();
}

std::deque<Event> Mailbox::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(events_, {});
}

FrameLoop::FrameLoop(const Parts& parts) : parts_(parts), touched_ms_(parts.clock.monotonic_ms()) {}

bool FrameLoop::run(const std::function<bool()>& asked_to_end, bool obey_window_manager) {
    ImguiHost& host = parts_.host;
    host.request_frame();
    for (;;) {
        apply_arrived();
        apply_idle();
        apply_session();
        apply_minute();
        if (host.moving() || hold_is_due()) host.request_frame();
        if (host.wants_frame()) draw();
        if (!host.wants_frame()) draw_board();
        const Frame input = parts_.window.wait(host.wants_frame() ? 0 : wait_ms());
        if (asked_to_end() || (input.quit && obey_window_manager)) return true;
        if (input.lost) return false;
        if (!input.pointers.empty()) touched_ms_ = parts_.clock.monotonic_ms();
        host.take(input);
    }
}

void FrameLoop::apply_arrived() {
    for (Event& event : parts_.mailbox.take()) {
        if (auto* finished = std::get_if<SelfTestFinished>(&event)) {
            const Window& window = parts_.window;
            finished->findings.push_back(
                test_display(window.width(), window.height(), window.display(), parts_.host.grid().cramped));
            if (parts_.office.board.display) {
                const BoardWindow* board = parts_.board;
                finished->findings.push_back(test_board(board == nullptr ? nullptr : &board->window()));
            }
        }
        apply(event);
    }
}

void FrameLoop::apply(const Event& event) {
    Reaction reaction = react(state_, event);
    const bool another = reaction.state.screen.index() != state_.screen.index();
    // What changes nothing for whoever looks on must not keep an abandoned screen alive.
    const bool invited =
        std::holds_alternative<ServiceFinished>(event) && std::holds_alternative<Home>(reaction.state.screen);
    const bool moved =
        another || invited || std::holds_alternative<IdleTimedOut>(event) || is_progress(event);
    if (moved) touched_ms_ = parts_.clock.monotonic_ms();
    if (another) shown_since_ = std::chrono::steady_clock::now();
    if (is_officer_screen(reaction.state.screen) && !is_officer_screen(state_.screen)) {
        officer_since_ms_ = parts_.clock.monotonic_ms();
    }
    state_ = std::move(reaction.state);
    for (const Effect& effect : reaction.effects) {
        const auto* print = std::get_if<PrintTicket>(&effect);
        if (std::holds_alternative<RunSelfTest>(effect)) parts_.printing.ask_state();
        print != nullptr ? parts_.printing.perform(*print) : parts_.store.perform(effect);
    }
    parts_.host.request_frame();
}

void FrameLoop::apply_idle() {
    const int limit_ms = idle_timeout_ms(state_);
    if (limit_ms > 0 && parts_.clock.monotonic_ms() - touched_ms_ >= limit_ms) apply(IdleTimedOut{});
}

// However busy: an officer's page does not stay open for ever.
void FrameLoop::apply_session() {
    if (!is_officer_screen(state_.screen)) return;
    if (parts_.clock.monotonic_ms() - officer_since_ms_ >= kOfficerSessionMs) apply(SessionTimedOut{});
}

bool FrameLoop::hold_is_due() const {
    return parts_.host.due_mono_ms() != 0 && parts_.clock.monotonic_ms() >= parts_.host.due_mono_ms();
}

void FrameLoop::apply_minute() {
    const record::LocalTime now = record::local_time(parts_.clock.wall_ms());
    if (now.minute_of_day != now_.minute_of_day || now.date != now_.date) parts_.host.request_frame();
    now_ = now;
}

void FrameLoop::draw() {
    const std::optional<Event> event = parts_.host.frame({.office = parts_.office,
                                                          .state = state_,
                                                          .now = now_,
                                                          .config_refused = parts_.config_refused,
                                                          .mono_ms = parts_.clock.monotonic_ms(),
                                                          .age_ms = age_ms()});
#ifdef SALA_INSPECT
    if (parts_.inspector != nullptr) {
        parts_.inspector->show(state_, parts_.host.widgets(), parts_.host.presented());
    }
#endif
    if (event) apply(*event);
}

// A visitor's next frame goes first: a finger on the screen waits for no board.
void FrameLoop::draw_board() {
    if (parts_.board == nullptr) return;
    parts_.board->run(*parts_.board_feed, now_);
#ifdef SALA_INSPECT
    if (parts_.inspector != nullptr)
        parts_.inspector->show_board(parts_.board->widgets(), parts_.board->presented());
#endif
}

// In real time, whatever clock is injected: it is for eyes.
std::int64_t FrameLoop::age_ms() const {
    using std::chrono::duration_cast, std::chrono::milliseconds;
    return duration_cast<milliseconds>(std::chrono::steady_clock::now() - shown_since_).count();
}

// Until the clock's next minute or the screen's time is up, whichever comes first.
int FrameLoop::wait_ms() const {
    const std::int64_t mono_ms = parts_.clock.monotonic_ms();
    std::int64_t wait = 60'000 - parts_.clock.wall_ms() % 60'000;
    const int limit_ms = idle_timeout_ms(state_);
    if (limit_ms > 0) wait = std::min(wait, touched_ms_ + limit_ms - mono_ms);
    if (parts_.host.due_mono_ms() != 0) wait = std::min(wait, parts_.host.due_mono_ms() - mono_ms);
    if (parts_.host.moving()) wait = std::min<std::int64_t>(wait, kMotionFrameMs);
    return static_cast<int>(std::clamp<std::int64_t>(wait, 1, kWaitMaxMs));
}

}  // namespace sala::kiosk
