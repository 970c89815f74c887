#include "sync/report/figures_text.h"

#include <gtest/gtest.h>

namespace sala::report {
namespace {

TEST(FiguresText, GroupsByThousandsInEitherDigits) {
    EXPECT_EQ(number_text(7, Digits::kThai), "๗");
    EXPECT_EQ(number_text(999, Digits::kArabic), "999");
    EXPECT_EQ(number_text(1234, Digits::kThai), "๑,๒๓๔");
    EXPECT_EQ(number_text(123456, Digits::kArabic), "123,456");
    EXPECT_EQ(number_text(1234567, Digits::kArabic), "1,234,567");
    EXPECT_EQ(number_text(-123, Digits::kArabic), "-123");
    EXPECT_EQ(number_text(-1234, Digits::kArabic), "-1,234");
    EXPECT_EQ(number_text(0, Digits::kThai), "—");
}

TEST(FiguresText, TellsMinutesWithOneDecimal) {
    EXPECT_EQ(minutes_text(750'000, Digits::kThai), "๑๒.๕");
    EXPECT_EQ(minutes_text(63'000, Digits::kArabic), "1.1");
    EXPECT_EQ(minutes_text(62'999, Digits::kArabic), "1.0");
    EXPECT_EQ(minutes_text(3'000, Digits::kArabic), "0.1");
    EXPECT_EQ(minutes_text(2'999, Digits::kArabic), "ไม่ถึง 0.1");
    EXPECT_EQ(minutes_text(0, Digits::kThai), "ไม่ถึง ๐.๑");
}

TEST(FiguresText, RoundsAHalfUp) {
    EXPECT_EQ(percent_text(1, 3, Digits::kArabic), "33.33");
    EXPECT_EQ(percent_text(2, 3, Digits::kArabic), "66.67");
    EXPECT_EQ(percent_text(1, 8, Digits::kThai), "๑๒.๕๐");
    EXPECT_EQ(percent_text(1, 20000, Digits::kArabic), "0.01");  // 0.005
    EXPECT_EQ(percent_text(5, 5, Digits::kArabic), "100.00");
    EXPECT_EQ(percent_text(0, 5, Digits::kArabic), "—");
    EXPECT_EQ(percent_text(0, 0, Digits::kArabic), "—");
}

TEST(FiguresText, TakesTheMeanOfThoseWhoAnswered) {
    EXPECT_EQ(mean_text({9, 0, 0, 0, 1, 1}, Digits::kArabic), "4.50");
    EXPECT_EQ(mean_text({0, 1, 1, 0, 0, 1}, Digits::kThai), "๒.๖๗");
    EXPECT_EQ(mean_text({0, 0, 0, 0, 199, 1}, Digits::kArabic), "4.01");  // 4.005
    EXPECT_EQ(mean_text({5, 0, 0, 0, 0, 0}, Digits::kThai), "—");
}

TEST(FiguresText, TurnsDigitsBothWaysAndNothingElse) {
    EXPECT_EQ(in_digits("๑ มกราคม 2570", Digits::kArabic), "1 มกราคม 2570");
    EXPECT_EQ(in_digits("๑ มกราคม 2570", Digits::kThai), "๑ มกราคม ๒๕๗๐");
    EXPECT_EQ(in_digits("๏๚ ฿", Digits::kArabic), "๏๚ ฿");
}

}  // namespace
}  // namespace sala::report
