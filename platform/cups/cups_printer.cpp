#include "platform/cups/cups_printer.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "platform/cups/cups_call.h"
#include "platform/linux/escpos.h"
#include "platform/linux/printer_errors.h"

namespace sala {
namespace {

constexpr int kLookEveryMs = 100;
constexpr int kTakeBackMs = 1'000;

class CupsPrinter final : public Printer {
  public:
    explicit CupsPrinter(CupsQueue queue) : queue_(std::move(queue)) {}

    PrinterState state(int within_ms) override {
        CupsCall call(queue_, cancelled_, Deadline(within_ms));
        const PrinterState state = call.connected() ? call.state() : PrinterState::kOffline;
        return cancelled_ ? PrinterState::kUnknown : state;
    }
    Printout print(const Raster& raster, int within_ms) override;
    void cancel() override {
        {
            const std::lock_guard lock(mutex_);
            cancelled_ = true;
        }
        changed_.notify_all();
    }

  private:
    Printout refused(PrinterState state) const {
        if (cancelled_) return {Printout::Fate::kNotPrinted, PrinterState::kUnknown, printer_cancelled()};
        return {Printout::Fate::kNotPrinted, state, printer_error(state)};
    }
    PrinterState look(CupsCall& call, const Deadline& until);
    JobStep follow(CupsCall& call, int job, const Deadline& until);
    Printout taken_back(CupsCall& call, int job, int within_ms, bool ended);
    void wait_a_little() {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::milliseconds(kLookEveryMs), [&] { return cancelled_.load(); });
    }

    const CupsQueue queue_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::atomic<bool> cancelled_ = false;
    bool fresh_ = false;  // what was left from before this program has been cleared
    bool half_ = false;   // the last job was broken off while the printer had it
};

// Until the job is over, or the time is.
JobStep CupsPrinter::follow(CupsCall& call, int job, const Deadline& until) {
    JobStep step = JobStep::kWaiting;
    while (!call.over() && !until.over() && (step == JobStep::kWaiting || step == JobStep::kProcessing)) {
        wait_a_little();
        step = call.step_of(job);
    }
    return step;
}

// The state of the printer, not of the last job: CUPS keeps what the last one met, also when a new roll has
// been put in long since. Then a job that prints nothing makes it look again.
PrinterState CupsPrinter::look(CupsCall& call, const Deadline& until) {
    const PrinterState state = call.state();
    if (may_print(state, true) || !call.runs()) return state;
    const int knock = call.create_job();
    if (knock == 0) return state;
    const bool sent = call.send(knock, escpos_job({}).begin);
    if (sent && follow(call, knock, until) == JobStep::kDone) return call.state();
    call.take_back(knock);
    return state;
}

Printout CupsPrinter::print(const Raster& raster, int within_ms) {
    if (!printable(raster)) {
        return {Printout::Fate::kNotPrinted, PrinterState::kUnknown, printer_picture()};
    }
    // The end of the time is kept for taking the job back.
    const int take_back_ms = std::min(kTakeBackMs, within_ms / 3);
    CupsCall call(queue_, cancelled_, Deadline(within_ms - take_back_ms));
    if (!call.connected()) return refused(PrinterState::kOffline);
    const PrinterState state = look(call, Deadline(within_ms / 3));
    if (!may_print(state, true)) return refused(state);
    const int number = call.create_job();
    if (number == 0) return refused(PrinterState::kOffline);

    const EscposJob job = escpos_job(raster);
    std::string bytes = half_ ? escpos_after_half() : fresh_ ? "" : escpos_fresh();
    bytes += job.begin;
    for (const std::string& band : job.bands) bytes += band;
    bytes += job.end;
    if (!call.send(number, bytes)) return taken_back(call, number, take_back_ms, false);

    const JobStep step = follow(call, number, Deadline(within_ms));
    if (step != JobStep::kDone) return taken_back(call, number, take_back_ms, step == JobStep::kEnded);
    const PrinterState after = call.state();
    half_ = !may_print(after, true);
    fresh_ = true;
    if (half_) return {Printout::Fate::kMaybePrinted, after, printer_error(after)};
    return {Printout::Fate::kTaken, after, {}};
}

// `ended`: CUPS gave the job up by itself.
Printout CupsPrinter::taken_back(CupsCall& call, int job, int within_ms, bool ended) {
    const bool cancelled = cancelled_;
    call.last_words(within_ms);
    const bool untouched = call.take_back(job);
    half_ = half_ || !untouched;
    Printout printout;
    printout.fate = untouched ? Printout::Fate::kNotPrinted : Printout::Fate::kMaybePrinted;
    printout.state = call.state();
    if (may_print(printout.state, true)) printout.state = PrinterState::kUnknown;
    if (cancelled) {
        printout.error = printer_cancelled();
    } else if (printout.state == PrinterState::kUnknown && !ended) {
        printout.error = printer_slow();
    } else {
        printout.error = printer_error(
            ended && printout.state == PrinterState::kUnknown ? PrinterState::kFault : printout.state);
    }
    return printout;
}

}  // namespace

std::unique_ptr<Printer> make_cups_printer(CupsQueue queue) {
    return std::make_unique<CupsPrinter>(std::move(queue));
}

}  // namespace sala
