// What a tap means: counted once, thanked only after it is stored, and never lost to a timer.
#include "kiosk/flow/react.h"

#include <gtest/gtest.h>

#include "tests/kiosk/flow/play.h"

namespace sala::kiosk {
namespace {

const ShortHead kHead{7, "ABCDEFGHIJKLMNOP"};
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
    play << TicketTapped{} << DivisionChosen{"finance"} << ServiceChosen{"land-tax"}
         << ServiceChosen{"sign-tax"} << DivisionChosen{"x"} << IdleTimedOut{};
    EXPECT_EQ(play.screen(), "saving_ticket");
    ASSERT_EQ(play.effects.size(), 1u);
    EXPECT_EQ(std::get<IssueTicket>(play.effects[0]).division, "finance");
    EXPECT_EQ(std::get<IssueTicket>(play.effects[0]).service, "land-tax");
    play << TicketIssued{"B007", kHead};
    ASSERT_EQ(play.screen(), "ticket");
    EXPECT_EQ(std::get<TicketShown>(play.state.screen).number, "B007");
    play << DoneTapped{};
    EXPECT_EQ(play.screen(), "home");
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
    EXPECT_EQ(idle_timeout_ms({SavingTicket{"a", "b"}}), 0);
    EXPECT_EQ(idle_timeout_ms({OutOfOrder{kBroken}}), 0);
}

// Whatever comes, in whatever order: one stored rating for each saving screen, and never two at once.
TEST(RandomEvents, NeverStoreWhileStoring) {
    unsigned seed = 7;
    const auto random = [&](unsigned below) { return (seed = seed * 1103515245 + 12345) / 65536 % below; };
    const Event events[] = {FaceTapped{1},        FaceTapped{5},       TicketTapped{},
                            EitTapped{},          DivisionChosen{"d"}, BackTapped{},
                            ServiceChosen{"s"},   DoneTapped{},        LanguageTapped{},
                            IdleTimedOut{},       RatingStored{kHead}, TicketIssued{"A001", kHead},
                            StoreFailed{kBroken}, SaveFailed{kBroken}, StoreRecovered{}};
    State state;
    for (int i = 0; i < 100'000; ++i) {
        const bool saving = std::holds_alternative<SavingRating>(state.screen) ||
                            std::holds_alternative<SavingTicket>(state.screen);
        const Reaction reaction = react(state, events[random(std::size(events))]);
        ASSERT_LE(reaction.effects.size(), 1u);
        if (saving) {
            ASSERT_TRUE(reaction.effects.empty());
        }
        state = reaction.state;
    }
}

}  // namespace
}  // namespace sala::kiosk
