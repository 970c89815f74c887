// What stands on every screen: the header above and the strip below.
#include <cmath>

#include "kiosk/ui/phrases.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

// Back, contrast and language have the same width, so that nothing jumps when one of them comes or goes.
float strip_button_width(const Grid& grid) {
    return grid.portrait ? 280 : std::round(330 * std::min(grid.type, 1.12F));
}

float clock_width(const Grid& grid) { return grid.compact ? 280 : 300; }

void draw_clock(Ui& ui, const View& view, float middle) {
    const Grid& grid = ui.grid();
    const float big = grid.portrait ? 76 : grid.compact ? 52 : 66, small = grid.compact ? 36 : 44;
    const float width = clock_width(grid);
    const Rect clock{grid.width - theme::kMargin - width, std::round(middle - (big + small) / 2), width, big};
    const Rect date{clock.x, clock.bottom(), width, small};
    const std::string clock_text = record::clock_text(view.now.minute_of_day, view.state.language);
    const std::string date_text = record::short_date_text(view.now.date, view.state.language);
    ui.note(ids::kHeaderClock, clock, clock_text);
    ui.note(ids::kHeaderDate, date, date_text);
    ui.text(clock, clock_text,
            {.size = grid.portrait  ? 58
                     : grid.compact ? 40
                                    : 50,
             .bold = true,
             .colour = ui.palette().on_navy,
             .align = Align::kRight,
             .valign = Valign::kMiddle,
             .line_height = 1.25});
    ui.text(date, date_text,
            {.size = grid.compact ? 26 : 30,
             .colour = ui.palette().on_navy,
             .align = Align::kRight,
             .valign = Valign::kMiddle,
             .line_height = 1.25,
             .min = 20,
             .one_line = 20});
}

// Name over welcome; a long name takes two lines and pushes both apart around the middle.
void draw_names(Ui& ui, const View& view, float left, float right, float middle) {
    const Grid& grid = ui.grid();
    const TextLook name_look{.size = grid.compact ? 36 : 42,
                             .bold = true,
                             .colour = ui.palette().on_navy,
                             .line_height = 1.35,
                             .min = 24,
                             .one_line = grid.portrait ? 33 : 30};
    const TextLook welcome_look{.size = grid.compact ? 26 : 30,
                                .colour = ui.palette().on_navy_muted,
                                .line_height = 1.35,
                                .min = 20,
                                .one_line = 20};
    const float welcome_height = grid.compact ? 36 : 44;
    Rect name{left, 0, right - left, grid.header.h - welcome_height - 12};
    const std::string& office_name = ui.say(view.office.name);
    const float name_height = ui.text_height(name, office_name, name_look);
    name.y = std::round(middle - (name_height + welcome_height) / 2);
    ui.text(name, office_name, name_look);
    ui.text({left, name.y + name_height, name.w, welcome_height}, ui.say(phrases::kWelcome), welcome_look);
}

std::optional<Event> draw_strip_switches(Ui& ui, const Rect& place) {
    const auto places = columns(ui.grid(), place, 2);
    std::optional<Event> event;
    const bool high = &ui.palette() == &theme::kHighContrast;
    if (quiet_button(ui, ids::kContrast, places[0], Icon::kContrast,
                     ui.say(high ? phrases::kUsualColours : phrases::kHighContrast))) {
        event = ContrastTapped{};
    }
    if (quiet_button(ui, ids::kHomeLanguage, places[1], Icon::kGlobe, ui.say(phrases::kOtherLanguage))) {
        event = LanguageTapped{};
    }
    return event;
}

Rect draw_strip_base(Ui& ui) {
    const Rect& strip = ui.grid().strip;
    ui.fill(strip, ui.palette().paper_deep);
    ui.fill(strip.top(theme::kHairline), ui.palette().rule);
    const float h = ui.grid().touch;
    return {theme::kMargin, strip.y + theme::kHairline + std::round((strip.h - theme::kHairline - h) / 2),
            strip.w - 2 * theme::kMargin, h};
}

}  // namespace

std::optional<Event> draw_header(Ui& ui, const View& view) {
    const Grid& grid = ui.grid();
    constexpr float kGoldLine = 4;
    ui.fill(grid.header, ui.palette().navy);
    ui.fill({0, grid.header.h - kGoldLine, grid.width, kGoldLine}, ui.palette().gold);
    const float middle = (grid.header.h - kGoldLine) / 2;
    const float side = grid.portrait ? 112 : grid.header.h - 44;
    const Rect seal{theme::kMargin, std::round(middle - side / 2), side, side};
    const Rect corner{0, 0, seal.right() + 16, grid.header.h};
    std::optional<Event> event;
    if (!is_officer_screen(view.state.screen) && ui.held(ids::kOfficerCorner, corner, theme::kCornerHoldMs)) {
        event = CornerHeld{};
    }
    ui.ring(seal, 5, ui.palette().gold);
    ui.text(seal.inset(std::round(side * 0.15F)), view.office.initials,
            {.size = static_cast<int>(side * 0.42F),
             .colour = ui.palette().gold,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .min = 10,
             .one_line = 10});
    draw_clock(ui, view, middle);
    draw_names(ui, view, seal.right() + 32, grid.width - theme::kMargin - clock_width(grid) - 24, middle);
    return event;
}

std::optional<Event> draw_strip(Ui& ui, std::string_view back_id, std::string_view note) {
    const Rect bar = draw_strip_base(ui);
    const float width = strip_button_width(ui.grid());
    const float switches_width = 2 * width + ui.grid().gap;
    std::optional<Event> event;
    if (!back_id.empty() && quiet_button(ui, back_id, bar.left(width), Icon::kBack, ui.say(phrases::kBack))) {
        event = BackTapped{};
    }
    if (back_id.empty() && !note.empty()) {
        ui.text({bar.x, bar.y, bar.w - switches_width - 28, bar.h}, note,
                {.size = theme::kSmall,
                 .colour = ui.palette().muted,
                 .valign = Valign::kMiddle,
                 .line_height = 1.4,
                 .min = 22});
    }
    if (auto tapped = draw_strip_switches(ui, {bar.right() - switches_width, bar.y, switches_width, bar.h})) {
        event = tapped;
    }
    return event;
}

std::optional<Event> draw_exit_strip(Ui& ui) {
    const Rect bar = draw_strip_base(ui);
    const float width = strip_button_width(ui.grid());
    const float switches_width = 2 * width + ui.grid().gap;
    std::optional<Event> event;
    if (quiet_button(ui, ids::kOfficerLeave, bar.left(width), Icon::kLeave, ui.say(phrases::kLeave))) {
        event = OfficerLeft{};
    }
    if (auto tapped = draw_strip_switches(ui, {bar.right() - switches_width, bar.y, switches_width, bar.h})) {
        event = tapped;
    }
    return event;
}

}  // namespace sala::kiosk
