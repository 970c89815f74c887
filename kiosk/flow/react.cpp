#include "kiosk/flow/react.h"

#include "platform/base/overload.h"

namespace sala::kiosk {
namespace {

constexpr int kThanksMs = 6'000;
constexpr int kTicketMs = 20'000;
constexpr int kChoosingMs = 45'000;
constexpr int kEitMs =
    120'000;  // Taking a phone out and finding its camera takes an elderly visitor a minute.
constexpr int kLanguageMs = 60'000;  // A home screen left in English goes back to Thai.

struct Step {
    Screen screen;
    std::vector<Effect> effects = {};
};

Step step(const Screen& screen, const Event& event) {
    return std::visit(
        Overload{
            [](const Home&, const FaceTapped& tap) -> Step {
                return {SavingRating{}, {StoreRating{tap.score}}};
            },
            [](const Home&, const TicketTapped&) -> Step { return {ChoosingDivision{}}; },
            [](const Home&, const EitTapped&) -> Step {
                return {EitPage{}, {NoteEitShown{}}};
            },
            [](const SavingRating&, const RatingStored& stored) -> Step { return {Thanks{stored.head}}; },
            [](const SavingRating&, const SaveFailed& failed) -> Step { return {OutOfOrder{failed.reason}}; },
            [](const Home&, const StoreFailed& failed) -> Step { return {OutOfOrder{failed.reason}}; },
            [](const SavingTicket&, const SaveFailed& failed) -> Step { return {OutOfOrder{failed.reason}}; },
            [](const ChoosingDivision&, const DivisionChosen& chosen) -> Step {
                return {ChoosingService{chosen.division}};
            },
            [](const ChoosingDivision&, const BackTapped&) -> Step { return {Home{}}; },
            [](const ChoosingService& choosing, const ServiceChosen& chosen) -> Step {
                return {SavingTicket{choosing.division, chosen.service},
                        {IssueTicket{choosing.division, chosen.service}}};
            },
            [](const ChoosingService&, const BackTapped&) -> Step { return {ChoosingDivision{}}; },
            [](const SavingTicket& saving, const TicketIssued& issued) -> Step {
                return {TicketShown{saving.division, saving.service, issued.number, issued.head}};
            },
            [](const EitPage&, const BackTapped&) -> Step { return {Home{}}; },
            [](const Thanks&, const DoneTapped&) -> Step { return {Home{}}; },
            [](const TicketShown&, const DoneTapped&) -> Step { return {Home{}}; },
            [](const OutOfOrder&, const StoreRecovered&) -> Step { return {Home{}}; },
            // A write under way is never abandoned, and a broken store is not healed by waiting.
            [](const SavingRating& saving, const IdleTimedOut&) -> Step { return {saving}; },
            [](const SavingTicket& saving, const IdleTimedOut&) -> Step { return {saving}; },
            [](const OutOfOrder& broken, const IdleTimedOut&) -> Step { return {broken}; },
            [](const auto&, const IdleTimedOut&) -> Step { return {Home{}}; },
            [](const auto& unchanged, const auto&) -> Step { return {unchanged}; },
        },
        screen, event);
}

}  // namespace

const char* screen_name(const Screen& screen) {
    return std::visit(Overload{
                          [](const Home&) { return "home"; },
                          [](const SavingRating&) { return "saving_rating"; },
                          [](const Thanks&) { return "thanks"; },
                          [](const EitPage&) { return "eit"; },
                          [](const ChoosingDivision&) { return "divisions"; },
                          [](const ChoosingService&) { return "services"; },
                          [](const SavingTicket&) { return "saving_ticket"; },
                          [](const TicketShown&) { return "ticket"; },
                          [](const OutOfOrder&) { return "out_of_order"; },
                      },
                      screen);
}

Reaction react(const State& state, const Event& event) {
    using record::Language;
    Step next = step(state.screen, event);
    Language language = state.language;
    if (std::holds_alternative<LanguageTapped>(event)) {
        language = language == Language::kThai ? Language::kEnglish : Language::kThai;
    }
    // The next visitor starts in Thai.
    if (std::holds_alternative<IdleTimedOut>(event) && std::holds_alternative<Home>(next.screen)) {
        language = Language::kThai;
    }
    return {{std::move(next.screen), language}, std::move(next.effects)};
}

int idle_timeout_ms(const State& state) {
    return std::visit(
        Overload{
            [&](const Home&) { return state.language == record::Language::kThai ? 0 : kLanguageMs; },
            [](const Thanks&) { return kThanksMs; },
            [](const TicketShown&) { return kTicketMs; },
            [](const EitPage&) { return kEitMs; },
            [](const ChoosingDivision&) { return kChoosingMs; },
            [](const ChoosingService&) { return kChoosingMs; },
            [](const auto&) { return 0; },
        },
        state.screen);
}

}  // namespace sala::kiosk
