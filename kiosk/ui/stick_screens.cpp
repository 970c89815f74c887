// The bundle on its way, to the stick or over the network, and what came of it.
#include <cmath>

#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

const record::Phrase& step_phrase(StickStep step) {
    switch (step) {
        case StickStep::kLooking:
            return phrases::kStickLooking;
        case StickStep::kWriting:
            return phrases::kStickWriting;
        case StickStep::kReadingBack:
            return phrases::kStickReading;
        case StickStep::kTakingNotes:
            return phrases::kStickNotes;
    }
    return phrases::kOneMoment;
}

std::string with_number(Ui& ui, const record::Phrase& phrase, std::uint64_t number) {
    return fmt::format(fmt::runtime(ui.say(phrase)), ui.digits(number));
}

// The button beneath a message; the event of a tap.
bool draw_told(Ui& ui, const View& view, const Message& message, std::string_view id,
               const record::Phrase& caption) {
    draw_header(ui, view);
    const Rect& body = ui.grid().body;
    const float button = std::max(ui.grid().touch, ui.grid().portrait ? 170.0F : 130.0F);
    draw_message(ui, body.top(body.h - button - theme::kGap), message);
    return heavy_button(ui, id, {body.x, body.bottom() - button, body.w, button}, ui.say(caption));
}

// Nothing to tap: what is under way ends by itself.
void draw_under_way(Ui& ui, const View& view, const record::Phrase& title, const record::Phrase& step,
                    int percent) {
    draw_header(ui, view);
    const Rect& body = ui.grid().body;
    const float block = 420;
    const Rect area{body.x + body.w * 0.08F, body.y + std::floor((body.h - block) * 0.42F), body.w * 0.84F,
                    block};
    ui.text(area.top(130), ui.say(title),
            {.size = theme::kTitle, .bold = true, .align = Align::kCenter, .valign = Valign::kMiddle});
    const Rect bar{area.x, area.y + 180, area.w, theme::kProgressHeight};
    const std::string text = ui.digits(static_cast<std::uint64_t>(std::clamp(percent, 0, 100))) + " %";
    ui.note(ids::kOfficerProgress, bar, text);
    draw_progress(ui, bar, percent);
    ui.text({area.x, bar.bottom() + 30, area.w, 130}, ui.say(step) + " " + text,
            {.size = ui.type(theme::kBody1), .align = Align::kCenter, .min = 28});
    draw_strip(ui, {});
}

struct Failure {
    const record::Phrase& title;
    const Error& reason;
    std::string_view again;  // id
    Event retry;
};

std::optional<Event> draw_failure(Ui& ui, const View& view, const Failure& failure) {
    const bool thai = ui.language() == record::Language::kThai;
    const Error& reason = failure.reason;
    const Message message{
        .sign = Icon::kAlert,
        .sign_colour = ui.palette().bad,
        .title = ui.say(failure.title),
        .text = (thai ? reason.thai : reason.english) + "\n" + ui.say(phrases::kNothingLost),
        .small = reason.code};
    ui.note(ids::kOfficerReason, ui.grid().body, reason.code + " " + message.text);
    std::optional<Event> event;
    if (draw_told(ui, view, message, failure.again, phrases::kTryAgain)) event = failure.retry;
    if (auto tapped = draw_strip(ui, ids::kOfficerBack)) event = tapped;
    return event;
}

}  // namespace

std::optional<Event> draw_writing_stick(Ui& ui, const View& view, const WritingStick& writing) {
    draw_under_way(ui, view, phrases::kStickTitle, step_phrase(writing.step), writing.percent);
    return {};
}

std::optional<Event> draw_stick_written(Ui& ui, const View& view, const StickWritten& written) {
    const StickReport& report = written.report;
    std::string text = report.lines > 0 ? with_number(ui, phrases::kStickWrote, report.lines)
                                        : ui.say(phrases::kStickNothing);
    if (report.cosigned_size > 0)
        text += "\n" + with_number(ui, phrases::kStickCosigned, report.cosigned_size);
    std::string small;
    if (!report.refused_notes.empty()) {
        text += "\n" + with_number(ui, phrases::kStickRefusedNotes, report.refused_notes.size());
        const Error& first = report.refused_notes.front();
        small = first.code + " • " + (ui.language() == record::Language::kThai ? first.thai : first.english);
    }
    const Message message{.sign = Icon::kCheck,
                          .sign_colour = ui.palette().good,
                          .title = ui.say(phrases::kStickSafe),
                          .text = text,
                          .small = small,
                          .sign_shown = ui.motion()};
    std::optional<Event> event;
    if (draw_told(ui, view, message, ids::kOfficerStickDone, phrases::kDone)) event = DoneTapped{};
    if (auto tapped = draw_strip(ui, {})) event = tapped;
    return event;
}

std::optional<Event> draw_stick_refused(Ui& ui, const View& view, const StickRefused& refused) {
    return draw_failure(ui, view,
                        {phrases::kStickFailed, refused.reason, ids::kOfficerStickAgain, StickTapped{}});
}

std::optional<Event> draw_sending(Ui& ui, const View& view, const Sending& sending) {
    draw_under_way(ui, view, phrases::kSendTitle, phrases::kSending, sending.percent);
    return {};
}

std::optional<Event> draw_send_done(Ui& ui, const View& view, const SendDone& done) {
    const SendReport& report = done.report;
    const Message message{.sign = Icon::kCheck,
                          .sign_colour = ui.palette().good,
                          .title = ui.say(phrases::kSendDone),
                          .text = report.lines > 0
                                      ? with_number(ui, phrases::kSendCount, report.lines) + "\n" +
                                            with_number(ui, phrases::kStickCosigned, report.cosigned_size)
                                      : ui.say(phrases::kStickNothing),
                          .small = {},
                          .sign_shown = ui.motion()};
    std::optional<Event> event;
    if (draw_told(ui, view, message, ids::kOfficerSendDone, phrases::kDone)) event = DoneTapped{};
    if (auto tapped = draw_strip(ui, {})) event = tapped;
    return event;
}

std::optional<Event> draw_send_refused(Ui& ui, const View& view, const SendRefused& refused) {
    return draw_failure(ui, view,
                        {phrases::kSendFailed, refused.reason, ids::kOfficerSendAgain, SendTapped{}});
}

}  // namespace sala::kiosk
