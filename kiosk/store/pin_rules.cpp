#include "kiosk/store/pin_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "platform/crypto/password.h"

namespace sala::kiosk {
namespace {

constexpr std::size_t kDigits = 6;

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

// 123456, 890123, 000000, 246802: the same step from each digit to the next.
bool one_step(std::string_view pin) {
    const int step = (pin[1] - pin[0] + 10) % 10;
    for (std::size_t i = 2; i < kDigits; ++i) {
        if ((pin[i] - pin[i - 1] + 10) % 10 != step) return false;
    }
    return true;
}

bool repeats(std::string_view pin, std::size_t period) {
    return std::equal(pin.begin() + static_cast<std::ptrdiff_t>(period), pin.end(), pin.begin());
}

bool mirrored(std::string_view pin) { return std::equal(pin.begin(), pin.begin() + 3, pin.rbegin()); }

bool doubled(std::string_view pin) { return pin[0] == pin[1] && pin[2] == pin[3] && pin[4] == pin[5]; }

bool keypad_line(std::string_view three) {
    static constexpr std::array<std::string_view, 8> kLines = {"123", "456", "789", "147",
                                                               "258", "369", "159", "357"};
    const std::string back(three.rbegin(), three.rend());
    return std::ranges::any_of(kLines, [&](std::string_view line) { return three == line || back == line; });
}

bool is_day(std::string_view day, std::string_view month) {
    static constexpr int kDaysOf[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int m = number(month);
    const int d = number(day);
    return m >= 1 && m <= 12 && d >= 1 && d <= kDaysOf[m - 1];
}

// Day and month in any place beside a two-digit year, which may be any.
bool holds_date(std::string_view pin) {
    const std::string_view a = pin.substr(0, 2), b = pin.substr(2, 2), c = pin.substr(4, 2);
    return is_day(a, b) || is_day(b, a) || is_day(c, b);
}

bool is_year(std::string_view four) {
    const int century = number(four.substr(0, 2));
    return century == 19 || century == 20 || century == 25;
}

// From the published counts of leaked six-digit PINs: those that no rule above names.
bool is_favourite(std::string_view pin) {
    static constexpr std::array<std::string_view, 12> kFavourites = {"292513", "142536", "475869", "748596",
                                                                     "415263", "520131", "521314", "584520",
                                                                     "908070", "405060", "506070", "708090"};
    return std::ranges::find(kFavourites, pin) != kFavourites.end();
}

}  // namespace

bool is_pin(std::string_view text) {
    return text.size() == kDigits && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_weak_pin(std::string_view pin) {
    const std::set<char> different(pin.begin(), pin.end());
    return different.size() <= 2 || one_step(pin) || repeats(pin, 2) || repeats(pin, 3) || mirrored(pin) ||
           doubled(pin) || (keypad_line(pin.substr(0, 3)) && keypad_line(pin.substr(3))) || holds_date(pin) ||
           is_year(pin.substr(0, 4)) || is_year(pin.substr(2)) || is_favourite(pin);
}

std::string random_pin() {
    for (;;) {
        std::string pin = fmt::format("{:06}", crypto::random_below(1'000'000));
        if (!is_weak_pin(pin)) return pin;
    }
}

}  // namespace sala::kiosk
