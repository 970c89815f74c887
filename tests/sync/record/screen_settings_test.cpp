// [display] and [[announcement]] of office.toml.
#include <gtest/gtest.h>

#include <algorithm>

#include "sync/record/office.h"
#include "tests/sync/record/smallest_office.h"

namespace sala::record {
namespace {

std::string all_texts(const std::vector<Problem>& problems) {
    std::string out;
    for (const Problem& problem : problems) out += problem.text() + "\n";
    return out;
}

TEST(ScreenSettings, TakesTheDisplaysSizeAsAWholeNumberOrAFraction) {
    EXPECT_FALSE(parse_office(kSmallestOffice, "f").office->display_diagonal_inches);
    EXPECT_EQ(parse_office(kSmallestOffice + "[display]\ndiagonal_inches = 21.5\n", "f")
                  .office->display_diagonal_inches,
              21.5);
    EXPECT_EQ(parse_office(kSmallestOffice + "[display]\ndiagonal_inches = 10\n", "f")
                  .office->display_diagonal_inches,
              10.0);
}

TEST(ScreenSettings, ShowsAnAnnouncementOnItsDaysAndWithoutDaysAlways) {
    const LoadedOffice loaded = parse_office(
        kSmallestOffice +
            "[[announcement]]\ntext = { th = \"ก\", en = \"a\" }\nfirst = \"2027-01-04\"\nlast = 2027-04-30\n"
            "[[announcement]]\ntext = \"ข\"\n",
        "f");
    ASSERT_TRUE(loaded.office) << all_texts(loaded.problems);
    ASSERT_EQ(loaded.office->announcements.size(), 2u);
    const Announcement& bounded = loaded.office->announcements[0];
    EXPECT_EQ(bounded.text.english, "a");
    EXPECT_FALSE(bounded.shown_on(*parse_iso_date("2027-01-03")));
    EXPECT_TRUE(bounded.shown_on(*parse_iso_date("2027-01-04")));
    EXPECT_TRUE(bounded.shown_on(*parse_iso_date("2027-04-30")));
    EXPECT_FALSE(bounded.shown_on(*parse_iso_date("2027-05-01")));
    EXPECT_TRUE(loaded.office->announcements[1].shown_on(*parse_iso_date("2099-12-31")));
}

TEST(ScreenSettings, NamesWhatIsWrongWithTheDisplayAndTheAnnouncements) {
    const int last = static_cast<int>(std::ranges::count(kSmallestOffice, '\n'));
    const auto problems_of = [&](const std::string& more) {
        const LoadedOffice loaded = parse_office(kSmallestOffice + more, "f");
        std::string out;
        for (const Problem& problem : loaded.problems) {
            out += fmt::format("{} {};", problem.line - last, problem.code);
        }
        return out;
    };
    EXPECT_EQ(problems_of("[display]\ndiagonal_inches = 3.9\n"), "2 CONFIG-DISPLAY-SIZE;");
    EXPECT_EQ(problems_of("[display]\ndiagonal_inches = 101\n"), "2 CONFIG-DISPLAY-SIZE;");
    EXPECT_EQ(problems_of("[display]\ndiagonal_inches = nan\n"), "2 CONFIG-DISPLAY-SIZE;");
    EXPECT_EQ(problems_of("[display]\ndiagonal_inches = \"21\"\n"), "2 CONFIG-TYPE;");
    EXPECT_EQ(problems_of("[[announcement]]\n"), "1 CONFIG-KEY-MISSING;");
    EXPECT_EQ(problems_of("[[announcement]]\ntext = \"" + std::string(201, 'a') + "\"\n"),
              "2 CONFIG-TEXT-LONG;");
    EXPECT_EQ(problems_of("[[announcement]]\ntext = \"a\"\nfirst = \"2570-01-04\"\n"), "3 CONFIG-DATE-BE;");
    EXPECT_EQ(problems_of("[[announcement]]\ntext = \"a\"\nfirst = 2027-01-02\nlast = 2027-01-01\n"),
              "1 CONFIG-ANNOUNCEMENT-DAYS;");
    std::string many;
    for (int i = 0; i <= kAnnouncementsMax; ++i) many += "[[announcement]]\ntext = \"a\"\n";
    EXPECT_EQ(problems_of(many), "1 CONFIG-COUNT;");
    const LoadedOffice near = parse_office(kSmallestOffice + "[display]\ndiagonal_inch = 21.5\n", "f");
    ASSERT_EQ(near.problems.size(), 1u);
    EXPECT_NE(near.problems[0].english.find("did you mean `diagonal_inches`?"), std::string::npos);
}

}  // namespace
}  // namespace sala::record
