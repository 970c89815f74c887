#include "platform/linux/escpos_printer.h"

#include <sys/eventfd.h>

#include <atomic>

#include "platform/linux/escpos.h"
#include "platform/linux/printer_errors.h"
#include "platform/linux/printer_line.h"

namespace sala {
namespace {

Printout not_printed(PrinterState state, Error error) {
    return {Printout::Fate::kNotPrinted, state, std::move(error)};
}

// One ticket over one open line.
class EscposTalk {
  public:
    EscposTalk(PrinterLine& line, const EscposPatience& patience, const Deadline& deadline)
        : line_(line), patience_(patience), deadline_(deadline) {}

    // All four; a silent one is kOffline.
    PrinterState ask();
    Printout print(const EscposJob& job, bool answers);

    std::optional<LineEnd> write(std::string_view bytes) { return end_ = line_.write(bytes, deadline_); }

  private:
    std::optional<PrinterState> ask(StatusKind kind, const Deadline& until);
    bool send_bands(const EscposJob& job, bool answers);
    bool hear_online();
    bool hear_the_rest(const Deadline& until);
    Printout wait_until_done();
    Printout broken(PrinterState state);

    PrinterLine& line_;
    const EscposPatience& patience_;
    const Deadline& deadline_;
    int unheard_ = 0;             // questions of kPrinter on their way
    std::size_t before_ink_ = 0;  // bytes that the line had taken before the first dot
    std::optional<LineEnd> end_;  // why the last step went no further
    PrinterState heard_ = PrinterState::kReady;
};

// Nothing: no answer came, end_ says why.
std::optional<PrinterState> EscposTalk::ask(StatusKind kind, const Deadline& until) {
    end_ = line_.write(ask_status(kind), until);
    if (end_) return {};
    const auto answer = line_.read_byte(until);
    if (const auto* end = std::get_if<LineEnd>(&answer)) {
        end_ = *end;
        return {};
    }
    return parse_status(kind, std::get<std::uint8_t>(answer)).value_or(PrinterState::kUnknown);
}

PrinterState EscposTalk::ask() {
    PrinterState worst = PrinterState::kReady;
    const Deadline until = deadline_.at_most(patience_.answer_ms);
    if (!hear_the_rest(until)) return PrinterState::kOffline;
    for (const StatusKind kind :
         {StatusKind::kPrinter, StatusKind::kOffline, StatusKind::kError, StatusKind::kPaper}) {
        const auto state = ask(kind, until);
        if (!state) return PrinterState::kOffline;
        if (*state == PrinterState::kUnknown) return PrinterState::kUnknown;
        worst = worse(worst, *state);
    }
    return worst;
}

// Answers that are still to come, for they would be taken for those to other questions.
bool EscposTalk::hear_the_rest(const Deadline& until) {
    while (unheard_ > 0) {
        const auto answer = line_.read_byte(until);
        if (const auto* end = std::get_if<LineEnd>(&answer)) {
            end_ = *end;
            return false;
        }
        if (!parse_done(std::get<std::uint8_t>(answer))) --unheard_;
    }
    return true;
}

// The answer to a question that went out behind a band.
bool EscposTalk::hear_online() {
    const auto answer = line_.read_byte(deadline_);
    if (const auto* end = std::get_if<LineEnd>(&answer)) {
        end_ = *end;
        return false;
    }
    --unheard_;
    heard_ =
        parse_status(StatusKind::kPrinter, std::get<std::uint8_t>(answer)).value_or(PrinterState::kUnknown);
    return heard_ == PrinterState::kReady;
}

// One band may be on its way while the one before it is being answered for.
bool EscposTalk::send_bands(const EscposJob& job, bool answers) {
    for (const std::string& band : job.bands) {
        if (write(band)) return false;
        if (!answers) continue;
        if (write(ask_status(StatusKind::kPrinter))) return false;
        ++unheard_;
        if (unheard_ > 1 && !hear_online()) return false;
    }
    return unheard_ == 0 || hear_online();
}

Printout EscposTalk::print(const EscposJob& job, bool answers) {
    if (write(job.begin)) return broken(PrinterState::kUnknown);
    before_ink_ = line_.taken();
    if (!send_bands(job, answers)) return broken(end_ ? PrinterState::kUnknown : heard_);
    if (write(job.end)) return broken(PrinterState::kUnknown);
    if (answers) {
        if (write(job.ask_done)) return broken(PrinterState::kUnknown);
        return wait_until_done();
    }
    end_ = line_.drain(deadline_);
    if (end_) return broken(PrinterState::kUnknown);
    return {Printout::Fate::kTaken, PrinterState::kUnknown, {}};
}

// Until GS r is answered. Meanwhile it is asked whether it is still at work; one that knows DLE EOT and not
// GS r has taken everything, and is ready, which is all that it can say.
Printout EscposTalk::wait_until_done() {
    const Deadline until = deadline_.at_most(patience_.done_ms);
    while (!until.over()) {
        const auto answer = line_.read_byte(until.at_most(patience_.look_ms));
        if (const auto* end = std::get_if<LineEnd>(&answer)) {
            end_ = *end;
            if (*end != LineEnd::kLate) return broken(PrinterState::kUnknown);
            if (line_.write(ask_status(StatusKind::kPrinter), until)) break;
            ++unheard_;
            continue;
        }
        end_.reset();
        const std::uint8_t byte = std::get<std::uint8_t>(answer);
        if (const auto done = parse_done(byte)) {
            if (may_print(*done, true)) return {Printout::Fate::kPrinted, *done, {}};
            return broken(*done);
        }
        --unheard_;
        const auto state = parse_status(StatusKind::kPrinter, byte);
        if (state != PrinterState::kReady) return broken(state.value_or(PrinterState::kUnknown));
    }
    const PrinterState state = ask();
    if (may_print(state, true)) return {Printout::Fate::kTaken, state, {}};
    return broken(state);
}

// `state`: what was heard; where that is only that it went offline, it is asked for the reason.
Printout EscposTalk::broken(PrinterState state) {
    const std::optional<LineEnd> why = end_;
    const bool inked = before_ink_ > 0 && line_.taken() > before_ink_;
    if (!why || (why == LineEnd::kLate && state != PrinterState::kUnknown)) {
        if (state == PrinterState::kOffline && !why) state = worse(state, ask());
        if (inked) (void)line_.write(escpos_forget(), deadline_);
    }
    Printout printout{inked ? Printout::Fate::kMaybePrinted : Printout::Fate::kNotPrinted, state, {}};
    if (why == LineEnd::kGone) printout.state = PrinterState::kOffline;
    printout.error = why == LineEnd::kCancelled ? printer_cancelled()
                     : why == LineEnd::kLate && state == PrinterState::kUnknown
                         ? printer_slow()
                         : printer_error(printout.state);
    return printout;
}

class EscposPrinter final : public Printer {
  public:
    EscposPrinter(EscposRoad road, EscposPatience patience)
        : road_(std::move(road)), patience_(patience), cancel_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

    PrinterState state(int within_ms) override {
        const Deadline deadline(within_ms);
        auto line = open(deadline);
        PrinterState state = line ? PrinterState::kUnknown : PrinterState::kOffline;
        if (line && road_.answers) state = EscposTalk(*line, patience_, deadline).ask();
        return cancelled_ ? PrinterState::kUnknown : state;
    }

    Printout print(const Raster& raster, int within_ms) override;
    void cancel() override {
        cancelled_ = true;
        ::eventfd_write(cancel_.get(), 1);
    }

  private:
    Result<PrinterLine> open(const Deadline& deadline) const {
        auto line = road_.kind == EscposRoad::Kind::kTcp
                        ? PrinterLine::connect_tcp(road_.place, cancel_.get(), deadline)
                        : PrinterLine::open_device(road_.place, road_.answers, cancel_.get());
        if (line && road_.answers) line->drop_old_answers();
        return line;
    }
    PrinterState prepare(EscposTalk& talk);

    const EscposRoad road_;
    const EscposPatience patience_;
    const Descriptor cancel_;
    std::atomic<bool> cancelled_ = false;
    // What the printer may still hold. Of the time before this program nothing is known.
    enum class Left { kNothing, kUnknown, kHalf } left_ = Left::kUnknown;
};

// The state in which the printer is given its ticket. One that waits for the rest of a band may take a
// question for dots, so its silence counts only when the band is surely complete.
PrinterState EscposPrinter::prepare(EscposTalk& talk) {
    PrinterState state = road_.answers ? talk.ask() : PrinterState::kUnknown;
    const bool told = state == PrinterState::kPaperOut || state == PrinterState::kCoverOpen ||
                      state == PrinterState::kFault;
    if (left_ == Left::kNothing || told || cancelled_) return state;
    if (talk.write(left_ == Left::kHalf ? escpos_after_half() : escpos_fresh()))
        return PrinterState::kOffline;
    left_ = Left::kNothing;
    return road_.answers ? talk.ask() : PrinterState::kUnknown;
}

Printout EscposPrinter::print(const Raster& raster, int within_ms) {
    if (!printable(raster)) return not_printed(PrinterState::kUnknown, printer_picture());
    const Deadline deadline(within_ms);
    auto line = open(deadline);
    if (cancelled_) return not_printed(PrinterState::kUnknown, printer_cancelled());
    if (!line) return not_printed(PrinterState::kOffline, line.error());
    EscposTalk talk(*line, patience_, deadline);
    const PrinterState state = prepare(talk);
    if (cancelled_) return not_printed(PrinterState::kUnknown, printer_cancelled());
    if (!may_print(state, road_.answers)) return not_printed(state, printer_error(state));
    Printout printout = talk.print(escpos_job(raster), road_.answers);
    if (printout.fate == Printout::Fate::kMaybePrinted) left_ = Left::kHalf;
    return printout;
}

}  // namespace

std::unique_ptr<Printer> make_escpos_printer(EscposRoad road, EscposPatience patience) {
    return std::make_unique<EscposPrinter>(std::move(road), patience);
}

}  // namespace sala
