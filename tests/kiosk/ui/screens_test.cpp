// Every screen, in both languages, with ordinary and with the longest allowed names.
#include <algorithm>

#include "kiosk/ui/theme.h"
#include "kiosk/ui/widget_ids.h"
#include "tests/kiosk/ui/ui_fixture.h"

namespace sala::kiosk {
namespace {

constexpr float kQuarterPixel = 0.25F;

class ScreensTest : public UiTest {
  protected:
    std::string text_of(std::string_view id) {
        for (const WidgetInfo& widget : host_.widgets()) {
            if (widget.id == id) return widget.text;
        }
        return "no such widget";
    }

    // Every screen in both languages. Drawing them all takes long: once for each display.
    template <typename Check>
    void on_every_screen(const sample::SampleDisplay& display, const Check& check) {
        resize(display);
        for (const sample::Scene& scene : sample::scenes(*offices_)) {
            SCOPED_TRACE(display.name + " " + scene.name);
            office_ = scene.office;
            state_ = scene.state;
            now_ = scene.now;
            config_refused_ = scene.config_refused();
            host_.request_frame();
            host_.frame(view());
            check();
        }
    }

    void check_widgets() const;
    void check_targets() const;
    void check_texts() const;
    void check_neighbours() const;
    void check_captions() const;

    bool inside_screen(const Rect& r) const {
        return r.x >= 0 && r.y >= 0 && r.right() <= static_cast<float>(window_.width()) &&
               r.bottom() <= static_cast<float>(window_.height());
    }

    double px_per_mm() const { return window_.display().px_per_mm; }
};

// Nearer than `gap` in both directions.
bool closer_than(const Rect& a, const Rect& b, float gap) {
    return a.x < b.right() + gap - kQuarterPixel && b.x < a.right() + gap - kQuarterPixel &&
           a.y < b.bottom() + gap - kQuarterPixel && b.y < a.bottom() + gap - kQuarterPixel;
}

void ScreensTest::check_widgets() const {
    {
        ASSERT_FALSE(host_.widgets().empty());
        std::vector<std::string> ids;
        for (const WidgetInfo& widget : host_.widgets()) {
            EXPECT_TRUE(inside_screen(widget.rect)) << widget.id;
            EXPECT_FALSE(widget.text.empty()) << widget.id;
            ids.push_back(widget.id);
        }
        std::sort(ids.begin(), ids.end());
        EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
    }
}

// The officer's corner is no button: it is held, and nobody shall find it by its size.
void ScreensTest::check_targets() const {
    {
        const auto widgets = host_.widgets();
        for (std::size_t i = 0; i < widgets.size(); ++i) {
            if (!widgets[i].enabled || widgets[i].id == ids::kOfficerCorner) continue;
            const double least_mm = widgets[i].id.starts_with("rating.face.") ? kFaceMm : kTouchMm;
            EXPECT_GE(widgets[i].rect.w, least_mm * px_per_mm() - 1) << widgets[i].id;
            EXPECT_GE(widgets[i].rect.h, least_mm * px_per_mm() - 1) << widgets[i].id;
            for (std::size_t j = i + 1; j < widgets.size(); ++j) {
                if (!widgets[j].enabled || widgets[j].id == ids::kOfficerCorner) continue;
                EXPECT_FALSE(closer_than(widgets[i].rect, widgets[j].rect,
                                         static_cast<float>(kGapMm * px_per_mm()) - 1))
                    << widgets[i].id << " and " << widgets[j].id;
            }
        }
    }
}

void ScreensTest::check_texts() const {
    {
        ASSERT_FALSE(host_.texts().empty());
        for (const DrawnText& text : host_.texts()) {
            EXPECT_TRUE(text.fits) << text.text;
            EXPECT_FALSE(text.unknown_glyphs) << text.text;
            EXPECT_TRUE(inside_screen(text.ink)) << text.text;
        }
    }
}

void ScreensTest::check_neighbours() const {
    {
        const auto texts = host_.texts();
        for (std::size_t i = 0; i < texts.size(); ++i) {
            for (std::size_t j = i + 1; j < texts.size(); ++j) {
                if (texts[i].covered != texts[j].covered) continue;
                EXPECT_FALSE(closer_than(texts[i].ink, texts[j].ink, 1))
                    << texts[i].text << " | " << texts[j].text;
            }
        }
    }
}

void ScreensTest::check_captions() const {
    {
        for (const WidgetInfo& widget : host_.widgets()) {
            if (!widget.enabled) continue;
            for (const DrawnText& text : host_.texts()) {
                if (text.covered || !closer_than(text.ink, widget.rect, 0)) continue;
                const Rect& r = widget.rect;
                EXPECT_TRUE(text.ink.x >= r.x && text.ink.y >= r.y && text.ink.right() <= r.right() &&
                            text.ink.bottom() <= r.bottom())
                    << widget.id << ": " << text.text;
            }
        }
    }
}

class EveryScreen : public ScreensTest, public testing::WithParamInterface<sample::SampleDisplay> {};

TEST_P(EveryScreen, HasTargetsForFingersAndTextsThatCanBeRead) {
    on_every_screen(GetParam(), [&] {
        check_widgets();
        check_targets();
        check_texts();
        check_neighbours();
        check_captions();
    });
}

TEST_P(EveryScreen, ShowsTheCodeOfATicketThatWasNotPrinted) {
    std::size_t unprinted = 0;
    on_every_screen(GetParam(), [&] {
        const auto* ticket = std::get_if<TicketShown>(&state_.screen);
        if (ticket == nullptr || ticket->paper != Paper::kFailed) return;
        ++unprinted;
        EXPECT_TRUE(std::ranges::any_of(
            host_.widgets(), [](const WidgetInfo& widget) { return widget.id == ids::kTicketQr; }));
    });
    EXPECT_EQ(unprinted, 2u);
}

INSTANTIATE_TEST_SUITE_P(Displays, EveryScreen, testing::ValuesIn(sample::displays()),
                         [](const auto& tested) { return "On" + tested.param.name; });

TEST_F(ScreensTest, HomeHoldsOnlyWhatWorks) {
    office_ = &offices_->demo;
    run({});
    std::vector<std::string> enabled;
    for (const WidgetInfo& widget : host_.widgets()) {
        if (widget.enabled) enabled.push_back(widget.id);
    }
    EXPECT_EQ(enabled,
              (std::vector<std::string>{"officer.corner", "rating.face.5", "rating.face.4", "rating.face.3",
                                        "rating.face.2", "rating.face.1", "home.ticket", "home.eit",
                                        "home.contrast", "home.language"}));
}

TEST_F(ScreensTest, TheEitCardSaysWhenItOpensAndCannotBeTappedBefore) {
    now_.date = offices_->demo.eit->window.first.year() / 1 / 1;
    run({});
    const auto widgets = host_.widgets();
    const auto card =
        std::find_if(widgets.begin(), widgets.end(), [](const auto& w) { return w.id == "home.eit"; });
    ASSERT_NE(card, widgets.end());
    EXPECT_FALSE(card->enabled);
    EXPECT_NE(
        card->text.find(record::long_date_text(offices_->demo.eit->window.first, record::Language::kThai)),
        std::string::npos);
    EXPECT_TRUE(tap("home.eit").empty());
}

TEST_F(ScreensTest, TheNumberOfATicketKeepsItsArabicDigitsInThai) {
    const record::Division& division = offices_->demo.divisions[1];
    state_.screen = TicketShown{{{division.id, division.services[0].id}},
                                false,
                                {7, "B007", 4, std::pair(15, 30), {123, "ABCDEFGHIJKLMNOP"}}};
    run({});
    EXPECT_EQ(text_of(ids::kTicketNumber), "B007");
    EXPECT_EQ(text_of(ids::kTicketHead), "หลักฐานการนับ ๑๒๓ • ABCD EFGH IJKL MNOP");
    EXPECT_EQ(text_of(ids::kTicketAhead), "รอก่อนหน้าท่าน ๔ คิว • รอประมาณ ๑๕ ถึง ๓๐ นาที");
}

}  // namespace
}  // namespace sala::kiosk
