// Dates and times as a Thai office writes them.
//
// Storage is UTC milliseconds and the Common Era; the Buddhist Era (CE + 543), Thai digits and the fiscal
// year (October to September, named by the BE year in which it ends) are display and calendar matters and
// live only here. Local time is UTC+7 by constant, whatever TZ says.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sala::record {

enum class Language { kThai, kEnglish };

using Date = std::chrono::year_month_day;

// A moment as the wall of the office shows it.
struct LocalTime {
    Date date;
    int minute_of_day = 0;  // 0..1439
};
LocalTime local_time(std::int64_t utc_ms);

// 20270115 and back; nothing for a number that is no date.
int yyyymmdd(Date date);
std::optional<Date> date_of(int yyyymmdd);

// "2027-01-15" and back: the only spelling of dates in configuration.
std::string iso_date(Date date);
std::optional<Date> parse_iso_date(std::string_view text);

// 2570 for every day from 2026-10-01 to 2027-09-30.
int fiscal_year_be(Date date);

// First and last day of a fiscal year.
struct DateRange {
    Date first, last;
};
DateRange fiscal_year(int year_be);

// ๐๑๒๓: replaces the ASCII digits of UTF-8 text, leaves the rest.
std::string thai_digits(std::string_view text);

// "๑๐.๑๕ น." / "10:15".
std::string clock_text(int minute_of_day, Language language);
// "ศุกร์ ๑๕ ม.ค. ๒๕๗๐" / "Fri 15 Jan 2027".
std::string short_date_text(Date date, Language language);
// "๑๕ มกราคม ๒๕๗๐" / "15 January 2027".
std::string long_date_text(Date date, Language language);
// "มกราคม ๒๕๗๐" / "January 2027".
std::string month_text(Date date, Language language);

}  // namespace sala::record
