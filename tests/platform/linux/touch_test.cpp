#include "platform/linux/touch.h"

#include <gtest/gtest.h>

namespace sala {
namespace {

using Kind = PointerEvent::Kind;

class Touch : public testing::Test {
  protected:
    void finger(Uint32 type, SDL_FingerID id, float x, float y) {
        SDL_Event event{};
        event.type = type;
        event.tfinger.touchId = 7;
        event.tfinger.fingerId = id;
        event.tfinger.x = x;
        event.tfinger.y = y;
        tracker.feed(event, area, out);
    }
    void mouse(Uint32 type, int button, int x, int y) {
        SDL_Event event{};
        event.type = type;
        event.button.button = static_cast<Uint8>(button);
        event.button.x = x;
        event.button.y = y;
        if (type == SDL_MOUSEMOTION) {
            event.motion.x = x;
            event.motion.y = y;
        }
        tracker.feed(event, area, out);
    }
    std::vector<Kind> kinds() const {
        std::vector<Kind> all;
        for (const PointerEvent& event : out) all.push_back(event.kind);
        return all;
    }

    int fingers = 1;
    TouchTracker tracker{[this](SDL_TouchID) { return fingers; }};
    TouchArea area{{1, 0, 0}, 1080, 1920};
    std::vector<PointerEvent> out;
};

TEST_F(Touch, AFingerGoesDownAndUpInLogicalPixels) {
    area = {{0.5F, 100, 0}, 740, 960};
    finger(SDL_FINGERDOWN, 1, 0.5F, 0.5F);
    finger(SDL_FINGERUP, 1, 0.5F, 0.5F);
    ASSERT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kUp}));
    EXPECT_FLOAT_EQ(out[0].x, (370 - 100) / 0.5F);
    EXPECT_FLOAT_EQ(out[0].y, 960);
}

TEST_F(Touch, ASecondFingerIsIgnoredFromDownToUp) {
    finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F);
    fingers = 2;
    finger(SDL_FINGERDOWN, 2, 0.9F, 0.9F);
    finger(SDL_FINGERMOTION, 2, 0.8F, 0.8F);
    finger(SDL_FINGERUP, 2, 0.8F, 0.8F);
    finger(SDL_FINGERUP, 1, 0.1F, 0.1F);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kUp}));
}

TEST_F(Touch, TheSecondFingerDoesNotBecomeTheFirstWhenThatLifts) {
    finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F);
    fingers = 2;
    finger(SDL_FINGERDOWN, 2, 0.9F, 0.9F);
    finger(SDL_FINGERUP, 1, 0.1F, 0.1F);
    finger(SDL_FINGERUP, 2, 0.9F, 0.9F);
    EXPECT_EQ(kinds(), (std::vector{Kind::kDown, Kind::kUp}));
}

TEST_F(Touch, AFingerAloneTakesOverFromOneWhoseLiftWasLost) {
    finger(SDL_FINGERDOWN, 1, 0.1F, 0.1F);
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

}  // namespace
}  // namespace sala
