// The number, as large as it goes; before it the same card while the disk works.
#include <cmath>

#include "kiosk/flow/ticket_code.h"
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

struct TicketPlaces {
    Rect title, card, division, service, number, ahead, note, head, done;
};

// Division, service and number inside the card.
void place_in_card(TicketPlaces& places, float number_share) {
    const Rect inside = places.card.inset(theme::kPad);
    places.division = inside.top(std::floor(inside.h * 0.16F));
    places.service = inside.after_y(places.division.h, 0).top(std::floor(inside.h * 0.2F));
    const float number = std::floor(inside.h * number_share);
    places.number = {inside.x, places.service.bottom() + 8, inside.w, number};
    places.ahead = {inside.x, places.number.bottom() + 6, inside.w, std::floor(inside.h * 0.1F)};
}

// `with_code`: upright the card is as high as the page allows, so that the code has room under the number.
TicketPlaces ticket_places(const Grid& grid, bool with_code = false) {
    TicketPlaces places;
    const Rect& body = grid.body;
    const float done_height = std::max(grid.touch, grid.portrait ? 170.0F : 130.0F);
    if (grid.portrait) {
        places.title = body.top(100);
        places.done = {body.x, body.bottom() - done_height, body.w, done_height};
        places.head = {body.x, places.done.y - 90, body.w, 60};
        places.card = body.after_y(100, 20);
        places.card.h = std::min(900.0F, places.head.y - 24 - places.card.y);
        place_in_card(places, 0.36F);
        if (with_code) places.card.h = places.head.y - 24 - places.card.y;
        const Rect inside = places.card.inset(theme::kPad);
        places.note = {inside.x, places.ahead.bottom() + 10, inside.w,
                       inside.bottom() - places.ahead.bottom() - 10};
        return places;
    }
    places.card = body.left(std::floor(body.w * 0.56F));
    const Rect right = body.after_x(places.card.w, theme::kGap + 12);
    place_in_card(places, 0.5F);
    places.title = right.top(100);
    places.done = {right.x, body.bottom() - done_height, right.w, done_height};
    places.head = {right.x, places.done.y - 84, right.w, 60};
    places.note = {right.x, places.title.bottom() + 12, right.w, places.head.y - places.title.bottom() - 24};
    return places;
}

// What both screens share: everything but the number and what can be done with it.
void draw_frame(Ui& ui, const View& view, const TicketPlaces& places, const std::vector<Errand>& errands,
                bool priority) {
    draw_header(ui, view);
    ui.text(
        places.title, ui.say(phrases::kYourTicket),
        {.size = theme::kTitle, .bold = true, .align = Align::kCenter, .valign = Valign::kMiddle, .min = 44});
    draw_card(ui, places.card);
    const Errand& first = errands.front();
    if (const record::Division* division = view.office.division(first.division)) {
        std::string name = ui.say(division->name);
        if (priority) name += " • " + ui.say(phrases::kPriorityLane);
        ui.text(places.division, name,
                {.size = ui.type(46),
                 .bold = true,
                 .align = Align::kCenter,
                 .valign = Valign::kMiddle,
                 .line_height = 1.4,
                 .min = 24});
    }
    if (const record::Service* service = view.office.service(first.division, first.service)) {
        std::string name = ui.say(service->name);
        if (errands.size() > 1)
            name = fmt::format(fmt::runtime(ui.say(phrases::kAndMore)), name, ui.digits(errands.size() - 1));
        ui.text(places.service, name,
                {.size = ui.type(38),
                 .colour = ui.palette().muted,
                 .align = Align::kCenter,
                 .line_height = 1.4,
                 .min = 26});
    }
}

// "รอก่อนหน้าท่าน ๔ คิว • รอประมาณ ๑๕ ถึง ๓๐ นาที", as far as it is known.
void draw_ahead(Ui& ui, const Rect& place, const IssuedTicket& ticket) {
    if (!ticket.ahead) return;
    const auto say = [&](const record::Phrase& phrase, auto... numbers) {
        return fmt::format(fmt::runtime(ui.say(phrase)), ui.digits(static_cast<std::uint64_t>(numbers))...);
    };
    std::string text =
        *ticket.ahead == 0 ? ui.say(phrases::kNobodyAhead) : say(phrases::kAhead, *ticket.ahead);
    if (ticket.wait_minutes) {
        const auto [from, to] = *ticket.wait_minutes;
        text += " • " + (from == 0 ? say(phrases::kWaitUnder, to) : say(phrases::kWaitRange, from, to));
    }
    ui.note(ids::kTicketAhead, place, text);
    ui.text(place, text,
            {.size = ui.type(40),
             .bold = true,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.2,
             .min = 24});
}

// Where the paper is; of one that was not printed the code that would have stood on it.
void draw_paper(Ui& ui, Rect place, const View& view, const TicketShown& shown) {
    const bool printer = view.office.printer.has_value();
    const record::Phrase* words = &phrases::kKeepNumber;
    if (printer && shown.paper == Paper::kPrinting) words = &phrases::kPrinting;
    if (printer && shown.paper == Paper::kPrinted) words = &phrases::kTakePaper;
    if (printer && shown.paper == Paper::kFailed) {
        words = &phrases::kNoPaper;
        const std::string code = ticket_code(view.office, shown.ticket);
        const float side = std::min(place.h, std::floor(place.w * (ui.grid().portrait ? 0.42F : 0.6F)));
        const Rect square{place.right() - side, place.y + std::floor((place.h - side) / 2), side, side};
        if (ui.qr(square, code)) {
            ui.note(ids::kTicketQr, square, code);
            place = place.left(place.w - side - 24);
        }
    }
    ui.note(ids::kTicketPaper, place, ui.say(*words));
    ui.text(place, ui.say(*words),
            {.size = ui.type(40),
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.5,
             .min = 22});
}

}  // namespace

std::optional<Event> draw_saving_ticket(Ui& ui, const View& view, const SavingTicket& saving) {
    const TicketPlaces places = ticket_places(ui.grid());
    const std::string& words = ui.say(phrases::kSaving);
    draw_frame(ui, view, places, saving.errands, saving.priority);
    ui.note(ids::kSaving, places.number, words);
    ui.text(places.number, words,
            {.size = 46, .colour = ui.palette().muted, .align = Align::kCenter, .valign = Valign::kMiddle});
    return draw_strip(ui, {});
}

std::optional<Event> draw_ticket(Ui& ui, const View& view, const TicketShown& shown) {
    const bool with_code = view.office.printer && shown.paper == Paper::kFailed;
    const TicketPlaces places = ticket_places(ui.grid(), with_code);
    draw_frame(ui, view, places, shown.errands, shown.priority);
    const IssuedTicket& ticket = shown.ticket;
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
    draw_ahead(ui, places.ahead, ticket);
    draw_paper(ui, places.note, view, shown);
    draw_head(ui, ids::kTicketHead, places.head, ticket.head);
    std::optional<Event> event;
    if (heavy_button(ui, ids::kTicketDone, places.done, ui.say(phrases::kOk))) event = DoneTapped{};
    if (auto tapped = draw_strip(ui, {})) event = tapped;
    return event;
}

}  // namespace sala::kiosk
