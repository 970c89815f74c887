// What the kiosk itself does for the waiting hall: it announces calls, feeds the board on the second display,
// and takes the orders of number pads.
//
// Made before anybody can call, and ended before the window: its threads wake it, and one uses SDL's sound.
#pragma once

#include "kiosk/app/board_window.h"
#include "kiosk/app/calling.h"
#include "kiosk/app/desk_hub.h"
#include "kiosk/app/pad_desk.h"
#include "kiosk/flow/state.h"

namespace sala::kiosk {

struct WaitingHallSetup {
    const record::Office& office;
    const Clock& clock;
    QueueDesk& desk;             // whose listener it takes
    bool has_board = false;      // a second display is there
    std::filesystem::path pads;  // number pads by their names in this folder; empty: as office.toml says
    std::function<void()> wake;  // the frame loop, for the board
    std::function<void(Event event)> post;  // ServiceFinished, from a number pad
};

class WaitingHall {
  public:
    // What `setup` refers to must outlive this.
    explicit WaitingHall(const WaitingHallSetup& setup);

    // For the counter page.
    QueueDesk& desk() { return *page_desk_; }
    BoardFeed& feed() { return feed_; }

  private:
    DeskHub desks_;
    std::unique_ptr<QueueDesk> page_desk_;
    BoardFeed feed_;
    std::unique_ptr<Calling> calling_;  // none: neither board nor voice
    std::unique_ptr<PadDesk> pad_desk_;
    std::unique_ptr<NumberPads> pads_;  // none: office.toml names no pad
};

}  // namespace sala::kiosk
