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

// What one clip says; `glued` to the one before, as the parts of a number are.
struct Part {
    std::string word, clip;
    bool glued = false;
};
using Parts = std::vector<Part>;

Part digit_part(char digit, bool glued = false) {
    return {std::string(kDigits[static_cast<std::size_t>(digit - '0')]), std::string("digit-") + digit,
            glued};
}

// 1 to 99 as Thais count: สิบเอ็ด, ยี่สิบ, สามสิบสอง; written as one word.
void count(Parts& parts, int number) {
    const int tens = number / 10, ones = number % 10;
    const std::size_t first = parts.size();
    if (tens == 2) parts.push_back({"ยี่", "twenty"});
    if (tens > 2) parts.push_back(digit_part(static_cast<char>('0' + tens)));
    if (tens > 0) parts.push_back({"สิบ", "ten", true});
    if (tens > 0 && ones == 1) parts.push_back({"เอ็ด", "eleven", true});
    if (ones > 1 || number == 1) parts.push_back(digit_part(static_cast<char>('0' + ones), true));
    parts[first].glued = false;
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

Parts parts_of(std::string_view number, const record::Counter& counter) {
    Parts parts = {{"ขอเชิญหมายเลข", "please"}};
    for (const char sign : number) {
        if (sign >= '0' && sign <= '9') parts.push_back(digit_part(sign));
        if (sign >= 'A' && sign <= 'Z') {
            parts.push_back({std::string(kLetters[static_cast<std::size_t>(sign - 'A')]),
                             std::string("letter-") + static_cast<char>(sign - 'A' + 'a')});
        }
    }
    if (const std::optional<int> numbered = number_in(counter.name.thai)) {
        parts.push_back({"ที่ช่องบริการ", "at-counter"});
        count(parts, *numbered);
    } else {
        parts.push_back({"ที่" + counter.name.thai, "counter-" + counter.id});
    }
    parts.push_back({"ค่ะ", "polite"});
    return parts;
}

}  // namespace

Saying saying_of(std::string_view number, const record::Counter& counter) {
    Saying saying;
    for (Part& part : parts_of(number, counter)) {
        if (!saying.text.empty() && !part.glued) saying.text += ' ';
        saying.text += part.word;
        saying.clips.push_back(std::move(part.clip));
    }
    return saying;
}

std::vector<ClipWords> words_of_clips(const record::Office& office) {
    std::set<ClipWords> clips;
    for (const record::Counter& counter : office.counters) {
        const record::Division* division = office.division(counter.division);
        for (Part& part : parts_of(std::string(1, division->prefix) + "0123456789", counter)) {
            clips.insert({std::move(part.clip), std::move(part.word)});
        }
    }
    return {clips.begin(), clips.end()};
}

std::vector<std::string> clips_of(const record::Office& office) {
    std::vector<std::string> clips;
    for (ClipWords& each : words_of_clips(office)) clips.push_back(std::move(each.clip));
    return clips;
}

}  // namespace sala::kiosk
