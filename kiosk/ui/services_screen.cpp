// Which service of the division.
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

std::optional<Event> draw_services(Ui& ui, const View& view, const ChoosingService& choosing) {
    draw_header(ui, view);
    std::optional<Event> event;
    if (const record::Division* division = view.office.division(choosing.division)) {
        ui.text(kTitle, ui.say(division->name),
                {.px = theme::kTitle,
                 .bold = true,
                 .valign = Valign::kMiddle,
                 .line_height = 1.35,
                 .px_min = 34});
        ui.text(kHow, ui.say(phrases::kChooseService),
                {.px = theme::kBody1, .colour = theme::kMuted, .valign = Valign::kMiddle});
        const std::vector<Rect> places = tile_places(kTiles, division->services.size());
        for (std::size_t i = 0; i < division->services.size(); ++i) {
            const record::Service& service = division->services[i];
            if (tile(ui, ids::service(service.id), places[i], {}, ui.say(service.name))) {
                event = ServiceChosen{service.id};
            }
        }
    }
    if (auto tapped = draw_strip(ui, ids::kServicesBack)) event = tapped;
    return event;
}

}  // namespace sala::kiosk
