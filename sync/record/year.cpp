#include "sync/record/year.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/base/files.h"
#include "sync/record/toml_reader.h"

namespace sala::record {

namespace {

using Kind = TomlNode::Kind;

constexpr int kFirstYearBe = 2560;
constexpr int kLastYearBe = 2700;
constexpr int kHolidaysMax = 60;
constexpr int kLevelsMax = 10;
constexpr int kNameLettersMax = 80;
constexpr int kRuleLettersMax = 200;
constexpr int kVersionLettersMax = 40;

// The value of a key that must be there, and may be "unknown": then, and where it is missing, nullptr.
const TomlNode* known(TomlSection& section, std::string_view key) {
    const TomlNode* node = section.any(key);
    if (node == nullptr) {
        section.problems().add(
            section.line(), "CONFIG-KEY-MISSING", "",
            fmt::format("{} ต้องมี {} ถ้ายังไม่ทราบให้เขียน \"unknown\"", section.name(), key),
            fmt::format("{} must have `{}`; where nobody knows, write \"unknown\"", section.name(), key));
        return nullptr;
    }
    return node->kind == Kind::kText && node->text == "unknown" ? nullptr : node;
}

const TomlNode* known(TomlSection& section, std::string_view key, Kind kind) {
    return known(section, key) == nullptr ? nullptr : section.maybe(key, kind);
}

std::optional<std::string> known_text(TomlSection& section, std::string_view key, int letters_max) {
    const TomlNode* node = known(section, key, Kind::kText);
    return node == nullptr ? std::nullopt : shown_text(*node, letters_max, section.problems());
}

int need_number(TomlSection& section, std::string_view key, int at_least, int at_most) {
    const TomlNode* node = section.need(key, Kind::kInteger);
    if (node == nullptr) return at_least;
    if (node->integer >= at_least && node->integer <= at_most) return static_cast<int>(node->integer);
    section.problems().add(node->line, "CONFIG-YEAR-NUMBER", node->text,
                           fmt::format("{} ต้องเป็น {} ถึง {}", key, at_least, at_most),
                           fmt::format("`{}` must be {} to {}", key, at_least, at_most));
    return at_least;
}

// One TomlSection per item of a list that may be "unknown"; `read` makes the value.
template <typename T, typename Read>
std::optional<std::vector<T>> known_list(TomlSection& section, std::string_view key, int at_most, Read read) {
    if (known(section, key) == nullptr) return std::nullopt;
    std::vector<T> out;
    for (const TomlNode* item : list_of(section, key, Kind::kTable, 1, at_most)) {
        TomlSection entry(*item, fmt::format("{} {}", section.name(), key), section.problems());
        out.push_back(read(entry));
        entry.refuse_other_keys();
    }
    return out;
}

// `number_of` must fall from one item to the next.
template <typename T, typename Number>
void refuse_unsorted(const std::optional<std::vector<T>>& items, TomlSection& section, std::string_view key,
                     Number number_of) {
    // Sought: a neighbour that does not fall.
    if (!items || std::ranges::adjacent_find(*items, std::ranges::less_equal{}, number_of) == items->end())
        return;
    section.problems().add(section.any(key)->line, "CONFIG-YEAR-ORDER", "",
                           fmt::format("{} ต้องเรียงจากสูงไปต่ำ และไม่ซ้ำกัน", key),
                           fmt::format("`{}` must go from the highest to the lowest, each different", key));
}

void read_oit(const TomlNode& table, YearData& year, ProblemList& problems) {
    TomlSection section(table, "[oit]", problems);
    for (const std::string_view subject : kOitSubjects) {
        auto& number = year.oit[std::string{subject}];
        const TomlNode* node = known(section, subject, Kind::kText);
        if (node == nullptr) continue;
        const std::string& text = node->text;
        const auto digit = [](char c) { return c >= '0' && c <= '9'; };
        if (text.size() >= 2 && text.size() <= 3 && text[0] == 'O' && text[1] != '0' &&
            std::all_of(text.begin() + 1, text.end(), digit)) {
            number = text;
            continue;
        }
        problems.add(node->line, "CONFIG-YEAR-OIT", text,
                     "ข้อ OIT เขียนด้วยอักษร O ตัวใหญ่และเลขอารบิก เช่น \"O9\" หรือ \"unknown\"",
                     "an OIT item is a capital letter O and a number, \"O9\", or \"unknown\"");
    }
    section.refuse_other_keys();
}

void read_scores(const TomlNode& table, YearData& year, ProblemList& problems) {
    TomlSection section(table, "[scores]", problems);
    if (const TomlNode* node = known(section, "weights", Kind::kTable)) {
        TomlSection weights(*node, "[scores] weights", problems);
        const ScoreWeights read{need_number(weights, "iit", 0, 100), need_number(weights, "eit", 0, 100),
                                need_number(weights, "oit", 0, 100)};
        weights.refuse_other_keys();
        if (read.iit + read.eit + read.oit != 100) {
            problems.add(node->line, "CONFIG-YEAR-WEIGHTS",
                         fmt::format("{}+{}+{}", read.iit, read.eit, read.oit),
                         "น้ำหนักคะแนนสามส่วนต้องรวมกันได้ 100", "the three weights must add up to 100");
        }
        year.score_weights = read;
    }
    year.score_levels = known_list<ScoreLevel>(section, "levels", kLevelsMax, [](TomlSection& level) {
        return ScoreLevel{need_phrase(level, "name", kNameLettersMax).value_or(Phrase{}),
                          need_number(level, "total_from", 0, 100), need_number(level, "each_from", 0, 100)};
    });
    refuse_unsorted(year.score_levels, section, "levels", &ScoreLevel::total_from);
    section.refuse_other_keys();
}

void read_satisfaction(const TomlNode& table, YearData& year, ProblemList& problems) {
    TomlSection section(table, "[satisfaction]", problems);
    year.satisfaction_form = known_text(section, "form", kVersionLettersMax);
    year.satisfaction_bands =
        known_list<SatisfactionBand>(section, "bands", kLevelsMax, [](TomlSection& band) {
            return SatisfactionBand{need_number(band, "above_hundredths", 0, 499),
                                    need_phrase(band, "name", kNameLettersMax).value_or(Phrase{})};
        });
    refuse_unsorted(year.satisfaction_bands, section, "bands", &SatisfactionBand::above_hundredths);
    if (year.satisfaction_bands && !year.satisfaction_bands->empty() &&
        year.satisfaction_bands->back().above_hundredths != 0) {
        problems.add(section.any("bands")->line, "CONFIG-YEAR-BANDS", "",
                     "ช่วงต่ำสุดต้องเริ่มที่ above_hundredths = 0 เพื่อให้ทุกค่าเฉลี่ยอยู่ในช่วงใดช่วงหนึ่ง",
                     "the lowest band must have above_hundredths = 0, so that every mean falls in one");
    }
    section.refuse_other_keys();
}

void read_holidays(TomlSection& root, YearData& year, ProblemList& problems) {
    const DateRange range = fiscal_year(year.year_be);
    year.holidays = known_list<Holiday>(root, "holidays", kHolidaysMax, [&](TomlSection& holiday) {
        const Date date = need_date(holiday, "date").value_or(range.first);
        if (date < range.first || date > range.last) {
            problems.add(holiday.line(), "CONFIG-YEAR-HOLIDAY", iso_date(date),
                         fmt::format("วันหยุดต้องอยู่ในปีงบประมาณ {} ({} ถึง {})", year.year_be,
                                     iso_date(range.first), iso_date(range.last)),
                         fmt::format("a holiday of fiscal year {} lies between {} and {}", year.year_be,
                                     iso_date(range.first), iso_date(range.last)));
        }
        return Holiday{date, need_phrase(holiday, "name", kNameLettersMax).value_or(Phrase{})};
    });
    if (year.holidays) std::ranges::sort(*year.holidays, {}, &Holiday::date);
}

YearData read_year(const TomlNode& table, ProblemList& problems) {
    YearData year;
    TomlSection root(table, "ไฟล์นี้ (this file)", problems);
    year.year_be = need_number(root, "year", kFirstYearBe, kLastYearBe);
    if (const TomlNode* eit = root.need("eit", Kind::kTable)) {
        TomlSection section(*eit, "[eit]", problems);
        year.eit_quota_rule = known_text(section, "quota_rule", kRuleLettersMax);
        section.refuse_other_keys();
    }
    if (const TomlNode* oit = root.need("oit", Kind::kTable)) read_oit(*oit, year, problems);
    if (const TomlNode* scores = root.need("scores", Kind::kTable)) read_scores(*scores, year, problems);
    if (const TomlNode* form = root.need("satisfaction", Kind::kTable))
        read_satisfaction(*form, year, problems);
    read_holidays(root, year, problems);
    root.refuse_other_keys();
    return year;
}

}  // namespace

LoadedYear parse_year(std::string_view toml, const std::string& file) {
    LoadedYear loaded;
    ProblemList problems(file);
    if (const auto root = read_toml(toml, problems)) {
        YearData year = read_year(*root, problems);
        if (problems.empty()) loaded.year = std::move(year);
    }
    loaded.problems = std::move(problems).sorted();
    return loaded;
}

LoadedYear load_year(const std::filesystem::path& path) {
    const auto bytes = read_file(path, kOfficeBytesMax);
    if (bytes) return parse_year(*bytes, path.string());
    const Error& error = bytes.error();
    const char* code = error.code == "FILE-TOO-LARGE" ? "CONFIG-FILE-TOO-LARGE" : "CONFIG-FILE-UNREADABLE";
    return {std::nullopt, {{path.string(), 0, code, "", error.thai, error.english}}};
}

}  // namespace sala::record
