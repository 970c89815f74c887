// Nothing can be stored, so nothing can be promised: whom to ask, and small what the officer must know.
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {

std::optional<Event> draw_out_of_order(Ui& ui, const View& view, const OutOfOrder& broken) {
    const bool thai = ui.language() == record::Language::kThai;
    std::optional<Event> event = draw_header(ui, view);
    ui.note(ids::kOutOfOrder, ui.grid().body, broken.reason.code);
    draw_message(ui, ui.grid().body,
                 {.sign = Icon::kAlert,
                  .sign_colour = ui.palette().navy,
                  .title = ui.say(phrases::kOutOfOrder),
                  .text = ui.say(phrases::kAskOfficer),
                  .small = fmt::format("{} • {}\n{}", ui.say(phrases::kForOfficer), broken.reason.code,
                                       thai ? broken.reason.thai : broken.reason.english)});
    if (auto tapped = draw_strip(ui, {})) event = tapped;
    return event;
}

}  // namespace sala::kiosk
