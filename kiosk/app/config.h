// The configuration that is in force: the file given, or the last good one where that has problems.
#pragma once

#include "kiosk/flow/officer.h"
#include "sync/record/office.h"

namespace sala::kiosk {

struct RunConfig {
    std::optional<record::Office> office;   // none: neither the given file nor the kept copy can be used
    std::vector<record::Problem> problems;  // of the given file; with an office, the kept copy is in force
    std::string bytes;                      // of the file in force: its hash goes into the journal

    bool kept_is_in_force() const { return office && !problems.empty(); }
    // Every problem, one line each, and what is in force: for stderr.
    std::string text() const;
};

// `config` empty: the copy kept in the data folder is the file given.
RunConfig load_config(const std::filesystem::path& config, const std::filesystem::path& data);

// For the officer: whether the configuration given last is in force, and if not, its first problems.
TestFinding config_finding(const std::vector<record::Problem>& problems);

}  // namespace sala::kiosk
