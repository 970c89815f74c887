// From an issued ticket to its paper: what stands on it, and the event that says what became of it.
#pragma once

#include "kiosk/flow/state.h"
#include "kiosk/paper/printing.h"
#include "platform/clock.h"
#include "sync/record/office.h"

namespace sala::kiosk {

// The plain values of a ticket's paper; `now` is when it was taken.
TicketPaper paper_of(const record::Office& office, const PrintTicket& ticket, record::LocalTime now);

class TicketPrinting {
  public:
    // Nothing happens where the office has no printer. `post` is called on the printing thread, or on the
    // caller's of perform(); `office` and `clock` outlive this. `trusted_face` as Printing has it.
    TicketPrinting(const record::Office& office, const Clock& clock, const std::function<void(Event)>& post,
                   std::string trusted_face);

    // Any thread; never waits for the printer.
    void perform(const PrintTicket& ticket);

    // Ends what is under way: TicketNotPrinted has come for all that was not printed.
    void end() { printing_.reset(); }

    // Any thread: PrinterTested comes, once, for a page that shows it.
    void ask_state();

  private:
    const record::Office& office_;
    const Clock& clock_;
    std::unique_ptr<Printing> printing_;  // none: no printer
};

}  // namespace sala::kiosk
