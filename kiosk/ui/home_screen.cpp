// Home: rate, take a ticket and scan the EIT code without opening anything. Attract is home with the office's
// announcements: whatever can be tapped there counts as at home.
#include <cmath>

#include "kiosk/ui/eit_notice.h"
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

constexpr float kFacePad = 26;  // of the card, so that five faces are as large as fits
constexpr float kFaceMax = 250;
constexpr float kEitColumn = 0.34F;  // of a wide landscape body

struct HomePlaces {
    Rect rate, ticket, eit, announcement;
    float question_height = 0;
};

// The words beneath a face.
float label_height(const Grid& grid) { return grid.compact ? 60 : 8 + 50 + 62 * grid.type; }

float face_side(const Grid& grid, float card_width) {
    return std::min(grid.compact ? grid.face : kFaceMax,
                    std::floor((card_width - 2 * kFacePad - 4 * grid.gap) / 5));
}

float rate_height(const Grid& grid, float card_width, float question) {
    return question + face_side(grid, card_width) + label_height(grid) + 20;
}

HomePlaces portrait_places(const Grid& grid, bool attract) {
    HomePlaces places;
    places.question_height = 118;
    Rect rest = grid.body;
    if (attract) {
        places.announcement = rest.top(std::floor(rest.h * 0.2F));
        rest = rest.after_y(places.announcement.h, theme::kGap);
    }
    places.rate = rest.top(rate_height(grid, rest.w, places.question_height));
    rest = rest.after_y(places.rate.h, grid.gap);
    places.ticket = rest.top(attract ? 190 : 240);
    places.eit = rest.after_y(places.ticket.h, grid.gap);
    return places;
}

// The code stands at the right, as high as the body.
HomePlaces wide_places(const Grid& grid, bool attract) {
    HomePlaces places;
    places.question_height = 104;
    const float eit_width = std::floor(grid.body.w * kEitColumn);
    Rect rest = grid.body.left(grid.body.w - eit_width - grid.gap);
    places.eit = {rest.right() + grid.gap, grid.body.y, eit_width, grid.body.h};
    places.rate = rest.top(std::min(rate_height(grid, rest.w, places.question_height), rest.h * 0.64F));
    places.ticket = rest.after_y(places.rate.h, grid.gap);
    if (attract) {
        places.announcement = places.ticket.after_x(std::floor(places.ticket.w * 0.42F), theme::kGap);
        places.ticket = places.ticket.left(std::floor(places.ticket.w * 0.42F));
    }
    return places;
}

// Five faces of 30 mm need the whole width.
HomePlaces compact_places(const Grid& grid, bool attract) {
    HomePlaces places;
    places.question_height = 72;
    places.rate = grid.body.top(rate_height(grid, grid.body.w, places.question_height));
    const Rect rest = grid.body.after_y(places.rate.h, grid.gap);
    const float ticket = std::floor(rest.w * (attract ? 0.29F : 0.46F));
    places.ticket = rest.left(ticket);
    places.eit = rest.after_x(ticket, grid.gap);
    if (attract) {
        const float eit = rest.h + 30;
        places.announcement = places.eit.left(places.eit.w - eit - grid.gap);
        places.eit = {rest.right() - eit, rest.y, eit, rest.h};
    }
    return places;
}

HomePlaces home_places(const Grid& grid, bool attract) {
    if (grid.portrait) return portrait_places(grid, attract);
    return grid.compact ? compact_places(grid, attract) : wide_places(grid, attract);
}

// Who comes from a counter is asked about that service.
std::string question_of(const Ui& ui, const View& view) {
    const auto* home = std::get_if<Home>(&view.state.screen);
    const record::Service* service = nullptr;
    if (home != nullptr && home->just_served)
        service = view.office.service(home->just_served->division, home->just_served->service);
    if (service == nullptr) return ui.say(phrases::kQuestion);
    return fmt::format(fmt::runtime(ui.say(phrases::kJustServed)), ui.say(service->name));
}

std::optional<Event> draw_rate(Ui& ui, const View& view, const HomePlaces& places) {
    const Grid& grid = ui.grid();
    const Rect& card = places.rate;
    const std::string question = question_of(ui, view);
    draw_card(ui, card);
    ui.note(ids::kHomeRate, card, question);
    const float above = grid.compact ? 14 : 8;
    ui.text({card.x + kFacePad, card.y + above, card.w - 2 * kFacePad, places.question_height - above},
            question,
            {.size = grid.compact ? theme::kLead : ui.type(grid.portrait ? theme::kHeading : 46),
             .bold = true,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.35,
             .min = theme::kBody1,
             .one_line = theme::kBody1});
    const float side = std::min(face_side(grid, card.w),
                                std::floor(card.h - places.question_height - label_height(grid) - 20));
    // What room is left goes between the faces.
    const float gap =
        std::max(grid.gap, std::floor(std::min((card.w - 2 * kFacePad - 5 * side) / 4, side * 0.36F)));
    const float left = card.centre_x() - (5 * side + 4 * gap) / 2;
    std::optional<Event> event;
    for (int i = 0; i < 5; ++i) {
        const int score = 5 - i;  // the best at the left, as on every Thai form
        const Rect place{std::round(left + static_cast<float>(i) * (side + gap)),
                         card.y + places.question_height, side, side + label_height(grid)};
        if (face_button(ui, score, place)) event = FaceTapped{score};
    }
    return event;
}

std::optional<Event> draw_take_ticket(Ui& ui, const Rect& card) {
    const std::string& caption = ui.say(phrases::kTakeTicket);
    const Touch touch = ui.touch(ids::kHomeTicket, card, caption);
    ui.rounded(card, theme::kRadius, touch.pressed ? ui.palette().navy_pressed : ui.palette().navy);
    const bool narrow = card.w < 640;
    const float pad = narrow ? 28 : 60, icon = std::min(narrow ? 108.0F : 148.0F, card.h * 0.6F);
    ui.icon(Icon::kTicket, {card.x + pad, std::round(card.centre_y() - icon / 2), icon, icon},
            ui.palette().on_navy);
    const float left = card.x + pad + icon + (narrow ? 24 : 52);
    const float right = narrow ? card.right() - 24 : card.right() - pad - 56 - 20;
    const float title_height = std::min(112.0F, card.h * 0.5F);
    const Rect title{left, std::round(card.centre_y() - (title_height + 64) / 2), right - left, title_height};
    ui.text(title, caption,
            {.size = 76,
             .bold = true,
             .colour = ui.palette().on_navy,
             .valign = Valign::kMiddle,
             .line_height = 1.3,
             .min = 36,
             .one_line = 36});
    ui.text({left, title.bottom(), title.w, 72}, ui.say(phrases::kTakeTicketHow),
            {.size = ui.type(theme::kBody1),
             .colour = ui.palette().on_navy_muted,
             .line_height = 1.3,
             .min = 26,
             .one_line = 26});
    if (!narrow) {
        ui.icon(Icon::kForward, {card.right() - pad - 56, std::round(card.centre_y() - 28), 56, 56},
                ui.palette().on_navy);
    }
    return touch.tapped ? std::optional<Event>(TicketTapped{}) : std::nullopt;
}

void draw_eit_closed(Ui& ui, const Rect& card, const std::string& notice) {
    ui.note(ids::kHomeEit, card, notice);
    draw_card(ui, card);
    const float side = std::min(150.0F, std::floor(card.h * 0.25F));
    const Rect inside{card.x + theme::kPad, card.y, card.w - 2 * theme::kPad, card.h};
    const float title_height = std::min(150.0F, std::floor(card.h * 0.3F));
    const float notice_height = std::min(184.0F, std::floor(card.h * 0.38F));
    const float top = card.y + std::round((card.h - side - 12 - title_height - notice_height) / 2);
    ui.icon(Icon::kCalendar, {card.centre_x() - side / 2, top, side, side}, ui.palette().navy);
    const Rect title{inside.x, top + side + 12, inside.w, title_height};
    ui.text(title, ui.say(phrases::kEitTitleLine),
            {.size = theme::kHeading,
             .bold = true,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .min = 32,
             .one_line = 38});
    ui.text({title.x, title.bottom(), title.w, notice_height}, notice,
            {.size = theme::kLead, .colour = ui.palette().muted, .align = Align::kCenter, .min = 28});
}

void draw_host(Ui& ui, const Rect& place, const std::string& host, int size) {
    const float line = std::floor(place.h * 0.62F);
    ui.text(place.top(line), host,
            {.size = size,
             .bold = true,
             .colour = ui.palette().navy,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.3,
             .min = 18});
    ui.text(place.after_y(line, 0), ui.say(phrases::kCheckHost),
            {.size = theme::kSmall,
             .colour = ui.palette().muted,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .line_height = 1.25,
             .min = 20,
             .one_line = 20});
}

// The code, or where it would be too small to be read, a sign that a tap shows it.
void draw_code(Ui& ui, const Rect& square, const std::string& url) {
    ui.note(ids::kHomeEitQr, square, url);
    if (ui.qr(square, url)) return;
    const float side = std::floor(square.w * 0.5F);
    ui.icon(Icon::kCode, {square.centre_x() - side / 2, square.centre_y() - side / 2 - 20, side, side},
            ui.palette().navy);
    ui.text(
        {square.x, square.centre_y() + side / 2 - 10, square.w, 60}, ui.say(phrases::kShowCode),
        {.size = theme::kSmall, .bold = true, .align = Align::kCenter, .valign = Valign::kMiddle, .min = 20});
}

// Code at the left, words at the right, the host under both.
void draw_eit_lying(Ui& ui, const Rect& card, const record::EitCampaign& eit) {
    const bool roomy = card.h > 420;
    const float host_height = roomy ? std::min(156.0F, card.h * 0.25F) : 0;
    const float side = std::min(card.h - host_height - 20, card.w * 0.56F);
    const Rect code{card.x + 14, card.y + 10, side, side};
    draw_code(ui, code, eit.url);
    const Rect words = {code.right() + 14, card.y + 24, card.right() - code.right() - 34,
                        (roomy ? side + 20 : card.h) - 48};
    const float title_height = ui.text(words.top(words.h * 0.5F), ui.say(phrases::kEitTitle),
                                       {.size = ui.type(44), .bold = true, .line_height = 1.35, .min = 30});
    if (roomy) {
        ui.text(words.after_y(title_height, 18).top(words.h - title_height - 18 - 76),
                ui.say(phrases::kEitHow),
                {.size = ui.type(33), .colour = ui.palette().muted, .line_height = 1.45, .min = 18});
        ui.text(
            {words.x, words.bottom() - 60, words.w, 60}, ui.say(phrases::kEnlarge),
            {.size = theme::kSmall, .bold = true, .colour = ui.palette().navy, .valign = Valign::kMiddle});
        const Rect host{card.x + theme::kPad, code.bottom() + 2, card.w - 2 * theme::kPad, host_height};
        ui.fill({host.x, host.y - 2, host.w, 2}, ui.palette().rule);
        draw_host(ui, host, eit.host, 64);
        return;
    }
    const float host = std::min(120.0F, words.h - title_height - 8);
    ui.text({words.x, words.bottom() - host, words.w, host}, eit.host,
            {.size = 40,
             .bold = true,
             .colour = ui.palette().navy,
             .valign = Valign::kBottom,
             .line_height = 1.3,
             .min = 18,
             .one_line = 28});
}

// Words above, code, host: a column.
void draw_eit_standing(Ui& ui, const Rect& card, const record::EitCampaign& eit) {
    const Rect inside{card.x + 24, card.y + 20, card.w - 48, card.h - 36};
    const float title = std::min(100.0F, inside.h * 0.14F), how = inside.h * 0.125F, host = inside.h * 0.16F;
    ui.text(inside.top(title), ui.say(phrases::kEitTitleLine),
            {.size = 44,
             .bold = true,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .min = 30,
             .one_line = 36});
    const float side = std::min(inside.w, inside.h - title - how - host - 8);
    const Rect code{inside.centre_x() - side / 2, inside.y + title + 4, side, side};
    draw_code(ui, code, eit.url);
    draw_host(ui, {inside.x, inside.bottom() - host - how, inside.w, host}, eit.host, 54);
    ui.text({inside.x, inside.bottom() - how, inside.w, how}, ui.say(phrases::kEitHowLine),
            {.size = theme::kSmall,
             .colour = ui.palette().muted,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .min = 20});
}

std::optional<Event> draw_eit_open(Ui& ui, const Rect& card, const record::EitCampaign& eit) {
    const Touch touch = ui.touch(ids::kHomeEit, card, ui.say(phrases::kEitTitleLine));
    draw_card(ui, card, touch.pressed);
    if (card.w < card.h * 1.15F) {
        if (card.h > 420) {
            draw_eit_standing(ui, card, eit);
        } else {
            draw_code(ui, {card.centre_x() - card.h / 2 + 8, card.y + 8, card.h - 16, card.h - 16}, eit.url);
        }
    } else {
        draw_eit_lying(ui, card, eit);
    }
    return touch.tapped ? std::optional<Event>(EitTapped{}) : std::nullopt;
}

void draw_announcement(Ui& ui, const View& view, const Rect& card, int page) {
    std::vector<std::string> texts;
    for (const record::Announcement& each : view.office.announcements) {
        if (each.shown_on(view.now.date)) texts.push_back(ui.say(each.text));
    }
    if (texts.empty()) texts.push_back(ui.say(phrases::kGreeting));
    const std::size_t shown = static_cast<std::size_t>(page) % texts.size();
    ui.note(ids::kAnnouncement, card, texts[shown]);
    draw_card(ui, card);
    const float icon = std::min(96.0F, card.h * 0.36F);
    ui.icon(Icon::kAnnounce, {card.x + 32, std::round(card.centre_y() - icon / 2), icon, icon},
            ui.palette().navy);
    const bool dots = texts.size() > 1;
    ui.text(
        {card.x + 32 + icon + 28, card.y + 14, card.w - icon - 32 - 28 - 32, card.h - 28 - (dots ? 24 : 0)},
        texts[shown],
        {.size = ui.type(46), .bold = true, .valign = Valign::kMiddle, .line_height = 1.4, .min = 24});
    constexpr float kDot = 12, kStep = 26;
    const float left = card.centre_x() - kStep * static_cast<float>(texts.size() - 1) / 2 - kDot / 2;
    for (std::size_t i = 0; dots && i < texts.size(); ++i) {
        ui.rounded({left + kStep * static_cast<float>(i), card.bottom() - 28, kDot, kDot}, kDot / 2,
                   i == shown ? ui.palette().navy : ui.palette().rule);
    }
}

std::optional<Event> draw_front(Ui& ui, const View& view, std::optional<int> announcement) {
    const HomePlaces places = home_places(ui.grid(), announcement.has_value());
    std::optional<Event> event = draw_header(ui, view);
    if (announcement) draw_announcement(ui, view, places.announcement, *announcement);
    if (auto tapped = draw_rate(ui, view, places)) event = tapped;
    if (auto tapped = draw_take_ticket(ui, places.ticket)) event = tapped;
    if (const auto notice = eit_notice(view)) {
        draw_eit_closed(ui, places.eit, *notice);
    } else if (auto tapped = draw_eit_open(ui, places.eit, *view.office.eit)) {
        event = tapped;
    }
    if (auto tapped = draw_strip(ui, {}, ui.say(phrases::kAnonymous))) event = tapped;
    return event;
}

}  // namespace

std::optional<Event> draw_home(Ui& ui, const View& view) { return draw_front(ui, view, {}); }

std::optional<Event> draw_attract(Ui& ui, const View& view, const Attract& attract) {
    return draw_front(ui, view, attract.page);
}

}  // namespace sala::kiosk
