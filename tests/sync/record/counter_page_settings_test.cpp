// [counter_page] of office.toml.
#include <gtest/gtest.h>

#include "sync/record/office.h"
#include "tests/sync/record/smallest_office.h"

namespace sala::record {
namespace {

LoadedOffice with_page(const std::string& listen) {
    return parse_office(fmt::format("{}[counter_page]\nlisten = \"{}\"\n", kSmallestOffice, listen), "f");
}

TEST(CounterPageSettings, AreOneAddressAndPortOrNothing) {
    EXPECT_FALSE(parse_office(kSmallestOffice, "f").office->counter_page);
    struct Case {
        const char* text;
        ListenAt at;
    };
    const Case cases[] = {{"192.168.1.10:8445", {"192.168.1.10", 8445}},
                          {"127.0.0.1:1024", {"127.0.0.1", 1024}},
                          {"[fd00::10]:65535", {"fd00::10", 65535}},
                          {"[::1]:8445", {"::1", 8445}}};
    for (const auto& [text, at] : cases) {
        const LoadedOffice loaded = with_page(text);
        ASSERT_TRUE(loaded.office) << text << ": " << loaded.problems[0].text();
        EXPECT_EQ(loaded.office->counter_page, at) << text;
    }
}

TEST(CounterPageSettings, EverythingElseIsRefusedWithItsLine) {
    for (const char* text : {"",
                             "192.168.1.10",
                             "192.168.1.10:",
                             ":8445",
                             "192.168.1.10:1023",
                             "192.168.1.10:65536",
                             "192.168.1.10:08445",
                             "192.168.1.10:8445x",
                             "0.0.0.0:8445",
                             "224.0.0.1:8445",
                             "[::]:8445",
                             "[ff02::1]:8445",
                             "[fe80::1]:8445",
                             "fd00::10:8445",
                             "[fd00::10]8445",
                             "[fd00::10",
                             "[FD00::10]:8445",
                             "[fd00:0::10]:8445",
                             "[192.168.1.10]:8445",
                             "kiosk.example:8445",
                             "localhost:8445",
                             "https://192.168.1.10:8445",
                             "192.168.001.010:8445",
                             "[]:8445"}) {
        const LoadedOffice loaded = with_page(text);
        ASSERT_EQ(loaded.problems.size(), 1u) << text;
        EXPECT_TRUE(loaded.problems[0].text().starts_with("f:18: CONFIG-COUNTER-PAGE-LISTEN: "))
            << loaded.problems[0].text();
        EXPECT_FALSE(loaded.office);
    }
}

TEST(CounterPageSettings, ASectionWithoutAddressIsMissingIt) {
    const LoadedOffice loaded = parse_office(kSmallestOffice + "[counter_page]\n", "f");
    ASSERT_EQ(loaded.problems.size(), 1u);
    EXPECT_NE(loaded.problems[0].text().find("CONFIG-KEY-MISSING"), std::string::npos);
}

}  // namespace
}  // namespace sala::record
