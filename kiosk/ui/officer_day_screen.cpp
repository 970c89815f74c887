// What an officer wants at half past four: does the day balance, is it sent, what do I photograph.
#include <cmath>

#include "kiosk/ui/notice.h"
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/table.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

struct DayPlaces {
    Rect notice, day, sent, buttons;
    std::size_t button_columns = 2;
};

// `buttons_shown`: how many there are, in one row lying, in two rows upright.
DayPlaces day_places(const Grid& grid, bool with_notice, std::size_t buttons_shown) {
    DayPlaces places;
    Rect rest = grid.body;
    const float button = std::max(grid.touch, 130.0F);
    places.button_columns = grid.portrait ? (buttons_shown + 1) / 2 : buttons_shown;
    const float lines = grid.portrait ? 2 : 1;
    const float buttons = lines * button + (lines - 1) * grid.gap;
    places.buttons = {rest.x, rest.bottom() - buttons, rest.w, buttons};
    rest.h = places.buttons.y - theme::kGap - rest.y;
    const auto take_notice = [&](Rect& from, float height) {
        if (!with_notice) return;
        places.notice = from.top(height);
        from = from.after_y(height, theme::kGap - 6);
    };
    if (grid.portrait) {
        take_notice(rest, 130);
        constexpr float kSent = 360;
        places.day = rest.top(rest.h - kSent - theme::kGap);
        places.sent = rest.after_y(places.day.h, theme::kGap);
        return places;
    }
    places.day = rest.left(std::floor(rest.w * 0.58F));
    places.sent = rest.after_x(places.day.w, theme::kGap);
    take_notice(places.sent, 176);
    return places;
}

std::string lines_text(Ui& ui, std::uint64_t n) {
    return fmt::format(fmt::runtime(ui.say(phrases::kLines)), ui.digits(n));
}

Table ticket_table(Ui& ui, const View& view, const OfficerFigures& figures) {
    Table table;
    table.columns = {{ui.say(phrases::kDivision), 0.56F},
                     {ui.say(phrases::kIssued), 0.22F},
                     {ui.say(phrases::kServed), 0.22F}};
    std::uint64_t served = 0;
    for (const DivisionFigures& each : figures.divisions) {
        const record::Division* division = view.office.division(each.division);
        table.rows.push_back({division ? ui.say(division->name) : each.division, ui.digits(each.tickets),
                              ui.digits(each.served)});
        served += each.served;
    }
    table.rows.push_back({ui.say(phrases::kTotal), ui.digits(figures.tickets), ui.digits(served)});
    table.last_row_bold = true;
    table.row_min = 28;
    return table;
}

void draw_figure(Ui& ui, const Rect& place, const std::string& what, const std::string& figure) {
    ui.text(place.left(place.w * 0.74F), what,
            {.size = ui.type(theme::kSmall),
             .colour = ui.palette().muted,
             .valign = Valign::kMiddle,
             .line_height = 1.3,
             .min = 18,
             .one_line = 20});
    ui.text({place.x + place.w * 0.76F, place.y, place.w * 0.24F, place.h}, figure,
            {.size = ui.type(theme::kBody1),
             .bold = true,
             .align = Align::kRight,
             .valign = Valign::kMiddle,
             .line_height = 1.3,
             .min = 20});
}

void draw_day(Ui& ui, const View& view, const Rect& card, const OfficerFigures& figures) {
    draw_card(ui, card);
    const Rect inside{card.x + theme::kPad, card.y + 20, card.w - 2 * theme::kPad, card.h - 36};
    const std::string title = figures.day ? fmt::format(fmt::runtime(ui.say(phrases::kDaySummary)),
                                                        record::long_date_text(*figures.day, ui.language()))
                                          : ui.say(phrases::kNoDayYet);
    const float state_width = inside.w * 0.27F;
    ui.note(ids::kOfficerFigures, card, title);
    ui.text({inside.x, inside.y, inside.w - state_width - 16, 76}, title,
            {.size = ui.type(44), .bold = true, .valign = Valign::kMiddle, .line_height = 1.3, .min = 28});
    if (figures.day) {
        ui.text({inside.right() - state_width, inside.y, state_width, 76},
                ui.say(figures.day_open ? phrases::kDayOpen : phrases::kDayIsClosed),
                {.size = ui.type(theme::kSmall),
                 .bold = true,
                 .colour = ui.palette().navy,
                 .align = Align::kRight,
                 .valign = Valign::kMiddle,
                 .line_height = 1.3,
                 .min = 22});
    }
    const Rect table = inside.after_y(76, 8);
    if (figures.divisions.empty()) {
        ui.text(table, ui.say(phrases::kNoTickets),
                {.size = ui.type(theme::kBody1),
                 .colour = ui.palette().muted,
                 .align = Align::kCenter,
                 .valign = Valign::kMiddle,
                 .min = 24});
    } else {
        draw_table(ui, table, ticket_table(ui, view, figures));
    }
}

// Whether the office has it all, and under it what is in the ballot box: numbers, never a face.
void draw_sent(Ui& ui, const Rect& card, const OfficerFigures& figures) {
    draw_card(ui, card);
    const Rect inside{card.x + theme::kPad, card.y + 16, card.w - 2 * theme::kPad, card.h - 32};
    const bool all = figures.unsent_lines == 0;
    const float figure = std::floor(std::min(60.0F, inside.h * 0.18F));
    const Rect top = inside.top(inside.h - 3 * figure - 20);
    const float icon = std::min(88.0F, top.h * 0.6F);
    ui.icon(all ? Icon::kCheck : Icon::kStick, {top.x, std::round(top.centre_y() - icon / 2), icon, icon},
            all ? ui.palette().good : ui.palette().navy);
    const Rect words = top.after_x(icon, 32);
    const std::string what = all ? ui.say(phrases::kAllSent) : ui.say(phrases::kUnsent);
    std::string much = all ? std::string() : lines_text(ui, figures.unsent_lines);
    if (!all && figures.unsent_since_ms) {
        const record::Date since = record::local_time(*figures.unsent_since_ms).date;
        much += " " + fmt::format(fmt::runtime(ui.say(phrases::kSince)),
                                  record::long_date_text(since, ui.language()));
    }
    ui.note(ids::kOfficerUnsent, card, what + " " + much);
    const float half = much.empty() ? words.h : std::floor(words.h / 2);
    ui.text(words.top(half), what,
            {.size = ui.type(40),
             .bold = true,
             .valign = much.empty() ? Valign::kMiddle : Valign::kBottom,
             .line_height = 1.35,
             .min = 24,
             .one_line = 26});
    ui.text(words.after_y(half, 0), much,
            {.size = ui.type(theme::kSmall),
             .colour = ui.palette().muted,
             .line_height = 1.35,
             .min = 18,
             .one_line = 20});
    const Rect below{inside.x, inside.bottom() - 3 * figure - 8, inside.w, 3 * figure};
    ui.fill(below.top(theme::kHairline), ui.palette().rule);
    const std::pair<const record::Phrase&, std::uint64_t> figures_below[] = {
        {phrases::kCastToday, figures.ratings_cast},
        {phrases::kWaiting, figures.ratings_waiting},
        {phrases::kEnvelopesMade, figures.envelopes.size()}};
    for (std::size_t i = 0; i < std::size(figures_below); ++i) {
        draw_figure(ui, {below.x, below.y + 8 + figure * static_cast<float>(i), below.w, figure},
                    ui.say(figures_below[i].first), ui.digits(figures_below[i].second));
    }
}

struct Button {
    std::string_view id;
    Icon icon;
    const record::Phrase* caption;
    Event event;
};

std::vector<Button> day_buttons(const View& view, const OfficerFigures& figures) {
    std::vector<Button> buttons = {
        {ids::kOfficerClose, Icon::kMoon, &phrases::kCloseDay, CloseTapped{}},
        {ids::kOfficerStick, Icon::kStick, &phrases::kToStick, StickTapped{}},
        {ids::kOfficerSend, Icon::kSend, &phrases::kToNetwork, SendTapped{}},
        {ids::kOfficerProof, Icon::kCode, &phrases::kProofCode, ProofTapped{}},
        {ids::kOfficerEnvelopes, Icon::kEnvelope, &phrases::kEnvelopes, EnvelopesTapped{}},
        {ids::kOfficerUnprinted, Icon::kTicket, &phrases::kToReprint, UnprintedTapped{}},
        {ids::kOfficerTest, Icon::kPulse, &phrases::kSelfTest, SelfTestTapped{}},
        {ids::kOfficerPin, Icon::kLock, &phrases::kChangePin, ChangePinTapped{}},
    };
    const auto leave_out = [&](std::string_view id) {
        std::erase_if(buttons, [&](const Button& button) { return button.id == id; });
    };
    // Where no road is set, there is none to choose; and nothing is offered that is not needed.
    if (!view.office.sync) leave_out(ids::kOfficerSend);
    if (!view.office.printer || figures.unprinted.empty()) leave_out(ids::kOfficerUnprinted);
    return buttons;
}

std::optional<Event> draw_buttons(Ui& ui, const Rect& area, const std::vector<Button>& buttons,
                                  std::size_t per_row) {
    std::optional<Event> event;
    const auto lines = rows(ui.grid(), area, (buttons.size() + per_row - 1) / per_row);
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        const Rect place = columns(ui.grid(), lines[i / per_row], per_row)[i % per_row];
        const Button& button = buttons[i];
        if (tool_button(ui, button.id, place, button.icon, ui.say(*button.caption))) event = button.event;
    }
    return event;
}

}  // namespace

std::optional<Event> draw_officer_day(Ui& ui, const View& view, const OfficerDay& day) {
    draw_header(ui, view);
    std::optional<NoticeLine> notice;
    if (view.config_refused) notice = {ui.say(phrases::kConfigOld), false};
    if (day.notice) notice = notice_line(ui, *day.notice);
    const std::vector<Button> buttons = day_buttons(view, day.figures);
    const DayPlaces places = day_places(ui.grid(), notice.has_value(), buttons.size());
    if (notice) draw_notice(ui, places.notice, *notice);
    draw_day(ui, view, places.day, day.figures);
    draw_sent(ui, places.sent, day.figures);
    std::optional<Event> event = draw_buttons(ui, places.buttons, buttons, places.button_columns);
    if (auto tapped = draw_exit_strip(ui)) event = tapped;
    return event;
}

}  // namespace sala::kiosk
