#include "sync/record/calendar.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <limits>

namespace sala::record {
namespace {

using namespace std::chrono;

Date day(int y, unsigned m, unsigned d) { return Date{year{y}, month{m}, std::chrono::day{d}}; }

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;

// 2027-01-14T17:00:00Z is midnight of 15 January at UTC+7.
constexpr std::int64_t kMidnight = 1'799'946'000'000;

TEST(LocalTime, TurnsTheDayAtMidnightOfUtcPlusSeven) {
    const LocalTime before = local_time(kMidnight - 1);
    EXPECT_EQ(before.date, day(2027, 1, 14));
    EXPECT_EQ(before.minute_of_day, 1439);
    const LocalTime at = local_time(kMidnight);
    EXPECT_EQ(at.date, day(2027, 1, 15));
    EXPECT_EQ(at.minute_of_day, 0);
    EXPECT_EQ(local_time(kMidnight + 615 * kMinuteMs + 59'999).minute_of_day, 615);
}

TEST(LocalTime, DoesNotAskTheTimeZoneOfTheMachine) {
    const char* before = getenv("TZ");
    const std::string kept = before == nullptr ? "" : before;
    setenv("TZ", "America/New_York", 1);
    tzset();
    EXPECT_EQ(local_time(kMidnight).date, day(2027, 1, 15));
    if (before == nullptr) {
        unsetenv("TZ");
    } else {
        setenv("TZ", kept.c_str(), 1);
    }
    tzset();
}

TEST(LocalTime, StaysInYearsThatCanBeNamedWhateverTheClockSays) {
    EXPECT_EQ(local_time(std::numeric_limits<std::int64_t>::max()).date, day(9999, 12, 31));
    EXPECT_EQ(local_time(std::numeric_limits<std::int64_t>::min()).date, day(1970, 1, 1));
}

TEST(DateNumber, AcceptsExactlyTheDaysThatExist) {
    struct Case {
        int number;
        bool exists;
    };
    for (const Case& c : {Case{20270115, true},
                          {20280229, true},
                          {20270229, false},
                          {21000229, false},
                          {20000229, true},
                          {20270931, false},
                          {20270930, true},
                          {20271301, false},
                          {20270001, false},
                          {20270100, false},
                          {0, false},
                          {-20270115, false},
                          {99991231, true},
                          {100000101, false},
                          {115, false},
                          {10101, true}}) {
        const auto date = date_of(c.number);
        EXPECT_EQ(date.has_value(), c.exists) << c.number;
        EXPECT_EQ(date ? yyyymmdd(*date) : c.number, c.number);
    }
}

TEST(IsoDate, ParsesExactlyWhatItWrites) {
    EXPECT_EQ(iso_date(day(2027, 1, 5)), "2027-01-05");
    EXPECT_EQ(parse_iso_date("2027-01-05"), day(2027, 1, 5));
    for (const char* text : {"", "2027-1-5", "2027-01-5 ", " 2027-01-05", "2027-01-05 ", "2027/01/05",
                             "20270105", "2027-02-29", "2027-13-01", "2027-00-10", "+027-01-05", "2027-0x-05",
                             "0000-01-01", "๒๕๗๐-๐๑-๐๕", "2027-01-055"}) {
        EXPECT_FALSE(parse_iso_date(text)) << text;
    }
}

TEST(FiscalYear, BeginsOnTheFirstOfOctober) {
    EXPECT_EQ(fiscal_year_be(day(2026, 9, 30)), 2569);
    EXPECT_EQ(fiscal_year_be(day(2026, 10, 1)), 2570);
    EXPECT_EQ(fiscal_year_be(day(2026, 12, 31)), 2570);
    EXPECT_EQ(fiscal_year_be(day(2027, 1, 1)), 2570);
    EXPECT_EQ(fiscal_year_be(day(2027, 9, 30)), 2570);
    EXPECT_EQ(fiscal_year_be(day(2027, 10, 1)), 2571);
    EXPECT_EQ(fiscal_year_be(day(2028, 2, 29)), 2571);
}

TEST(FiscalYear, RangeHoldsExactlyTheDaysOfItsYear) {
    const DateRange range = fiscal_year(2570);
    EXPECT_EQ(range.first, day(2026, 10, 1));
    EXPECT_EQ(range.last, day(2027, 9, 30));
    int days_counted = 0;
    for (auto d = sys_days{range.first}; d <= sys_days{range.last}; d += days{1}, ++days_counted) {
        EXPECT_EQ(fiscal_year_be(Date{d}), 2570);
    }
    EXPECT_EQ(days_counted, 365);
}

TEST(ThaiDigits, ReplaceAsciiDigitsOnly) {
    EXPECT_EQ(thai_digits("0123456789"), "๐๑๒๓๔๕๖๗๘๙");
    EXPECT_EQ(thai_digits("ห้อง 12 ชั้น ๓ (A-7)"), "ห้อง ๑๒ ชั้น ๓ (A-๗)");
    EXPECT_EQ(thai_digits(""), "");
}

TEST(ClockText, IsWrittenAsAnOfficeWritesIt) {
    EXPECT_EQ(clock_text(615, Language::kThai), "๑๐.๑๕ น.");
    EXPECT_EQ(clock_text(615, Language::kEnglish), "10:15");
    EXPECT_EQ(clock_text(0, Language::kThai), "๐๐.๐๐ น.");
    EXPECT_EQ(clock_text(1439, Language::kEnglish), "23:59");
}

TEST(DateText, NamesEveryMonth) {
    struct Case {
        const char *thai_short, *thai_long, *english_short, *english_long;
    };
    const Case cases[12] = {{"ม.ค.", "มกราคม", "Jan", "January"},    {"ก.พ.", "กุมภาพันธ์", "Feb", "February"},
                            {"มี.ค.", "มีนาคม", "Mar", "March"},       {"เม.ย.", "เมษายน", "Apr", "April"},
                            {"พ.ค.", "พฤษภาคม", "May", "May"},       {"มิ.ย.", "มิถุนายน", "Jun", "June"},
                            {"ก.ค.", "กรกฎาคม", "Jul", "July"},      {"ส.ค.", "สิงหาคม", "Aug", "August"},
                            {"ก.ย.", "กันยายน", "Sep", "September"},  {"ต.ค.", "ตุลาคม", "Oct", "October"},
                            {"พ.ย.", "พฤศจิกายน", "Nov", "November"}, {"ธ.ค.", "ธันวาคม", "Dec", "December"}};
    for (unsigned m = 1; m <= 12; ++m) {
        const Case& c = cases[m - 1];
        const Date date = day(2027, m, 9);
        EXPECT_EQ(long_date_text(date, Language::kThai), fmt::format("๙ {} ๒๕๗๐", c.thai_long));
        EXPECT_EQ(long_date_text(date, Language::kEnglish), fmt::format("9 {} 2027", c.english_long));
        EXPECT_EQ(month_text(date, Language::kThai), fmt::format("{} ๒๕๗๐", c.thai_long));
        EXPECT_EQ(month_text(date, Language::kEnglish), fmt::format("{} 2027", c.english_long));
        EXPECT_TRUE(
            short_date_text(date, Language::kThai).ends_with(fmt::format(" ๙ {} ๒๕๗๐", c.thai_short)));
        EXPECT_TRUE(
            short_date_text(date, Language::kEnglish).ends_with(fmt::format(" 9 {} 2027", c.english_short)));
    }
}

TEST(DateText, NamesEveryWeekday) {
    const char* thai[7] = {"อาทิตย์", "จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์"};
    const char* english[7] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    for (unsigned i = 0; i < 7; ++i) {
        const Date date = day(2027, 1, 10 + i);  // 10 January 2027 is a Sunday
        EXPECT_EQ(short_date_text(date, Language::kThai),
                  fmt::format("{} {} ม.ค. ๒๕๗๐", thai[i], thai_digits(std::to_string(10 + i))));
        EXPECT_EQ(short_date_text(date, Language::kEnglish),
                  fmt::format("{} {} Jan 2027", english[i], 10 + i));
    }
}

TEST(DateText, WritesALeapDay) {
    EXPECT_EQ(short_date_text(day(2028, 2, 29), Language::kThai), "อังคาร ๒๙ ก.พ. ๒๕๗๑");
    EXPECT_EQ(local_time(kMidnight + (365 + 31 + 14) * kDayMs).date, day(2028, 2, 29));
}

}  // namespace
}  // namespace sala::record
