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
    "home.language";  // on every screen that has the bottom strip
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

inline constexpr std::string_view kTicketNumber = "ticket.number";
inline constexpr std::string_view kTicketHead = "ticket.head";
inline constexpr std::string_view kTicketDone = "ticket.done";

inline constexpr std::string_view kSaving = "saving";
inline constexpr std::string_view kOutOfOrder = "out_of_order";

}  // namespace sala::kiosk::ids
