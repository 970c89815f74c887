// The board of the second display: what stands on it, how large, and that it all fits.
#include <algorithm>

#include "kiosk/ui/widget_ids.h"
#include "tests/kiosk/ui/ui_fixture.h"

namespace sala::kiosk {
namespace {

class BoardScreenTest : public UiTest {
  protected:
    static queue::Call call(std::uint64_t seq, const std::string& number, const std::string& counter) {
        return {seq, seq, number, "finance", counter, false, {}};
    }
    void draw(const sample::SampleDisplay& display) {
        resize(display);
        host_.request_frame();
        View shown = view();
        shown.board = &board_;
        EXPECT_FALSE(host_.frame(shown));
    }
    std::string text_of(std::string_view id) {
        for (const WidgetInfo& widget : host_.widgets()) {
            if (widget.id == id) return widget.text;
        }
        return "none";
    }
    const DrawnText* drawn(std::string_view text, int at_least_px = 0) {
        const auto found = std::ranges::find_if(host_.texts(), [&](const DrawnText& each) {
            return each.text == text && each.style.px >= at_least_px;
        });
        return found == host_.texts().end() ? nullptr : &*found;
    }
    void expect_all_fits(const std::string& where) {
        const auto whole =
            Rect{0, 0, static_cast<float>(window_.width()), static_cast<float>(window_.height())};
        for (const DrawnText& text : host_.texts()) {
            EXPECT_TRUE(text.fits && !text.unknown_glyphs) << where << ": " << text.text;
            EXPECT_TRUE(text.ink.x >= 0 && text.ink.right() <= whole.w && text.ink.y >= 0 &&
                        text.ink.bottom() <= whole.h)
                << where << ": " << text.text;
        }
    }

    BoardShown board_ = sample::busy_board(offices_->demo);
};

// A television of 32 inches.
const sample::SampleDisplay kTelevision{"1920x1080", 1920, 1080, 32 * 25.4};

TEST_F(BoardScreenTest, SaysWhoIsCalledWhere) {
    draw(kTelevision);
    EXPECT_EQ(text_of(ids::kBoardCall), "B012 ช่องบริการ 3");
    EXPECT_EQ(text_of(ids::board_now("counter-2")), "B011 ช่องบริการ 2");
    EXPECT_EQ(text_of(ids::board_last(0)), "B012 ช่องบริการ 3");
    EXPECT_EQ(text_of(ids::board_waiting("finance")), "๑๔");
    EXPECT_EQ(text_of(ids::kBoardFoot), "ช่องบริการ 2 ใช้เวลานานกว่าปกติ: ระบบคอมพิวเตอร์หรือเครือข่ายขัดข้อง");
}

// From six metres a sign is read when it is 30 mm high; a digit of Loma is 0.7 em.
TEST_F(BoardScreenTest, NumbersAreReadFromSixMetres) {
    draw(kTelevision);
    const double px_per_mm = kTelevision.px_per_mm();
    const DrawnText* called = drawn("B012", 150);
    ASSERT_NE(called, nullptr);
    EXPECT_GE(called->ink.h / px_per_mm, 45);
    const DrawnText* serving = drawn("B011", 70);
    ASSERT_NE(serving, nullptr);
    EXPECT_GE(serving->ink.h / px_per_mm, 30);
}

TEST_F(BoardScreenTest, EverythingFitsOnEveryTelevision) {
    for (const sample::SampleDisplay& display :
         {kTelevision, sample::SampleDisplay{"1366x768", 1366, 768, 24 * 25.4},
          sample::SampleDisplay{"1280x720", 1280, 720, 32 * 25.4},
          sample::SampleDisplay{"1024x768", 1024, 768, 15 * 25.4},
          sample::SampleDisplay{"3840x2160", 3840, 2160, 55 * 25.4},
          sample::SampleDisplay{"1080x1920", 1080, 1920, 43 * 25.4}}) {
        for (const record::Office* office : {&offices_->demo, &offices_->crowded}) {
            office_ = office;
            board_ = sample::busy_board(*office);
            draw(display);
            expect_all_fits(display.name + " " + office->id);
            board_.announcing = !board_.announcing;
            draw(display);
            expect_all_fits(display.name + " announcing");
            board_ = {};
            board_.board.waiting = sample::busy_board(*office).board.waiting;
            draw(display);
            expect_all_fits(display.name + " empty");
            EXPECT_EQ(text_of(ids::kBoardCall), "รอการเรียก");
        }
    }
}

TEST_F(BoardScreenTest, OfMoreCountersThanFitThoseCalledLastAreShown) {
    board_.board.now.clear();
    board_.board.calls.clear();
    for (int i = 1; i <= 14; ++i) {
        const std::string counter = fmt::format("c{}", i), number = fmt::format("A{:03}", i);
        board_.board.now.push_back({counter, number, ""});
        board_.board.calls.push_back(call(static_cast<std::uint64_t>(100 - i), number, counter));
    }
    draw(kTelevision);
    EXPECT_EQ(text_of(ids::board_now("c12")), "A012 c12");
    EXPECT_EQ(text_of(ids::board_now("c13")), "none");
    EXPECT_EQ(text_of(ids::board_now("c14")), "none");
}

TEST_F(BoardScreenTest, ABoardThatStaysTheSameIsNotDrawnAgain) {
    draw(kTelevision);
    const int presents = window_.presents;
    host_.request_frame();
    View shown = view();
    shown.board = &board_;
    host_.frame(shown);
    EXPECT_EQ(window_.presents, presents);
    board_.board.waiting[0].count += 1;
    host_.request_frame();
    host_.frame(shown);
    EXPECT_EQ(window_.presents, presents + 1);
    ASSERT_EQ(window_.presented.size(), 1u);
    EXPECT_LT(window_.presented[0].width * window_.presented[0].height, 1920 * 1080 / 40);
}

}  // namespace
}  // namespace sala::kiosk
