#include "kiosk/flow/react.h"

#include "kiosk/flow/step.h"
#include "platform/base/overload.h"

namespace sala::kiosk {
namespace {

// How long each screen waits, and how long it then asks "still there?".
struct Patience {
    int quiet_ms;       // 0: for ever
    int asking_ms = 0;  // 0: goes without asking
};
constexpr Patience kForever{0};
constexpr Patience kUntilAttract{45'000};
constexpr Patience kAnnouncement{10'000};
constexpr Patience kThanked{5'000};
constexpr Patience kTicket{30'000};
constexpr Patience kChoosing{45'000, 20'000};
// Taking a phone out and finding its camera takes an elderly visitor a minute.
constexpr Patience kScanning{120'000, 20'000};
constexpr Patience kPin{30'000};
constexpr Patience kOfficer{120'000};

Patience patience(const Screen& screen) {
    return std::visit(
        Overload{
            [](const Home&) { return kUntilAttract; },
            [](const Attract&) { return kAnnouncement; },
            [](const Thanks&) { return kThanked; },
            [](const TicketShown&) { return kTicket; },
            [](const EitPage&) { return kScanning; },
            [](const ChoosingDivision&) { return kChoosing; },
            [](const ChoosingService&) { return kChoosing; },
            [](const EnteringPin&) { return kPin; },
            // A write under way is never abandoned, and a broken store is not healed by waiting.
            [](const SavingRating&) { return kForever; },
            [](const SavingTicket&) { return kForever; },
            [](const OutOfOrder&) { return kForever; },
            [](const CheckingPin&) { return kForever; },
            [](const OpeningOfficer&) { return kForever; },
            [](const ClosingDay&) { return kForever; },
            [](const SavingPin&) { return kForever; },
            [](const auto&) { return kOfficer; },
        },
        screen);
}

Step unchanged(const Screen& screen) { return {screen}; }

Step at_home(const Screen& here, const Event& event) {
    return std::visit(Overload{
                          [](const FaceTapped& tap) -> Step {
                              return {SavingRating{}, {StoreRating{tap.score}}};
                          },
                          [](const TicketTapped&) -> Step { return {ChoosingDivision{}}; },
                          [](const EitTapped&) -> Step {
                              return {EitPage{}, {NoteEitShown{}}};
                          },
                          [](const StoreFailed& failed) -> Step { return {OutOfOrder{failed.reason}}; },
                          [](const CornerHeld&) -> Step { return {EnteringPin{}}; },
                          [&](const auto&) { return unchanged(here); },
                      },
                      event);
}

Step on(const Home& home, const Event& event) {
    if (std::holds_alternative<IdleTimedOut>(event)) return {Attract{}};
    return at_home(home, event);
}

Step on(const Attract& attract, const Event& event) {
    if (std::holds_alternative<IdleTimedOut>(event)) return {Attract{attract.page + 1}};
    if (std::holds_alternative<LanguageTapped>(event) || std::holds_alternative<ContrastTapped>(event)) {
        return {Home{}};
    }
    return at_home(attract, event);
}

Step on(const SavingRating& saving, const Event& event) {
    return std::visit(Overload{
                          [](const RatingStored& stored) -> Step { return {Thanks{stored.head}}; },
                          [](const SaveFailed& failed) -> Step { return {OutOfOrder{failed.reason}}; },
                          [&](const auto&) { return unchanged(saving); },
                      },
                      event);
}

Step on(const Thanks& thanks, const Event& event) {
    if (std::holds_alternative<DoneTapped>(event) || std::holds_alternative<IdleTimedOut>(event)) {
        return {Home{}};
    }
    return unchanged(thanks);
}

Step on(const EitPage& page, const Event& event) {
    if (std::holds_alternative<BackTapped>(event) || std::holds_alternative<IdleTimedOut>(event)) {
        return {Home{}};
    }
    return unchanged(page);
}

Step on(const ChoosingDivision& choosing, const Event& event) {
    return std::visit(
        Overload{
            [](const DivisionChosen& chosen) -> Step { return {ChoosingService{chosen.division}}; },
            [](const BackTapped&) -> Step { return {Home{}}; },
            [](const IdleTimedOut&) -> Step { return {Home{}}; },
            [&](const auto&) { return unchanged(choosing); },
        },
        event);
}

Step on(const ChoosingService& choosing, const Event& event) {
    return std::visit(Overload{
                          [&](const ServiceChosen& chosen) -> Step {
                              return {SavingTicket{choosing.division, chosen.service},
                                      {IssueTicket{choosing.division, chosen.service}}};
                          },
                          [](const BackTapped&) -> Step { return {ChoosingDivision{}}; },
                          [](const IdleTimedOut&) -> Step { return {Home{}}; },
                          [&](const auto&) { return unchanged(choosing); },
                      },
                      event);
}

Step on(const SavingTicket& saving, const Event& event) {
    return std::visit(
        Overload{
            [&](const TicketIssued& issued) -> Step {
                return {TicketShown{saving.division, saving.service, issued.number, issued.head}};
            },
            [](const SaveFailed& failed) -> Step { return {OutOfOrder{failed.reason}}; },
            [&](const auto&) { return unchanged(saving); },
        },
        event);
}

Step on(const TicketShown& ticket, const Event& event) {
    if (std::holds_alternative<DoneTapped>(event) || std::holds_alternative<IdleTimedOut>(event)) {
        return {Home{}};
    }
    return unchanged(ticket);
}

Step on(const OutOfOrder& broken, const Event& event) {
    if (std::holds_alternative<StoreRecovered>(event)) return {Home{}};
    // The officer may look behind a broken kiosk too.
    if (std::holds_alternative<CornerHeld>(event)) return {EnteringPin{}};
    return unchanged(broken);
}

bool is_home(const Screen& screen) {
    return std::holds_alternative<Home>(screen) || std::holds_alternative<Attract>(screen);
}

}  // namespace

Reaction react(const State& state, const Event& event) {
    using record::Language;
    State next = state;
    if (std::holds_alternative<StillHereTapped>(event)) {
        next.asking_still_there = false;
        return {std::move(next), {}};
    }
    if (std::holds_alternative<IdleTimedOut>(event) && !state.asking_still_there &&
        patience(state.screen).asking_ms > 0) {
        next.asking_still_there = true;
        return {std::move(next), {}};
    }
    Step step = is_officer_screen(state.screen) || std::holds_alternative<EnteringPin>(state.screen) ||
                        std::holds_alternative<CheckingPin>(state.screen)
                    ? officer_step(state.screen, event)
                    : std::visit(
                          [&](const auto& screen) -> Step {
                              if constexpr (requires { on(screen, event); }) return on(screen, event);
                              return unchanged(screen);
                          },
                          state.screen);
    if (const auto* failed = std::get_if<StoreFailed>(&event)) next.broken = failed->reason;
    if (const auto* failed = std::get_if<SaveFailed>(&event)) next.broken = failed->reason;
    if (std::holds_alternative<StoreRecovered>(event)) next.broken.reset();
    if (next.broken && is_home(step.screen)) step = {OutOfOrder{*next.broken}};
    if (step.screen.index() != state.screen.index()) next.asking_still_there = false;
    next.screen = std::move(step.screen);
    if (std::holds_alternative<LanguageTapped>(event)) {
        next.language = state.language == Language::kThai ? Language::kEnglish : Language::kThai;
    }
    if (std::holds_alternative<ContrastTapped>(event)) next.high_contrast = !state.high_contrast;
    // The next visitor starts in Thai and in the usual colours.
    if (std::holds_alternative<IdleTimedOut>(event) &&
        (is_home(next.screen) || std::holds_alternative<OutOfOrder>(next.screen))) {
        next.language = Language::kThai;
        next.high_contrast = false;
    }
    return {std::move(next), std::move(step.effects)};
}

int idle_timeout_ms(const State& state) {
    const Patience wait = patience(state.screen);
    return state.asking_still_there ? wait.asking_ms : wait.quiet_ms;
}

}  // namespace sala::kiosk
