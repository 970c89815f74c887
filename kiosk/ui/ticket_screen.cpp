// The number, as large as it goes; before it the same card while the disk works.
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

constexpr Rect kTitle{theme::kBody.x, theme::kBody.y + 24, theme::kBody.w, 100};
constexpr Rect kCard{theme::kBody.x, kTitle.bottom() + 28, theme::kBody.w, 880};
constexpr Rect kDivision{kCard.x + theme::kPad, kCard.y + 52, kCard.w - 2 * theme::kPad, 84};
constexpr Rect kService{kDivision.x, kDivision.bottom(), kDivision.w, 116};
constexpr Rect kNumber{kDivision.x, kService.bottom() + 24, kDivision.w, 320};
constexpr Rect kNote{kDivision.x, kNumber.bottom() + 44, kDivision.w, 160};
constexpr Rect kDone{theme::kBody.x, theme::kBody.bottom() - 180, theme::kBody.w, 180};
constexpr Rect kHead{theme::kBody.x, kCard.bottom() + 48, theme::kBody.w, 60};

// What both screens share: everything but the number and what can be done with it.
void draw_frame(Ui& ui, const View& view, const std::string& division_id, const std::string& service_id) {
    draw_header(ui, view);
    ui.text(kTitle, ui.say(phrases::kYourTicket),
            {.px = theme::kTitle, .bold = true, .align = Align::kCenter, .valign = Valign::kMiddle});
    draw_card(ui, kCard);
    const record::Division* division = view.office.division(division_id);
    const record::Service* service = view.office.service(division_id, service_id);
    if (division) {
        ui.text(kDivision, ui.say(division->name),
                {.px = 48,
                 .bold = true,
                 .align = Align::kCenter,
                 .valign = Valign::kMiddle,
                 .line_height = 1.4,
                 .px_min = 28});
    }
    if (service) {
        ui.text(
            kService, ui.say(service->name),
            {.px = 40, .colour = theme::kMuted, .align = Align::kCenter, .line_height = 1.4, .px_min = 28});
    }
}

}  // namespace

std::optional<Event> draw_saving_ticket(Ui& ui, const View& view, const SavingTicket& saving) {
    const std::string& words = ui.say(phrases::kSaving);
    draw_frame(ui, view, saving.division, saving.service);
    ui.note(ids::kSaving, kNumber, words);
    ui.text(kNumber, words,
            {.px = 46, .colour = theme::kMuted, .align = Align::kCenter, .valign = Valign::kMiddle});
    return draw_strip(ui, {});
}

std::optional<Event> draw_ticket(Ui& ui, const View& view, const TicketShown& ticket) {
    draw_frame(ui, view, ticket.division, ticket.service);
    ui.note(ids::kTicketNumber, kNumber, ticket.number);
    ui.text(kNumber, ticket.number,
            {.px = 320,
             .bold = true,
             .colour = theme::kNavy,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.0,
             .digits_face = true,
             .px_min = 120});
    ui.text(kNote, ui.say(phrases::kKeepNumber),
            {.px = 40, .align = Align::kCenter, .line_height = 1.5, .px_min = 34});
    draw_head(ui, ids::kTicketHead, kHead, ticket.head);
    std::optional<Event> event;
    if (heavy_button(ui, ids::kTicketDone, kDone, ui.say(phrases::kOk))) event = DoneTapped{};
    if (auto tapped = draw_strip(ui, {})) event = tapped;
    return event;
}

}  // namespace sala::kiosk
