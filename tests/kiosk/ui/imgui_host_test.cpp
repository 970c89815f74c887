#include "kiosk/ui/imgui_host.h"

#include <cstdlib>

#include "kiosk/ui/widget_ids.h"
#include "platform/linux/sdl_window.h"
#include "tests/kiosk/ui/ui_fixture.h"

namespace sala::kiosk {
namespace {

class ImguiHostTest : public UiTest {};

TEST_F(ImguiHostTest, FiveFacesReturnTheirScores) {
    run({});
    for (int score = 1; score <= 5; ++score) {
        const std::vector<Event> events = tap(ids::rating_face(score));
        ASSERT_EQ(events.size(), 1u) << score;
        const auto* face = std::get_if<FaceTapped>(&events[0]);
        ASSERT_TRUE(face);
        EXPECT_EQ(face->score, score);
    }
}

TEST_F(ImguiHostTest, EachPlaceOfHomeReturnsItsEvent) {
    run({});
    const auto ticket = tap(ids::kHomeTicket);
    ASSERT_EQ(ticket.size(), 1u);
    EXPECT_TRUE(std::holds_alternative<TicketTapped>(ticket[0]));
    const auto eit = tap(ids::kHomeEit);
    ASSERT_EQ(eit.size(), 1u);
    EXPECT_TRUE(std::holds_alternative<EitTapped>(eit[0]));
    const auto language = tap(ids::kHomeLanguage);
    ASSERT_EQ(language.size(), 1u);
    EXPECT_TRUE(std::holds_alternative<LanguageTapped>(language[0]));
}

TEST_F(ImguiHostTest, DivisionsAndServicesReturnTheirIds) {
    state_.screen = ChoosingDivision{};
    host_.request_frame();
    run({});
    for (const record::Division& division : offices_->demo.divisions) {
        const auto events = tap(ids::division(division.id));
        ASSERT_EQ(events.size(), 1u);
        EXPECT_EQ(std::get<DivisionChosen>(events[0]).division, division.id);
    }
    const auto back = tap(ids::kDivisionsBack);
    ASSERT_EQ(back.size(), 1u);
    EXPECT_TRUE(std::holds_alternative<BackTapped>(back[0]));

    state_.screen = ChoosingService{offices_->demo.divisions[0].id, {}};
    host_.request_frame();
    run({});
    for (const record::Service& service : offices_->demo.divisions[0].services) {
        const auto events = tap(ids::service(service.id));
        ASSERT_EQ(events.size(), 1u);
        EXPECT_EQ(std::get<ServiceChosen>(events[0]).service, service.id);
    }
}

TEST_F(ImguiHostTest, DownAndUpOnDifferentTargetsGiveNothing) {
    run({});
    const Rect five = rect_of(ids::rating_face(5)), one = rect_of(ids::rating_face(1));
    EXPECT_TRUE(run({at(Kind::kDown, five), at(Kind::kMove, one), at(Kind::kUp, one)}).empty());
    EXPECT_TRUE(run({at(Kind::kDown, five), at(Kind::kUp, one)}).empty());
    EXPECT_TRUE(run({{Kind::kDown, 5, 5}, at(Kind::kUp, one)}).empty());
    EXPECT_EQ(tap(ids::rating_face(1)).size(), 1u) << "the next tap is not harmed";
}

TEST_F(ImguiHostTest, ALostFingerGivesNothing) {
    run({});
    const Rect five = rect_of(ids::rating_face(5));
    EXPECT_TRUE(run({at(Kind::kDown, five), at(Kind::kCancel, five)}).empty());
    EXPECT_EQ(tap(ids::rating_face(5)).size(), 1u);
}

TEST_F(ImguiHostTest, QuickTapsThatArriveTogetherAreAllSeen) {
    run({});
    const Rect five = rect_of(ids::rating_face(5)), ticket = rect_of(ids::kHomeTicket);
    const auto events =
        run({at(Kind::kDown, five), at(Kind::kUp, five), at(Kind::kDown, ticket), at(Kind::kUp, ticket)});
    ASSERT_EQ(events.size(), 2u);
    EXPECT_TRUE(std::holds_alternative<FaceTapped>(events[0]));
    EXPECT_TRUE(std::holds_alternative<TicketTapped>(events[1]));
}

TEST_F(ImguiHostTest, ATapOnASavingScreenFindsNothingToStore) {
    run({});
    const Rect five = rect_of(ids::rating_face(5));
    state_.screen = SavingRating{};
    host_.request_frame();
    EXPECT_TRUE(run({at(Kind::kDown, five), at(Kind::kUp, five)}).empty());
}

TEST_F(ImguiHostTest, AFingerHeldWhileTheScreenChangesTapsNothing) {
    run({});
    const Rect five = rect_of(ids::rating_face(5));
    EXPECT_TRUE(run({at(Kind::kDown, five)}).empty());
    state_.screen = ChoosingDivision{};
    host_.request_frame();
    run({});
    EXPECT_TRUE(run({at(Kind::kUp, five)}).empty());
}

TEST_F(ImguiHostTest, PresentsNothingWhenNothingChanged) {
    run({});
    const int first = window_.presents;
    EXPECT_EQ(first, 1);
    EXPECT_FALSE(host_.wants_frame());
    for (int i = 0; i < 5; ++i) {
        host_.request_frame();
        host_.frame(view());
    }
    EXPECT_EQ(window_.presents, first);
    now_.minute_of_day += 1;
    host_.request_frame();
    host_.frame(view());
    EXPECT_EQ(window_.presents, first + 1) << "a new minute is shown";
}

TEST_F(ImguiHostTest, WhatWasPreparedIsShownByTheNextFrameAndNotBefore) {
    host_.prepare(view());
    EXPECT_EQ(window_.presents, 0);
    EXPECT_TRUE(host_.wants_frame());
    const TextureId made = window_.recording.made;
    host_.frame(view());
    EXPECT_EQ(window_.presents, 1);
    EXPECT_EQ(window_.presented, (std::vector<ClipRect>{{0, 0, window_.width(), window_.height()}}));
    EXPECT_EQ(window_.recording.made, made) << "every picture was there";
    run({});
    EXPECT_EQ(window_.presents, 1) << "and nothing is shown twice";
}

TEST_F(ImguiHostTest, AnExposedWindowIsShownAgain) {
    run({});
    const int before = window_.presents;
    host_.take(Frame{.exposed = true});
    EXPECT_TRUE(host_.wants_frame());
    run({});
    EXPECT_EQ(window_.presents, before + 1);
}

TEST_F(ImguiHostTest, APressIsSeenAndGoesAway) {
    run({});
    const int before = window_.presents;
    const Rect ticket = rect_of(ids::kHomeTicket);
    run({at(Kind::kDown, ticket)});
    EXPECT_EQ(window_.presents, before + 1) << "pressed";
    run({at(Kind::kUp, ticket)});
    EXPECT_EQ(window_.presents, before + 2) << "released";
}

TEST_F(ImguiHostTest, TexturesStayBoundedOverManyMinutes) {
    for (int minute = 0; minute < 900; ++minute) {
        now_.minute_of_day = minute;
        host_.request_frame();
        host_.frame(view());
    }
    const std::size_t settled = window_.recording.alive.size();
    for (int minute = 900; minute < 1440; ++minute) {
        now_.minute_of_day = minute;
        host_.request_frame();
        host_.frame(view());
    }
    EXPECT_LE(window_.recording.alive.size(), settled + 2);
    EXPECT_GT(window_.recording.made, window_.recording.alive.size()) << "old minutes were thrown out";
    EXPECT_EQ(window_.recording.drawn_dead, 0);
    EXPECT_EQ(window_.recording.destroyed_unknown, 0);
}

TEST_F(ImguiHostTest, ANewMinuteShowsTheClockOnly) {
    run({});
    now_.minute_of_day += 1;
    host_.request_frame();
    run({});
    const Rect around = rect_of(ids::kHeaderClock).inset(-16);  // a text's picture has a margin
    ASSERT_FALSE(window_.presented.empty());
    for (const ClipRect& area : window_.presented) {
        EXPECT_GE(static_cast<float>(area.x), around.x);
        EXPECT_GE(static_cast<float>(area.y), around.y);
        EXPECT_LE(static_cast<float>(area.x + area.width), around.right());
        EXPECT_LE(static_cast<float>(area.y + area.height), around.bottom());
    }
}

TEST_F(ImguiHostTest, AnExposedWindowIsShownWholeThoughNothingIsDrawn) {
    run({});
    host_.take(Frame{.exposed = true});
    run({});
    EXPECT_EQ(window_.presented, (std::vector<ClipRect>{{0, 0, 1080, 1920}}));
}

TEST_F(ImguiHostTest, AnotherSizeIsDrawnWholeWithTexturesOfItsOwn) {
    run({});
    const TextureId made = window_.recording.made;
    host_.take(window_.resize(1080, 1900));
    EXPECT_TRUE(host_.wants_frame());
    run({});
    EXPECT_EQ(window_.presented, (std::vector<ClipRect>{{0, 0, 1080, 1900}}));
    EXPECT_GT(window_.recording.made, made);
    EXPECT_EQ(window_.recording.drawn_dead, 0);
    EXPECT_EQ(window_.recording.destroyed_unknown, 0);
}

TEST_F(ImguiHostTest, ScreensDrawnWhereTheyChangedAreTheScreensDrawnWhole) {
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    auto opened = open_sdl_window({.title = "test"});
    ASSERT_TRUE(opened) << opened.error().line();
    Window& window = **opened;
    ImguiHost host(window, *engine_);
    const auto draw = [&](const sample::Scene& scene, const Frame& input) {
        host.take(input);
        host.request_frame();
        for (int i = 0; i < kFramesMax && host.wants_frame(); ++i) {
            host.frame({*scene.office, scene.state, scene.now});
        }
    };
    for (const sample::Scene& scene : sample::scenes(*offices_)) {
        SCOPED_TRACE(scene.name);
        draw(scene, {});
        ASSERT_FALSE(host.widgets().empty());
        const Rect rect = host.widgets().back().rect;
        draw(scene, {.pointers = {at(Kind::kDown, rect)}});
        const std::vector<std::uint8_t> partly = window.pixels().rgb;
        host.take({.resized = true});  // throws everything away, so that all is drawn again
        draw(scene, {});
        ASSERT_TRUE(partly == window.pixels().rgb) << "pressed";
        draw(scene, {.pointers = {at(Kind::kCancel, rect)}});
    }
}

}  // namespace
}  // namespace sala::kiosk
