// One function per screen: draws the view and says what was tapped. It changes nothing and waits for nothing;
// kiosk/flow decides what a tap means.
#pragma once

#include "kiosk/ui/ui.h"

namespace sala::kiosk {

std::optional<Event> draw_home(Ui& ui, const View& view);
std::optional<Event> draw_thanks(Ui& ui, const View& view, const Thanks& thanks);
std::optional<Event> draw_eit(Ui& ui, const View& view);
std::optional<Event> draw_divisions(Ui& ui, const View& view);
std::optional<Event> draw_services(Ui& ui, const View& view, const ChoosingService& choosing);
std::optional<Event> draw_ticket(Ui& ui, const View& view, const TicketShown& ticket);
// The layouts of thanks and ticket, so that nothing jumps when the answer comes.
std::optional<Event> draw_saving_rating(Ui& ui, const View& view, const SavingRating& saving);
std::optional<Event> draw_saving_ticket(Ui& ui, const View& view, const SavingTicket& saving);
std::optional<Event> draw_out_of_order(Ui& ui, const View& view, const OutOfOrder& broken);

}  // namespace sala::kiosk
