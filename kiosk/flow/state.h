// What the kiosk shows, and what may happen to it: the nouns of react().
//
// A screen is a plain value that holds all it needs to be drawn. "Saving" is a screen of its own, so that a
// second tap while the disk works finds no face to store and counts once.
#pragma once

#include <bitset>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "kiosk/flow/officer.h"

namespace sala::kiosk {

// What somebody comes for: ids of the office's catalogue.
struct Errand {
    std::string division, service;
    friend bool operator==(const Errand&, const Errand&) = default;
};
inline constexpr std::size_t kErrandsMax = 4;  // on one ticket

// ---- screens of visitors ----
struct Home {
    // What a counter has just finished: that visitor is invited to rate it. Never who, nor at which counter.
    std::optional<Errand> just_served;
};
// Nobody came for a while: home with the office's announcements. Everything on it can be tapped as at home.
struct Attract {
    int page = 0;  // counts on; which announcement that is, the screen knows
};
// Neither saving nor thanking holds the score: nothing on the screen may tell the next visitor, or a
// photograph of the proof, how somebody rated.
struct SavingRating {};
struct Thanks {
    ShortHead head;
};
struct EitPage {};
struct ChoosingDivision {
    std::vector<Errand> chosen;  // for the same ticket, in their order; here and below
};
struct ChoosingService {
    std::string division;  // id
    std::vector<Errand> chosen;
};
// What the service needs of the visitor, and from here the ticket.
struct ServiceGuide {
    Errand errand;
    std::vector<Errand> chosen;
};
struct SavingTicket {
    std::vector<Errand> errands;  // at least one
    bool priority = false;
};
// A ticket as it was issued.
struct IssuedTicket {
    std::uint64_t id = 0;
    std::string number;                               // "B007"
    std::optional<std::size_t> ahead;                 // who is called before; none: not known
    std::optional<std::pair<int, int>> wait_minutes;  // from, to; none: too little is known
    ShortHead head;
    std::optional<std::int64_t> taken_utc_ms = {};  // none: now
};
enum class Paper { kPrinting, kPrinted, kFailed };
struct TicketShown {
    std::vector<Errand> errands;
    bool priority = false;
    IssuedTicket ticket;
    Paper paper = Paper::kPrinting;  // where the office has a printer
};
struct OutOfOrder {
    Error reason;  // its code and sentence are for the officer
};

// ---- screens of officers: only behind the PIN ----
inline constexpr int kPinDigits = 6;
inline constexpr std::size_t kTouchCells = 6;
struct PinRefusal {
    enum class Why { kWrong, kWait, kNotSet, kWeak, kDiffers, kFailed };
    Why why = Why::kWrong;
    int tries_left = 0;        // kWrong: before the next wait
    std::int64_t wait_ms = 0;  // kWait: from when it was told
    Error reason{};            // kFailed: it could not be looked at
};
struct EnteringPin {
    std::string digits;  // never drawn, never logged
    std::optional<PinRefusal> refusal;
};
// Something to tell on the officer's page.
struct Notice {
    enum class Kind { kDayClosed, kNoDayOpen, kPinChanged, kReprinted, kFailed };
    Kind kind;
    Error reason;  // kFailed
};
// Nothing but PinAccepted leads on: an answer to an earlier question must not open the page.
struct CheckingPin {};
// Behind the PIN: the figures are read.
struct OpeningOfficer {
    std::optional<Notice> notice;
};
struct OfficerDay {
    OfficerFigures figures;
    std::optional<Notice> notice;
};
struct OfficerEnvelopes {
    OfficerFigures figures;
    std::size_t page = 0;
};
// Tickets without a paper, to be printed again.
struct OfficerUnprinted {
    OfficerFigures figures;
    std::size_t page = 0;
    std::optional<std::uint64_t> printing = {};  // the ticket that is under way
    std::optional<Notice> notice = {};
};
struct OfficerProof {
    OfficerFigures figures;
};
struct ConfirmingClose {
    OfficerFigures figures;
};
struct ClosingDay {
    OfficerFigures figures;
};
struct WritingStick {
    StickStep step = StickStep::kLooking;
    int percent = 0;
};
// The stick may go.
struct StickWritten {
    StickReport report;
};
struct StickRefused {
    Error reason;
};
struct Sending {
    int percent = 0;
};
struct SendDone {
    SendReport report;
};
struct SendRefused {
    Error reason;
};
struct SelfTest {
    std::vector<TestFinding> findings;        // empty: still testing
    std::bitset<kTouchCells> touched;         // squares of the touch test that felt the finger
    std::optional<TestFinding> printer = {};  // none: not heard yet, or the office has none
};
struct ChangingPin {
    std::string digits;
    std::string first;  // empty until six digits stand
    std::optional<PinRefusal> refusal;
};
struct SavingPin {};

using Screen = std::variant<Home, Attract, SavingRating, Thanks, EitPage, ChoosingDivision, ChoosingService,
                            ServiceGuide, SavingTicket, TicketShown, OutOfOrder, EnteringPin, CheckingPin,
                            OpeningOfficer, OfficerDay, OfficerEnvelopes, OfficerUnprinted, OfficerProof,
                            ConfirmingClose, ClosingDay, WritingStick, StickWritten, StickRefused, Sending,
                            SendDone, SendRefused, SelfTest, ChangingPin, SavingPin>;

struct State {
    Screen screen = Home{};
    record::Language language = record::Language::kThai;
    bool high_contrast = false;
    // The visitor was asked; the screen goes home if nothing is touched.
    bool asking_still_there = false;
    // Nothing can be stored: whoever would come home finds the kiosk out of order, until it has recovered.
    std::optional<Error> broken;
};

// Stable names of screens, as `screen` of the inspector answers: "home", "thanks", "officer_day", ...
const char* screen_name(const Screen& screen);

// Behind the PIN. Entering it is not.
bool is_officer_screen(const Screen& screen);

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
struct TicketWanted {
    bool priority = false;
};
struct OneMoreTapped {};  // a further service on the same ticket
struct BackTapped {};
struct DoneTapped {};
struct LanguageTapped {};
struct ContrastTapped {};
struct StillHereTapped {};
struct RatingStored {
    ShortHead head;
};
struct TicketIssued {
    IssuedTicket ticket;
};
struct TicketPrinted {
    std::uint64_t ticket = 0;
};
struct TicketNotPrinted {
    std::uint64_t ticket = 0;
    std::string why;  // "paper", "cover", "offline" or "failed"
};
// A counter has finished a service.
struct ServiceFinished {
    Errand errand;
};
struct EitShownNoted {};
struct PaperNoted {};
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

// Of officers
struct CornerHeld {};
struct PinDigitTapped {
    int digit;  // 0..9
};
struct PinEraseTapped {};
struct PinAccepted {};
struct PinRefused {
    PinRefusal refusal;
};
struct PinSaved {};
struct FiguresRead {
    OfficerFigures figures;
};
struct CloseTapped {};
struct CloseConfirmed {};
struct DayWasClosed {
    bool was_open;
    std::optional<OfficerFigures> figures;  // none: it is closed, but they could not be read
};
struct StickTapped {};
struct StickProgressed {
    StickStep step;
    int percent;
};
struct StickFinished {
    StickReport report;
};
struct StickFailed {
    Error reason;
};
struct SendTapped {};
struct SendProgressed {
    int percent;
};
struct SendFinished {
    SendReport report;
};
struct SendFailed {
    Error reason;
};
struct ProofTapped {};
struct EnvelopesTapped {};
struct NextPageTapped {};
struct UnprintedTapped {};
struct ReprintTapped {
    std::uint64_t ticket;
};
// It is written that the ticket's paper is made again.
struct ReprintNoted {
    std::vector<Errand> errands;
    bool priority = false;
    IssuedTicket ticket;
};
struct SelfTestTapped {};
struct CellTouched {
    std::size_t cell;  // below kTouchCells
};
struct SelfTestFinished {
    std::vector<TestFinding> findings;
};
struct PrinterTested {
    TestFinding finding;
};
struct ChangePinTapped {};
struct OfficerFailed {
    Error reason;
};
struct OfficerLeft {};
struct SessionTimedOut {};

using Event =
    std::variant<FaceTapped, TicketTapped, EitTapped, DivisionChosen, ServiceChosen, TicketWanted,
                 OneMoreTapped, TicketPrinted, TicketNotPrinted, ServiceFinished, BackTapped, DoneTapped,
                 LanguageTapped, ContrastTapped, StillHereTapped, RatingStored, TicketIssued, EitShownNoted,
                 PaperNoted, SaveFailed, StoreFailed, StoreRecovered, IdleTimedOut, CornerHeld,
                 PinDigitTapped, PinEraseTapped, PinAccepted, PinRefused, PinSaved, FiguresRead, CloseTapped,
                 CloseConfirmed, DayWasClosed, StickTapped, StickProgressed, StickFinished, StickFailed,
                 SendTapped, SendProgressed, SendFinished, SendFailed, ProofTapped, EnvelopesTapped,
                 NextPageTapped, UnprintedTapped, ReprintTapped, ReprintNoted, PrinterTested, SelfTestTapped,
                 CellTouched, SelfTestFinished, ChangePinTapped, OfficerFailed, OfficerLeft, SessionTimedOut>;

// ---- effects: what the wiring must do, on a worker; the answer comes back as an event ----
struct StoreRating {
    int score;
    std::optional<Errand> just_served;  // that a counter invited this rating to
};
struct IssueTicket {
    std::vector<Errand> errands;
    bool priority = false;
};
struct PrintTicket {
    std::vector<Errand> errands;
    bool priority = false;
    IssuedTicket ticket;
};
// What became of a ticket that was sent to the printer.
struct NotePaper {
    std::uint64_t ticket = 0;
    std::string why;  // as TicketNotPrinted has it; empty: printed
};
struct NoteEitShown {};
struct CheckPin {
    std::string digits;
};
struct SavePin {
    std::string digits;
};
struct ReadFigures {};
struct CloseDay {};
struct NoteReprint {
    std::uint64_t ticket = 0;
};
struct WriteStick {};
struct SendLines {};  // over the network
struct RunSelfTest {};
using Effect = std::variant<StoreRating, IssueTicket, NoteEitShown, NotePaper, PrintTicket, CheckPin, SavePin,
                            ReadFigures, CloseDay, NoteReprint, WriteStick, SendLines, RunSelfTest>;

}  // namespace sala::kiosk
