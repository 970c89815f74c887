// The board on the second display: a window of its own, drawn by the frame loop between two other frames.
//
// BoardFeed takes what the board shows from the threads that know it. The trap: a frame of the board takes
// the thread that draws the visitor's screen, so it is drawn between two of that one's, and only of a change.
#pragma once

#include <mutex>

#include "kiosk/counter/queue_desk.h"
#include "kiosk/ui/imgui_host.h"
#include "platform/window.h"
#include "sync/record/calendar.h"

namespace sala::kiosk {

class BoardFeed {
  public:
    struct News {
        HallShared hall;
        std::optional<queue::Call> called;
        bool announcing = false;
    };

    // `wake` is called after each change, and must not block. The board begins with the hall's last call.
    BoardFeed(HallShared hall, std::function<void()> wake);

    // Any thread.
    void set_hall(HallShared hall);
    void set_call(const queue::Call& call, bool announcing);

    // What changed since it was asked last.
    std::optional<News> take();

  private:
    void change(const std::function<void(News&)>& how);

    const std::function<void()> wake_;
    std::mutex mutex_;
    News news_;
    bool is_new_ = true;
};

class BoardWindow {
  public:
    // All must outlive it.
    BoardWindow(const record::Office& office, Window& window, const paint::TextEngine& text);

    // Its events and its news are taken in, and what is due is drawn.
    void run(BoardFeed& feed, const record::LocalTime& now);

    const Window& window() const { return window_; }
    std::span<const WidgetInfo> widgets() const { return host_.widgets(); }
    std::uint64_t presented() const { return host_.presented(); }

  private:
    void take_in(const BoardFeed::News& news);

    const record::Office& office_;
    Window& window_;
    ImguiHost host_;
    State state_;  // Thai, usual colours
    BoardShown shown_;
    record::LocalTime now_{};
};

}  // namespace sala::kiosk
