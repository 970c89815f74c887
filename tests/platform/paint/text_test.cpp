#include "platform/paint/text.h"

#include <gtest/gtest.h>

#include <numeric>
#include <set>

namespace sala::paint {
namespace {

constexpr std::string_view kStacked = "วันนี้ที่นี่ เครื่องพิมพ์ น้ำปู่ฝั่ง ผู้สูงอายุ ฐานุ กตัญญู";

class TextTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        auto opened = TextEngine::open();
        ASSERT_TRUE(opened) << opened.error().line();
        engine_ = new TextEngine(std::move(opened).value());
    }
    static void TearDownTestSuite() {
        delete engine_;
        engine_ = nullptr;
    }

    static const TextEngine& engine() { return *engine_; }

  private:
    static inline TextEngine* engine_ = nullptr;
};

long ink_sum(const Text& text) { return std::accumulate(text.mask.alpha.begin(), text.mask.alpha.end(), 0L); }

// Words with '|' between them; where a visitor's eye would not forgive a break, there is none.
const std::vector<std::string> kCaptions = {
    "ลง|ทะเบียน|ผู้|มี|สิทธิ|รับ|เบี้ย|ยัง|ชีพ|ผู้|สูง|อายุ",
    "เจ้า|หน้าที่|ประชา|สัมพันธ์|องค์การ|บริหาร|ส่วน|ตำบล",
    "ชำระ|ภาษี|ที่ดิน|และ|สิ่ง|ปลูก|สร้าง",
    "ขอ|เชิญ|ประเมิน|ความ|พึง|พอ|ใจ|ใน|การ|ให้|บริการ|วัน|นี้",
    "สแกน|เพื่อ|ตอบ|แบบ|วัด|การ|รับ|รู้|ของ|ผู้|มี|ส่วน|ได้|ส่วน|เสีย|ภายนอก",
};

TEST_F(TextTest, BreaksThaiCaptionsOnlyBetweenWords) {
    for (const std::string& caption : kCaptions) {
        std::string text;
        std::set<std::size_t> allowed;
        for (const char c : caption) {
            if (c == '|') {
                allowed.insert(text.size());
            } else {
                text += c;
            }
        }
        allowed.insert(text.size());
        bool wrapped = false;
        for (int width = 280; width <= 900; width += 20) {
            std::size_t at = 0;
            const auto lines = engine().lines(text, {.px = 40, .width_px = width});
            wrapped |= lines.size() > 1;
            for (const std::string& line : lines) {
                at += line.size();
                EXPECT_TRUE(allowed.contains(at)) << width << " px breaks inside a word after: " << line;
            }
            EXPECT_EQ(at, text.size());
        }
        EXPECT_TRUE(wrapped);
    }
}

TEST_F(TextTest, ANewlineIsABreakMadeByHand) {
    EXPECT_EQ(engine().lines("แตะใบหน้า\nเพื่อให้คะแนน", {.px = 40}),
              (std::vector<std::string>{"แตะใบหน้า", "เพื่อให้คะแนน"}));
    EXPECT_EQ(engine().draw("ก\nข\nค", {.px = 40}).lines, 3);
}

TEST_F(TextTest, AWordJoinerForbidsTheBreakAndIsNeverSeen) {
    const TextStyle narrow{.px = 40, .width_px = 260};
    const std::string plain = "เบี้ยยังชีพผู้สูงอายุ";
    const std::string joined = "เบี้ยยังชีพผู้\u2060สูง\u2060อายุ";
    ASSERT_EQ(engine().lines(plain, narrow), (std::vector<std::string>{"เบี้ยยังชีพผู้สูง", "อายุ"}));
    EXPECT_EQ(engine().lines(joined, narrow), (std::vector<std::string>{"เบี้ยยังชีพ", "ผู้สูงอายุ"}));

    const Text seen = engine().draw(joined, {.px = 40});
    EXPECT_EQ(seen.mask, engine().draw(plain, {.px = 40}).mask);
    EXPECT_FALSE(seen.unknown_glyphs);
    EXPECT_FALSE(engine().draw("\u2060\u2060", {.px = 40}).unknown_glyphs);
}

TEST_F(TextTest, TheBoxIsLinesTimesLineHeight) {
    const Text one = engine().draw("แบบสอบถาม", {.px = 40});
    EXPECT_EQ(one.lines, 1);
    EXPECT_EQ(one.mask.height, 58);
    const Text three = engine().draw("ก\nข\nB007 English", {.px = 30, .line_height = 1.5});
    EXPECT_EQ(three.mask.height, 135);
    EXPECT_EQ(engine().draw("ก", {.px = 40, .width_px = 333}).mask.width, 333);
}

TEST_F(TextTest, NoInkIsCutEvenWhenTheLinesAreTooLow) {
    for (const bool bold : {false, true}) {
        for (const int px : {20, 28, 41, 64, 200}) {
            for (const std::string_view text :
                 {kStacked, std::string_view("ฟ้าฝั่งปู่"), std::string_view("jfÅy")}) {
                const Text low = engine().draw(text, {.px = px, .bold = bold, .line_height = 0.5});
                const Text high = engine().draw(text, {.px = px, .bold = bold, .line_height = 4.0});
                EXPECT_EQ(ink_sum(low), ink_sum(high)) << text << " " << px;
                EXPECT_GT(high.ink_top, 0);
                EXPECT_LT(high.ink_bottom, high.mask.height);
                EXPECT_EQ(low.ink_bottom - low.baseline, high.ink_bottom - high.baseline);
            }
        }
    }
}

TEST_F(TextTest, TheInkBoxHoldsAllInkAndTouchesItOnEachSide) {
    const Text text = engine().draw(kStacked, {.px = 37, .width_px = 400, .align = Align::kCenter});
    int left = text.mask.width, top = text.mask.height, right = 0, bottom = 0;
    for (int y = 0; y < text.mask.height; ++y) {
        for (int x = 0; x < text.mask.width; ++x) {
            if (text.mask.at(x, y) == 0) continue;
            left = std::min(left, x), right = std::max(right, x + 1);
            top = std::min(top, y), bottom = std::max(bottom, y + 1);
        }
    }
    EXPECT_EQ(std::vector({text.ink_left, text.ink_top, text.ink_right, text.ink_bottom}),
              std::vector({left, top, right, bottom}));
}

TEST_F(TextTest, TheLastLettersOfALongLineAreDrawn) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "ผู้สูงอายุ ";
    text += "ฐ";
    const Text drawn = engine().draw(text, {.px = 28});
    EXPECT_EQ(drawn.lines, 1);
    EXPECT_GT(drawn.ink_right, drawn.mask.width - 8);
}

TEST_F(TextTest, AlignsWithinTheGivenWidth) {
    const auto draw = [](Align align) {
        return engine().draw("กก", {.px = 40, .width_px = 500, .align = align});
    };
    const Text left = draw(Align::kLeft), center = draw(Align::kCenter), right = draw(Align::kRight);
    EXPECT_LT(left.ink_left, 6);
    EXPECT_GT(right.ink_right, 494);
    EXPECT_NEAR(center.ink_left + center.ink_right, 500, 8);
}

TEST_F(TextTest, MeasuresWhatItWouldDraw) {
    for (const int width : {0, 150, 400}) {
        for (const std::string_view text : {kStacked, std::string_view(""), std::string_view("B007\nก")}) {
            const TextStyle style{.px = 33, .bold = true, .width_px = width};
            const Text drawn = engine().draw(text, style);
            EXPECT_EQ(engine().measure(text, style), (Size{drawn.mask.width, drawn.mask.height}));
        }
    }
}

TEST_F(TextTest, KnowsTheLettersOfTheScreenAndSaysWhatItDoesNotKnow) {
    const TextStyle style{.px = 40};
    for (const std::string_view known :
         {"ๆ ฯ ฿ ๐๑๒๓๔๕๖๗๘๙ ฤๅ ฦ ๏", "B007 0123456789 Queue • “ok” – …", "Đặng ngừng", "Ελληνικά", "ก\tข"}) {
        EXPECT_FALSE(engine().draw(known, style).unknown_glyphs) << known;
    }
    EXPECT_TRUE(engine().draw("ก\U000F1234", style).unknown_glyphs);
    EXPECT_TRUE(engine().draw("ก\xE0\xB8", style).unknown_glyphs) << "half a letter";
    EXPECT_TRUE(engine().draw(std::string_view("a\0b", 3), style).unknown_glyphs);
}

TEST_F(TextTest, EqualInputGivesEqualPixelsAlsoFromAnotherEngine) {
    const TextStyle style{.px = 41, .bold = true, .width_px = 420, .align = Align::kRight};
    auto other = TextEngine::open();
    ASSERT_TRUE(other);
    (void)other->draw("อื่น", style);
    const TextEngine moved = std::move(other).value();
    EXPECT_EQ(engine().draw(kStacked, style).mask, moved.draw(kStacked, style).mask);
}

TEST_F(TextTest, TonesStayVisibleAtTheSmallestSizeOfTheScreen) {
    const TextStyle style{.px = 28, .width_px = 60, .line_height = 2};
    const std::vector<std::string> readings = {"นี", "นี่", "นี้", "นี๊", "นี๋", "นิ", "นิ่", "นึ่", "นื่", "นั่"};
    for (const std::string& a : readings) {
        for (const std::string& b : readings) {
            if (a >= b) continue;
            const Mask one = engine().draw(a, style).mask, two = engine().draw(b, style).mask;
            ASSERT_EQ(one.alpha.size(), two.alpha.size());
            int strong = 0;
            for (std::size_t i = 0; i < one.alpha.size(); ++i)
                strong += std::abs(one.alpha[i] - two.alpha[i]) > 100;
            EXPECT_GE(strong, 3) << a << " and " << b << " look alike";
        }
    }
}

TEST_F(TextTest, DigitsOfTicketsAreBoldAndNoTwoLookAlike) {
    const TextStyle style{.px = 120, .digits_face = true};
    EXPECT_NE(engine().draw("B007", style).mask, engine().draw("B007", {.px = 120, .bold = true}).mask);
    std::set<std::vector<std::uint8_t>> seen;
    for (char digit = '0'; digit <= '9'; ++digit) {
        const Text drawn = engine().draw(std::string(1, digit), style);
        EXPECT_EQ(drawn.mask.width, engine().draw("0", style).mask.width) << "digits are equally wide";
        seen.insert(drawn.mask.alpha);
    }
    EXPECT_EQ(seen.size(), 10U);
}

TEST_F(TextTest, NothingWithoutInkAndNothingWithoutBounds) {
    const Text empty = engine().draw("", {.px = 40});
    EXPECT_EQ(empty.mask.width, 1);
    EXPECT_EQ(empty.mask.height, 58);
    EXPECT_EQ(empty.ink_right, 0);

    const std::string long_line(20'000, 'm');
    const Text cut = engine().draw(long_line, {.px = 200});
    EXPECT_LE(cut.mask.width, kMaskSideMax);
    EXPECT_LE(cut.mask.height, kMaskSideMax);
    EXPECT_TRUE(cut.unknown_glyphs);
    EXPECT_GE(engine().draw("ก", {.px = -5}).mask.height, 1);
}

}  // namespace
}  // namespace sala::paint
