// A host over a recording window, and a finger.
#pragma once

#include <gtest/gtest.h>

#include "kiosk/ui/imgui_host.h"
#include "kiosk/ui/ui.h"
#include "tests/kiosk/ui/recording_window.h"
#include "tests/kiosk/ui/sample_views.h"

namespace sala::kiosk {

class UiTest : public testing::Test {
  protected:
    using Kind = PointerEvent::Kind;
    static constexpr int kFramesMax = 32;

    static void SetUpTestSuite() {
        auto opened = paint::TextEngine::open();
        ASSERT_TRUE(opened) << opened.error().line();
        engine_ = new paint::TextEngine(std::move(*opened));
        offices_ = new sample::Offices;
    }
    static void TearDownTestSuite() {
        delete offices_;
        delete engine_;
    }

    View view() const {
        return {.office = *office_, .state = state_, .now = now_, .config_refused = config_refused_};
    }

    // Feeds a finger and draws until nothing is left to do; the events in order.
    std::vector<Event> run(std::vector<PointerEvent> pointers) {
        host_.take(Frame{.pointers = std::move(pointers)});
        std::vector<Event> events;
        int frames = 0;
        while (host_.wants_frame() && frames++ < kFramesMax) {
            if (auto event = host_.frame(view())) events.push_back(*event);
        }
        EXPECT_LE(frames, kFramesMax) << "never comes to rest";
        return events;
    }

    void resize(const sample::SampleDisplay& display) {
        window_.shown_on = {display.px_per_mm(), true};
        host_.take(window_.resize(display.width, display.height));
    }

    Rect rect_of(std::string_view id) {
        for (const WidgetInfo& widget : host_.widgets()) {
            if (widget.id == id) return widget.rect;
        }
        ADD_FAILURE() << "no widget " << id;
        return {};
    }

    static PointerEvent at(Kind kind, const Rect& rect) { return {kind, rect.centre_x(), rect.centre_y()}; }

    std::vector<Event> tap(std::string_view id) {
        const Rect rect = rect_of(id);
        return run({at(Kind::kDown, rect), at(Kind::kUp, rect)});
    }

    static inline paint::TextEngine* engine_ = nullptr;
    static inline sample::Offices* offices_ = nullptr;
    const record::Office* office_ = &offices_->demo;
    State state_;
    bool config_refused_ = false;
    record::LocalTime now_{std::chrono::year{2027} / 1 / 15, 615};
    RecordingWindow window_;
    ImguiHost host_{window_, *engine_};
};

}  // namespace sala::kiosk
