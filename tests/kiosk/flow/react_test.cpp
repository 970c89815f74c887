// What a tap means: counted once, thanked only after it is stored, and never lost to a timer.
#include "kiosk/flow/react.h"

#include <gtest/gtest.h>

#include "tests/kiosk/flow/play.h"

namespace sala::kiosk {
namespace {

const ShortHead kHead{7, "ABCDEFGHIJKLMNOP"};
const IssuedTicket kTicket{7, "B007", 3, std::pair(10, 25), kHead};
const Error kBroken{"DB-FULL", "เต็ม", "full"};

TEST(RatingFlow, StoresOneRatingForManyTapsOnAFace) {
    Play play;
    play << FaceTapped{4} << FaceTapped{4} << FaceTapped{1};
    ASSERT_EQ(play.effects.size(), 1u);
    EXPECT_EQ(std::get<StoreRating>(play.effects[0]).score, 4);
    EXPECT_EQ(play.screen(), "saving_rating");
}

TEST(RatingFlow, ThanksOnlyAfterTheRatingIsOnDisk) {
    Play play;
    play << FaceTapped{2};
    for (const Event& event :
         {Event(IdleTimedOut{}), Event(DoneTapped{}), Event(BackTapped{}), Event(LanguageTapped{})}) {
        play << event;
        EXPECT_EQ(play.screen(), "saving_rating");
    }
    play << RatingStored{kHead};
    ASSERT_EQ(play.screen(), "thanks");
    EXPECT_EQ(std::get<Thanks>(play.state.screen).head, kHead);
    play << FaceTapped{5};
    EXPECT_EQ(play.effects.size(), 1u) << "a tap that was on its way while thanking counts nothing";
    play << DoneTapped{};
    EXPECT_EQ(play.screen(), "home");
}

TEST(RatingFlow, AFailedStoreIsSaidAndHealsByItself) {
    Play play;
    play << FaceTapped{2} << StoreFailed{kBroken};
    EXPECT_EQ(play.screen(), "saving_rating") << "another job's failure is not this visitor's";
    play << SaveFailed{kBroken};
    ASSERT_EQ(play.screen(), "out_of_order");
    EXPECT_EQ(std::get<OutOfOrder>(play.state.screen).reason.code, "DB-FULL");
    play << IdleTimedOut{} << FaceTapped{5};
    EXPECT_EQ(play.screen(), "out_of_order");
    play << StoreRecovered{};
    EXPECT_EQ(play.screen(), "home");
    EXPECT_EQ(play.effects.size(), 1u);
}

TEST(TicketFlow, TheNumberIsShownOnlyAfterTheTicketIsOnDisk) {
    Play play;
    play << TicketTapped{} << DivisionChosen{"finance"} << ServiceChosen{"land-tax"};
    ASSERT_EQ(play.screen(), "guide") << "what the service asks for is read before the ticket is taken";
    EXPECT_TRUE(play.effects.empty());
    play << TicketWanted{} << TicketWanted{true} << ServiceChosen{"sign-tax"} << DivisionChosen{"x"}
         << IdleTimedOut{};
    EXPECT_EQ(play.screen(), "saving_ticket");
    ASSERT_EQ(play.effects.size(), 1u);
    EXPECT_EQ(std::get<IssueTicket>(play.effects[0]).errands, (std::vector<Errand>{{"finance", "land-tax"}}));
    EXPECT_FALSE(std::get<IssueTicket>(play.effects[0]).priority);
    play << TicketIssued{kTicket};
    ASSERT_EQ(play.screen(), "ticket");
    EXPECT_EQ(std::get<TicketShown>(play.state.screen).ticket.number, "B007");
    ASSERT_EQ(play.effects.size(), 2u);
    EXPECT_EQ(std::get<PrintTicket>(play.effects[1]).ticket.number, "B007");
    play << DoneTapped{};
    EXPECT_EQ(play.screen(), "home");
}

TEST(TicketFlow, OneTicketTakesSeveralErrandsEachOnce) {
    Play play;
    play << TicketTapped{} << DivisionChosen{"finance"} << ServiceChosen{"land-tax"} << OneMoreTapped{};
    ASSERT_EQ(play.screen(), "divisions");
    play << DivisionChosen{"clerk"} << ServiceChosen{"birth"} << OneMoreTapped{} << DivisionChosen{"finance"}
         << ServiceChosen{"land-tax"} << TicketWanted{true};
    ASSERT_EQ(play.effects.size(), 1u);
    const auto& wanted = std::get<IssueTicket>(play.effects[0]);
    EXPECT_EQ(wanted.errands, (std::vector<Errand>{{"finance", "land-tax"}, {"clerk", "birth"}}));
    EXPECT_TRUE(wanted.priority);
}

TEST(TicketFlow, NoTicketHoldsMoreErrandsThanItsLimit) {
    Play play;
    play << TicketTapped{};
    for (std::size_t i = 1; i < kErrandsMax; ++i)
        play << DivisionChosen{"d"} << ServiceChosen{std::string(i, 's')} << OneMoreTapped{};
    play << DivisionChosen{"d"} << ServiceChosen{"last"} << OneMoreTapped{};
    EXPECT_EQ(play.screen(), "guide");
    play << TicketWanted{};
    EXPECT_EQ(std::get<IssueTicket>(play.effects[0]).errands.size(), kErrandsMax);
}

TEST(TicketFlow, WhatWasNotPrintedIsSaidAndNotedWhateverIsOnTheScreenByThen) {
    Play play;
    play << TicketTapped{} << DivisionChosen{"finance"} << ServiceChosen{"land-tax"} << TicketWanted{}
         << TicketIssued{kTicket} << TicketNotPrinted{8, "cover"};
    EXPECT_EQ(std::get<TicketShown>(play.state.screen).paper, Paper::kPrinting) << "another ticket's";
    play << TicketNotPrinted{kTicket.id, "paper"};
    EXPECT_EQ(std::get<TicketShown>(play.state.screen).paper, Paper::kFailed);
    EXPECT_GT(idle_timeout_ms(play.state), 60'000) << "there is time to take a photograph";
    play << DoneTapped{} << TicketNotPrinted{9, "offline"};
    EXPECT_EQ(play.screen(), "home");
    ASSERT_EQ(play.effects.size(), 5u);
    EXPECT_EQ(std::get<NotePaper>(play.effects[2]).ticket, 8u);
    EXPECT_EQ(std::get<NotePaper>(play.effects[3]).why, "paper");
    EXPECT_EQ(std::get<NotePaper>(play.effects[4]).ticket, 9u);
}

TEST(TicketFlow, PaperThatIsThereIsSaid) {
    Play play;
    play << TicketTapped{} << DivisionChosen{"finance"} << ServiceChosen{"land-tax"} << TicketWanted{}
         << TicketIssued{kTicket} << TicketPrinted{kTicket.id};
    EXPECT_EQ(std::get<TicketShown>(play.state.screen).paper, Paper::kPrinted);
    play << DoneTapped{} << TicketPrinted{9};
    ASSERT_EQ(play.effects.size(), 4u);
    EXPECT_EQ(std::get<NotePaper>(play.effects[2]).ticket, kTicket.id);
    EXPECT_EQ(std::get<NotePaper>(play.effects[3]).ticket, 9u);
    EXPECT_EQ(std::get<NotePaper>(play.effects[3]).why, "");
}

TEST(Invitation, WhoComesFromACounterRatesThatServiceOnce) {
    Play play;
    play << ServiceFinished{{"finance", "land-tax"}} << FaceTapped{4};
    ASSERT_EQ(play.effects.size(), 1u);
    EXPECT_EQ(std::get<StoreRating>(play.effects[0]).just_served, (Errand{"finance", "land-tax"}));
    play << RatingStored{kHead} << DoneTapped{} << FaceTapped{4};
    EXPECT_FALSE(std::get<StoreRating>(play.effects[1]).just_served);
}

TEST(Invitation, EndsWhenNobodyComesAndDisturbsNobody) {
    Play play;
    play << ServiceFinished{{"finance", "land-tax"}} << IdleTimedOut{} << FaceTapped{4};
    EXPECT_FALSE(std::get<StoreRating>(play.effects[0]).just_served);
    Play other;
    other << TicketTapped{} << ServiceFinished{{"finance", "land-tax"}};
    EXPECT_EQ(other.screen(), "divisions");
}

TEST(TicketFlow, BackGoesOneStepAndTakesNoTicket) {
    Play play;
    play << TicketTapped{} << DivisionChosen{"finance"} << BackTapped{};
    EXPECT_EQ(play.screen(), "divisions");
    play << BackTapped{};
    EXPECT_EQ(play.screen(), "home");
    EXPECT_TRUE(play.effects.empty());
}

TEST(EitFlow, EachOpeningIsNotedOnce) {
    Play play;
    play << EitTapped{} << EitTapped{} << EitShownNoted{} << BackTapped{} << EitTapped{};
    EXPECT_EQ(play.screen(), "eit");
    EXPECT_EQ(play.effects.size(), 2u);
}

TEST(Idle, AVisitorWhoStillChoosesIsAskedFirstAndKeepsThePlace) {
    Play play;
    play << LanguageTapped{} << TicketTapped{} << DivisionChosen{"finance"} << IdleTimedOut{};
    EXPECT_EQ(play.screen(), "services");
    EXPECT_TRUE(play.state.asking_still_there);
    EXPECT_EQ(idle_timeout_ms(play.state), 20'000);
    play << StillHereTapped{};
    EXPECT_EQ(play.screen(), "services");
    EXPECT_FALSE(play.state.asking_still_there);
    EXPECT_EQ(play.state.language, record::Language::kEnglish);
    EXPECT_EQ(idle_timeout_ms(play.state), 45'000);
    play << IdleTimedOut{} << IdleTimedOut{};
    EXPECT_EQ(play.screen(), "home");
    EXPECT_FALSE(play.state.asking_still_there);
    EXPECT_EQ(play.state.language, record::Language::kThai) << "the next visitor starts in Thai";
}

TEST(Idle, AHomeScreenLeftAloneShowsAnnouncementsInThaiAndTheUsualColours) {
    Play play;
    play << LanguageTapped{} << ContrastTapped{};
    EXPECT_TRUE(play.state.high_contrast);
    play << IdleTimedOut{};
    EXPECT_EQ(play.screen(), "attract");
    EXPECT_EQ(play.state.language, record::Language::kThai);
    EXPECT_FALSE(play.state.high_contrast);
    play << IdleTimedOut{} << IdleTimedOut{};
    EXPECT_EQ(std::get<Attract>(play.state.screen).page, 2);
    play << FaceTapped{5};
    EXPECT_EQ(play.screen(), "saving_rating") << "nobody needs a tap to wake the kiosk";
}

TEST(Idle, NothingUnderWayIsAbandonedByTime) {
    EXPECT_EQ(idle_timeout_ms({SavingRating{}}), 0);
    EXPECT_EQ(idle_timeout_ms({SavingTicket{{{"a", "b"}}}}), 0);
    EXPECT_EQ(idle_timeout_ms({OutOfOrder{kBroken}}), 0);
}

// Whatever comes, in whatever order: one stored rating for each saving screen, and never two at once.
TEST(RandomEvents, NeverStoreWhileStoring) {
    unsigned seed = 7;
    const auto random = [&](unsigned below) { return (seed = seed * 1103515245 + 12345) / 65536 % below; };
    const Event events[] = {
        FaceTapped{1},        FaceTapped{5},       TicketTapped{},      EitTapped{},
        DivisionChosen{"d"},  BackTapped{},        ServiceChosen{"s"},  DoneTapped{},
        LanguageTapped{},     IdleTimedOut{},      RatingStored{kHead}, TicketIssued{kTicket},
        StoreFailed{kBroken}, SaveFailed{kBroken}, StoreRecovered{},    TicketWanted{},
        OneMoreTapped{},      TicketPrinted{7},    ServiceFinished{}};
    State state;
    for (int i = 0; i < 100'000; ++i) {
        const bool saving = std::holds_alternative<SavingRating>(state.screen) ||
                            std::holds_alternative<SavingTicket>(state.screen);
        const Reaction reaction = react(state, events[random(std::size(events))]);
        ASSERT_LE(reaction.effects.size(), 1u);
        if (saving && !reaction.effects.empty()) {
            ASSERT_TRUE(std::holds_alternative<PrintTicket>(reaction.effects[0]) ||
                        std::holds_alternative<NotePaper>(reaction.effects[0]));
        }
        state = reaction.state;
    }
}

}  // namespace
}  // namespace sala::kiosk
