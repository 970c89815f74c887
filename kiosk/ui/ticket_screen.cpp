// The number, as large as it goes; before it the same card while the disk works.
#include <cmath>

#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

struct TicketPlaces {
    Rect title, card, division, service, number, note, head, done;
};

// Division, service and number inside the card.
void place_in_card(TicketPlaces& places, float number_share) {
    const Rect inside = places.card.inset(theme::kPad);
    places.division = inside.top(std::floor(inside.h * 0.16F));
    places.service = inside.after_y(places.division.h, 0).top(std::floor(inside.h * 0.2F));
    const float number = std::floor(inside.h * number_share);
    places.number = {inside.x, places.service.bottom() + 8, inside.w, number};
}

TicketPlaces ticket_places(const Grid& grid) {
    TicketPlaces places;
    const Rect& body = grid.body;
    const float done_height = std::max(grid.touch, grid.portrait ? 170.0F : 130.0F);
    if (grid.portrait) {
        places.title = body.top(100);
        places.done = {body.x, body.bottom() - done_height, body.w, done_height};
        places.head = {body.x, places.done.y - 90, body.w, 60};
        places.card = body.after_y(100, 20);
        places.card.h = std::min(900.0F, places.head.y - 24 - places.card.y);
        place_in_card(places, 0.42F);
        const Rect inside = places.card.inset(theme::kPad);
        places.note = {inside.x, places.number.bottom() + 10, inside.w,
                       inside.bottom() - places.number.bottom() - 10};
        return places;
    }
    places.card = body.left(std::floor(body.w * 0.56F));
    const Rect right = body.after_x(places.card.w, theme::kGap + 12);
    place_in_card(places, 0.62F);
    places.title = right.top(100);
    places.done = {right.x, body.bottom() - done_height, right.w, done_height};
    places.head = {right.x, places.done.y - 84, right.w, 60};
    places.note = {right.x, places.title.bottom() + 12, right.w, places.head.y - places.title.bottom() - 24};
    return places;
}

// What both screens share: everything but the number and what can be done with it.
void draw_frame(Ui& ui, const View& view, const TicketPlaces& places, const std::string& division_id,
                const std::string& service_id) {
    draw_header(ui, view);
    ui.text(
        places.title, ui.say(phrases::kYourTicket),
        {.size = theme::kTitle, .bold = true, .align = Align::kCenter, .valign = Valign::kMiddle, .min = 44});
    draw_card(ui, places.card);
    if (const record::Division* division = view.office.division(division_id)) {
        ui.text(places.division, ui.say(division->name),
                {.size = ui.type(46),
                 .bold = true,
                 .align = Align::kCenter,
                 .valign = Valign::kMiddle,
                 .line_height = 1.4,
                 .min = 24});
    }
    if (const record::Service* service = view.office.service(division_id, service_id)) {
        ui.text(places.service, ui.say(service->name),
                {.size = ui.type(38),
                 .colour = ui.palette().muted,
                 .align = Align::kCenter,
                 .line_height = 1.4,
                 .min = 26});
    }
}

}  // namespace

std::optional<Event> draw_saving_ticket(Ui& ui, const View& view, const SavingTicket& saving) {
    const TicketPlaces places = ticket_places(ui.grid());
    const std::string& words = ui.say(phrases::kSaving);
    draw_frame(ui, view, places, saving.division, saving.service);
    ui.note(ids::kSaving, places.number, words);
    ui.text(places.number, words,
            {.size = 46, .colour = ui.palette().muted, .align = Align::kCenter, .valign = Valign::kMiddle});
    return draw_strip(ui, {});
}

std::optional<Event> draw_ticket(Ui& ui, const View& view, const TicketShown& ticket) {
    const TicketPlaces places = ticket_places(ui.grid());
    draw_frame(ui, view, places, ticket.division, ticket.service);
    ui.note(ids::kTicketNumber, places.number, ticket.number);
    ui.text(places.number, ticket.number,
            {.size = 320,
             .bold = true,
             .colour = ui.palette().navy,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.0,
             .digits_face = true,
             .min = 120});
    ui.text(places.note, ui.say(phrases::kKeepNumber),
            {.size = ui.type(40),
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.5,
             .min = 32});
    draw_head(ui, ids::kTicketHead, places.head, ticket.head);
    std::optional<Event> event;
    if (heavy_button(ui, ids::kTicketDone, places.done, ui.say(phrases::kOk))) event = DoneTapped{};
    if (auto tapped = draw_strip(ui, {})) event = tapped;
    return event;
}

}  // namespace sala::kiosk
