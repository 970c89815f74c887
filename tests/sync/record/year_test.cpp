#include "sync/record/year.h"

#include <gtest/gtest.h>

namespace sala::record {
namespace {

// Invented values: what a year looks like once everything is known.
const std::string kKnown = R"(year = 2575
[eit]
quota_rule = "ร้อยละ 10"
[oit]
service_manual = "O9"
service_statistics = "O11"
satisfaction_report = "unknown"
e_service = "O10"
complaint_procedure = "O17"
complaint_channels = "O18"
complaint_statistics = "O19"
participation = "O20"
integrity_report = "O26"
[scores]
weights = { iit = 30, eit = 30, oit = 40 }
levels = [
  { name = "สูง", total_from = 85, each_from = 85 },
  { name = "ต่ำ", total_from = 0, each_from = 0 },
]
[satisfaction]
form = "2575-1"
bands = [{ above_hundredths = 300, name = "มาก" }, { above_hundredths = 0, name = "น้อย" }]
[[holidays]]
date = "2032-04-13"
name = "สงกรานต์"
[[holidays]]
date = "2032-01-01"
name = "ปีใหม่"
)";

std::string summary(const std::vector<Problem>& problems) {
    std::string out;
    for (const Problem& problem : problems) {
        out += (out.empty() ? "" : ", ") + std::to_string(problem.line) + " " + problem.code;
    }
    return out;
}

TEST(Year2570, LoadsAndClaimsNothingUnverified) {
    const auto loaded = load_year(std::filesystem::path(SALA_SOURCE_DIR) / "assets/years/2570.toml");
    ASSERT_TRUE(loaded.year) << summary(loaded.problems);
    const YearData& year = *loaded.year;
    EXPECT_EQ(year.year_be, 2570);
    EXPECT_FALSE(year.eit_quota_rule);
    EXPECT_FALSE(year.score_weights);
    EXPECT_FALSE(year.score_levels);
    EXPECT_FALSE(year.holidays);
    EXPECT_FALSE(year.satisfaction_form);
    EXPECT_EQ(year.oit.size(), std::size(kOitSubjects));
    for (const auto& [subject, number] : year.oit) EXPECT_FALSE(number) << subject;
    ASSERT_TRUE(year.satisfaction_bands);
    EXPECT_EQ(year.satisfaction_bands->size(), 5u);
    EXPECT_EQ(year.satisfaction_bands->front().above_hundredths, 420);
}

TEST(Year, IsReadAsWritten) {
    const auto loaded = parse_year(kKnown, "2575.toml");
    ASSERT_TRUE(loaded.year) << summary(loaded.problems);
    const YearData& year = *loaded.year;
    EXPECT_EQ(year.eit_quota_rule, "ร้อยละ 10");
    EXPECT_EQ(year.oit.at("service_manual"), "O9");
    EXPECT_EQ(year.oit.at("satisfaction_report"), std::nullopt);
    EXPECT_EQ(year.score_weights->oit, 40);
    EXPECT_EQ(year.score_levels->at(0).total_from, 85);
    EXPECT_EQ(year.satisfaction_form, "2575-1");
    EXPECT_EQ(year.satisfaction_bands->at(0).name.thai, "มาก");
    ASSERT_EQ(year.holidays->size(), 2u);
    EXPECT_EQ(year.holidays->at(0).name.thai, "ปีใหม่");  // sorted by date
}

TEST(BrokenYear, IsRefusedWithCodeAndLine) {
    struct Case {
        const char *from, *to, *problems;
    };
    for (const Case& c : {
             Case{"year = 2575", "year = 2032",
                  "1 CONFIG-YEAR-NUMBER, 23 CONFIG-YEAR-HOLIDAY, 26 CONFIG-YEAR-HOLIDAY"},
             {"quota_rule = \"ร้อยละ 10\"\n", "", "2 CONFIG-KEY-MISSING"},
             {"quota_rule = \"ร้อยละ 10\"", "quota_rule = 10", "3 CONFIG-TYPE"},
             {"\"O9\"", "\"o9\"", "5 CONFIG-YEAR-OIT"},
             {"\"O9\"", "\"O\"", "5 CONFIG-YEAR-OIT"},
             {"\"O9\"", "\"O09\"", "5 CONFIG-YEAR-OIT"},
             {"\"O9\"", "\"unknwon\"", "5 CONFIG-YEAR-OIT"},
             {"e_service", "eservice", "4 CONFIG-KEY-MISSING, 8 CONFIG-KEY-UNKNOWN"},
             {"oit = 40", "oit = 41", "15 CONFIG-YEAR-WEIGHTS"},
             {"oit = 40", "oit = -40", "15 CONFIG-YEAR-NUMBER, 15 CONFIG-YEAR-WEIGHTS"},
             {"total_from = 85", "total_from = 101", "16 CONFIG-YEAR-ORDER, 17 CONFIG-YEAR-NUMBER"},
             {"total_from = 85", "total_from = 0", "16 CONFIG-YEAR-ORDER"},
             {"above_hundredths = 300", "above_hundredths = 0", "22 CONFIG-YEAR-ORDER"},
             {"above_hundredths = 0", "above_hundredths = 1", "22 CONFIG-YEAR-BANDS"},
             {"\"2032-04-13\"", "\"2032-10-01\"", "23 CONFIG-YEAR-HOLIDAY"},
             {"\"2032-04-13\"", "\"2575-04-13\"", "24 CONFIG-DATE-BE"},
         }) {
        std::string text = kKnown;
        const auto at = text.find(c.from);
        ASSERT_NE(at, std::string::npos) << c.from;
        const auto loaded = parse_year(text.replace(at, std::string_view(c.from).size(), c.to), "2575.toml");
        EXPECT_EQ(summary(loaded.problems), c.problems) << c.from << " -> " << c.to;
        EXPECT_FALSE(loaded.year);
    }
}

TEST(YearFile, ThatIsMissingIsAProblemOfTheFile) {
    const auto loaded = load_year(std::filesystem::path(SALA_SOURCE_DIR) / "assets/years/2500.toml");
    EXPECT_EQ(summary(loaded.problems), "0 CONFIG-FILE-UNREADABLE");
    EXPECT_FALSE(loaded.year);
}

}  // namespace
}  // namespace sala::record
