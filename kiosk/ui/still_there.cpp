// "Are you still there?" over a screen that somebody has left, or is thinking about.
#include <cmath>

#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {

std::optional<Event> draw_still_there(Ui& ui) {
    const Grid& grid = ui.grid();
    const Rect all{0, 0, grid.width, grid.height};
    ui.fill(all, theme::kShade);
    const float w = std::min(grid.width - 2 * theme::kMargin, 960.0F),
                h = std::min(grid.height * 0.72F, 760.0F);
    const Rect card{std::round((grid.width - w) / 2), std::round((grid.height - h) / 2), w, h};
    const Rect inside = card.inset(theme::kPad);
    const float button = std::max(grid.touch, 150.0F), icon = std::min(150.0F, h * 0.2F);
    // The whole screen continues: who reaches for it need not aim.
    const Touch touch = ui.touch(ids::kStillHere, all, ui.say(phrases::kStillHere));
    draw_card(ui, card);
    ui.icon(Icon::kHand, {card.centre_x() - icon / 2, inside.y, icon, icon}, ui.palette().navy);
    const Rect words = inside.after_y(icon, 16);
    const float title = std::floor((words.h - button - 24) * 0.55F);
    ui.text(words.top(title), ui.say(phrases::kStillThere),
            {.size = ui.type(theme::kTitle),
             .bold = true,
             .align = Align::kCenter,
             .valign = Valign::kMiddle,
             .min = theme::kBody1});
    ui.text(
        {words.x, words.y + title, words.w, words.h - title - button - 24}, ui.say(phrases::kGoesHome),
        {.size = ui.type(theme::kBody1), .colour = ui.palette().muted, .align = Align::kCenter, .min = 26});
    const Rect place{inside.x, inside.bottom() - button, inside.w, button};
    ui.rounded(place, theme::kRadius, touch.pressed ? ui.palette().navy_pressed : ui.palette().navy);
    ui.text(place.inset(16), ui.say(phrases::kStillHere),
            {.size = ui.type(46),
             .bold = true,
             .colour = ui.palette().on_navy,
             .align = Align::kCenter,
             .valign = Valign::kMiddle});
    return touch.tapped ? std::optional<Event>(StillHereTapped{}) : std::nullopt;
}

}  // namespace sala::kiosk
