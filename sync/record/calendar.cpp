#include "sync/record/calendar.h"

#include <fmt/format.h>

#include <algorithm>

namespace sala::record {

namespace {

using namespace std::chrono;

constexpr minutes kOffsetFromUtc = hours{7};
constexpr int kBeMinusCe = 543;

constexpr const char* kMonthsThai[12] = {"มกราคม",  "กุมภาพันธ์", "มีนาคม",  "เมษายน", "พฤษภาคม",  "มิถุนายน",
                                         "กรกฎาคม", "สิงหาคม",  "กันยายน", "ตุลาคม",  "พฤศจิกายน", "ธันวาคม"};
constexpr const char* kMonthsThaiShort[12] = {"ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
                                              "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.",  "พ.ย.", "ธ.ค."};
constexpr const char* kMonthsEnglish[12] = {"January",   "February", "March",    "April",
                                            "May",       "June",     "July",     "August",
                                            "September", "October",  "November", "December"};
constexpr const char* kDaysThai[7] = {"อาทิตย์", "จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์"};
constexpr const char* kDaysEnglish[7] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

int year_number(Date date) { return static_cast<int>(date.year()); }
unsigned month_index(Date date) { return static_cast<unsigned>(date.month()) - 1; }
unsigned day_number(Date date) { return static_cast<unsigned>(date.day()); }

std::optional<Date> checked(int year_ce, unsigned month_of_year, unsigned day_of_month) {
    const Date date{year{year_ce}, month{month_of_year}, day{day_of_month}};
    if (year_ce < 1 || !date.ok()) return std::nullopt;
    return date;
}

}  // namespace

LocalTime local_time(std::int64_t utc_ms) {
    // A clock that says year 30000 is broken; the calendar stays inside the years it can name.
    const sys_time<milliseconds> first = sys_days{1970y / January / 1};
    const sys_time<milliseconds> last = sys_days{9999y / December / 31};
    const auto utc = std::clamp(sys_time<milliseconds>{milliseconds{utc_ms}}, first, last);
    const auto local = utc + kOffsetFromUtc;
    const auto midnight = floor<days>(local);
    return {Date{midnight}, static_cast<int>(floor<minutes>(local - midnight).count())};
}

int yyyymmdd(Date date) {
    return year_number(date) * 10000 + static_cast<int>(month_index(date) + 1) * 100 +
           static_cast<int>(day_number(date));
}

std::optional<Date> date_of(int yyyymmdd) {
    if (yyyymmdd < 0 || yyyymmdd > 9999'12'31) return std::nullopt;
    return checked(yyyymmdd / 10000, static_cast<unsigned>(yyyymmdd / 100 % 100),
                   static_cast<unsigned>(yyyymmdd % 100));
}

std::string iso_date(Date date) {
    return fmt::format("{:04}-{:02}-{:02}", year_number(date), month_index(date) + 1, day_number(date));
}

std::optional<Date> parse_iso_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    int number = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 4 || i == 7) continue;
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        number = number * 10 + (text[i] - '0');
    }
    return date_of(number);
}

int fiscal_year_be(Date date) {
    const int year_be = year_number(date) + kBeMinusCe;
    return date.month() >= October ? year_be + 1 : year_be;
}

DateRange fiscal_year(int year_be) {
    const year ends{year_be - kBeMinusCe};
    return {(ends - years{1}) / October / 1, ends / September / 30};
}

std::string thai_digits(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 16);
    for (const char c : text) {
        if (c < '0' || c > '9') {
            out += c;
            continue;
        }
        out += "\xE0\xB9";  // U+0E50..U+0E59
        out += static_cast<char>(0x90 + (c - '0'));
    }
    return out;
}

std::string clock_text(int minute_of_day, Language language) {
    const int hour = minute_of_day / 60;
    const int minute = minute_of_day % 60;
    if (language == Language::kThai) return thai_digits(fmt::format("{:02}.{:02} น.", hour, minute));
    return fmt::format("{:02}:{:02}", hour, minute);
}

std::string short_date_text(Date date, Language language) {
    const unsigned day_of_week = weekday{sys_days{date}}.c_encoding();
    if (language == Language::kThai) {
        return thai_digits(fmt::format("{} {} {} {}", kDaysThai[day_of_week], day_number(date),
                                       kMonthsThaiShort[month_index(date)], year_number(date) + kBeMinusCe));
    }
    return fmt::format("{} {} {:.3} {}", kDaysEnglish[day_of_week], day_number(date),
                       kMonthsEnglish[month_index(date)], year_number(date));
}

std::string long_date_text(Date date, Language language) {
    if (language == Language::kThai) {
        return thai_digits(fmt::format("{} {} {}", day_number(date), kMonthsThai[month_index(date)],
                                       year_number(date) + kBeMinusCe));
    }
    return fmt::format("{} {} {}", day_number(date), kMonthsEnglish[month_index(date)], year_number(date));
}

std::string month_text(Date date, Language language) {
    if (language == Language::kThai) {
        return fmt::format("{} {}", kMonthsThai[month_index(date)],
                           thai_digits(std::to_string(year_number(date) + kBeMinusCe)));
    }
    return fmt::format("{} {}", kMonthsEnglish[month_index(date)], year_number(date));
}

}  // namespace sala::record
