#include "kiosk/ui/screens.h"

#include "kiosk/ui/phrases.h"
#include "platform/base/overload.h"

namespace sala::kiosk {
namespace {

std::optional<Event> draw_shown(Ui& ui, const View& view) {
    return std::visit(
        Overload{
            [&](const Home&) { return draw_home(ui, view); },
            [&](const Attract& attract) { return draw_attract(ui, view, attract); },
            [&](const SavingRating& saving) { return draw_saving_rating(ui, view, saving); },
            [&](const Thanks& thanks) { return draw_thanks(ui, view, thanks); },
            [&](const EitPage&) { return draw_eit(ui, view); },
            [&](const ChoosingDivision&) { return draw_divisions(ui, view); },
            [&](const ChoosingService& choosing) { return draw_services(ui, view, choosing); },
            [&](const ServiceGuide& guide) { return draw_guide(ui, view, guide); },
            [&](const SavingTicket& saving) { return draw_saving_ticket(ui, view, saving); },
            [&](const TicketShown& ticket) { return draw_ticket(ui, view, ticket); },
            [&](const OutOfOrder& broken) { return draw_out_of_order(ui, view, broken); },
            [&](const EnteringPin& entering) { return draw_entering_pin(ui, view, entering); },
            [&](const CheckingPin&) { return draw_one_moment(ui, view, phrases::kOneMoment); },
            [&](const OpeningOfficer&) { return draw_one_moment(ui, view, phrases::kOneMoment); },
            [&](const OfficerDay& day) { return draw_officer_day(ui, view, day); },
            [&](const OfficerEnvelopes& envelopes) { return draw_officer_envelopes(ui, view, envelopes); },
            [&](const OfficerUnprinted& page) { return draw_officer_unprinted(ui, view, page); },
            [&](const OfficerProof& proof) { return draw_officer_proof(ui, view, proof); },
            [&](const ConfirmingClose&) { return draw_confirming_close(ui, view); },
            [&](const ClosingDay&) { return draw_one_moment(ui, view, phrases::kClosing); },
            [&](const WritingStick& writing) { return draw_writing_stick(ui, view, writing); },
            [&](const StickWritten& written) { return draw_stick_written(ui, view, written); },
            [&](const StickRefused& refused) { return draw_stick_refused(ui, view, refused); },
            [&](const Sending& sending) { return draw_sending(ui, view, sending); },
            [&](const SendDone& done) { return draw_send_done(ui, view, done); },
            [&](const SendRefused& refused) { return draw_send_refused(ui, view, refused); },
            [&](const SelfTest& test) { return draw_self_test(ui, view, test); },
            [&](const ChangingPin& changing) { return draw_changing_pin(ui, view, changing); },
            [&](const SavingPin&) { return draw_one_moment(ui, view, phrases::kOneMoment); },
        },
        view.state.screen);
}

}  // namespace

std::optional<Event> draw_screen(Ui& ui, const View& view) {
    if (view.board != nullptr) return draw_board(ui, view, *view.board), std::nullopt;
    if (!view.state.asking_still_there) return draw_shown(ui, view);
    ui.cover();
    draw_shown(ui, view);
    ui.uncover();
    return draw_still_there(ui);
}

}  // namespace sala::kiosk
