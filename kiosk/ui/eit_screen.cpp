// The EIT code as large as the screen allows, for a phone held at arm's length.
#include <cmath>

#include "kiosk/ui/eit_notice.h"
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

struct EitPlaces {
    Rect title, how, card, code, host, check;
};

// `notice`: there is no code to show, but a sentence.
EitPlaces eit_places(const Grid& grid, bool notice) {
    EitPlaces places;
    const Rect& body = grid.body;
    if (notice && !grid.portrait) {
        const float title = grid.compact ? 72 : 100;
        places.title = body.top(title);
        places.card = body.after_y(title, grid.compact ? 12 : theme::kGap);
        return places;
    }
    if (grid.portrait) {
        places.title = body.top(100);
        places.how = body.after_y(100, 4).top(124);
        places.card = body.after_y(228, 20);
        const float words = 180;
        const float side = std::min(places.card.w - 20, places.card.h - words - 20);
        places.code = {std::round(places.card.centre_x() - side / 2), places.card.y + 14, side, side};
        places.host = {places.card.x + theme::kPad, places.code.bottom() + 4, places.card.w - 2 * theme::kPad,
                       104};
        places.check = {places.host.x, places.host.bottom(), places.host.w, 60};
        return places;
    }
    const float side = body.h - 24;
    places.card = {body.right() - body.h, body.y, body.h, body.h};
    places.code = {places.card.x + 12, places.card.y + 12, side, side};
    const Rect words{body.x, body.y, body.w - body.h - 56, body.h};
    places.title = words.top(std::floor(words.h * 0.3F));
    places.how = words.after_y(places.title.h, 0).top(std::floor(words.h * 0.34F));
    places.host = {words.x, places.how.bottom() + 8, words.w, std::floor(words.h * 0.18F)};
    places.check = {words.x, places.host.bottom(), words.w, std::floor(words.h * 0.14F)};
    return places;
}

void draw_code(Ui& ui, const EitPlaces& places, const record::EitCampaign& eit) {
    const Align align = ui.grid().portrait ? Align::kCenter : Align::kLeft;
    ui.qr(places.code, eit.url);
    ui.note(ids::kEitQr, places.code, eit.url);
    ui.note(ids::kEitHost, places.host, eit.host);
    ui.text(places.host, eit.host,
            {.size = 76,
             .bold = true,
             .colour = ui.palette().navy,
             .align = align,
             .valign = Valign::kMiddle,
             .line_height = 1.3,
             .min = 18});
    ui.text(places.check, ui.say(phrases::kCheckHost),
            {.size = ui.type(34), .colour = ui.palette().muted, .align = align, .min = 28});
}

}  // namespace

std::optional<Event> draw_eit(Ui& ui, const View& view) {
    const std::optional<std::string> notice = eit_notice(view);
    const EitPlaces places = eit_places(ui.grid(), notice.has_value());
    const bool tall = ui.grid().portrait;
    draw_header(ui, view);
    ui.text(places.title, ui.say(phrases::kEitTitleLine),
            {.size = theme::kTitle,
             .bold = true,
             .align = tall ? Align::kCenter : Align::kLeft,
             .valign = Valign::kMiddle,
             .line_height = 1.4,
             .min = theme::kLead});
    draw_card(ui, places.card);
    if (notice) {
        constexpr float kIconSide = 200;
        const Rect& card = places.card;
        ui.icon(Icon::kCalendar,
                {card.centre_x() - kIconSide / 2, card.centre_y() - 240, kIconSide, kIconSide},
                ui.palette().navy);
        ui.text({card.x + theme::kPad, card.centre_y(), card.w - 2 * theme::kPad, 200}, *notice,
                {.size = theme::kHeading, .align = Align::kCenter, .valign = Valign::kMiddle, .min = 36});
    } else {
        ui.text(places.how, ui.say(tall ? phrases::kEitHowLine : phrases::kEitHow),
                {.size = ui.type(40),
                 .colour = ui.palette().muted,
                 .align = tall ? Align::kCenter : Align::kLeft,
                 .valign = Valign::kMiddle,
                 .min = 32});
        draw_code(ui, places, *view.office.eit);
    }
    return draw_strip(ui, ids::kEitBack);
}

}  // namespace sala::kiosk
