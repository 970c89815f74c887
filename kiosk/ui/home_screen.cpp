// Home: rate, take a ticket and scan the EIT code without opening anything.
#include <cmath>

#include "kiosk/ui/eit_notice.h"
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

constexpr Rect kRate{theme::kMargin, theme::kBody.y, theme::kBody.w, 438};
constexpr Rect kTicket{theme::kMargin, kRate.bottom() + theme::kGap, theme::kBody.w, 248};
constexpr Rect kEit{theme::kMargin, kTicket.bottom() + theme::kGap, theme::kBody.w,
                    theme::kBody.bottom() - kTicket.bottom() - theme::kGap};
constexpr float kFaceGap = theme::kTouchGapMin;
constexpr float kFacePad = 26;  // of the card, so that five faces are as large as fits

std::optional<Event> draw_rate(Ui& ui) {
    const std::string& question = ui.say(phrases::kQuestion);
    draw_card(ui, kRate);
    ui.note(ids::kHomeRate, kRate, question);
    ui.text({kRate.x + kFacePad, kRate.y + 28, kRate.w - 2 * kFacePad, 80}, question,
            {.px = theme::kHeading,
             .bold = true,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .px_min = theme::kBody1});
    const float side = std::floor((kRate.w - 2 * kFacePad - 4 * kFaceGap) / 5);
    const float left = kRate.centre_x() - (5 * side + 4 * kFaceGap) / 2;
    const float top = kRate.y + 128;
    std::optional<Event> event;
    for (int i = 0; i < 5; ++i) {
        const int score = 5 - i;  // the best at the left, as on every Thai form
        const Rect place{std::round(left + static_cast<float>(i) * (side + kFaceGap)), top, side,
                         kRate.bottom() - 24 - top};
        if (face_button(ui, score, place)) event = FaceTapped{score};
    }
    return event;
}

std::optional<Event> draw_take_ticket(Ui& ui) {
    constexpr float kIconSide = 148;
    const std::string& caption = ui.say(phrases::kTakeTicket);
    const Touch touch = ui.touch(ids::kHomeTicket, kTicket, caption);
    ui.rounded(kTicket, theme::kRadius, touch.pressed ? theme::kNavyPressed : theme::kNavy);
    ui.icon(Icon::kTicket,
            {kTicket.x + 64, std::round(kTicket.centre_y() - kIconSide / 2), kIconSide, kIconSide},
            theme::kWhite);
    const float left = kTicket.x + 64 + kIconSide + 56;
    const Rect title{left, kTicket.y + 42, kTicket.right() - 130 - left, 104};
    ui.text(title, caption,
            {.px = 76,
             .bold = true,
             .colour = theme::kWhite,
             .valign = Valign::kMiddle,
             .line_height = 1.3,
             .px_min = 48});
    ui.text({left, title.bottom(), title.w, 60}, ui.say(phrases::kTakeTicketHow),
            {.px = 38, .colour = theme::kOnNavyMuted, .valign = Valign::kMiddle, .px_min = theme::kSmall});
    ui.icon(Icon::kForward, {kTicket.right() - 64 - 56, std::round(kTicket.centre_y() - 28), 56, 56},
            theme::kWhite);
    return touch.tapped ? std::optional<Event>(TicketTapped{}) : std::nullopt;
}

void draw_eit_closed(Ui& ui, const Rect& card, const std::string& notice) {
    constexpr float kIconSide = 150;
    ui.note(ids::kHomeEit, card, notice);
    draw_card(ui, card);
    const float top = card.y + std::round((card.h - 480) / 2);
    ui.icon(Icon::kCalendar, {card.centre_x() - kIconSide / 2, top, kIconSide, kIconSide}, theme::kNavy);
    const Rect title{card.x + theme::kPad, top + kIconSide + 40, card.w - 2 * theme::kPad, 90};
    ui.text(title, ui.say(phrases::kEitTitleLine),
            {.px = theme::kHeading, .bold = true, .align = Align::kCenter, .valign = Valign::kMiddle});
    ui.text({title.x, title.bottom() + 16, title.w, 184}, notice,
            {.px = theme::kLead, .colour = theme::kMuted, .align = Align::kCenter});
}

std::optional<Event> draw_eit_open(Ui& ui, const record::EitCampaign& eit) {
    constexpr float kCodeBox = 546;
    const Touch touch = ui.touch(ids::kHomeEit, kEit, ui.say(phrases::kEitTitleLine));
    draw_card(ui, kEit, touch.pressed);

    // The code brings its own four white modules, so its box may touch the card's padding.
    const Rect code{kEit.x + 14, kEit.y + 14, kCodeBox, kCodeBox};
    if (touch.pressed) ui.rounded(code.inset(4), 16, theme::kWhite);
    ui.qr(code, eit.url);
    ui.note(ids::kHomeEitQr, code, eit.url);

    const float left = code.right() + 12;
    const Rect column{left, kEit.y + 60, kEit.right() - 20 - left, kCodeBox - 100};
    const float title_height = ui.text({column.x, column.y, column.w, 200}, ui.say(phrases::kEitTitle),
                                       {.px = 46, .bold = true, .line_height = 1.35});
    const float how_top = column.y + title_height + 24;
    ui.text({column.x, how_top, column.w, 160}, ui.say(phrases::kEitHow),
            {.px = 33, .colour = theme::kMuted, .line_height = 1.5, .px_min = theme::kTiny});
    ui.text({column.x, column.bottom() - 56, column.w, 56}, ui.say(phrases::kEnlarge),
            {.px = theme::kSmall, .bold = true, .colour = theme::kNavy, .valign = Valign::kMiddle});

    const Rect host{kEit.x + theme::kPad, kEit.y + 14 + kCodeBox + 8, kEit.w - 2 * theme::kPad, 108};
    ui.fill({host.x, host.y - 4, host.w, 2}, theme::kRule);
    ui.text(host, eit.host,
            {.px = 64,
             .bold = true,
             .colour = theme::kNavy,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .px_min = theme::kTiny});
    ui.text(
        {host.x, host.bottom() - 4, host.w, 48}, ui.say(phrases::kCheckHost),
        {.px = theme::kSmall, .colour = theme::kMuted, .align = Align::kCenter, .valign = Valign::kMiddle});
    return touch.tapped ? std::optional<Event>(EitTapped{}) : std::nullopt;
}

}  // namespace

std::optional<Event> draw_home(Ui& ui, const View& view) {
    draw_header(ui, view);
    std::optional<Event> event = draw_rate(ui);
    if (auto tapped = draw_take_ticket(ui)) event = tapped;
    if (const auto notice = eit_notice(view)) {
        draw_eit_closed(ui, kEit, *notice);
    } else if (auto tapped = draw_eit_open(ui, *view.office.eit)) {
        event = tapped;
    }
    if (auto tapped = draw_strip(ui, {}, ui.say(phrases::kAnonymous))) event = tapped;
    return event;
}

}  // namespace sala::kiosk
