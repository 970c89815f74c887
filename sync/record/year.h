// What changes by fiscal year (assets/years/<BE year>.toml) and may be unknown: an unknown is said, never guessed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sync/record/office.h"

namespace sala::record {

struct Holiday {
    Date date;
    Phrase name;
};

// Every member but the year is empty where the file says "unknown".
struct YearData {
    int year_be = 0;
    std::optional<std::string> eit_quota_rule;
    std::optional<std::vector<Holiday>> holidays;
    std::optional<std::string> satisfaction_form;  // version of the form in force
};

struct LoadedYear {
    std::optional<YearData> year;
    std::vector<Problem> problems;
};
LoadedYear load_year(const std::filesystem::path& path);

}  // namespace sala::record
