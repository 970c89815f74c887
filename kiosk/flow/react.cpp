#include "kiosk/flow/react.h"

#include <algorithm>

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
// Steps and papers are read, not only tapped.
constexpr Patience kReading{90'000, 20'000};
// Who got no paper takes a photograph.
constexpr Patience kUnprinted{90'000};
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
            [](const TicketShown& shown) { return shown.paper == Paper::kFailed ? kUnprinted : kTicket; },
            [](const EitPage&) { return kScanning; },
            [](const ChoosingDivision&) { return kChoosing; },
            [](const ChoosingService&) { return kChoosing; },
            [](const ServiceGuide&) { return kReading; },
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
    const Home* home = std::get_if<Home>(&here);
    const std::optional<Errand> just_served = home == nullptr ? std::nullopt : home->just_served;
    return std::visit(Overload{
                          [&](const FaceTapped& tap) -> Step {
                              return {SavingRating{}, {StoreRating{tap.score, just_served}}};
                          },
                          [](const ServiceFinished& finished) -> Step { return {Home{finished.errand}}; },
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
    return std::visit(Overload{
                          [&](const DivisionChosen& chosen) -> Step {
                              return {ChoosingService{chosen.division, choosing.chosen}};
                          },
                          [](const BackTapped&) -> Step { return {Home{}}; },
                          [](const IdleTimedOut&) -> Step { return {Home{}}; },
                          [&](const auto&) { return unchanged(choosing); },
                      },
                      event);
}

Step on(const ChoosingService& choosing, const Event& event) {
    return std::visit(Overload{
                          [&](const ServiceChosen& chosen) -> Step {
                              return {ServiceGuide{{choosing.division, chosen.service}, choosing.chosen}};
                          },
                          [&](const BackTapped&) -> Step { return {ChoosingDivision{choosing.chosen}}; },
                          [](const IdleTimedOut&) -> Step { return {Home{}}; },
                          [&](const auto&) { return unchanged(choosing); },
                      },
                      event);
}

// The errands so far, with the one that is read now; twice the same is once.
std::vector<Errand> with_this(const ServiceGuide& guide) {
    std::vector<Errand> errands = guide.chosen;
    if (std::find(errands.begin(), errands.end(), guide.errand) == errands.end())
        errands.push_back(guide.errand);
    return errands;
}

Step on(const ServiceGuide& guide, const Event& event) {
    return std::visit(
        Overload{
            [&](const TicketWanted& wanted) -> Step {
                const std::vector<Errand> errands = with_this(guide);
                return {SavingTicket{errands, wanted.priority}, {IssueTicket{errands, wanted.priority}}};
            },
            [&](const OneMoreTapped&) -> Step {
                if (guide.chosen.size() + 1 >= kErrandsMax) return unchanged(guide);
                return {ChoosingDivision{with_this(guide)}};
            },
            [&](const BackTapped&) -> Step {
                return {ChoosingService{guide.errand.division, guide.chosen}};
            },
            [](const IdleTimedOut&) -> Step { return {Home{}}; },
            [&](const auto&) { return unchanged(guide); },
        },
        event);
}

Step on(const SavingTicket& saving, const Event& event) {
    return std::visit(Overload{
                          [&](const TicketIssued& issued) -> Step {
                              return {TicketShown{saving.errands, saving.priority, issued.ticket},
                                      {PrintTicket{saving.errands, saving.priority, issued.ticket}}};
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
    const auto set_paper = [&](std::uint64_t of, Paper paper) -> Step {
        TicketShown shown = ticket;
        if (of == ticket.ticket.id) shown.paper = paper;
        return {shown};
    };
    if (const auto* printed = std::get_if<TicketPrinted>(&event))
        return set_paper(printed->ticket, Paper::kPrinted);
    if (const auto* failed = std::get_if<TicketNotPrinted>(&event))
        return set_paper(failed->ticket, Paper::kFailed);
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
    // Whatever is on the screen by then.
    if (const auto* printed = std::get_if<TicketPrinted>(&event))
        step.effects.push_back(NotePaper{printed->ticket, {}});
    if (const auto* failed = std::get_if<TicketNotPrinted>(&event))
        step.effects.push_back(NotePaper{failed->ticket, failed->why});
    if (const auto* noted = std::get_if<ReprintNoted>(&event))
        step.effects.push_back(PrintTicket{noted->errands, noted->priority, noted->ticket});
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
