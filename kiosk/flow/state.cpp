#include "kiosk/flow/state.h"

#include "platform/base/overload.h"

namespace sala::kiosk {

const char* screen_name(const Screen& screen) {
    return std::visit(Overload{
                          [](const Home&) { return "home"; },
                          [](const Attract&) { return "attract"; },
                          [](const SavingRating&) { return "saving_rating"; },
                          [](const Thanks&) { return "thanks"; },
                          [](const EitPage&) { return "eit"; },
                          [](const ChoosingDivision&) { return "divisions"; },
                          [](const ChoosingService&) { return "services"; },
                          [](const ServiceGuide&) { return "guide"; },
                          [](const SavingTicket&) { return "saving_ticket"; },
                          [](const TicketShown&) { return "ticket"; },
                          [](const OutOfOrder&) { return "out_of_order"; },
                          [](const EnteringPin&) { return "pin"; },
                          [](const CheckingPin&) { return "pin_checking"; },
                          [](const OpeningOfficer&) { return "officer_opening"; },
                          [](const OfficerDay&) { return "officer_day"; },
                          [](const OfficerEnvelopes&) { return "officer_envelopes"; },
                          [](const OfficerUnprinted&) { return "officer_unprinted"; },
                          [](const OfficerProof&) { return "officer_proof"; },
                          [](const ConfirmingClose&) { return "officer_confirm_close"; },
                          [](const ClosingDay&) { return "officer_closing"; },
                          [](const WritingStick&) { return "officer_stick"; },
                          [](const StickWritten&) { return "officer_stick_written"; },
                          [](const StickRefused&) { return "officer_stick_refused"; },
                          [](const Sending&) { return "officer_sending"; },
                          [](const SendDone&) { return "officer_sent"; },
                          [](const SendRefused&) { return "officer_send_refused"; },
                          [](const SelfTest&) { return "officer_self_test"; },
                          [](const ChangingPin&) { return "officer_new_pin"; },
                          [](const SavingPin&) { return "officer_saving_pin"; },
                      },
                      screen);
}

bool is_officer_screen(const Screen& screen) {
    return std::visit(Overload{
                          [](const OpeningOfficer&) { return true; },
                          [](const OfficerDay&) { return true; },
                          [](const OfficerEnvelopes&) { return true; },
                          [](const OfficerUnprinted&) { return true; },
                          [](const OfficerProof&) { return true; },
                          [](const ConfirmingClose&) { return true; },
                          [](const ClosingDay&) { return true; },
                          [](const WritingStick&) { return true; },
                          [](const StickWritten&) { return true; },
                          [](const StickRefused&) { return true; },
                          [](const Sending&) { return true; },
                          [](const SendDone&) { return true; },
                          [](const SendRefused&) { return true; },
                          [](const SelfTest&) { return true; },
                          [](const ChangingPin&) { return true; },
                          [](const SavingPin&) { return true; },
                          [](const auto&) { return false; },
                      },
                      screen);
}

}  // namespace sala::kiosk
