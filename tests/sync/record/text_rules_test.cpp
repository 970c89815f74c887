#include "sync/record/text_rules.h"

#include <gtest/gtest.h>

namespace sala::record {
namespace {

TEST(Utf8, RefusesWhatNoEncoderWrites) {
    struct Case {
        const char* bytes;
        int line;  // 0: good
    };
    for (const Case& c : {Case{"", 0},
                          {"abc\n", 0},
                          {"ก้ำ\nที่\n", 0},
                          {"\xF0\x9F\x98\x80", 0},
                          {"\xF4\x8F\xBF\xBF", 0},
                          {"\xC0\xAF", 1},          // overlong '/'
                          {"\n\xE0\x80\xAF", 2},    // overlong in three bytes
                          {"\xED\xA0\x80", 1},      // a surrogate
                          {"\xF4\x90\x80\x80", 1},  // past U+10FFFF
                          {"a\nb\n\xE0\xB8", 3},    // cut inside ก
                          {"\x80", 1},
                          {"\xFF\xFE", 1},
                          {"\xE0\xB8x", 1},
                          {"\xF8\x88\x80\x80\x80", 1}}) {
        EXPECT_EQ(line_of_bad_utf8(c.bytes), c.line) << c.bytes;
    }
}

TEST(Letters, CountWhatTakesRoomInTheLine) {
    EXPECT_EQ(letters("abc"), 3);
    EXPECT_EQ(letters("ที่นี่"), 2);  // two consonants, each with a vowel and a tone above
    EXPECT_EQ(letters("น้ำ"), 2);  // sara am stands in the line
    EXPECT_EQ(letters("เจ้าหน้าที่"), 7);
}

TEST(ForbiddenCharacter, FindsWhatHidesOrTurnsText) {
    EXPECT_FALSE(forbidden_character("ยื่นคำขอ (2 ฉบับ) – ok"));
    EXPECT_EQ(forbidden_character("a\nb"), U'\n');
    EXPECT_EQ(forbidden_character("a\tb"), U'\t');
    EXPECT_EQ(forbidden_character("a\x7F"), char32_t{0x7F});
    for (const char32_t c : {0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069}) {
        const std::string text = {'x', '\xE2', static_cast<char>(0x80 + ((c >> 6) & 0x3F)),
                                  static_cast<char>(0x80 + (c & 0x3F))};
        EXPECT_EQ(forbidden_character(text), c);
    }
}

TEST(Quotable, ShowsWhatItHidesAndEnds) {
    EXPECT_EQ(quotable("ก\x1B[31m"), "ก<U+001B>[31m");
    EXPECT_EQ(quotable("a\xFF"), "a<FF>");
    EXPECT_EQ(quotable(std::string(100, 'x')), std::string(60, 'x') + "…");
}

TEST(EditDistance, CountsOneForEachSlip) {
    EXPECT_EQ(edit_distance("prefix", "prefix"), 0);
    EXPECT_EQ(edit_distance("prefix", "perfix"), 1);  // swapped
    EXPECT_EQ(edit_distance("prefix", "prefx"), 1);
    EXPECT_EQ(edit_distance("prefix", "preffix"), 1);
    EXPECT_EQ(edit_distance("prefix", "prefiz"), 1);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
    EXPECT_EQ(edit_distance("", "abc"), 3);
    EXPECT_EQ(edit_distance(std::string(1000, 'a'), "abc"), 41);
}

}  // namespace
}  // namespace sala::record
