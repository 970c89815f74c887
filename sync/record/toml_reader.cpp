#include "sync/record/toml_reader.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <exception>

#include "sync/record/text_rules.h"

namespace sala::record {

namespace {

using Kind = TomlNode::Kind;

// Longer than any honest line of a profile; it also bounds how deep a dotted key can nest.
constexpr std::size_t kLineBytesMax = 4096;
constexpr int kDepthMax = 16;

struct KindName {
    std::string_view thai, english;
};

KindName kind_name(Kind kind) {
    switch (kind) {
        case Kind::kText:
            return {"ข้อความในเครื่องหมาย \"…\"", "a text in \"…\""};
        case Kind::kInteger:
            return {"จำนวนเต็ม ไม่มีเครื่องหมาย \"…\"", "a whole number without \"…\""};
        case Kind::kFraction:
            return {"ตัวเลข ไม่มีเครื่องหมาย \"…\"", "a number without \"…\""};
        case Kind::kBoolean:
            return {"true หรือ false", "true or false"};
        case Kind::kDate:
            return {"วันที่ เช่น 2027-01-15", "a date such as 2027-01-15"};
        case Kind::kTable:
            return {"หมวด [...] หรือ { ... }", "a section [...] or { ... }"};
        case Kind::kList:
            return {"รายการ [ ... ] หรือหมวดซ้ำ [[...]]", "a list [ ... ] or repeated sections [[...]]"};
        case Kind::kOther:
            break;
    }
    return {"ค่าแบบอื่น", "something else"};
}

int line_of(const toml::source_region& source, int otherwise) {
    return source.begin.line > 0 ? static_cast<int>(source.begin.line) : otherwise;
}

std::string two_part_date(const toml::date& date) {
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

// `line` is the parent's, for tables that a dotted key or a deeper header implies.
std::optional<TomlNode> copy(const toml::node& node, int line, int depth);

bool copy_table(const toml::table& table, TomlNode& out, int depth) {
    for (const auto& [key, value] : table) {
        const int line = line_of(key.source(), out.line);
        auto child = copy(value, line, depth + 1);
        if (!child) return false;
        out.entries.push_back({std::string{key.str()}, line, std::move(*child)});
    }
    // toml++ sorts keys by name; problems and people go by line.
    std::ranges::stable_sort(out.entries, {}, &TomlEntry::line);
    return true;
}

bool copy_list(const toml::array& list, TomlNode& out, int depth) {
    for (const auto& value : list) {
        auto child = copy(value, out.line, depth + 1);
        if (!child) return false;
        out.items.push_back(std::move(*child));
    }
    return true;
}

std::optional<TomlNode> copy(const toml::node& node, int line, int depth) {
    if (depth > kDepthMax) return std::nullopt;
    TomlNode out;
    out.line = line_of(node.source(), line);
    if (const auto* table = node.as_table()) {
        out.kind = Kind::kTable;
        out.text = "{…}";
        if (!copy_table(*table, out, depth)) return std::nullopt;
    } else if (const auto* list = node.as_array()) {
        out.kind = Kind::kList;
        out.text = "[…]";
        if (!copy_list(*list, out, depth)) return std::nullopt;
    } else if (const auto* text = node.as_string()) {
        out.kind = Kind::kText;
        out.text = text->get();
    } else if (const auto* number = node.as_integer()) {
        out.kind = Kind::kInteger;
        out.integer = number->get();
        out.number = static_cast<double>(out.integer);
        out.text = fmt::format("{}", out.integer);
    } else if (const auto* truth = node.as_boolean()) {
        out.kind = Kind::kBoolean;
        out.text = truth->get() ? "true" : "false";
    } else if (const auto* date = node.as_date()) {
        out.kind = Kind::kDate;
        out.text = two_part_date(date->get());
    } else if (const auto* fraction = node.as_floating_point()) {
        out.kind = Kind::kFraction;
        out.number = fraction->get();
        out.text = fmt::format("{}", out.number);
    } else if (const auto* moment = node.as_date_time()) {
        out.text = two_part_date(moment->get().date) + "T…";
    } else {
        out.text = "00:00:00";  // a TOML time of day, the only kind left
    }
    return out;
}

bool fits(std::string_view text, ProblemList& problems) {
    if (text.size() > kOfficeBytesMax) {
        problems.add(0, "CONFIG-FILE-TOO-LARGE", fmt::format("{} bytes", text.size()),
                     fmt::format("ไฟล์ใหญ่เกินไป ต้องไม่เกิน {} ไบต์", kOfficeBytesMax),
                     fmt::format("the file is too large; at most {} bytes", kOfficeBytesMax));
        return false;
    }
    if (const int line = line_of_bad_utf8(text); line != 0) {
        problems.add(line, "CONFIG-UTF8", "", "ไฟล์ไม่ได้บันทึกเป็น UTF-8 ให้บันทึกใหม่โดยเลือกรหัสอักขระ UTF-8",
                     "the file is not UTF-8; save it again with the encoding UTF-8");
        return false;
    }
    int line = 1;
    for (std::string_view rest = text; !rest.empty(); ++line) {
        const auto end = std::min(rest.find('\n'), rest.size());
        if (end > kLineBytesMax) {
            problems.add(
                line, "CONFIG-LINE-LONG", rest.substr(0, end),
                fmt::format("บรรทัดยาวเกินไป ({} ไบต์) ต้องไม่เกิน {} ไบต์ ให้แบ่งเป็นหลายบรรทัด", end, kLineBytesMax),
                fmt::format("a line of {} bytes; at most {}, break it up", end, kLineBytesMax));
            return false;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return true;
}

std::string_view line_text(std::string_view text, int line) {
    for (int i = 1; i < line; ++i) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
    text = text.substr(0, text.find('\n'));
    return text.ends_with('\r') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

void ProblemList::add(int line, std::string code, std::string_view found, std::string thai,
                      std::string english) {
    problems_.push_back({file_, line, std::move(code), quotable(found), std::move(thai), std::move(english)});
}

std::vector<Problem> ProblemList::sorted() && {
    std::ranges::stable_sort(problems_, {}, &Problem::line);
    return std::move(problems_);
}

std::optional<TomlNode> read_toml(std::string_view text, ProblemList& problems) {
    if (!fits(text, problems)) return std::nullopt;
    // Debian's library is built with exceptions and exports nothing else; none passes this border.
    try {
        const toml::table table = toml::parse(text);
        TomlNode root;
        root.kind = Kind::kTable;
        if (copy_table(table, root, 0)) return root;
        problems.add(0, "CONFIG-SYNTAX", "", fmt::format("หมวดซ้อนกันลึกเกิน {} ชั้น", kDepthMax),
                     fmt::format("sections nested more than {} deep", kDepthMax));
    } catch (const toml::parse_error& error) {
        const int line = static_cast<int>(error.source().begin.line);
        problems.add(line, "CONFIG-SYNTAX", line_text(text, line),
                     "เขียนไม่ถูกรูปแบบ TOML บรรทัดนี้อ่านไม่ได้ ตรวจเครื่องหมาย \" = [ ] และการเขียนซ้ำ แล้วลองใหม่",
                     fmt::format("this line is no TOML, so nothing after it could be read: {}",
                                 quotable(error.description())));
    } catch (const std::exception& error) {
        problems.add(0, "CONFIG-SYNTAX", "", "อ่านไฟล์ไม่ได้",
                     fmt::format("the file could not be read: {}", error.what()));
    }
    return std::nullopt;
}

TomlSection::TomlSection(const TomlNode& table, std::string name, ProblemList& problems)
    : table_(table), name_(std::move(name)), problems_(problems) {}

const TomlNode* TomlSection::any(std::string_view key) {
    asked_.emplace_back(key);
    const auto entry = std::ranges::find(table_.entries, key, &TomlEntry::key);
    return entry == table_.entries.end() ? nullptr : &entry->value;
}

const TomlNode* TomlSection::maybe(std::string_view key, TomlNode::Kind kind) {
    const TomlNode* node = any(key);
    if (node == nullptr || node->kind == kind) return node;
    const KindName allowed = kind_name(kind);
    wrong_type(*node, key, allowed.thai, allowed.english);
    return nullptr;
}

const TomlNode* TomlSection::need(std::string_view key, TomlNode::Kind kind) {
    const TomlNode* node = maybe(key, kind);
    if (std::ranges::find(table_.entries, key, &TomlEntry::key) == table_.entries.end()) missing(key);
    return node;
}

void TomlSection::missing(std::string_view key) {
    problems_.add(table_.line, "CONFIG-KEY-MISSING", "", fmt::format("{} ต้องมี {}", name_, key),
                  fmt::format("{} must have `{}`", name_, key));
}

void TomlSection::wrong_type(const TomlNode& node, std::string_view key, std::string_view allowed_thai,
                             std::string_view allowed_english) {
    problems_.add(node.line, "CONFIG-TYPE", node.text, fmt::format("{} ต้องเป็น{}", key, allowed_thai),
                  fmt::format("`{}` must be {}", key, allowed_english));
}

void TomlSection::refuse_other_keys() {
    constexpr int kNear = 2;
    for (const TomlEntry& entry : table_.entries) {
        if (std::ranges::find(asked_, entry.key) != asked_.end()) continue;
        const auto nearest = std::ranges::min_element(
            asked_, {}, [&](const std::string& known) { return edit_distance(known, entry.key); });
        std::string thai = fmt::format("{} ไม่มีช่องชื่อนี้", name_);
        std::string english = fmt::format("{} has no such key", name_);
        const int distance = nearest == asked_.end() ? kNear + 1 : edit_distance(*nearest, entry.key);
        if (distance <= kNear && distance < static_cast<int>(nearest->size())) {
            thai += fmt::format(" น่าจะเป็น {}", *nearest);
            english += fmt::format("; did you mean `{}`?", *nearest);
        } else {
            thai += fmt::format(" ที่มีได้: {}", fmt::join(asked_, ", "));
            english += fmt::format("; allowed: {}", fmt::join(asked_, ", "));
        }
        problems_.add(entry.line, "CONFIG-KEY-UNKNOWN", entry.key, std::move(thai), std::move(english));
    }
}

std::optional<std::string> shown_text(const TomlNode& node, int letters_max, ProblemList& problems) {
    if (const auto c = forbidden_character(node.text)) {
        const auto number = static_cast<std::uint32_t>(*c);
        problems.add(
            node.line, "CONFIG-TEXT-CHARACTER", node.text,
            fmt::format("มีอักขระควบคุมที่มองไม่เห็น (U+{:04X}) ให้ลบแล้วพิมพ์ใหม่ ข้อความต้องอยู่ในบรรทัดเดียว", number),
            fmt::format("holds the invisible control character U+{:04X}; a text is one plain line", number));
        return std::nullopt;
    }
    if (node.text.find_first_not_of(' ') == std::string::npos) {
        problems.add(node.line, "CONFIG-TEXT-EMPTY", node.text, "ข้อความว่าง ต้องเขียนให้ครบ",
                     "an empty text; fill it in");
        return std::nullopt;
    }
    if (const int count = letters(node.text); count > letters_max) {
        problems.add(node.line, "CONFIG-TEXT-LONG", node.text,
                     fmt::format("ยาว {} ตัวอักษร ต้องไม่เกิน {} (ไม่นับสระและวรรณยุกต์บนล่าง)", count, letters_max),
                     fmt::format("{} letters; at most {} (Thai marks above and below are not counted)", count,
                                 letters_max));
        return std::nullopt;
    }
    return node.text;
}

std::optional<Phrase> phrase_of(const TomlNode& node, std::string_view key, int letters_max,
                                TomlSection& section) {
    ProblemList& problems = section.problems();
    if (node.kind == Kind::kText) {
        auto thai = shown_text(node, letters_max, problems);
        if (!thai) return std::nullopt;
        return Phrase{*thai, *thai};
    }
    if (node.kind != Kind::kTable) {
        section.wrong_type(node, key, "ข้อความ หรือ { th = \"…\", en = \"…\" }",
                           "a text or { th = \"…\", en = \"…\" }");
        return std::nullopt;
    }
    TomlSection both(node, fmt::format("{} {}", section.name(), key), problems);
    const TomlNode* thai = both.need("th", Kind::kText);
    const TomlNode* english = both.maybe("en", Kind::kText);
    both.refuse_other_keys();
    const auto thai_text = thai == nullptr ? std::nullopt : shown_text(*thai, letters_max, problems);
    const auto english_text = english == nullptr ? thai_text : shown_text(*english, letters_max, problems);
    if (!thai_text || !english_text) return std::nullopt;
    return Phrase{*thai_text, *english_text};
}

std::optional<Phrase> maybe_phrase(TomlSection& section, std::string_view key, int letters_max) {
    const TomlNode* node = section.any(key);
    return node == nullptr ? std::nullopt : phrase_of(*node, key, letters_max, section);
}

std::optional<Phrase> need_phrase(TomlSection& section, std::string_view key, int letters_max) {
    const TomlNode* node = section.any(key);
    if (node != nullptr) return phrase_of(*node, key, letters_max, section);
    section.missing(key);
    return std::nullopt;
}

std::optional<Date> maybe_date(TomlSection& section, std::string_view key) {
    constexpr int kBeMinusCe = 543;
    constexpr int kFirstBeYear =
        2400;  // no CE year that an office will write is as late, no BE year as early
    const TomlNode* node = section.any(key);
    if (node == nullptr) return std::nullopt;
    const std::string& text = node->text;
    const bool written = node->kind == Kind::kText || node->kind == Kind::kDate;
    const bool shaped = written && text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                        std::ranges::all_of(text.substr(0, 4), [](char c) { return c >= '0' && c <= '9'; });
    const int year = shaped ? std::stoi(text.substr(0, 4)) : 0;
    if (year >= kFirstBeYear) {
        const std::string ce = fmt::format("{:04}{}", year - kBeMinusCe, text.substr(4));
        section.problems().add(
            node->line, "CONFIG-DATE-BE", text, fmt::format("{} เป็นปี พ.ศ. ไฟล์นี้ใช้ปี ค.ศ. ให้เขียน {}", year, ce),
            fmt::format("{} is a year of the Buddhist Era; write the Common Era: {}", year, ce));
        return std::nullopt;
    }
    const auto date = written ? parse_iso_date(text) : std::nullopt;
    if (date && year >= 2000) return date;
    section.problems().add(node->line, "CONFIG-DATE", text,
                           fmt::format("{} ต้องเป็นวันที่ที่มีจริง เขียนแบบ ปี ค.ศ.-เดือน-วัน เช่น \"2027-01-15\"", key),
                           fmt::format("`{}` must be a real date, year-month-day: \"2027-01-15\"", key));
    return std::nullopt;
}

std::optional<Date> need_date(TomlSection& section, std::string_view key) {
    if (section.any(key) == nullptr) section.missing(key);
    return maybe_date(section, key);
}

std::vector<const TomlNode*> list_of(TomlSection& section, std::string_view key, TomlNode::Kind kind,
                                     int at_least, int at_most) {
    std::vector<const TomlNode*> items;
    const TomlNode* list = at_least > 0 ? section.need(key, Kind::kList) : section.maybe(key, Kind::kList);
    if (list == nullptr) return items;
    const auto count = list->items.size();
    if (count < static_cast<std::size_t>(at_least) || count > static_cast<std::size_t>(at_most)) {
        section.problems().add(list->line, "CONFIG-COUNT", fmt::format("{}", count),
                               fmt::format("{} ต้องมี {} ถึง {} รายการ", key, at_least, at_most),
                               fmt::format("`{}` must hold {} to {} items", key, at_least, at_most));
    }
    for (const TomlNode& item : list->items) {
        const KindName allowed = kind_name(kind);
        if (item.kind == kind || kind == Kind::kOther) {
            items.push_back(&item);
        } else {
            section.wrong_type(item, key, allowed.thai, allowed.english);
        }
    }
    return items;
}

}  // namespace sala::record
