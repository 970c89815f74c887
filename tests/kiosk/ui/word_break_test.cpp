// Where the lines of every wrapped text end, looked up in libthai's dictionary anew.
#include <thai/thbrk.h>

#include <algorithm>
#include <set>

#include "platform/base/handle.h"
#include "tests/kiosk/ui/ui_fixture.h"

namespace sala::kiosk {
namespace {

// Names that stay whole though a dictionary would part them.
constexpr std::u32string_view kWholeNames[] = {U"ผู้สูงอายุ"};
constexpr std::string_view kWordJoiner = "\u2060";
constexpr char32_t kRepeat = U'ๆ';
constexpr char32_t kZeroWidthSpace = U'\u200B';

// Valid UTF-8 only: what a screen shows has been drawn.
std::u32string letters_of(std::string_view utf8) {
    std::u32string letters;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) == 0x80) {
            letters.back() = (letters.back() << 6) | (byte & 0x3F);
        } else {
            letters += byte < 0x80   ? byte
                       : byte < 0xE0 ? byte & 0x1F
                       : byte < 0xF0 ? byte & 0x0F
                                     : byte & 0x07;
        }
    }
    return letters;
}

bool is_latin(char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}

bool is_space(char32_t c) { return c == U' ' || c == U'\n' || c == kZeroWidthSpace; }

// What stands over or under a consonant.
bool is_mark(char32_t c) {
    return c == 0x0E31 || (c >= 0x0E34 && c <= 0x0E3A) || (c >= 0x0E47 && c <= 0x0E4E);
}

class Words {
  public:
    // The places before which a word begins, as numbers of letters.
    std::set<std::size_t> begins(const std::u32string& text) const {
        std::vector<thchar_t> tis620;
        for (const char32_t c : text) {
            const bool thai = c >= 0x0E01 && c <= 0x0E5B;
            tis620.push_back(static_cast<thchar_t>(thai                   ? c - 0x0E00 + 0xA0
                                                   : c > U' ' && c < 0x7F ? c
                                                                          : U' '));
        }
        tis620.push_back(0);
        std::vector<int> at(text.size() + 1);
        const int count = th_brk_find_breaks(dictionary_.get(), tis620.data(), at.data(), at.size());
        return {at.begin(), at.begin() + count};
    }

  private:
    Handle<ThBrk, th_brk_delete> dictionary_{th_brk_new(nullptr)};
};

// Why no line may begin with text[at]; empty where one may.
std::string why_not(const std::u32string& text, std::size_t at, const std::set<std::size_t>& words) {
    const char32_t before = text[at - 1], after = text[at];
    if (is_mark(after)) return "before a mark";
    if (after == kRepeat) return "before a sign that repeats the word";
    if (is_latin(before) && is_latin(after)) return "between two Latin letters";
    for (const std::u32string_view name : kWholeNames) {
        for (std::size_t from = text.find(name); from < at; from = text.find(name, from + 1)) {
            if (at < from + name.size()) return "inside a name";
        }
    }
    if (is_space(before) || words.contains(at)) return {};
    // A host's name has no spaces.
    if ((before == U'-' || before == U'/') && is_latin(after)) return {};
    return "inside a word";
}

// What is wrong with the breaks of `lines`, one line each; what was broken by hand is not looked at.
std::vector<std::string> wrong_breaks(std::string utf8, const std::vector<std::string>& lines,
                                      const Words& dictionary) {
    for (std::size_t at; (at = utf8.find(kWordJoiner)) != std::string::npos;) {
        utf8.erase(at, kWordJoiner.size());
    }
    const std::u32string text = letters_of(utf8);
    const std::set<std::size_t> words = dictionary.begins(text);
    std::vector<std::string> wrong;
    std::size_t at = 0;
    for (const std::string& line : lines) {
        const std::u32string letters = letters_of(line);
        if (text.compare(at, letters.size(), letters) != 0) return {"lost its place at: " + line};
        const bool by_hand = at == 0 || text[at - 1] == U'\n';
        if (!by_hand && at < text.size()) {
            const std::string why = why_not(text, at, words);
            if (!why.empty()) wrong.push_back(fmt::format("{}: {}", why, line));
        }
        at += letters.size();
        while (at < text.size() && text[at] == U' ') ++at;
        if (at < text.size() && text[at] == U'\n') ++at;
    }
    if (at != text.size()) wrong.push_back("lost what follows the last line");
    return wrong;
}

class WordBreaks : public UiTest {
  protected:
    std::vector<std::string> wrong(const std::string& text, int width_px) {
        return wrong_breaks(text, engine_->lines(text, {.px = 40, .width_px = width_px}), words_);
    }
    Words words_;
};

TEST_F(WordBreaks, AreNamedWhereALineIsTooNarrowForItsWords) {
    constexpr int kOneLetterPx = 45;
    EXPECT_NE(wrong("ประชาสัมพันธ์", kOneLetterPx), std::vector<std::string>{});
    EXPECT_NE(wrong("announcement", kOneLetterPx), std::vector<std::string>{});
    EXPECT_EQ(wrong("รับ บัตร คิว", kOneLetterPx * 2), std::vector<std::string>{});
    EXPECT_EQ(wrong("บัตรคิวของท่าน", kOneLetterPx * 3), std::vector<std::string>{});
}

TEST_F(WordBreaks, AreNamedByWhatTheyPart) {
    const auto of = [&](const std::string& text, const std::vector<std::string>& lines) {
        return wrong_breaks(text, lines, words_);
    };
    using Wrong = std::vector<std::string>;
    EXPECT_EQ(of("ที่นี่", {"ท", "ี่นี่"}), Wrong{"before a mark: ี่นี่"});
    EXPECT_EQ(of("ประกาศ", {"ประ", "กาศ"}), Wrong{"inside a word: กาศ"});
    EXPECT_EQ(of("เบี้ยผู้สูงอายุ", {"เบี้ยผู้", "สูงอายุ"}), Wrong{"inside a name: สูงอายุ"});
    EXPECT_EQ(of("Thank you", {"Thank yo", "u"}), Wrong{"between two Latin letters: u"});
    EXPECT_EQ(of("Thank you", {"Thank"}), Wrong{"lost what follows the last line"});
    EXPECT_EQ(of("ขอบคุณ\nครับ", {"ขอบคุณ", "ครับ"}), Wrong{});
}

class EveryWrappedText : public WordBreaks, public testing::WithParamInterface<sample::SampleDisplay> {};

TEST_P(EveryWrappedText, EndsItsLinesBetweenWords) {
    resize(GetParam());
    std::set<std::pair<std::string, paint::TextStyle>> seen;
    std::size_t breaks = 0;
    for (const sample::Scene& scene : sample::scenes(*offices_)) {
        SCOPED_TRACE(scene.name);
        office_ = scene.office;
        state_ = scene.state;
        now_ = scene.now;
        config_refused_ = scene.config_refused();
        host_.request_frame();
        host_.frame(view());
        for (const DrawnText& drawn : host_.texts()) {
            if (drawn.style.width_px == 0 || !seen.insert({drawn.text, drawn.style}).second) continue;
            const auto lines = engine_->lines(drawn.text, drawn.style);
            breaks += lines.size() - 1;
            EXPECT_EQ(wrong_breaks(drawn.text, lines, words_), std::vector<std::string>{}) << drawn.text;
        }
    }
    EXPECT_GT(breaks, 0U) << "nothing was wrapped";
}

INSTANTIATE_TEST_SUITE_P(Displays, EveryWrappedText, testing::ValuesIn(sample::displays()),
                         [](const auto& tested) { return "On" + tested.param.name; });

}  // namespace
}  // namespace sala::kiosk
