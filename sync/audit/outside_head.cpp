#include "sync/audit/outside_head.h"

#include <fmt/format.h>

#include <charconv>

namespace sala::audit {
namespace {

constexpr std::size_t kLetters = 16;
constexpr std::size_t kDigitsMax = 16;  // of 2^53

// The Thai digits ๐ to ๙ are E0 B9 90 to E0 B9 99.
std::string with_arabic_digits(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool thai = text.substr(i).starts_with("\xE0\xB9") && i + 2 < text.size() &&
                          static_cast<unsigned char>(text[i + 2]) - 0x90U < 10;
        out += thai ? static_cast<char>('0' + static_cast<unsigned char>(text[i + 2]) - 0x90) : text[i];
        if (thai) i += 2;
    }
    return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_base32(char c) { return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'); }

// "หลักฐาน ๑๙ • PUIO J4WC 3VQJ 7EWR"
std::optional<OutsideHead> short_head(std::string_view line, const std::string& source) {
    std::string text = with_arabic_digits(line);
    for (const std::string_view separator : {"•", "·", ":", ","}) {
        for (std::size_t at = 0; (at = text.find(separator, at)) != std::string::npos;)
            text.replace(at, separator.size(), " ");
    }
    const std::size_t begin = text.find_first_of("0123456789");
    if (begin == std::string::npos) return {};
    std::size_t end = begin;
    while (end < text.size() && is_digit(text[end])) ++end;
    OutsideHead head{source, 0, {}, {}, {}};
    if (end - begin > kDigitsMax || end == text.size() || text[end] != ' ') return {};
    std::from_chars(text.data() + begin, text.data() + end, head.size);
    for (const char c : std::string_view(text).substr(end)) {
        if (c == ' ' || c == '\t' || c == '\r') continue;
        if (!is_base32(c)) return {};
        head.letters += c;
    }
    if (head.letters.size() != kLetters) return {};
    return head;
}

Result<std::vector<OutsideHead>> signed_note(std::string_view text, const std::string& source) {
    Result<ledger::Note> note = ledger::parse_note(text);
    if (!note) return note.error();
    Result<ledger::Checkpoint> checkpoint = ledger::parse_checkpoint(note->text);
    if (!checkpoint) return checkpoint.error();
    OutsideHead head{source, checkpoint->size, ledger::root_letters(checkpoint->root), {}, {}};
    head.checkpoint = *std::move(checkpoint);
    head.note = *std::move(note);
    return std::vector{std::move(head)};
}

}  // namespace

Result<std::vector<OutsideHead>> read_outside_heads(std::string_view text, const std::string& source) {
    if (text.find("\n\n\u2014 ") != std::string_view::npos) return signed_note(text, source);
    std::vector<OutsideHead> heads;
    int number = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos || line.starts_with('#')) continue;
        std::optional<OutsideHead> head = short_head(line, source);
        if (!head || heads.size() == kOutsideHeadsMax) {
            return Error{
                "OUTSIDE-UNREADABLE",
                fmt::format("อ่านหลักฐานจาก {} บรรทัดที่ {} ไม่ได้ ต้องเป็นข้อความจากคิวอาร์โค้ดทั้งหมด "
                            "หรือเลขและอักษร 16 ตัวจากบัตรคิว บรรทัดละหนึ่งรายการ",
                            source, number),
                fmt::format(
                    "line {} of {} is neither a checkpoint (the whole text of the QR code) nor a short "
                    "head (the number and 16 letters of a ticket), one a line",
                    number, source)};
        }
        heads.push_back(*std::move(head));
    }
    return heads;
}

}  // namespace sala::audit
