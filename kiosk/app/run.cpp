#include "kiosk/app/run.h"

#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <future>
#include <thread>

#include "kiosk/app/board_window.h"
#include "kiosk/app/config.h"
#include "kiosk/app/counter_page.h"
#include "kiosk/app/frame_loop.h"
#include "kiosk/app/inspector.h"
#include "kiosk/app/waiting_hall.h"
#include "platform/base/files.h"
#include "platform/linux/sdl_window.h"
#include "platform/linux/system_clock.h"
#include "platform/paint/text.h"

namespace sala::kiosk {
namespace {

constexpr double kMmOfInch = 25.4;
constexpr const char* kTrustedFace = "face.trusted";
constexpr std::size_t kFingerprintBytesMax = 256;

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

void say(const Error& error) { fmt::print(stderr, "sala-kiosk: {}\n", error.line()); }

// Copies into the data folder for the next start; a full disk shall not end this one.
void keep_for_next_start(const std::filesystem::path& path, const std::string& bytes) {
    const Result<std::string> kept = read_file(path, bytes.size());
    if (kept && *kept == bytes) return;
    if (Result<void> written = write_file_durably(path, bytes); !written) {
        say(written.error());
    }
}

// The face that the kiosk writes with. Its test was passed if the data folder remembers just these files and
// libraries.
Result<paint::TextEngine> open_text(const std::filesystem::path& data) {
    const Result<std::string> trusted = read_file(data / kTrustedFace, kFingerprintBytesMax);
    return paint::TextEngine::open("Loma", trusted ? *trusted : "");
}

constexpr int kBoardWidth = 1920, kBoardHeight = 1080;  // where it does not cover a display

Result<std::unique_ptr<Window>> open_window(const RunOptions& options, const record::Office& office) {
    return open_sdl_window({.title = "Sala",
                            .width = options.width,
                            .height = options.height,
                            .fullscreen = options.fullscreen,
                            .diagonal_mm = office.display_diagonal_inches.value_or(0) * kMmOfInch});
}

// The board's window on the second display. Without one the kiosk runs on, and the self-test says it too.
std::unique_ptr<Window> open_board(const RunOptions& options, const record::Office& office) {
    if (!office.board.display) return nullptr;
    auto opened = open_sdl_window({.title = "Sala board",
                                   .width = kBoardWidth,
                                   .height = kBoardHeight,
                                   .fullscreen = options.fullscreen,
                                   .second = true});
    if (opened) return *std::move(opened);
    say(opened.error());
    return nullptr;
}

// The machine's clock, or in builds for tests one that the test sets.
class RunClock {
  public:
#ifdef SALA_INSPECT
    explicit RunClock(const RunOptions& options) {
        if (options.manual_clock_ms) manual_ = std::make_unique<ManualClock>(*options.manual_clock_ms);
    }
    const Clock& get() const { return manual_ ? static_cast<const Clock&>(*manual_) : system_; }
    ManualClock* manual() const { return manual_.get(); }

  private:
    std::unique_ptr<ManualClock> manual_;
#else
    explicit RunClock(const RunOptions&) {}
    const Clock& get() const { return system_; }

  private:
#endif
    SystemClock system_;
};

// What is open when the first visitor may come.
struct Kiosk {
    const RunOptions& options;
    const RunConfig& config;
    const RunClock& clock;
    Window& window;
    ImguiHost& host;
    sigset_t signals;
    std::string trusted_face;  // fingerprint of the text engine
    BoardWindow* board;        // null: none
};

// Null: the office has none, or it could not be opened. Visitors are served all the same.
std::unique_ptr<CounterPage> open_counters(const Kiosk& kiosk, WaitingHall& hall, StoreThread& store,
                                           Mailbox& mailbox) {
    if (!kiosk.config.office->counter_page) return nullptr;
    auto started =
        CounterPage::start(*kiosk.config.office, kiosk.options.data, hall.desk(), store.on_store(),
                           kiosk.clock.get(), [&](Event event) { mailbox.post(std::move(event)); });
    if (started) return *std::move(started);
    say(started.error());
    return nullptr;
}

// Nobody prints any more: what became of each paper is written down, and what was still to be printed stands
// in the journal as unprinted.
void note_papers(TicketPrinting& printing, Mailbox& mailbox, StoreThread& store) {
    printing.end();
    for (const Event& event : mailbox.take()) {
        if (const auto* printed = std::get_if<TicketPrinted>(&event))
            store.perform(NotePaper{printed->ticket, {}});
        if (const auto* failed = std::get_if<TicketNotPrinted>(&event))
            store.perform(NotePaper{failed->ticket, failed->why});
    }
}

#ifdef SALA_INSPECT
// As a visitor of a crowd does: waits for it.
bool take_ticket(StoreThread& store, const record::Division& division) {
    const auto token = crypto::random_array<16>();
    const Result<void> taken = store.act([&](Store& opened) -> Result<void> {
        const auto ticket = opened.issue_ticket(token, {division.id, division.services.front().id});
        return ticket ? Result<void>() : ticket.error();
    });
    return taken.ok();
}

// The inspector and the socket on which it is asked.
class Inspection {
  public:
    Inspection(const Kiosk& kiosk, StoreThread& store)
        : inspector_(kiosk.clock.manual(), [&kiosk, &store] {
              store.nudge();
              kiosk.window.wake();
          }) {
        inspector_.set_crowd(
            [&store, &office = *kiosk.config.office, turn = std::make_shared<std::atomic<std::size_t>>(0)] {
                return take_ticket(store, office.divisions[(*turn)++ % office.divisions.size()]);
            });
    }
    Result<void> listen(const std::filesystem::path& path) {
        if (path.empty()) return {};
        auto started = LineServer::start(
            path, [&](const std::string& request, const auto&) { return inspector_.answer(request); });
        if (!started) return started.error();
        line_ = *std::move(started);
        return {};
    }
    Inspector& inspector() { return inspector_; }

  private:
    Inspector inspector_;
    std::unique_ptr<LineServer> line_;
};
#endif

Outcome outcome_of_loop(bool as_asked) {
    if (as_asked) return {};
    return {1,
            "DISPLAY-LOST: จอภาพหลุดการเชื่อมต่อ โปรดตรวจสายจอแล้วเปิดตู้บริการใหม่ (the display was lost; start the "
            "kiosk again)\n"};
}

// The threads, the sockets and the loop between them, until it is asked to end.
Outcome serve(const Kiosk& kiosk, Store opened) {
    const RunOptions& options = kiosk.options;
    const record::Office& office = *kiosk.config.office;
    const Clock& clock = kiosk.clock.get();
    Mailbox mailbox(kiosk.window);
    const auto post = [&](Event event) { mailbox.post(std::move(event)); };
    StoreThread store(std::move(opened), post,
                      {.sticks = options.sticks.empty() ? StickPlaces{} : stick_places_below(options.sticks),
                       .config_problems = kiosk.config.problems},
                      &clock);
    TicketPrinting printing(office, clock, post, kiosk.trusted_face);
    WaitingHall hall({.office = office,
                      .clock = clock,
                      .desk = store,
                      .has_board = kiosk.board != nullptr,
                      .pads = options.pads,
                      .wake = [&] { kiosk.window.wake(); },
                      .post = post});
    const auto counters = open_counters(kiosk, hall, store, mailbox);
    const auto control = LineServer::start(socket_path(options.data),
                                           [&](const std::string& request, const LineServer::Gone& gone) {
                                               return answer_request(store.on_store(), request, gone);
                                           });
    if (!control) return outcome_of(control.error());
    FrameLoop::Parts parts{.office = office,
                           .clock = clock,
                           .window = kiosk.window,
                           .host = kiosk.host,
                           .mailbox = mailbox,
                           .store = store,
                           .printing = printing,
                           .board = kiosk.board,
                           .board_feed = &hall.feed(),
                           .config_refused = kiosk.config.kept_is_in_force()};
#ifdef SALA_INSPECT
    Inspection inspection(kiosk, store);
    if (Result<void> listening = inspection.listen(options.inspect); !listening)
        return outcome_of(listening.error());
    parts.inspector = &inspection.inspector();
#endif
    FrameLoop loop(parts);
    const Signals signals(kiosk.signals, kiosk.window);
    // Full screen is a kiosk: there nobody but the machine's administrator ends it.
    const bool as_asked = loop.run([&] { return signals.asked(); }, !options.fullscreen);
    note_papers(printing, mailbox, store);
    return outcome_of_loop(as_asked);
}

}  // namespace

Outcome run_kiosk(const RunOptions& options) {
    const sigset_t signals = Signals::block();
    forgo_keyboard();
    const RunConfig config = load_config(options.config, options.data);
    if (!config.office) return {3, config.text()};
    if (config.kept_is_in_force()) fmt::print(stderr, "{}", config.text());
    const record::Office& office = *config.office;
    const RunClock clock(options);

    // Before the store, so that a start without a face leaves no line in the journal; and before the window,
    // as SDL sets the program's locale for a moment while it opens, which no other reader of it may see.
    const Result<paint::TextEngine> text = open_text(options.data);
    if (!text) return outcome_of(text.error());
    Result<DataFolder> folder = DataFolder::lock(options.data);
    if (!folder) return outcome_of(folder.error());
    // The journal is read while the window opens and home is drawn; it is shown when both are there.
    std::future<Result<Store>> store_opening = std::async(std::launch::async, [&] {
        return Store::open(*std::move(folder), office, crypto::sha256(bytes_of(config.bytes)), clock.get(),
                           kVersion);
    });
    const Result<std::unique_ptr<Window>> window = open_window(options, office);
    std::optional<ImguiHost> host;
    if (window) {
        host.emplace(**window, *text);
        host->prepare({.office = office,
                       .state = State{},
                       .now = record::local_time(clock.get().wall_ms()),
                       .config_refused = config.kept_is_in_force(),
                       .mono_ms = clock.get().monotonic_ms()});
    }
    const std::unique_ptr<Window> second = window ? open_board(options, office) : nullptr;
    std::optional<BoardWindow> board;
    if (second) board.emplace(office, *second, *text);
    Result<Store> store = store_opening.get();
    if (!store) return outcome_of(store.error());
    if (!window) return outcome_of(window.error());
    // Only a configuration that this kiosk runs on replaces the last good one.
    keep_for_next_start(kept_config_path(options.data), config.bytes);
    keep_for_next_start(options.data / kTrustedFace, text->fingerprint());
    return serve({.options = options,
                  .config = config,
                  .clock = clock,
                  .window = **window,
                  .host = *host,
                  .signals = signals,
                  .trusted_face = text->fingerprint(),
                  .board = board ? &*board : nullptr},
                 *std::move(store));
}

}  // namespace sala::kiosk
