#include "sync/ledger/answer.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>

#include "platform/base/json.h"
#include "sync/ledger/line.h"

namespace sala::ledger {
namespace {

constexpr std::size_t kRefusalBytesMax = 16 * 1024;
constexpr std::size_t kCodeBytesMax = 60;
constexpr std::size_t kSentenceBytesMax = 4096;

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= kCodeBytesMax && std::ranges::all_of(text, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

// One line for a screen or a terminal; simdjson has seen to the UTF-8.
bool is_sentence(std::string_view text) {
    return !text.empty() && text.size() <= kSentenceBytesMax && std::ranges::none_of(text, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20) || c == 0x7F;
    });
}

}  // namespace

std::string refusal_json(const Refusal& refusal) {
    std::string json =
        fmt::format("{{\"code\":{},\"thai\":{},\"english\":{}", json_string(refusal.error.code),
                    json_string(refusal.error.thai), json_string(refusal.error.english));
    if (refusal.held) json += fmt::format(",\"held\":{}", *refusal.held);
    return json + "}\n";
}

std::optional<Refusal> parse_refusal(std::string_view json) {
    if (json.size() > kRefusalBytesMax) return {};
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    if (parser.parse(json.data(), json.size()).get(object) != simdjson::SUCCESS) return {};
    std::string_view code, thai, english;
    if (object["code"].get(code) != simdjson::SUCCESS || object["thai"].get(thai) != simdjson::SUCCESS ||
        object["english"].get(english) != simdjson::SUCCESS || !is_code(code) || !is_sentence(thai) ||
        !is_sentence(english)) {
        return {};
    }
    Refusal refusal{{std::string(code), std::string(thai), std::string(english)}, {}};
    if (std::int64_t held = 0; object["held"].get(held) == simdjson::SUCCESS) {
        if (held < 0 || held > kIntegerMax) return {};
        refusal.held = static_cast<std::uint64_t>(held);
    }
    return refusal;
}

std::string held_answer_name(std::string_view device_code) { return fmt::format("{}.held", device_code); }

std::string held_answer_text(const HeldAnswer& answer) {
    return fmt::format("sala held 1\norigin {}\nheld {}\n", answer.origin, answer.held);
}

std::optional<HeldAnswer> parse_held_answer(std::string_view text) {
    constexpr std::string_view kOrigin = "sala held 1\norigin ", kHeld = "\nheld ";
    const std::size_t held = text.find(kHeld);
    if (text.size() > kHeldAnswerBytesMax || !text.starts_with(kOrigin) || held == text.npos ||
        held < kOrigin.size()) {
        return {};
    }
    HeldAnswer answer{std::string(text.substr(kOrigin.size(), held - kOrigin.size())), 0};
    const std::string_view number = text.substr(held + kHeld.size());
    std::from_chars(number.data(), number.data() + number.size(), answer.held);
    // The same text again, or it was not written by us.
    if (answer.held > static_cast<std::uint64_t>(kIntegerMax) || held_answer_text(answer) != text) return {};
    return answer;
}

}  // namespace sala::ledger
