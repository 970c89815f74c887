// Which division: large tiles, each with the letter of its tickets.
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {

std::optional<Event> draw_divisions(Ui& ui, const View& view) {
    draw_header(ui, view);
    const Rect& body = ui.grid().body;
    const float title =
        draw_title(ui, body, ui.say(phrases::kChooseDivision), ui.say(phrases::kChooseDivisionHow));
    std::vector<Tile> tiles;
    for (const record::Division& division : view.office.divisions) {
        tiles.push_back({ids::division(division.id), std::string(1, division.prefix), ui.say(division.name)});
    }
    std::optional<Event> event;
    if (const auto chosen =
            draw_tiles(ui, body.after_y(title, ui.grid().compact ? 12 : theme::kGap), tiles)) {
        event = DivisionChosen{view.office.divisions[*chosen].id};
    }
    if (auto tapped = draw_strip(ui, ids::kDivisionsBack)) event = tapped;
    return event;
}

}  // namespace sala::kiosk
