// TOML read once into plain values that remember their line, and the list on which every problem is written.
//
// The trap: a key that nobody asks for is a mistake of the writer (a typing error, or a setting of another
// version), so a TomlSection counts as read only after refuse_other_keys().
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/record/office.h"

namespace sala::record {

struct TomlEntry;

struct TomlNode {
    enum class Kind { kText, kInteger, kFraction, kBoolean, kDate, kTable, kList, kOther };
    Kind kind = Kind::kOther;
    int line = 0;
    std::string text;  // kText: the text; kDate: 2027-01-15; the others: how a problem quotes them
    std::int64_t integer = 0;
    double number = 0;               // kInteger and kFraction
    std::vector<TomlEntry> entries;  // kTable
    std::vector<TomlNode> items;     // kList
};

struct TomlEntry {
    std::string key;
    int line = 0;
    TomlNode value;
};

class ProblemList {
  public:
    explicit ProblemList(std::string file) : file_(std::move(file)) {}

    // `found` is quoted safely for a terminal.
    void add(int line, std::string code, std::string_view found, std::string thai, std::string english);
    bool empty() const { return problems_.empty(); }
    std::size_t size() const { return problems_.size(); }
    // By line; those of one line in the order in which they were found.
    std::vector<Problem> sorted() &&;

  private:
    std::string file_;
    std::vector<Problem> problems_;
};

// The whole file as one table. Problems: CONFIG-FILE-TOO-LARGE, CONFIG-UTF8, CONFIG-LINE-LONG, CONFIG-SYNTAX
// (one, for TOML cannot be read past it).
std::optional<TomlNode> read_toml(std::string_view text, ProblemList& problems);

// One table of the file: its keys are asked for one by one.
class TomlSection {
  public:
    // REQUIRES: table.kind == kTable; table and problems outlive the section. `name` is how problems call it:
    // "[eit]".
    TomlSection(const TomlNode& table, std::string name, ProblemList& problems);

    int line() const { return table_.line; }
    const std::string& name() const { return name_; }
    ProblemList& problems() { return problems_; }

    // The value of a key, whatever it is; nullptr where the key is absent.
    const TomlNode* any(std::string_view key);
    // The same of one kind; another kind is CONFIG-TYPE and gives nullptr.
    const TomlNode* maybe(std::string_view key, TomlNode::Kind kind);
    // The same; absent is CONFIG-KEY-MISSING.
    const TomlNode* need(std::string_view key, TomlNode::Kind kind);

    // Writes CONFIG-KEY-MISSING and CONFIG-TYPE for those who use any().
    void missing(std::string_view key);
    void wrong_type(const TomlNode& node, std::string_view key, std::string_view allowed_thai,
                    std::string_view allowed_english);

    // CONFIG-KEY-UNKNOWN for each key that was not asked for, with the nearest one that was.
    void refuse_other_keys();

  private:
    const TomlNode& table_;
    std::string name_;
    ProblemList& problems_;
    std::vector<std::string> asked_;
};

// A text for people: not empty, at most `letters_max` letters, nothing forbidden (CONFIG-TEXT-EMPTY, -LONG,
// -CHARACTER). REQUIRES: node.kind == kText.
std::optional<std::string> shown_text(const TomlNode& node, int letters_max, ProblemList& problems);

// "ไทย" or { th = "ไทย", en = "English" }; English defaults to the Thai.
std::optional<Phrase> phrase_of(const TomlNode& node, std::string_view key, int letters_max,
                                TomlSection& section);
std::optional<Phrase> maybe_phrase(TomlSection& section, std::string_view key, int letters_max);
std::optional<Phrase> need_phrase(TomlSection& section, std::string_view key, int letters_max);

// A date of the Common Era, "2027-01-15" with or without quotes (CONFIG-DATE, CONFIG-DATE-BE).
std::optional<Date> need_date(TomlSection& section, std::string_view key);
std::optional<Date> maybe_date(TomlSection& section, std::string_view key);

// A list within limits (CONFIG-COUNT), its items of one kind (CONFIG-TYPE); nothing where the key is absent.
std::vector<const TomlNode*> list_of(TomlSection& section, std::string_view key, TomlNode::Kind kind,
                                     int at_least, int at_most);

}  // namespace sala::record
