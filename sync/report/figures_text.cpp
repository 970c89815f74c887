#include "sync/report/figures_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/record/calendar.h"

namespace sala::report {
namespace {

// numerator / denominator with two decimals, a half rounded up. REQUIRES: both positive.
std::string hundredths(std::int64_t numerator, std::int64_t denominator) {
    const std::int64_t rounded = (numerator * 200 + denominator) / (denominator * 2);
    return fmt::format("{}.{:02}", rounded / 100, rounded % 100);
}

}  // namespace

std::string in_digits(std::string_view text, Digits digits) {
    if (digits == Digits::kThai) return record::thai_digits(text);
    std::string out;
    while (!text.empty()) {
        // U+0E50..U+0E59
        if (text.size() >= 3 && text.starts_with("\xE0\xB9") && '\x90' <= text[2] && text[2] <= '\x99') {
            out += static_cast<char>('0' + (text[2] - '\x90'));
            text.remove_prefix(3);
        } else {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

std::string number_text(std::int64_t value, Digits digits) {
    if (value == 0) return std::string(kNothing);
    std::string text = std::to_string(value);
    const std::size_t first = value < 0 ? 2 : 1;
    for (std::size_t i = text.size(); i > first + 2; i -= 3) text.insert(i - 3, ",");
    return in_digits(text, digits);
}

std::string minutes_text(std::int64_t ms, Digits digits) {
    const std::int64_t tenths = (ms + 3000) / 6000;
    const std::string text =
        fmt::format("{}.{}", std::max<std::int64_t>(tenths, 1) / 10, std::max<std::int64_t>(tenths, 1) % 10);
    return (tenths == 0 ? "ไม่ถึง " : "") + in_digits(text, digits);
}

std::string percent_text(std::int64_t part, std::int64_t whole, Digits digits) {
    if (part <= 0 || whole <= 0) return std::string(kNothing);
    return in_digits(hundredths(part * 100, whole), digits);
}

std::string mean_text(const std::array<std::int64_t, 6>& faces, Digits digits) {
    std::int64_t sum = 0;
    std::int64_t answered = 0;
    for (std::size_t value = 1; value < faces.size(); ++value) {
        sum += static_cast<std::int64_t>(value) * faces[value];
        answered += faces[value];
    }
    if (answered <= 0) return std::string(kNothing);
    return in_digits(hundredths(sum, answered), digits);
}

}  // namespace sala::report
