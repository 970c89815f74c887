#include "kiosk/app/config.h"

#include <fmt/format.h>

#include "kiosk/app/commands.h"

namespace sala::kiosk {
namespace {

constexpr std::size_t kProblemsShown = 3;

}  // namespace

std::string RunConfig::text() const {
    std::string out;
    for (const record::Problem& problem : problems) out += problem.text() + "\n";
    if (kept_is_in_force()) {
        out +=
            "CONFIG-KEPT: ไฟล์ตั้งค่าใหม่มีปัญหาข้างต้น จึงใช้ค่าเดิมที่ใช้ได้ล่าสุด (the new configuration has the problems "
            "above; the last good one stays in force)\n";
    }
    return out;
}

RunConfig load_config(const std::filesystem::path& config, const std::filesystem::path& data) {
    const std::filesystem::path kept = kept_config_path(data);
    record::LoadedOffice given = record::load_office(config.empty() ? kept : config);
    if (given.office || config.empty()) {
        return {std::move(given.office), std::move(given.problems), std::move(given.bytes)};
    }
    record::LoadedOffice last = record::load_office(kept);
    return {std::move(last.office), std::move(given.problems), std::move(last.bytes)};
}

TestFinding config_finding(const std::vector<record::Problem>& problems) {
    TestFinding finding{TestFinding::Kind::kConfig, problems.empty(), "ไฟล์ตั้งค่าใช้ได้",
                        "The configuration is fine"};
    if (finding.good) return finding;
    finding.thai = fmt::format("ไฟล์ตั้งค่าใหม่มีปัญหา {} จุด จึงใช้ค่าเดิม", problems.size());
    finding.english = fmt::format("The new configuration has {} problem{}; the last good one is in force",
                                  problems.size(), problems.size() == 1 ? "" : "s");
    for (std::size_t i = 0; i < std::min(problems.size(), kProblemsShown); ++i) {
        const record::Problem& problem = problems[i];
        if (problem.line > 0) {
            finding.thai += fmt::format(" · บรรทัด {}: {}", problem.line, problem.thai);
            finding.english += fmt::format(" · line {}: {}", problem.line, problem.english);
        } else {
            finding.thai += " · " + problem.thai;
            finding.english += " · " + problem.english;
        }
    }
    return finding;
}

}  // namespace sala::kiosk
