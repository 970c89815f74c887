// What changes by fiscal year (assets/years/<BE year>.toml) and may be unknown: an unknown is said, never
// guessed.
//
// The trap: an empty optional means "nobody has verified it", not "there is none". Where a report needs such
// a value, it prints "ไม่มีข้อมูล" and asks the office for the notice.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/record/office.h"

namespace sala::record {

struct Holiday {
    Date date;
    Phrase name;
};

// Percent of the total score that each instrument gives; together 100.
struct ScoreWeights {
    int iit = 0, eit = 0, oit = 0;
};

// A level of the assessment: reached with this total, and this score in each of the three instruments
// (0..100).
struct ScoreLevel {
    Phrase name;
    int total_from = 0;
    int each_from = 0;
};

// A band of the mean of a five-step scale: means above this many hundredths, up to the next band. Compare the
// unrounded mean, so that no mean falls between two bands.
struct SatisfactionBand {
    int above_hundredths = 0;  // 420: every mean above 4.20
    Phrase name;
};

// Every member but the year is empty where the file says "unknown".
struct YearData {
    int year_be = 0;
    std::optional<std::string> eit_quota_rule;              // as the notice words it
    std::map<std::string, std::optional<std::string>> oit;  // kOitSubjects -> "O9": every subject is a key
    std::optional<ScoreWeights> score_weights;
    std::optional<std::vector<ScoreLevel>> score_levels;  // highest first
    std::optional<std::vector<Holiday>> holidays;         // by date, all within the fiscal year
    std::optional<std::string> satisfaction_form;         // version of the form in force
    std::optional<std::vector<SatisfactionBand>>
        satisfaction_bands;  // highest first; the last one is above 0
};

// The subjects of the OIT list that Sala has figures for; their numbers shift every year.
inline constexpr std::string_view kOitSubjects[] = {
    "service_manual",      "service_statistics", "satisfaction_report",  "e_service",
    "complaint_procedure", "complaint_channels", "complaint_statistics", "participation",
    "integrity_report"};

struct LoadedYear {
    std::optional<YearData> year;
    std::vector<Problem> problems;
};
LoadedYear load_year(const std::filesystem::path& path);

// The same from text; `file` is the name that problems carry.
LoadedYear parse_year(std::string_view toml, const std::string& file);

}  // namespace sala::record
