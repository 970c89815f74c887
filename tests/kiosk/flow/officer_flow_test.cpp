// The officer's way through the kiosk: nothing without the PIN, nothing abandoned half-way, nothing deleted.
#include <gtest/gtest.h>

#include "tests/kiosk/flow/play.h"

namespace sala::kiosk {
namespace {

Play on_the_officers_page() {
    Play play;
    play << CornerHeld{};
    play.type("493817") << PinAccepted{} << FiguresRead{};
    return play;
}

const Error kPulled{"STICK-PULLED", "ถูกถอด", "pulled"};

TEST(OfficerFlow, OnlyTheRightPinOpensThePage) {
    Play play;
    play << CornerHeld{};
    EXPECT_EQ(play.screen(), "pin");
    play.type("49381");
    EXPECT_TRUE(play.asked.empty());
    play.type("7");
    ASSERT_TRUE(play.asks<CheckPin>());
    EXPECT_EQ(std::get<CheckPin>(play.asked[0]).digits, "493817");
    play << PinRefused{{.why = PinRefusal::Why::kWrong, .tries_left = 4}};
    ASSERT_EQ(play.screen(), "pin");
    EXPECT_TRUE(std::get<EnteringPin>(play.state.screen).digits.empty());
    EXPECT_EQ(std::get<EnteringPin>(play.state.screen).refusal->tries_left, 4);
    play.type("493817") << PinAccepted{};
    EXPECT_TRUE(play.asks<ReadFigures>());
    play << FiguresRead{};
    EXPECT_EQ(play.screen(), "officer_day");
}

TEST(OfficerFlow, AnAnswerToAnEarlierQuestionOpensNothingWhileThePinIsLookedAt) {
    for (const Event& late : {Event(FiguresRead{}), Event(OfficerFailed{kPulled}), Event(PinSaved{}),
                              Event(DayWasClosed{}), Event(StickFinished{}), Event(IdleTimedOut{})}) {
        Play play;
        play << CornerHeld{};
        play.type("493817") << late;
        EXPECT_EQ(play.screen(), "pin_checking");
    }
}

TEST(OfficerFlow, NoEventOfAVisitorEverReachesAnOfficersScreen) {
    const std::vector<Event> visitors = {
        FaceTapped{1},     TicketTapped{},     EitTapped{},       DivisionChosen{"a"}, ServiceChosen{"b"},
        BackTapped{},      DoneTapped{},       LanguageTapped{},  ContrastTapped{},    StillHereTapped{},
        RatingStored{},    TicketIssued{},     IdleTimedOut{},    StoreFailed{},       StoreRecovered{},
        CornerHeld{},      CloseTapped{},      CloseConfirmed{},  StickTapped{},       ProofTapped{},
        EnvelopesTapped{}, FiguresRead{},      OfficerFailed{},   SelfTestTapped{},    ChangePinTapped{},
        PinDigitTapped{3}, PinEraseTapped{},   OfficerLeft{},     TicketWanted{},      OneMoreTapped{},
        TicketPrinted{},   TicketNotPrinted{}, ServiceFinished{}, ReprintNoted{},      PrinterTested{},
        UnprintedTapped{}, ReprintTapped{}};
    const Screen beginnings[] = {Home{},
                                 Attract{},
                                 Thanks{},
                                 EitPage{},
                                 ChoosingService{"a"},
                                 ServiceGuide{},
                                 TicketShown{},
                                 OutOfOrder{},
                                 EnteringPin{"12345", {}},
                                 CheckingPin{}};
    // Three of them one after the other on every screen, without PinAccepted: more than fingers can do.
    for (const Screen& beginning : beginnings) {
        for (const Event& first : visitors) {
            for (const Event& second : visitors) {
                for (const Event& third : visitors) {
                    Play play{{beginning}, {}};
                    play << first << second << third;
                    ASSERT_FALSE(is_officer_screen(play.state.screen))
                        << screen_name(beginning) << " to " << play.screen();
                }
            }
        }
    }
}

TEST(OfficerFlow, AnErasedDigitIsGoneAndBackGoesHome) {
    Play play;
    play << CornerHeld{};
    play.type("12") << PinEraseTapped{} << PinDigitTapped{9};
    EXPECT_EQ(std::get<EnteringPin>(play.state.screen).digits, "19");
    play << BackTapped{};
    EXPECT_EQ(play.screen(), "home");
}

TEST(OfficerFlow, TheDayIsClosedOnlyAfterASecondTap) {
    Play play = on_the_officers_page();
    play << CloseTapped{};
    EXPECT_EQ(play.screen(), "officer_confirm_close");
    EXPECT_TRUE(play.asked.empty());
    play << BackTapped{};
    EXPECT_EQ(play.screen(), "officer_day");
    play << CloseTapped{} << CloseConfirmed{};
    EXPECT_TRUE(play.asks<CloseDay>());
    EXPECT_EQ(play.screen(), "officer_closing");
    play << CloseConfirmed{} << IdleTimedOut{} << OfficerLeft{} << SessionTimedOut{};
    EXPECT_EQ(play.screen(), "officer_closing") << "a close under way is neither repeated nor left";
    play << DayWasClosed{true, {}};
    ASSERT_EQ(play.screen(), "officer_day");
    EXPECT_EQ(std::get<OfficerDay>(play.state.screen).notice->kind, Notice::Kind::kDayClosed);
}

TEST(OfficerFlow, TheStickIsWrittenToTheEndOrSaidToHaveFailed) {
    Play play = on_the_officers_page();
    play << StickTapped{};
    EXPECT_TRUE(play.asks<WriteStick>());
    play << StickProgressed{StickStep::kWriting, 40} << SessionTimedOut{} << OfficerLeft{} << StickTapped{};
    ASSERT_EQ(play.screen(), "officer_stick");
    EXPECT_EQ(std::get<WritingStick>(play.state.screen).percent, 40);
    EXPECT_TRUE(play.asked.empty());
    play << StickFailed{kPulled};
    ASSERT_EQ(play.screen(), "officer_stick_refused");
    EXPECT_EQ(std::get<StickRefused>(play.state.screen).reason.code, "STICK-PULLED");
    play << StickTapped{};
    EXPECT_TRUE(play.asks<WriteStick>());
    play << StickFinished{{.lines = 12}};
    ASSERT_EQ(play.screen(), "officer_stick_written");
    play << DoneTapped{};
    EXPECT_TRUE(play.asks<ReadFigures>());
}

TEST(OfficerFlow, AStickThatStandsStillIsGivenUpAndVisitorsComeBack) {
    Play play = on_the_officers_page();
    play << StickTapped{} << StickProgressed{StickStep::kWriting, 40};
    EXPECT_EQ(idle_timeout_ms(play.state), 120'000);
    play << IdleTimedOut{};
    ASSERT_EQ(play.screen(), "officer_stick_refused");
    EXPECT_EQ(std::get<StickRefused>(play.state.screen).reason.code, "STICK-HANGS");
    play << StickProgressed{StickStep::kWriting, 41} << StickFinished{};
    EXPECT_EQ(play.screen(), "officer_stick_refused") << "it is too late for its answer";
    play << IdleTimedOut{};
    EXPECT_EQ(play.screen(), "home");
}

TEST(OfficerFlow, SendingEndsInItsReportOrItsReasonAndIsNotLeftMeanwhile) {
    Play play = on_the_officers_page();
    play << SendTapped{};
    EXPECT_TRUE(play.asks<SendLines>());
    play << SendProgressed{40} << SessionTimedOut{} << OfficerLeft{} << SendTapped{};
    ASSERT_EQ(play.screen(), "officer_sending");
    EXPECT_EQ(std::get<Sending>(play.state.screen).percent, 40);
    EXPECT_TRUE(play.asked.empty());
    play << SendFailed{kPulled};
    ASSERT_EQ(play.screen(), "officer_send_refused");
    EXPECT_EQ(std::get<SendRefused>(play.state.screen).reason.code, "STICK-PULLED");
    play << SendTapped{};
    EXPECT_TRUE(play.asks<SendLines>());
    play << SendFinished{{12, 300}};
    ASSERT_EQ(play.screen(), "officer_sent");
    play << DoneTapped{};
    EXPECT_TRUE(play.asks<ReadFigures>());
}

TEST(OfficerFlow, ANetworkThatStandsStillIsGivenUpAndVisitorsComeBack) {
    Play play = on_the_officers_page();
    play << SendTapped{};
    EXPECT_EQ(idle_timeout_ms(play.state), 120'000);
    play << IdleTimedOut{};
    ASSERT_EQ(play.screen(), "officer_send_refused");
    EXPECT_EQ(std::get<SendRefused>(play.state.screen).reason.code, "SEND-HANGS");
    play << SendFinished{};
    EXPECT_EQ(play.screen(), "officer_send_refused") << "it is too late for its answer";
    play << IdleTimedOut{};
    EXPECT_EQ(play.screen(), "home");
}

TEST(OfficerFlow, ADayIsClosedEvenWhereItsFiguresCannotBeRead) {
    Play play = on_the_officers_page();
    play << CloseTapped{} << CloseConfirmed{} << DayWasClosed{true, std::nullopt};
    ASSERT_EQ(play.screen(), "officer_day");
    EXPECT_EQ(std::get<OfficerDay>(play.state.screen).notice->kind, Notice::Kind::kDayClosed);
}

TEST(OfficerFlow, ANewPinIsTypedTwiceAndATooEasyOneIsSaid) {
    Play play = on_the_officers_page();
    play << ChangePinTapped{};
    play.type("271828");
    EXPECT_TRUE(play.asked.empty());
    play.type("271829");
    EXPECT_EQ(std::get<ChangingPin>(play.state.screen).refusal->why, PinRefusal::Why::kDiffers);
    play.type("111111").type("111111");
    ASSERT_TRUE(play.asks<SavePin>());
    play << PinRefused{{.why = PinRefusal::Why::kWeak}};
    EXPECT_EQ(std::get<ChangingPin>(play.state.screen).refusal->why, PinRefusal::Why::kWeak);
    play.type("271828").type("271828") << PinSaved{} << FiguresRead{};
    ASSERT_EQ(play.screen(), "officer_day");
    EXPECT_EQ(std::get<OfficerDay>(play.state.screen).notice->kind, Notice::Kind::kPinChanged);
}

Play on_the_unprinted() {
    Play play;
    play << CornerHeld{};
    OfficerFigures figures;
    figures.unprinted = {{7, "A007", "a", "b"}, {9, "A009", "a", "b"}};
    play.type("493817") << PinAccepted{} << FiguresRead{figures} << UnprintedTapped{};
    EXPECT_EQ(play.screen(), "officer_unprinted");
    return play;
}

TEST(OfficerFlow, ATicketWithoutAPaperIsPrintedAgainAndNoOtherMeanwhile) {
    Play play = on_the_unprinted();
    play << ReprintTapped{7};
    ASSERT_TRUE(play.asks<NoteReprint>());
    play << ReprintTapped{9};
    EXPECT_TRUE(play.asked.empty()) << "one after the other";
    play << ReprintNoted{{{"a", "b"}}, true, {.id = 7, .number = "A007"}};
    ASSERT_TRUE(play.asks<PrintTicket>());
    EXPECT_TRUE(std::get<PrintTicket>(play.asked[0]).priority);
    play << TicketPrinted{9};
    EXPECT_TRUE(play.asks<NotePaper>()) << "another visitor's";
    play << TicketPrinted{7};
    ASSERT_EQ(play.asked.size(), 2u);
    EXPECT_TRUE(std::holds_alternative<ReadFigures>(play.asked[0]));
    EXPECT_EQ(std::get<NotePaper>(play.asked[1]).ticket, 7u);
    play << FiguresRead{};
    const auto& page = std::get<OfficerUnprinted>(play.state.screen);
    EXPECT_TRUE(page.figures.unprinted.empty());
    EXPECT_EQ(page.notice->kind, Notice::Kind::kReprinted);
    play << BackTapped{};
    EXPECT_TRUE(play.asks<ReadFigures>());
}

TEST(OfficerFlow, APaperThatFailsAgainIsSaidAndWrittenDown) {
    for (const char* why : {"paper", "cover", "offline", "failed"}) {
        Play play = on_the_unprinted();
        play << ReprintTapped{7} << ReprintNoted{{{"a", "b"}}, false, {.id = 7}} << TicketNotPrinted{7, why};
        ASSERT_TRUE(play.asks<NotePaper>());
        const auto& page = std::get<OfficerUnprinted>(play.state.screen);
        EXPECT_EQ(page.figures.unprinted.size(), 2u);
        EXPECT_TRUE(page.notice->reason.code.starts_with("PRINT-"));
        play << ReprintTapped{9};
        EXPECT_TRUE(play.asks<NoteReprint>()) << "the next one may be tried";
        play << OfficerFailed{kPulled};
        EXPECT_EQ(std::get<OfficerUnprinted>(play.state.screen).notice->reason.code, "STICK-PULLED");
        EXPECT_TRUE(play.asks<ReadFigures>());
    }
}

TEST(OfficerFlow, WhatIsWrittenAsPrintedAgainIsPrintedThoughTheOfficerHasLeft) {
    Play play = on_the_unprinted();
    play << ReprintTapped{7} << IdleTimedOut{};
    EXPECT_EQ(play.screen(), "home");
    play << ReprintNoted{{{"a", "b"}}, false, {.id = 7}};
    EXPECT_TRUE(play.asks<PrintTicket>());
    play << TicketNotPrinted{7, "paper"};
    EXPECT_TRUE(play.asks<NotePaper>());
    EXPECT_EQ(play.screen(), "home");
}

TEST(OfficerFlow, ThePrintersStateStandsBesideTheOtherFindingsWhicheverComesFirst) {
    const TestFinding printer{TestFinding::Kind::kPrinter, false, "", ""};
    const TestFinding disk{TestFinding::Kind::kDisk, true, "", ""};
    for (const bool printer_first : {false, true}) {
        Play play = on_the_officers_page();
        play << SelfTestTapped{};
        if (printer_first) play << PrinterTested{printer};
        play << SelfTestFinished{{disk}};
        if (!printer_first) play << PrinterTested{printer};
        play << CellTouched{2};
        const auto& test = std::get<SelfTest>(play.state.screen);
        EXPECT_EQ(test.findings.size(), 1u);
        EXPECT_TRUE(test.printer);
        EXPECT_TRUE(test.touched[2]);
    }
}

TEST(OfficerFlow, AnOfficerWhoWalksAwayLeavesTheHomeScreen) {
    for (const Event& tap : {Event(ProofTapped{}), Event(EnvelopesTapped{}), Event(SelfTestTapped{}),
                             Event(ChangePinTapped{}), Event(CloseTapped{})}) {
        Play play = on_the_officers_page();
        play << tap;
        EXPECT_EQ(idle_timeout_ms(play.state), 120'000) << play.screen();
        play << IdleTimedOut{};
        EXPECT_EQ(play.screen(), "home");
    }
    Play play = on_the_officers_page();
    play << SessionTimedOut{};
    EXPECT_EQ(play.screen(), "home");
}

TEST(OfficerFlow, ABrokenKioskCanBeLookedInto) {
    Play play;
    play << StoreFailed{kPulled} << CornerHeld{};
    EXPECT_EQ(play.screen(), "pin");
    play << BackTapped{};
    EXPECT_EQ(play.screen(), "out_of_order") << "nobody is invited to rate where nothing can be stored";
    play << StoreRecovered{};
    EXPECT_EQ(play.screen(), "home");
}

TEST(OfficerFlow, AStoreThatBreaksBehindAnOfficersPageIsSaidWhenTheOfficerLeaves) {
    Play play = on_the_officers_page();
    play << StoreFailed{kPulled};
    EXPECT_EQ(play.screen(), "officer_day");
    play << OfficerLeft{};
    ASSERT_EQ(play.screen(), "out_of_order");
    EXPECT_EQ(std::get<OutOfOrder>(play.state.screen).reason.code, "STICK-PULLED");
}

}  // namespace
}  // namespace sala::kiosk
