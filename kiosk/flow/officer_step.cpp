// The officer's way: PIN, figures of the day, close, stick, proof, self-test, new PIN. Nothing on it
// deletes or edits.
#include "kiosk/flow/step.h"
#include "platform/base/overload.h"

namespace sala::kiosk {
namespace {

Step open_page(std::optional<Notice> notice = {}) {
    return {OpeningOfficer{std::move(notice)}, {ReadFigures{}}};
}

std::string with_digit(const std::string& digits, int digit) {
    return digits.size() < kPinDigits ? digits + static_cast<char>('0' + digit) : digits;
}

std::string without_last(const std::string& digits) {
    return digits.empty() ? digits : digits.substr(0, digits.size() - 1);
}

Step on(const EnteringPin& entering, const Event& event) {
    return std::visit(Overload{
                          [&](const PinDigitTapped& tap) -> Step {
                              std::string digits = with_digit(entering.digits, tap.digit);
                              if (digits.size() < kPinDigits) return {EnteringPin{std::move(digits), {}}};
                              return {CheckingPin{}, {CheckPin{std::move(digits)}}};
                          },
                          [&](const PinEraseTapped&) -> Step {
                              return {EnteringPin{without_last(entering.digits), entering.refusal}};
                          },
                          [](const BackTapped&) -> Step { return {Home{}}; },
                          [](const IdleTimedOut&) -> Step { return {Home{}}; },
                          [&](const auto&) -> Step { return {entering}; },
                      },
                      event);
}

Step on(const CheckingPin& checking, const Event& event) {
    return std::visit(Overload{
                          [](const PinAccepted&) { return open_page(); },
                          [](const PinRefused& refused) -> Step {
                              return {EnteringPin{{}, refused.refusal}};
                          },
                          [&](const auto&) -> Step { return {checking}; },
                      },
                      event);
}

Step on(const OpeningOfficer& opening, const Event& event) {
    return std::visit(Overload{
                          [&](const FiguresRead& read) -> Step {
                              return {OfficerDay{read.figures, opening.notice}};
                          },
                          [](const OfficerFailed& failed) -> Step {
                              return {OfficerDay{{}, Notice{Notice::Kind::kFailed, failed.reason}}};
                          },
                          [&](const auto&) -> Step { return {opening}; },
                      },
                      event);
}

Step on(const OfficerDay& day, const Event& event) {
    return std::visit(Overload{
                          [&](const FiguresRead& read) -> Step {
                              return {OfficerDay{read.figures, day.notice}};
                          },
                          [&](const CloseTapped&) -> Step { return {ConfirmingClose{day.figures}}; },
                          [](const StickTapped&) -> Step {
                              return {WritingStick{}, {WriteStick{}}};
                          },
                          [](const SendTapped&) -> Step {
                              return {Sending{}, {SendLines{}}};
                          },
                          [&](const ProofTapped&) -> Step { return {OfficerProof{day.figures}}; },
                          [&](const EnvelopesTapped&) -> Step {
                              return {OfficerEnvelopes{day.figures, 0}};
                          },
                          [&](const UnprintedTapped&) -> Step { return {OfficerUnprinted{day.figures}}; },
                          [](const SelfTestTapped&) -> Step {
                              return {SelfTest{}, {RunSelfTest{}}};
                          },
                          [](const ChangePinTapped&) -> Step { return {ChangingPin{}}; },
                          [&](const auto&) -> Step { return {day}; },
                      },
                      event);
}

Step on(const OfficerEnvelopes& envelopes, const Event& event) {
    if (std::holds_alternative<BackTapped>(event)) return {OfficerDay{envelopes.figures, {}}};
    // Past the last page the screen begins again.
    if (std::holds_alternative<NextPageTapped>(event)) {
        return {OfficerEnvelopes{envelopes.figures, envelopes.page + 1}};
    }
    return {envelopes};
}

// By the journal's word for it.
Error not_printed(const std::string& why) {
    if (why == "paper")
        return {"PRINT-PAPER", "กระดาษหมด โปรดใส่ม้วนใหม่แล้วพิมพ์อีกครั้ง",
                "the paper is out; put in a new roll and print again"};
    if (why == "cover")
        return {"PRINT-COVER", "ฝาเครื่องพิมพ์เปิดอยู่ โปรดปิดแล้วพิมพ์อีกครั้ง",
                "the printer's cover is open; close it and print again"};
    if (why == "offline")
        return {"PRINT-OFFLINE", "เครื่องพิมพ์ไม่ตอบ โปรดตรวจสายและไฟ แล้วพิมพ์อีกครั้ง",
                "the printer does not answer; look at its cable and power and print again"};
    return {"PRINT-FAILED", "พิมพ์ไม่สำเร็จ โปรดตรวจเครื่องพิมพ์แล้วพิมพ์อีกครั้ง",
            "the ticket was not printed; look at the printer and print again"};
}

Step on(const OfficerUnprinted& page, const Event& event) {
    const auto ended = [&](std::uint64_t ticket, Notice notice, std::vector<Effect> effects) -> Step {
        if (page.printing != ticket) return {page};
        return {OfficerUnprinted{page.figures, page.page, {}, std::move(notice)}, std::move(effects)};
    };
    return std::visit(
        Overload{
            [&](const ReprintTapped& tap) -> Step {
                if (page.printing) return {page};
                return {OfficerUnprinted{page.figures, page.page, tap.ticket}, {NoteReprint{tap.ticket}}};
            },
            [&](const TicketPrinted& printed) {
                return ended(printed.ticket, Notice{Notice::Kind::kReprinted, {}}, {ReadFigures{}});
            },
            [&](const TicketNotPrinted& failed) {
                return ended(failed.ticket, Notice{Notice::Kind::kFailed, not_printed(failed.why)}, {});
            },
            [&](const OfficerFailed& failed) {
                return ended(page.printing.value_or(0), Notice{Notice::Kind::kFailed, failed.reason},
                             {ReadFigures{}});
            },
            [&](const FiguresRead& read) -> Step {
                return {OfficerUnprinted{read.figures, page.page, page.printing, page.notice}};
            },
            // Past the last page the screen begins again.
            [&](const NextPageTapped&) -> Step {
                return {OfficerUnprinted{page.figures, page.page + 1, page.printing, page.notice}};
            },
            [](const BackTapped&) { return open_page(); },
            [&](const auto&) -> Step { return {page}; },
        },
        event);
}

Step on(const OfficerProof& proof, const Event& event) {
    if (std::holds_alternative<BackTapped>(event)) return {OfficerDay{proof.figures, {}}};
    return {proof};
}

Step on(const ConfirmingClose& confirming, const Event& event) {
    if (std::holds_alternative<BackTapped>(event)) return {OfficerDay{confirming.figures, {}}};
    if (std::holds_alternative<CloseConfirmed>(event)) return {ClosingDay{confirming.figures}, {CloseDay{}}};
    return {confirming};
}

Step on(const ClosingDay& closing, const Event& event) {
    return std::visit(
        Overload{
            [&](const DayWasClosed& closed) -> Step {
                const auto kind = closed.was_open ? Notice::Kind::kDayClosed : Notice::Kind::kNoDayOpen;
                return {OfficerDay{closed.figures.value_or(closing.figures), Notice{kind, {}}}};
            },
            [&](const OfficerFailed& failed) -> Step {
                return {OfficerDay{closing.figures, Notice{Notice::Kind::kFailed, failed.reason}}};
            },
            [&](const auto&) -> Step { return {closing}; },
        },
        event);
}

Error stick_hangs() {
    return {
        "STICK-HANGS", "แฟลชไดรฟ์ไม่ตอบสนองเกินสองนาที โปรดถอดออกแล้วเสียบใหม่ หรือใช้อันอื่น ข้อมูลในตู้ยังอยู่ครบ",
        "the stick has not answered for two minutes; take it out and plug it in again, or use another one; "
        "nothing is lost"};
}

Step on(const WritingStick& writing, const Event& event) {
    return std::visit(
        Overload{
            [](const StickProgressed& at) -> Step {
                return {WritingStick{at.step, at.percent}};
            },
            [](const StickFinished& finished) -> Step { return {StickWritten{finished.report}}; },
            [](const StickFailed& failed) -> Step { return {StickRefused{failed.reason}}; },
            // Its progress keeps it awake, so this one stands still.
            [](const IdleTimedOut&) -> Step { return {StickRefused{stick_hangs()}}; },
            [&](const auto&) -> Step { return {writing}; },
        },
        event);
}

Step on(const StickWritten& written, const Event& event) {
    if (std::holds_alternative<DoneTapped>(event)) return open_page();
    return {written};
}

Step on(const StickRefused& refused, const Event& event) {
    if (std::holds_alternative<StickTapped>(event)) return {WritingStick{}, {WriteStick{}}};
    if (std::holds_alternative<BackTapped>(event)) return open_page();
    return {refused};
}

Error send_hangs() {
    return {"SEND-HANGS",
            "เครือข่ายไม่ตอบสนองเกินสองนาที โปรดตรวจสายเครือข่าย แล้วลองใหม่ หรือส่งทาง USB ข้อมูลในตู้ยังอยู่ครบ",
            "the network has not answered for two minutes; look at its cable and try again, or send by USB; "
            "nothing is lost"};
}

Step on(const Sending& sending, const Event& event) {
    return std::visit(Overload{
                          [](const SendProgressed& at) -> Step { return {Sending{at.percent}}; },
                          [](const SendFinished& finished) -> Step { return {SendDone{finished.report}}; },
                          [](const SendFailed& failed) -> Step { return {SendRefused{failed.reason}}; },
                          [](const IdleTimedOut&) -> Step { return {SendRefused{send_hangs()}}; },
                          [&](const auto&) -> Step { return {sending}; },
                      },
                      event);
}

Step on(const SendDone& done, const Event& event) {
    if (std::holds_alternative<DoneTapped>(event)) return open_page();
    return {done};
}

Step on(const SendRefused& refused, const Event& event) {
    if (std::holds_alternative<SendTapped>(event)) return {Sending{}, {SendLines{}}};
    if (std::holds_alternative<BackTapped>(event)) return open_page();
    return {refused};
}

Step on(const SelfTest& test, const Event& event) {
    return std::visit(
        Overload{
            [&](const OfficerFailed& failed) -> Step {
                return {OpeningOfficer{Notice{Notice::Kind::kFailed, failed.reason}}, {ReadFigures{}}};
            },
            [&](const SelfTestFinished& finished) -> Step {
                return {SelfTest{finished.findings, test.touched, test.printer}};
            },
            [&](const PrinterTested& tested) -> Step {
                return {SelfTest{test.findings, test.touched, tested.finding}};
            },
            [&](const CellTouched& touch) -> Step {
                SelfTest felt = test;
                if (touch.cell < kTouchCells) felt.touched.set(touch.cell);
                return {felt};
            },
            [](const BackTapped&) { return open_page(); },
            [&](const auto&) -> Step { return {test}; },
        },
        event);
}

// Twice the same six digits; whether they are too easy, the store says.
Step take_new_pin_digit(const ChangingPin& changing, int digit) {
    std::string digits = with_digit(changing.digits, digit);
    if (digits.size() < kPinDigits) return {ChangingPin{std::move(digits), changing.first, {}}};
    if (changing.first.empty()) return {ChangingPin{{}, std::move(digits), {}}};
    if (changing.first != digits) {
        return {ChangingPin{{}, {}, PinRefusal{.why = PinRefusal::Why::kDiffers}}};
    }
    return {SavingPin{}, {SavePin{std::move(digits)}}};
}

Step on(const ChangingPin& changing, const Event& event) {
    return std::visit(
        Overload{
            [&](const PinDigitTapped& tap) { return take_new_pin_digit(changing, tap.digit); },
            [&](const PinEraseTapped&) -> Step {
                return {ChangingPin{without_last(changing.digits), changing.first, changing.refusal}};
            },
            [](const BackTapped&) { return open_page(); },
            [&](const auto&) -> Step { return {changing}; },
        },
        event);
}

Step on(const SavingPin& saving, const Event& event) {
    return std::visit(Overload{
                          [](const PinSaved&) {
                              return open_page(Notice{Notice::Kind::kPinChanged, {}});
                          },
                          [](const PinRefused& refused) -> Step {
                              return {ChangingPin{{}, {}, refused.refusal}};
                          },
                          [](const OfficerFailed& failed) {
                              return open_page(Notice{Notice::Kind::kFailed, failed.reason});
                          },
                          [&](const auto&) -> Step { return {saving}; },
                      },
                      event);
}

// What an officer walks away from; a write under way is finished first.
bool may_be_left(const Screen& screen) {
    return is_officer_screen(screen) && !std::holds_alternative<OpeningOfficer>(screen) &&
           !std::holds_alternative<ClosingDay>(screen) && !std::holds_alternative<WritingStick>(screen) &&
           !std::holds_alternative<Sending>(screen) && !std::holds_alternative<SavingPin>(screen);
}

}  // namespace

Step officer_step(const Screen& screen, const Event& event) {
    const bool leaves = std::holds_alternative<OfficerLeft>(event) ||
                        std::holds_alternative<IdleTimedOut>(event) ||
                        std::holds_alternative<SessionTimedOut>(event);
    if (leaves && may_be_left(screen)) return {Home{}};
    return std::visit(
        [&](const auto& shown) -> Step {
            if constexpr (requires { on(shown, event); }) return on(shown, event);
            return {shown};
        },
        screen);
}

}  // namespace sala::kiosk
