// The frame loop: what arrived is reacted to, what is due is drawn, and then it sleeps.
//
// The trap: everything here belongs to the thread that opened the window, but for Mailbox::post().
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <mutex>

#include "kiosk/app/board_window.h"
#include "kiosk/app/store_thread.h"
#include "kiosk/app/ticket_printing.h"
#include "kiosk/flow/state.h"
#include "kiosk/ui/imgui_host.h"
#include "platform/clock.h"
#include "platform/window.h"
#include "sync/record/calendar.h"

namespace sala::kiosk {

class Inspector;

// Events from other threads, for the frame loop; at most kEventsMax of them, and of a progress only
// the newest, so that nothing else is ever crowded out.
class Mailbox {
  public:
    static constexpr std::size_t kEventsMax = 256;

    explicit Mailbox(Window& window) : window_(window) {}

    // Any thread.
    void post(Event event);

    std::deque<Event> take();

  private:
    Window& window_;
    std::mutex mutex_;
    std::deque<Event> events_;
};

class FrameLoop {
  public:
    struct Parts {  // all must outlive the loop
        const record::Office& office;
        const Clock& clock;
        Window& window;
        ImguiHost& host;
        Mailbox& mailbox;
        StoreThread& store;
        TicketPrinting& printing;
        BoardWindow* board = nullptr;     // none: no second display
        BoardFeed* board_feed = nullptr;  // of the board
        bool config_refused = false;      // the last good one is in force
        Inspector* inspector = nullptr;   // inspector builds only
    };

    explicit FrameLoop(const Parts& parts);

    // Until it is asked to end, or, where its wishes count, the window manager says so. False: the display is
    // lost.
    bool run(const std::function<bool()>& asked_to_end, bool obey_window_manager);

  private:
    void apply(const Event& event);
    void apply_arrived();
    void apply_idle();
    void apply_session();
    void apply_minute();
    bool hold_is_due() const;
    void draw();
    void draw_board();
    std::int64_t age_ms() const;
    int wait_ms() const;

    Parts parts_;
    State state_;
    record::LocalTime now_{};
    std::int64_t touched_ms_ = 0;
    std::int64_t officer_since_ms_ = 0;
    std::chrono::steady_clock::time_point shown_since_ = std::chrono::steady_clock::now();
};

}  // namespace sala::kiosk
