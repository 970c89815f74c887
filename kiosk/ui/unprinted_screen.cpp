// Tickets that wait without a paper: an officer mends the printer, then has each printed again.
#include "kiosk/ui/notice.h"
#include "kiosk/ui/phrases.h"
#include "kiosk/ui/screens.h"
#include "kiosk/ui/widget_ids.h"
#include "kiosk/ui/widgets.h"

namespace sala::kiosk {
namespace {

// So many on one page, in their order from left to right.
struct Places {
    std::size_t per_row = 2, rows_shown = 4;
    std::size_t per_page() const { return per_row * rows_shown; }
};

Places places_in(const Grid& grid, const Rect& area) {
    const float row = std::max(grid.touch, 130.0F);
    const auto fit = static_cast<std::size_t>((area.h + grid.gap) / (row + grid.gap));
    return {2, std::clamp<std::size_t>(fit, 1, 6)};
}

std::optional<Event> draw_tickets(Ui& ui, const View& view, const Rect& area, const Places& places,
                                  const OfficerUnprinted& page) {
    const auto& all = page.figures.unprinted;
    const std::size_t pages = (all.size() + places.per_page() - 1) / places.per_page();
    const std::size_t first = page.page % pages * places.per_page();
    const auto lines = rows(ui.grid(), area, places.rows_shown);
    std::optional<Event> event;
    for (std::size_t i = first; i < std::min(all.size(), first + places.per_page()); ++i) {
        const std::size_t at = i - first;
        const Rect place =
            columns(ui.grid(), lines[at / places.per_row], places.per_row)[at % places.per_row];
        const record::Service* service = view.office.service(all[i].division, all[i].service);
        const std::string name = service != nullptr ? ui.say(service->name) : all[i].service;
        const bool under_way = page.printing == all[i].ticket;
        if (more_button(ui, ids::reprint(all[i].number), place, all[i].number,
                        under_way ? ui.say(phrases::kReprinting) : name))
            event = ReprintTapped{all[i].ticket};
    }
    return event;
}

}  // namespace

std::optional<Event> draw_officer_unprinted(Ui& ui, const View& view, const OfficerUnprinted& page) {
    draw_header(ui, view);
    const Rect& body = ui.grid().body;
    const float title = draw_title(ui, body, ui.say(phrases::kUnprinted), ui.say(phrases::kUnprintedHow));
    Rect rest = body.after_y(title, theme::kGap - 6);
    if (page.notice) {
        const float height = ui.grid().portrait ? 130 : 96;
        draw_notice(ui, rest.top(height), notice_line(ui, *page.notice));
        rest = rest.after_y(height, theme::kGap - 6);
    }
    std::optional<Event> event;
    const auto& all = page.figures.unprinted;
    if (all.empty()) {
        draw_message(ui, rest,
                     {.sign = Icon::kCheck,
                      .sign_colour = ui.palette().good,
                      .title = ui.say(phrases::kNoneUnprinted),
                      .text = {},
                      .small = {}});
    } else {
        Places places = places_in(ui.grid(), rest);
        const float button = ui.grid().touch;
        if (all.size() > places.per_page()) {
            const Rect list = rest.top(rest.h - button - std::max(theme::kGap, ui.grid().gap));
            places = places_in(ui.grid(), list);
            event = draw_tickets(ui, view, list, places, page);
            if (quiet_button(ui, ids::kOfficerNextPage,
                             {rest.right() - 380, rest.bottom() - button, 380, button}, Icon::kForward,
                             ui.say(phrases::kNextPage)))
                event = NextPageTapped{};
        } else {
            event = draw_tickets(ui, view, rest, places, page);
        }
    }
    if (auto tapped = draw_strip(ui, ids::kOfficerBack)) event = tapped;
    return event;
}

}  // namespace sala::kiosk
