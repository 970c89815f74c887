#include "kiosk/ui/screens.h"

#include "platform/base/overload.h"

namespace sala::kiosk {
std::optional<Event> draw_screen(Ui& ui, const View& view) {
    return std::visit(Overload{
                          [&](const Home&) { return draw_home(ui, view); },
                          [&](const Attract&) { return draw_home(ui, view); },
                          [&](const auto&) -> std::optional<Event> { return {}; },
                          [&](const SavingRating& saving) { return draw_saving_rating(ui, view, saving); },
                          [&](const Thanks& thanks) { return draw_thanks(ui, view, thanks); },
                          [&](const EitPage&) { return draw_eit(ui, view); },
                          [&](const ChoosingDivision&) { return draw_divisions(ui, view); },
                          [&](const ChoosingService& choosing) { return draw_services(ui, view, choosing); },
                          [&](const SavingTicket& saving) { return draw_saving_ticket(ui, view, saving); },
                          [&](const TicketShown& ticket) { return draw_ticket(ui, view, ticket); },
                          [&](const OutOfOrder& broken) { return draw_out_of_order(ui, view, broken); },
                      },
                      view.state.screen);
}

}  // namespace sala::kiosk
