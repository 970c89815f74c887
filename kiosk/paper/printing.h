// The thread that has tickets printed: a queue of few, and exactly one word on each.
//
// Nobody waits for it. The ticket's line is in the journal before its job comes here, so whatever happens to
// the paper there is a record, and who hears that it was not printed writes that down. The trap: a ticket
// that may have been printed is not printed again by itself; an officer looks first.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "kiosk/paper/ticket_paper.h"
#include "platform/printer.h"

namespace sala::kiosk {

struct PrintJob {
    std::uint64_t ticket = 0;  // seq of its line
    TicketPaper paper;
};

struct PrintOutcome {
    std::uint64_t ticket = 0;
    // Empty: printed. Else as `print_failed` has it: "paper", "cover", "offline" or "failed".
    std::string why;
    bool maybe = false;          // not known to be printed, yet some of it may be on paper
    bool confirmed = false;      // printed, and the printer itself said so at the end
    std::optional<Error> error;  // for the log, where it was not printed

    bool printed() const { return why.empty(); }
};

struct PrintingSettings {
    PaperWidth width = PaperWidth::k80mm;
    std::string trusted_face;  // fingerprint of the text engine (platform/paint/text.h), to start faster
    int print_within_ms = 10'000;
    int ask_within_ms = 3'000;
};

class Printing {
  public:
    static constexpr std::size_t kJobsMax = 8;  // that wait

    // Both are called from the printing thread, `told` also from whoever calls print() when the queue is
    // full, or ends this object; they must not call back into it.
    struct Listener {
        std::function<void(const PrintOutcome&)> told;
        std::function<void(PrinterState)> state;
    };
    Printing(std::unique_ptr<Printer> printer, PrintingSettings settings, Listener listener);

    // Cancels what is under way and tells the rest as "failed": none is left without a word.
    ~Printing();
    Printing(const Printing&) = delete;
    Printing& operator=(const Printing&) = delete;

    // Any thread; never waits for the printer.
    void print(PrintJob job);

    // Any thread; asked several times while the printer is at work, it answers once.
    void ask_state();

  private:
    void work();
    PrintOutcome run(const PrintJob& job);

    const std::unique_ptr<Printer> printer_;
    const PrintingSettings settings_;
    const Listener listener_;
    std::optional<Result<paint::TextEngine>> text_;  // of the thread
    std::mutex mutex_;                               // of what follows
    std::condition_variable changed_;
    std::deque<PrintJob> jobs_;
    bool asked_ = false;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses the rest
};

// The printer that the office has named. Opens nothing yet.
std::unique_ptr<Printer> make_printer(const record::PrinterSettings& settings);

// What the journal's `print_failed` says of a printer in this state.
std::string why_of(PrinterState state);

}  // namespace sala::kiosk
