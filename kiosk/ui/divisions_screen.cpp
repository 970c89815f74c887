// Which division: large tiles, each with the letter of its tickets.
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

constexpr Rect kTitle{theme::kBody.x, theme::kBody.y, theme::kBody.w, 96};
constexpr Rect kHow{theme::kBody.x, kTitle.bottom(), theme::kBody.w, 60};
constexpr Rect kTiles{theme::kBody.x, kHow.bottom() + 28, theme::kBody.w,
                      theme::kBody.bottom() - kHow.bottom() - 28};

}  // namespace

std::optional<Event> draw_divisions(Ui& ui, const View& view) {
    draw_header(ui, view);
    ui.text(kTitle, ui.say(phrases::kChooseDivision),
            {.px = theme::kTitle, .bold = true, .valign = Valign::kMiddle});
    ui.text(kHow, ui.say(phrases::kChooseDivisionHow),
            {.px = theme::kBody1, .colour = theme::kMuted, .valign = Valign::kMiddle});
    std::optional<Event> event;
    const std::vector<record::Division>& divisions = view.office.divisions;
    const std::vector<Rect> places = tile_places(kTiles, divisions.size());
    for (std::size_t i = 0; i < divisions.size(); ++i) {
        const record::Division& division = divisions[i];
        if (tile(ui, ids::division(division.id), places[i], std::string(1, division.prefix),
                 ui.say(division.name))) {
            event = DivisionChosen{division.id};
        }
    }
    if (auto tapped = draw_strip(ui, ids::kDivisionsBack)) event = tapped;
    return event;
}

}  // namespace sala::kiosk
