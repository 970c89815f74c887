// Which service of the division.
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {

std::optional<Event> draw_services(Ui& ui, const View& view, const ChoosingService& choosing) {
    draw_header(ui, view);
    std::optional<Event> event;
    if (const record::Division* division = view.office.division(choosing.division)) {
        const Rect& body = ui.grid().body;
        const float title = draw_title(ui, body, ui.say(division->name), ui.say(phrases::kChooseService));
        std::vector<Tile> tiles;
        for (const record::Service& service : division->services) {
            tiles.push_back({ids::service(service.id), {}, ui.say(service.name)});
        }
        if (const auto chosen =
                draw_tiles(ui, body.after_y(title, ui.grid().compact ? 12 : theme::kGap), tiles)) {
            event = ServiceChosen{division->services[*chosen].id};
        }
    }
    if (auto tapped = draw_strip(ui, ids::kServicesBack)) event = tapped;
    return event;
}

}  // namespace sala::kiosk
