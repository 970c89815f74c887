#include "platform/linux/touch.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace sala {
namespace {

using Kind = PointerEvent::Kind;

class Touch : public testing::Test {
  protected:
    static constexpr SDL_TouchID kPanel = 7;

    // Each event comes long after the one before, unless a test sets `now` back.
    void finger(Uint32 type, SDL_FingerID id, float x, float y, SDL_TouchID panel = kPanel) {
        SDL_Event event{};
        event.type = type;
        event.tfinger.timestamp = now;
        event.tfinger.touchId = panel;
        event.tfinger.fingerId = id;
        event.tfinger.x = x;
        event.tfinger.y = y;
        tracker.feed(event, area, out);
        now += kDebounceMs;
    }
    void mouse(Uint32 type, int button, int x, int y) {
        SDL_Event event{};
        event.type = type;
        event.common.timestamp = now;
        if (type == SDL_MOUSEMOTION) {
            event.motion.x = x;
            event.motion.y = y;
        } else {
            event.button.button = static_cast<Uint8>(button);
            event.button.x = x;
            event.button.y = y;
        }
        tracker.feed(event, area, out);
        now += kDebounceMs;
    }
    void tap(SDL_FingerID id) {
        finger(SDL_FINGERDOWN, id, 0.5F, 0.5F);
        finger(SDL_FINGERUP, id, 0.5F, 0.5F);
    }
    std::vector<Kind> kinds() const {
        std::vector<Kind> all;
        for (const PointerEvent& event : out) all.push_back(event.kind);
        return all;
    }

    bool felt = true;  // the finger that is down, where its lift was not fed
    Uint32 now = 1000;
    TouchTracker tracker{[this](SDL_TouchID, SDL_FingerID) { return felt; }};
    TouchArea area{1081, 1921};
    std::vector<PointerEvent> out;
};

TEST_F(Touch, AFingerGoesDownAndUpInPixelsOfTheWindow) {
    finger(SDL_FINGERDOWN, 1, 0.5F, 0.25F);
    finger(SDL_FINGERUP, 1, 1, 1);
    ASSERT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kUp}));
    EXPECT_FLOAT_EQ(out[0].x, 540);
    EXPECT_FLOAT_EQ(out[0].y, 480);
    EXPECT_FLOAT_EQ(out[1].x, 1080) << "the last pixel";
    EXPECT_FLOAT_EQ(out[1].y, 1920);
}

TEST_F(Touch, ASecondFingerIsIgnoredFromDownToUp) {
    finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F);
    finger(SDL_FINGERDOWN, 2, 0.9F, 0.9F);
    finger(SDL_FINGERMOTION, 2, 0.8F, 0.8F);
    finger(SDL_FINGERUP, 2, 0.8F, 0.8F);
    finger(SDL_FINGERUP, 1, 0.1F, 0.1F);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kUp}));
}

TEST_F(Touch, TheSecondFingerDoesNotBecomeTheFirstWhenThatLifts) {
    finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F);
    finger(SDL_FINGERDOWN, 2, 0.9F, 0.9F);
    finger(SDL_FINGERUP, 1, 0.1F, 0.1F);
    finger(SDL_FINGERUP, 2, 0.9F, 0.9F);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kUp}));
}

TEST_F(Touch, TheNextFingerTakesOverFromOneWhoseLiftWasLost) {
    finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F);
    felt = false;
    finger(SDL_FINGERDOWN, 2, 0.5F, 0.5F);
    finger(SDL_FINGERUP, 2, 0.5F, 0.5F);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kCancel, Kind::kDown, Kind::kUp}));
}

TEST_F(Touch, TheLeftButtonIsAFingerAndOthersAreNothing) {
    mouse(SDL_MOUSEMOTION, 0, 5, 5);
    mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_RIGHT, 10, 20);
    mouse(SDL_MOUSEBUTTONUP, SDL_BUTTON_RIGHT, 10, 20);
    EXPECT_TRUE(out.empty());
    mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 10, 20);
    mouse(SDL_MOUSEBUTTONUP, SDL_BUTTON_RIGHT, 10, 20);
    mouse(SDL_MOUSEMOTION, 0, 11, 21);
    mouse(SDL_MOUSEMOTION, 0, 12, 22);
    mouse(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 12, 22);
    ASSERT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kMove, Kind::kUp}));
    EXPECT_FLOAT_EQ(out[1].x, 12) << "only the last of several moves";
}

TEST_F(Touch, AMouseWaitsForTheFingerAndAFingerForTheMouse) {
    finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F);
    mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 500, 500);
    mouse(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 500, 500);
    finger(SDL_FINGERUP, 1, 0.1F, 0.1F);
    mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 500, 500);
    finger(SDL_FINGERDOWN, 2, 0.1F, 0.1F);
    finger(SDL_FINGERUP, 2, 0.1F, 0.1F);
    mouse(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 500, 500);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kUp, Kind::kDown, Kind::kUp}));
}

TEST_F(Touch, AnUpWithoutADownIsNothing) {
    finger(SDL_FINGERUP, 1, 0.1F, 0.1F);
    finger(SDL_FINGERMOTION, 1, 0.1F, 0.1F);
    mouse(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 1, 1);
    EXPECT_TRUE(out.empty());
}

TEST_F(Touch, TenFingersAtOnceAreTheFirst) {
    for (int id = 1; id <= 10; ++id) {
        finger(SDL_FINGERDOWN, id, 0.05F * static_cast<float>(id), 0.5F);
    }
    for (int id = 10; id >= 1; --id) finger(SDL_FINGERUP, id, 0.05F * static_cast<float>(id), 0.5F);
    ASSERT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kUp}));
    EXPECT_FLOAT_EQ(out[0].x, out[1].x);
}

TEST_F(Touch, APressRightAfterALiftIsNothingUntilItLifts) {
    tap(1);
    out.clear();
    now -= kDebounceMs;  // the time of the lift
    now += kDebounceMs - 1;
    finger(SDL_FINGERDOWN, 2, 0.5F, 0.5F);
    finger(SDL_FINGERMOTION, 2, 0.6F, 0.5F);
    finger(SDL_FINGERUP, 2, 0.6F, 0.5F);
    EXPECT_TRUE(out.empty());
}

TEST_F(Touch, APressElsewhereRightAfterALiftIsAnotherOne) {
    finger(SDL_FINGERDOWN, 1, 0.2F, 0.5F);
    finger(SDL_FINGERUP, 1, 0.2F, 0.5F);
    now -= kDebounceMs;  // the time of the lift
    now += 80;           // as fast as somebody types a PIN
    finger(SDL_FINGERDOWN, 2, 0.8F, 0.5F);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kUp, Kind::kDown}));
}

TEST_F(Touch, APressAQuarterSecondAfterTheLiftCounts) {
    tap(1);
    tap(2);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kUp, Kind::kDown, Kind::kUp}));
}

TEST_F(Touch, AnIgnoredPressDoesNotPutTheNextOneOff) {
    tap(1);
    now -= kDebounceMs;
    finger(SDL_FINGERDOWN, 2, 0.5F, 0.5F);  // at the moment of the lift
    now -= kDebounceMs / 2;
    finger(SDL_FINGERUP, 2, 0.5F, 0.5F);
    now -= kDebounceMs / 2;
    finger(SDL_FINGERDOWN, 3, 0.5F, 0.5F);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kUp, Kind::kDown}));
}

TEST_F(Touch, TheMouseTremblesToo) {
    mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 1, 1);
    mouse(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 1, 1);
    now -= kDebounceMs;
    mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 1, 1);
    mouse(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 1, 1);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kUp}));
}

TEST_F(Touch, AFingerThatNeverLiftsIsGivenUpForTheNextOne) {
    finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F);
    tap(2);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown})) << "still the first one's";
    now += kStuckMs;
    tap(3);
    tap(4);
    EXPECT_EQ(kinds(),
              (std::vector{Kind::kDown, Kind::kCancel, Kind::kDown, Kind::kUp, Kind::kDown, Kind::kUp}));
}

TEST_F(Touch, AFingerGivenUpMeansNothingWhenItLiftsAtLast) {
    finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F);
    now += kStuckMs;
    finger(SDL_FINGERMOTION, 1, 0.1F, 0.101F);
    finger(SDL_FINGERMOTION, 1, 0.9F, 0.9F);
    finger(SDL_FINGERUP, 1, 0.1F, 0.1F);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kCancel}));
}

TEST_F(Touch, WaterThatTremblesOnOneSpotIsGivenUpAndAFingerThatMovesIsNot) {
    constexpr Uint32 kSteps = 2 * kStuckMs / kDebounceMs;
    finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F);
    for (Uint32 i = 0; i < kSteps; ++i) finger(SDL_FINGERMOTION, 1, 0.1F, i % 2 ? 0.1F : 0.105F);
    EXPECT_EQ(out.back().kind, Kind::kCancel);
    finger(SDL_FINGERUP, 1, 0.1F, 0.1F);
    out.clear();
    finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F);
    for (Uint32 i = 0; i < kSteps; ++i) {
        finger(SDL_FINGERMOTION, 1, static_cast<float>(i) / static_cast<float>(kSteps), 0.1F);
    }
    finger(SDL_FINGERUP, 1, 0.9F, 0.1F);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kMove, Kind::kUp}));
}

TEST_F(Touch, AMouseButtonThatNeverLiftsDoesNotLockTheFingersOut) {
    mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 1, 1);
    now += kStuckMs;
    tap(1);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kCancel, Kind::kDown, Kind::kUp}));
}

TEST_F(Touch, ANewPanelTakesOverFromOneThatVanishedWhileHeld) {
    finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F);
    constexpr SDL_TouchID kNewPanel = 8;
    felt = false;
    finger(SDL_FINGERDOWN, 1, 0.5F, 0.5F, kNewPanel);
    finger(SDL_FINGERUP, 1, 0.5F, 0.5F, kNewPanel);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kCancel, Kind::kDown, Kind::kUp}));
}

TEST_F(Touch, TheClockOfTheEventsMayRunOver) {
    now = 0xFFFF'FFFF - kDebounceMs / 2;
    finger(SDL_FINGERDOWN, 1, 0.5F, 0.5F);
    finger(SDL_FINGERUP, 1, 0.5F, 0.5F);
    now -= kDebounceMs;
    finger(SDL_FINGERDOWN, 2, 0.5F, 0.5F);
    finger(SDL_FINGERUP, 2, 0.5F, 0.5F);
    finger(SDL_FINGERDOWN, 3, 0.5F, 0.5F);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kUp, Kind::kDown}));
}

TEST_F(Touch, AFingerIsFeltUntilItsLiftWasFedAndNotWhenItsPanelForgotIt) {
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    ASSERT_EQ(SDL_InitSubSystem(SDL_INIT_VIDEO), 0);
    EXPECT_FALSE(is_finger_felt(kPanel, 1));
    SDL_Event lift{};
    lift.type = SDL_FINGERUP;
    lift.tfinger.touchId = kPanel;
    lift.tfinger.fingerId = 1;
    SDL_PushEvent(&lift);
    EXPECT_TRUE(is_finger_felt(kPanel, 1)) << "its lift waits in the queue";
    EXPECT_FALSE(is_finger_felt(kPanel, 2));
    SDL_FlushEvent(SDL_FINGERUP);
    EXPECT_FALSE(is_finger_felt(kPanel, 1));
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

}  // namespace
}  // namespace sala
