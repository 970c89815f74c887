// One function per screen: draws the view and says what was tapped. It changes nothing and waits for nothing;
// kiosk/flow decides what a tap means.
#pragma once

#include "kiosk/ui/ui.h"

namespace sala::kiosk {

// Of visitors
std::optional<Event> draw_home(Ui& ui, const View& view);
std::optional<Event> draw_attract(Ui& ui, const View& view, const Attract& attract);
std::optional<Event> draw_thanks(Ui& ui, const View& view, const Thanks& thanks);
std::optional<Event> draw_eit(Ui& ui, const View& view);
std::optional<Event> draw_divisions(Ui& ui, const View& view);
std::optional<Event> draw_services(Ui& ui, const View& view, const ChoosingService& choosing);
std::optional<Event> draw_guide(Ui& ui, const View& view, const ServiceGuide& guide);
std::optional<Event> draw_ticket(Ui& ui, const View& view, const TicketShown& ticket);
// The layouts of thanks and ticket, so that nothing jumps when the answer comes.
std::optional<Event> draw_saving_rating(Ui& ui, const View& view, const SavingRating& saving);
std::optional<Event> draw_saving_ticket(Ui& ui, const View& view, const SavingTicket& saving);
std::optional<Event> draw_out_of_order(Ui& ui, const View& view, const OutOfOrder& broken);
// Over any of them.
std::optional<Event> draw_still_there(Ui& ui);

// Of those who wait
void draw_board(Ui& ui, const View& view, const BoardShown& shown);

// Of officers
std::optional<Event> draw_entering_pin(Ui& ui, const View& view, const EnteringPin& entering);
std::optional<Event> draw_changing_pin(Ui& ui, const View& view, const ChangingPin& changing);
std::optional<Event> draw_one_moment(Ui& ui, const View& view, const record::Phrase& what);
std::optional<Event> draw_officer_day(Ui& ui, const View& view, const OfficerDay& day);
std::optional<Event> draw_officer_envelopes(Ui& ui, const View& view, const OfficerEnvelopes& envelopes);
std::optional<Event> draw_officer_unprinted(Ui& ui, const View& view, const OfficerUnprinted& page);
std::optional<Event> draw_officer_proof(Ui& ui, const View& view, const OfficerProof& proof);
std::optional<Event> draw_confirming_close(Ui& ui, const View& view);
std::optional<Event> draw_writing_stick(Ui& ui, const View& view, const WritingStick& writing);
std::optional<Event> draw_stick_written(Ui& ui, const View& view, const StickWritten& written);
std::optional<Event> draw_stick_refused(Ui& ui, const View& view, const StickRefused& refused);
std::optional<Event> draw_sending(Ui& ui, const View& view, const Sending& sending);
std::optional<Event> draw_send_done(Ui& ui, const View& view, const SendDone& done);
std::optional<Event> draw_send_refused(Ui& ui, const View& view, const SendRefused& refused);
std::optional<Event> draw_self_test(Ui& ui, const View& view, const SelfTest& test);

}  // namespace sala::kiosk
