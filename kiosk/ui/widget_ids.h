// The stable names of everything that can be touched or looked for: tests, the inspector and manuals rely on
// them.
#pragma once

#include <string>
#include <string_view>

namespace sala::kiosk::ids {

// On every screen
inline constexpr std::string_view kHeaderClock = "header.clock";
inline constexpr std::string_view kHeaderDate = "header.date";

inline constexpr std::string_view kHomeRate =
    "home.rate";  // the card that holds the faces; not a button itself
inline constexpr std::string_view kHomeTicket = "home.ticket";
inline constexpr std::string_view kHomeEit = "home.eit";
inline constexpr std::string_view kHomeEitQr = "home.eit.qr";
inline constexpr std::string_view kHomeLanguage =
    "home.language";                                            // on every screen that has the bottom strip
inline constexpr std::string_view kContrast = "home.contrast";  // beside it
inline std::string rating_face(int score) { return "rating.face." + std::to_string(score); }

inline constexpr std::string_view kThanksDone = "thanks.done";
inline constexpr std::string_view kThanksHead = "thanks.head";

inline constexpr std::string_view kEitBack = "eit.back";
inline constexpr std::string_view kEitQr = "eit.qr";
inline constexpr std::string_view kEitHost = "eit.host";

inline constexpr std::string_view kDivisionsBack = "divisions.back";
inline std::string division(std::string_view id) { return "divisions." + std::string(id); }

inline constexpr std::string_view kServicesBack = "services.back";
inline std::string service(std::string_view id) { return "services." + std::string(id); }

inline constexpr std::string_view kGuideBack = "guide.back";
inline constexpr std::string_view kGuideTicket = "guide.ticket";
inline constexpr std::string_view kGuidePriority = "guide.priority";
inline constexpr std::string_view kGuideMore = "guide.more";

inline constexpr std::string_view kTicketAhead = "ticket.ahead";
inline constexpr std::string_view kTicketPaper = "ticket.paper";
inline constexpr std::string_view kTicketQr = "ticket.qr";
inline constexpr std::string_view kTicketNumber = "ticket.number";
inline constexpr std::string_view kTicketHead = "ticket.head";
inline constexpr std::string_view kTicketDone = "ticket.done";

inline constexpr std::string_view kSaving = "saving";
inline constexpr std::string_view kOutOfOrder = "out_of_order";

inline constexpr std::string_view kStillHere = "idle.still_here";
inline constexpr std::string_view kAnnouncement = "attract.announcement";

// Of officers
inline constexpr std::string_view kOfficerCorner = "officer.corner";  // held, never tapped
inline constexpr std::string_view kOfficerLeave = "officer.leave";
inline constexpr std::string_view kOfficerBack = "officer.back";
inline constexpr std::string_view kOfficerNotice = "officer.notice";
inline constexpr std::string_view kOfficerFigures = "officer.figures";
inline constexpr std::string_view kOfficerUnsent = "officer.unsent";
inline constexpr std::string_view kOfficerClose = "officer.close";
inline constexpr std::string_view kOfficerCloseNow = "officer.close.now";
inline constexpr std::string_view kOfficerStick = "officer.stick";
inline constexpr std::string_view kOfficerStickDone = "officer.stick.done";
inline constexpr std::string_view kOfficerStickAgain = "officer.stick.again";
inline constexpr std::string_view kOfficerSend = "officer.send";
inline constexpr std::string_view kOfficerSendDone = "officer.send.done";
inline constexpr std::string_view kOfficerSendAgain = "officer.send.again";
inline constexpr std::string_view kOfficerReason = "officer.reason";
inline constexpr std::string_view kOfficerProgress = "officer.progress";
inline constexpr std::string_view kOfficerProof = "officer.proof";
inline constexpr std::string_view kOfficerProofQr = "officer.proof.qr";
inline constexpr std::string_view kOfficerEnvelopes = "officer.envelopes";
inline constexpr std::string_view kOfficerNextPage = "officer.next_page";
inline constexpr std::string_view kOfficerUnprinted = "officer.unprinted";
inline constexpr std::string_view kOfficerTest = "officer.test";
inline constexpr std::string_view kOfficerPin = "officer.pin";
inline constexpr std::string_view kPinMessage = "pin.message";
inline constexpr std::string_view kPinBack = "pin.back";
inline constexpr std::string_view kPinErase = "pin.erase";
inline std::string pin_digit(int digit) { return "pin." + std::to_string(digit); }
inline std::string reprint(const std::string& number) { return "officer.reprint." + number; }
inline std::string test_cell(std::size_t cell) { return "test.cell." + std::to_string(cell); }

// Of the board, which reads only
inline constexpr std::string_view kBoardCall = "board.call";
inline constexpr std::string_view kBoardFoot = "board.foot";
inline std::string board_now(std::string_view counter) { return "board.now." + std::string(counter); }
inline std::string board_last(std::size_t row) { return "board.last." + std::to_string(row); }
inline std::string board_waiting(std::string_view division) {
    return "board.waiting." + std::string(division);
}

}  // namespace sala::kiosk::ids
