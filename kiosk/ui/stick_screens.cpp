// The bundle on its way to the stick, and what came of it.
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

}  // namespace

std::optional<Event> draw_writing_stick(Ui& ui, const View& view, const WritingStick& writing) {
    draw_header(ui, view);
    const Rect& body = ui.grid().body;
    const float block = 420;
    const Rect area{body.x + body.w * 0.08F, body.y + std::floor((body.h - block) * 0.42F), body.w * 0.84F,
                    block};
    ui.text(area.top(130), ui.say(phrases::kStickTitle),
            {.size = theme::kTitle, .bold = true, .align = Align::kCenter, .valign = Valign::kMiddle});
    const Rect bar{area.x, area.y + 180, area.w, theme::kProgressHeight};
    const std::string percent =
        ui.digits(static_cast<std::uint64_t>(std::clamp(writing.percent, 0, 100))) + " %";
    ui.note(ids::kOfficerProgress, bar, percent);
    draw_progress(ui, bar, writing.percent);
    ui.text({area.x, bar.bottom() + 30, area.w, 130}, ui.say(step_phrase(writing.step)) + " " + percent,
            {.size = ui.type(theme::kBody1), .align = Align::kCenter, .min = 28});
    draw_strip(ui, {});
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
    const bool thai = ui.language() == record::Language::kThai;
    const Message message{
        .sign = Icon::kAlert,
        .sign_colour = ui.palette().bad,
        .title = ui.say(phrases::kStickFailed),
        .text = (thai ? refused.reason.thai : refused.reason.english) + "\n" + ui.say(phrases::kNothingLost),
        .small = refused.reason.code};
    ui.note(ids::kOfficerReason, ui.grid().body, refused.reason.code + " " + message.text);
    std::optional<Event> event;
    if (draw_told(ui, view, message, ids::kOfficerStickAgain, phrases::kTryAgain)) event = StickTapped{};
    if (auto tapped = draw_strip(ui, ids::kOfficerBack)) event = tapped;
    return event;
}

}  // namespace sala::kiosk
