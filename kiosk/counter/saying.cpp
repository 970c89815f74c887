#include "kiosk/counter/saying.h"

#include <algorithm>
#include <array>
#include <set>

namespace sala::kiosk {
namespace {

constexpr std::array<std::string_view, 10> kDigits = {"ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่",
                                                      "ห้า",  "หก",  "เจ็ด", "แปด", "เก้า"};
constexpr std::array<std::string_view, 26> kLetters = {
    "เอ",  "บี",  "ซี", "ดี",  "อี",   "เอฟ", "จี", "เอช", "ไอ", "เจ",     "เค",   "แอล", "เอ็ม",
    "เอ็น", "โอ", "พี", "คิว", "อาร์", "เอส", "ที", "ยู",   "วี",  "ดับเบิลยู", "เอ็กซ์", "วาย", "แซด"};
constexpr std::string_view kThaiZero = "๐";  // ๐ to ๙ differ in their last byte

void say(Saying& saying, std::string_view word, std::string clip) {
    if (!saying.text.empty()) saying.text += ' ';
    saying.text += word;
    saying.clips.push_back(std::move(clip));
}

void say_digit(Saying& saying, char digit) {
    say(saying, kDigits[static_cast<std::size_t>(digit - '0')], std::string("digit-") + digit);
}

// 1 to 99 as Thais count: สิบเอ็ด, ยี่สิบ, สามสิบสอง; written as one word.
void say_count(Saying& saying, int count) {
    Saying parts;
    const int tens = count / 10, ones = count % 10;
    if (tens == 2) say(parts, "ยี่", "twenty");
    if (tens > 2) say_digit(parts, static_cast<char>('0' + tens));
    if (tens > 0) say(parts, "สิบ", "ten");
    if (tens > 0 && ones == 1) say(parts, "เอ็ด", "eleven");
    if (ones > 1 || count == 1) say_digit(parts, static_cast<char>('0' + ones));
    std::erase(parts.text, ' ');
    say(saying, parts.text, parts.clips.front());
    saying.clips.insert(saying.clips.end(), parts.clips.begin() + 1, parts.clips.end());
}

// The one number from 1 to 99 that stands in a name.
std::optional<int> number_in(std::string_view name) {
    std::string digits;
    bool ended = false;
    while (!name.empty()) {
        const bool thai = name.size() >= kThaiZero.size() && name.substr(0, 2) == kThaiZero.substr(0, 2) &&
                          name[2] >= kThaiZero[2] && name[2] <= kThaiZero[2] + 9;
        const bool arabic = name[0] >= '0' && name[0] <= '9';
        if (thai || arabic) {
            if (ended) return {};
            digits += thai ? static_cast<char>('0' + (name[2] - kThaiZero[2])) : name[0];
        } else {
            ended = !digits.empty();
        }
        name.remove_prefix(thai ? kThaiZero.size() : 1);
    }
    if (digits.empty() || digits.size() > 2 || digits[0] == '0') return {};
    return digits.size() == 1 ? digits[0] - '0' : (digits[0] - '0') * 10 + (digits[1] - '0');
}

}  // namespace

Saying saying_of(std::string_view number, const record::Counter& counter) {
    Saying saying;
    say(saying, "ขอเชิญหมายเลข", "please");
    for (const char sign : number) {
        if (sign >= '0' && sign <= '9') say_digit(saying, sign);
        if (sign >= 'A' && sign <= 'Z') {
            say(saying, kLetters[static_cast<std::size_t>(sign - 'A')],
                std::string("letter-") + static_cast<char>(sign - 'A' + 'a'));
        }
    }
    if (const std::optional<int> count = number_in(counter.name.thai)) {
        say(saying, "ที่ช่องบริการ", "at-counter");
        say_count(saying, *count);
    } else {
        say(saying, "ที่" + counter.name.thai, "counter-" + counter.id);
    }
    say(saying, "ค่ะ", "polite");
    return saying;
}

std::vector<std::string> clips_of(const record::Office& office) {
    std::set<std::string> clips;
    for (const record::Counter& counter : office.counters) {
        const record::Division* division = office.division(counter.division);
        const Saying all = saying_of(std::string(1, division->prefix) + "0123456789", counter);
        clips.insert(all.clips.begin(), all.clips.end());
    }
    return {clips.begin(), clips.end()};
}

}  // namespace sala::kiosk
