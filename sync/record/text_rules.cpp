#include "sync/record/text_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sala::record {

namespace {

constexpr std::size_t kWordBytesMax = 40;
constexpr int kQuotedMax = 60;

bool forbidden(char32_t c) {
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return true;            // C0, DEL, C1
    if (c >= 0x202A && c <= 0x202E) return true;                      // embeddings and overrides
    if (c >= 0x2066 && c <= 0x2069) return true;                      // isolates
    return c == 0x200E || c == 0x200F || c == 0x061C ||               // direction marks
           c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE;  // line breaks, byte order marks
}

bool thai_mark(char32_t c) {
    return c == 0x0E31 || (c >= 0x0E34 && c <= 0x0E3A) || (c >= 0x0E47 && c <= 0x0E4E);
}

}  // namespace

std::optional<char32_t> take_character(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if ((first >= 0x80 && first < 0xC2) || first > 0xF4 || text.size() < length) return std::nullopt;
    char32_t c = length == 1 ? first : first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
        c = (c << 6) | (byte(i) & 0x3Fu);
    }
    constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
    if (c < kSmallest[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return std::nullopt;
    text.remove_prefix(length);
    return c;
}

int line_of_bad_utf8(std::string_view text) {
    int line = 1;
    while (!text.empty()) {
        const auto c = take_character(text);
        if (!c) return line;
        if (*c == '\n') ++line;
    }
    return 0;
}

int letters(std::string_view text) {
    int count = 0;
    while (!text.empty()) {
        const auto c = take_character(text);
        if (!c) break;
        if (!thai_mark(*c)) ++count;
    }
    return count;
}

std::optional<char32_t> forbidden_character(std::string_view text) {
    while (!text.empty()) {
        const auto c = take_character(text);
        if (!c) break;
        if (forbidden(*c)) return c;
    }
    return std::nullopt;
}

std::string quotable(std::string_view text) {
    std::string out;
    for (int count = 0; !text.empty(); ++count) {
        if (count == kQuotedMax) return out + "…";
        const std::string_view before = text;
        const auto c = take_character(text);
        if (!c) {
            out += fmt::format("<{:02X}>", static_cast<unsigned char>(text.front()));
            text.remove_prefix(1);
        } else if (forbidden(*c)) {
            out += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(*c));
        } else {
            out += before.substr(0, before.size() - text.size());
        }
    }
    return out;
}

int edit_distance(std::string_view one, std::string_view other) {
    if (one.size() > kWordBytesMax || other.size() > kWordBytesMax)
        return static_cast<int>(kWordBytesMax) + 1;
    using Row = std::array<int, kWordBytesMax + 1>;
    Row above2{}, above{}, row{};
    for (std::size_t j = 0; j <= other.size(); ++j) row[j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= one.size(); ++i) {
        above2 = above;
        above = row;
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const int replaced = above[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
            if (swapped) row[j] = std::min(row[j], above2[j - 2] + 1);
        }
    }
    return row[other.size()];
}

}  // namespace sala::record
