#include "kiosk/app/run.h"

#include <fmt/format.h>

#include <csignal>
#include <future>
#include <thread>

#include "kiosk/app/config.h"
#include "kiosk/app/inspector.h"
#include "kiosk/app/line_server.h"
#include "kiosk/app/self_test.h"
#include "kiosk/app/store_thread.h"
#include "kiosk/flow/react.h"
#include "kiosk/ui/grid.h"
#include "kiosk/ui/imgui_host.h"
#include "platform/base/files.h"
#include "platform/linux/sdl_window.h"
#include "platform/linux/system_clock.h"
#include "platform/paint/text.h"

namespace sala::kiosk {
namespace {

constexpr std::size_t kEventsMax = 256;
constexpr int kMotionFrameMs = 16;
constexpr double kMmOfInch = 25.4;
constexpr std::int64_t kOfficerSessionMs = 30 * 60'000;

// Events from other threads, for the frame loop.
class Mailbox {
  public:
    explicit Mailbox(Window& window) : window_(window) {}
    void post(Event event) {
        {
            const std::lock_guard lock(mutex_);
            // Of a stick's progress only the newest matters, so that nothing else is ever crowded out.
            const bool progress = std::holds_alternative<StickProgressed>(event);
            if (progress && !events_.empty() && std::holds_alternative<StickProgressed>(events_.back())) {
                events_.back() = std::move(event);
            } else if (events_.size() < kEventsMax) {
                events_.push_back(std::move(event));
            }
        }
        window_.wake();
    }
    std::deque<Event> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(events_, {});
    }

  private:
    Window& window_;
    std::mutex mutex_;
    std::deque<Event> events_;
};

// SIGTERM and SIGINT end the loop, nothing else: blocked in every thread, waited for in one.
class Signals {
  public:
    // Before any other thread starts.
    static sigset_t block() {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGTERM);
        sigaddset(&set, SIGINT);
        sigaddset(&set, SIGUSR1);  // our own: ends the waiting thread
        pthread_sigmask(SIG_BLOCK, &set, nullptr);
        return set;
    }
    Signals(sigset_t set, Window& window)
        : thread_([this, set, &window] {
              int signal = 0;
              sigwait(&set, &signal);
              asked_ = true;
              window.wake();
          }) {}
    ~Signals() {
        pthread_kill(thread_.native_handle(), SIGUSR1);
        thread_.join();
    }
    bool asked() const { return asked_; }

  private:
    std::atomic<bool> asked_ = false;
    std::thread thread_;
};

class Loop {
  public:
    Loop(const record::Office& office, const Clock& clock, Window& window, ImguiHost& host, Mailbox& mailbox,
         StoreThread& store)
        : office_(office), clock_(clock), window_(window), host_(host), mailbox_(mailbox), store_(store) {
        touched_ms_ = clock_.monotonic_ms();
    }

    bool config_refused = false;
#ifdef SALA_INSPECT
    Inspector* inspector = nullptr;
#endif

    // False: the display is lost.
    bool run(const Signals& signals, bool obey_window_manager) {
        host_.request_frame();
        for (;;) {
            std::deque<Event> arrived = mailbox_.take();
            for (Event& event : arrived) {
                if (auto* finished = std::get_if<SelfTestFinished>(&event)) {
                    finished->findings.push_back(test_display(window_.width(), window_.height(),
                                                              window_.display(), host_.grid().cramped));
                }
                apply(event);
            }
            apply_idle();
            apply_session();
            apply_minute();
            if (host_.moving() || hold_is_due()) host_.request_frame();
            if (host_.wants_frame()) draw();
            const Frame input = window_.wait(host_.wants_frame() ? 0 : wait_ms());
            if (signals.asked() || (input.quit && obey_window_manager)) return true;
            if (input.lost) return false;
            if (!input.pointers.empty()) touched_ms_ = clock_.monotonic_ms();
            host_.take(input);
        }
    }

  private:
    void apply(const Event& event) {
        Reaction reaction = react(state_, event);
        const bool another = reaction.state.screen.index() != state_.screen.index();
        // What changes nothing for the visitor must not keep an abandoned screen alive.
        if (another || std::holds_alternative<IdleTimedOut>(event)) touched_ms_ = clock_.monotonic_ms();
        if (another) shown_since_ = std::chrono::steady_clock::now();
        if (is_officer_screen(reaction.state.screen) && !is_officer_screen(state_.screen)) {
            officer_since_ms_ = clock_.monotonic_ms();
        }
        state_ = std::move(reaction.state);
        for (const Effect& effect : reaction.effects) store_.perform(effect);
        host_.request_frame();
    }

    void apply_idle() {
        const int limit_ms = idle_timeout_ms(state_);
        if (limit_ms > 0 && clock_.monotonic_ms() - touched_ms_ >= limit_ms) apply(IdleTimedOut{});
    }

    // However busy: an officer's page does not stay open for ever.
    void apply_session() {
        if (!is_officer_screen(state_.screen)) return;
        if (clock_.monotonic_ms() - officer_since_ms_ >= kOfficerSessionMs) apply(SessionTimedOut{});
    }

    bool hold_is_due() const {
        return host_.due_mono_ms() != 0 && clock_.monotonic_ms() >= host_.due_mono_ms();
    }

    void apply_minute() {
        const record::LocalTime now = record::local_time(clock_.wall_ms());
        if (now.minute_of_day != now_.minute_of_day || now.date != now_.date) host_.request_frame();
        now_ = now;
    }

    void draw() {
        const std::optional<Event> event = host_.frame({.office = office_,
                                                        .state = state_,
                                                        .now = now_,
                                                        .config_refused = config_refused,
                                                        .mono_ms = clock_.monotonic_ms(),
                                                        .age_ms = age_ms()});
#ifdef SALA_INSPECT
        if (inspector != nullptr) inspector->show(state_, host_.widgets(), host_.presented());
#endif
        if (event) apply(*event);
    }

    // In real time, whatever clock is injected: it is for eyes.
    std::int64_t age_ms() const {
        using std::chrono::duration_cast, std::chrono::milliseconds;
        return duration_cast<milliseconds>(std::chrono::steady_clock::now() - shown_since_).count();
    }

    // Until the clock's next minute or the screen's time is up, whichever comes first.
    int wait_ms() const {
        std::int64_t wait = 60'000 - clock_.wall_ms() % 60'000;
        const int limit_ms = idle_timeout_ms(state_);
        if (limit_ms > 0) wait = std::min(wait, touched_ms_ + limit_ms - clock_.monotonic_ms());
        if (host_.due_mono_ms() != 0) wait = std::min(wait, host_.due_mono_ms() - clock_.monotonic_ms());
        if (host_.moving()) wait = std::min<std::int64_t>(wait, kMotionFrameMs);
        return static_cast<int>(std::clamp<std::int64_t>(wait, 1, kWaitMaxMs));
    }

    const record::Office& office_;
    const Clock& clock_;
    Window& window_;
    ImguiHost& host_;
    Mailbox& mailbox_;
    StoreThread& store_;
    State state_;
    record::LocalTime now_{};
    std::int64_t touched_ms_ = 0;
    std::int64_t officer_since_ms_ = 0;
    std::chrono::steady_clock::time_point shown_since_ = std::chrono::steady_clock::now();
};

}  // namespace

Outcome run_kiosk(const RunOptions& options) {
    const sigset_t signal_set = Signals::block();
    const std::filesystem::path kept = kept_config_path(options.data);
    const RunConfig loaded = load_config(options.config, options.data);
    if (!loaded.office) return {3, loaded.text()};
    if (loaded.kept_is_in_force()) fmt::print(stderr, "{}", loaded.text());
    const record::Office& office = *loaded.office;

    const SystemClock system_clock;
    const Clock* clock = &system_clock;
#ifdef SALA_INSPECT
    std::unique_ptr<ManualClock> manual_clock;
    if (options.manual_clock_ms) {
        manual_clock = std::make_unique<ManualClock>(*options.manual_clock_ms);
        clock = manual_clock.get();
    }
#endif

    // Before the store, so that a start without a face leaves no line in the journal; and before the window,
    // as SDL sets the program's locale for a moment while it opens, which no other reader of it may see.
    const Result<paint::TextEngine> text = paint::TextEngine::open();
    if (!text) return outcome_of(text.error());

    Result<DataFolder> folder = DataFolder::lock(options.data);
    if (!folder) return outcome_of(folder.error());
    std::future<Result<Store>> store_opening = std::async(std::launch::async, [&] {
        return Store::open(*std::move(folder), office, crypto::sha256(bytes_of(loaded.bytes)), *clock,
                           kVersion);
    });
    Result<std::unique_ptr<Window>> window =
        open_sdl_window({.title = "Sala",
                         .width = options.width,
                         .height = options.height,
                         .fullscreen = options.fullscreen,
                         .diagonal_mm = office.display_diagonal_inches.value_or(0) * kMmOfInch});
    Result<Store> store = store_opening.get();
    if (!store) return outcome_of(store.error());
    if (!window) return outcome_of(window.error());
    // Only a configuration that this kiosk runs on replaces the last good one.
    const Result<std::string> last_good = read_file(kept, loaded.bytes.size());
    if (!last_good || *last_good != loaded.bytes) {
        // It is for the next start only: a full disk shall not end this one.
        if (Result<void> copied = write_file_durably(kept, loaded.bytes); !copied)
            fmt::print(stderr, "sala-kiosk: {}\n", copied.error().line());
    }

    Mailbox mailbox(**window);
    ImguiHost host(**window, *text);
    StoreThread store_thread(
        *std::move(store), [&](Event event) { mailbox.post(std::move(event)); },
        {.sticks = options.sticks.empty() ? StickPlaces{} : stick_places_below(options.sticks),
         .config_problems = loaded.problems});
    const auto control = LineServer::start(socket_path(options.data), [&](const std::string& request) {
        return answer_request(store_thread.on_store(), request);
    });
    if (!control) return outcome_of(control.error());

    Loop loop(office, *clock, **window, host, mailbox, store_thread);
    loop.config_refused = loaded.kept_is_in_force();
#ifdef SALA_INSPECT
    Inspector inspector(manual_clock.get(), [&] {
        store_thread.nudge();
        (*window)->wake();
    });
    loop.inspector = &inspector;
    std::unique_ptr<LineServer> inspect;
    if (!options.inspect.empty()) {
        auto started = LineServer::start(
            options.inspect, [&](const std::string& request) { return inspector.answer(request); });
        if (!started) return outcome_of(started.error());
        inspect = *std::move(started);
    }
#endif
    const Signals signals(signal_set, **window);
    // Full screen is a kiosk: there nobody but the machine's administrator ends it.
    if (loop.run(signals, !options.fullscreen)) return {};
    return {1,
            "DISPLAY-LOST: จอภาพหลุดการเชื่อมต่อ โปรดตรวจสายจอแล้วเปิดตู้บริการใหม่ (the display was lost; start the "
            "kiosk again)\n"};
}

}  // namespace sala::kiosk
