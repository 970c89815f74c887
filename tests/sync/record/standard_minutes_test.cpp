#include <gtest/gtest.h>

#include "sync/record/office.h"
#include "tests/sync/record/smallest_office.h"

namespace sala::record {
namespace {

LoadedOffice with_standard(const std::string& value) {
    return parse_office(kSmallestOffice + "standard_minutes = " + value + "\n", "f");
}

TEST(StandardMinutes, AreOfAServiceAndMayBeLeftOut) {
    for (const int minutes : {1, 15, 480}) {
        const LoadedOffice loaded = with_standard(std::to_string(minutes));
        ASSERT_TRUE(loaded.office) << minutes;
        EXPECT_EQ(loaded.office->service("clerk", "water")->standard_minutes, minutes);
    }
    EXPECT_EQ(parse_office(kSmallestOffice, "f").office->service("clerk", "water")->standard_minutes,
              std::nullopt);
}

TEST(StandardMinutes, OutsideOfADayAreAProblem) {
    for (const char* value : {"0", "481", "-5", "99999999999"}) {
        const LoadedOffice loaded = with_standard(value);
        EXPECT_FALSE(loaded.office);
        ASSERT_EQ(loaded.problems.size(), 1U) << value;
        EXPECT_EQ(loaded.problems[0].code, "CONFIG-STANDARD-MINUTES");
        EXPECT_NE(loaded.problems[0].text().find(value), std::string::npos);
    }
    EXPECT_EQ(with_standard("\"15\"").problems.at(0).code, "CONFIG-TYPE");
}

}  // namespace
}  // namespace sala::record
