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
    std::optional<Event> event;
    const std::vector<record::Division>& divisions = view.office.divisions;
    const auto places =
        tile_places(ui.grid(), body.after_y(title, ui.grid().compact ? 12 : theme::kGap), divisions.size());
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
