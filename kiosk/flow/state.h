// What the kiosk shows, and what may happen to it: the nouns of react().
//
// A screen is a plain value that holds all it needs to be drawn. "Saving" is a screen of its own, so that a
// second tap while the disk works finds no face to store and counts once.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "platform/base/result.h"
#include "sync/record/calendar.h"

namespace sala::kiosk {

// Proof, small enough for a ticket, that something was counted: it never says what.
struct ShortHead {
    std::uint64_t tree_size = 0;
    std::string root_letters;  // 16 base32 letters of the root
    friend bool operator==(const ShortHead&, const ShortHead&) = default;
};

// ---- screens ----
struct Home {};
// Neither saving nor thanking holds the score: nothing on the screen may tell the next visitor, or a
// photograph of the proof, how somebody rated.
struct SavingRating {};
struct Thanks {
    ShortHead head;
};
struct EitPage {};
struct ChoosingDivision {};
struct ChoosingService {
    std::string division;  // id
};
struct SavingTicket {
    std::string division;
    std::string service;
};
struct TicketShown {
    std::string division;
    std::string service;
    std::string number;  // "B007"
    ShortHead head;
};
struct OutOfOrder {
    Error reason;  // its code and sentence are for the officer
};
using Screen = std::variant<Home, SavingRating, Thanks, EitPage, ChoosingDivision, ChoosingService,
                            SavingTicket, TicketShown, OutOfOrder>;

struct State {
    Screen screen = Home{};
    record::Language language = record::Language::kThai;
};

// Stable names of screens, as `screen` of the inspector answers: "home", "saving_rating", "thanks", "eit",
// "divisions", "services", "saving_ticket", "ticket", "out_of_order".
const char* screen_name(const Screen& screen);

// ---- events: what a finger, the store or the clock did ----
struct FaceTapped {
    int score;
};
struct TicketTapped {};
struct EitTapped {};
struct DivisionChosen {
    std::string division;
};
struct ServiceChosen {
    std::string service;
};
struct BackTapped {};
struct DoneTapped {};
struct LanguageTapped {};
struct RatingStored {
    ShortHead head;
};
struct TicketIssued {
    std::string number;
    ShortHead head;
};
struct EitShownNoted {};
// The visitor's own rating or ticket was not recorded.
struct SaveFailed {
    Error reason;
};
// Something else could not be recorded; a save under way still gets its own answer.
struct StoreFailed {
    Error reason;
};
struct StoreRecovered {};
struct IdleTimedOut {};
using Event = std::variant<FaceTapped, TicketTapped, EitTapped, DivisionChosen, ServiceChosen, BackTapped,
                           DoneTapped, LanguageTapped, RatingStored, TicketIssued, EitShownNoted, SaveFailed,
                           StoreFailed, StoreRecovered, IdleTimedOut>;

// ---- effects: what the wiring must do, on a worker; the answer comes back as an event ----
struct StoreRating {
    int score;
};
struct IssueTicket {
    std::string division;
    std::string service;
};
struct NoteEitShown {};
using Effect = std::variant<StoreRating, IssueTicket, NoteEitShown>;

}  // namespace sala::kiosk
