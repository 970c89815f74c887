#include "kiosk/paper/printing.h"

#include <utility>

#include "platform/cups/cups_printer.h"
#include "platform/linux/escpos_printer.h"

namespace sala::kiosk {
namespace {

Error queue_full() {
    return {
        "PRINTER-BUSY", "มีบัตรคิวรอพิมพ์มากเกินไป บัตรนี้จึงยังไม่ได้พิมพ์ โปรดตรวจเครื่องพิมพ์แล้วพิมพ์ซ้ำ",
        "too many tickets wait for the printer, so this one was not printed; look at the printer, then print "
        "it again"};
}

Error ending() {
    return {"PRINTER-CANCELLED", "ยังไม่ได้พิมพ์บัตรคิวเพราะโปรแกรมกำลังปิด โปรดพิมพ์ใหม่เมื่อเปิดโปรแกรมแล้ว",
            "the ticket was not printed because the program is ending; print it again after the next start"};
}

PrintOutcome failed(std::uint64_t ticket, Error error) {
    return {.ticket = ticket, .why = "failed", .error = std::move(error)};
}

}  // namespace

std::string why_of(PrinterState state) {
    switch (state) {
        case PrinterState::kPaperOut:
            return "paper";
        case PrinterState::kCoverOpen:
            return "cover";
        case PrinterState::kOffline:
            return "offline";
        case PrinterState::kReady:
        case PrinterState::kPaperLow:
        case PrinterState::kFault:
        case PrinterState::kUnknown:
            break;
    }
    return "failed";
}

std::unique_ptr<Printer> make_printer(const record::PrinterSettings& settings) {
    using Road = record::PrinterSettings::Road;
    if (settings.road == Road::kCups) return make_cups_printer({settings.place, ""});
    const auto kind = settings.road == Road::kTcp ? EscposRoad::Kind::kTcp : EscposRoad::Kind::kDevice;
    return make_escpos_printer({kind, settings.place, settings.answers});
}

Printing::Printing(std::unique_ptr<Printer> printer, PrintingSettings settings, Listener listener)
    : printer_(std::move(printer)), settings_(std::move(settings)), listener_(std::move(listener)) {
    thread_ = std::thread([this] { work(); });
}

Printing::~Printing() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    printer_->cancel();
    changed_.notify_one();
    thread_.join();
    for (const PrintJob& job : jobs_) listener_.told(failed(job.ticket, ending()));
}

void Printing::print(PrintJob job) {
    const std::uint64_t ticket = job.ticket;
    bool taken = false;
    {
        const std::lock_guard lock(mutex_);
        taken = jobs_.size() < kJobsMax;
        if (taken) jobs_.push_back(std::move(job));
    }
    if (taken) {
        changed_.notify_one();
    } else {
        listener_.told(failed(ticket, queue_full()));
    }
}

void Printing::ask_state() {
    {
        const std::lock_guard lock(mutex_);
        asked_ = true;
    }
    changed_.notify_one();
}

void Printing::work() {
    text_ = paint::TextEngine::open("Loma", settings_.trusted_face);
    for (;;) {
        std::optional<PrintJob> job;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [&] { return stopping_ || asked_ || !jobs_.empty(); });
            if (stopping_) return;
            // Somebody waits for a ticket; who asks for the state has a moment.
            if (!jobs_.empty()) {
                job = std::move(jobs_.front());
                jobs_.pop_front();
            } else {
                asked_ = false;
            }
        }
        if (job) {
            listener_.told(run(*job));
        } else {
            listener_.state(printer_->state(settings_.ask_within_ms));
        }
    }
}

PrintOutcome Printing::run(const PrintJob& job) {
    if (!*text_) return failed(job.ticket, text_->error());
    const Result<Raster> dots = draw_ticket_paper(job.paper, settings_.width, **text_);
    if (!dots) return failed(job.ticket, dots.error());
    const Printout printout = printer_->print(*dots, settings_.print_within_ms);
    PrintOutcome outcome{.ticket = job.ticket};
    if (printout.good()) {
        outcome.confirmed = printout.fate == Printout::Fate::kPrinted;
        return outcome;
    }
    outcome.why = why_of(printout.state);
    outcome.maybe = printout.fate == Printout::Fate::kMaybePrinted;
    outcome.error = printout.error;
    return outcome;
}

}  // namespace sala::kiosk
