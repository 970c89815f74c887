// [sync] of office.toml.
#include <gtest/gtest.h>

#include "sync/record/office.h"
#include "tests/sync/record/smallest_office.h"

namespace sala::record {
namespace {

constexpr const char* kPin = "sha256//ff7hEoGWLkEq+ZhylKcv7WhnPELm0919BXxIFATtZ9E=";

LoadedOffice with_road(const std::string& url, const std::string& pin = kPin) {
    return parse_office(fmt::format("{}[sync]\nurl = \"{}\"\npin = \"{}\"\n", kSmallestOffice, url, pin),
                        "f");
}

TEST(SyncRoad, IsAnAddressAndAPinOrNothing) {
    EXPECT_FALSE(parse_office(kSmallestOffice, "f").office->sync);
    for (const char* url : {"https://192.168.1.5:8443", "https://office.banmai.example",
                            "https://localhost:1", "https://[::1]:8443", "https://[fe80::1]"}) {
        const LoadedOffice loaded = with_road(url);
        ASSERT_TRUE(loaded.office) << url << ": " << loaded.problems[0].text();
        EXPECT_EQ(loaded.office->sync->url, url);
        EXPECT_EQ(loaded.office->sync->pin, kPin);
    }
}

TEST(SyncRoad, EveryOtherAddressIsRefusedWithItsLine) {
    for (const char* url :
         {"", "http://a.example", "https://", "https://:8443", "https://a.example/",
          "https://a.example/bundle", "https://a.example:", "https://a.example:0", "https://a.example:65536",
          "https://user@a.example", "https://A.example", "https://a.example?x", "https://a b", "https://[::1",
          "https://[::1]x", "https://::1:8443", "https://-a"}) {
        const LoadedOffice loaded = with_road(url);
        ASSERT_EQ(loaded.problems.size(), 1u) << url;
        EXPECT_TRUE(loaded.problems[0].text().starts_with("f:18: CONFIG-SYNC-URL: "))
            << loaded.problems[0].text();
        EXPECT_FALSE(loaded.office);
    }
}

TEST(SyncRoad, EveryOtherPinIsRefusedWithItsLine) {
    const std::string pin = kPin;
    for (const std::string& wrong :
         {std::string(), std::string("sha256//..."), pin.substr(8), pin + ";" + pin,
          pin.substr(0, pin.size() - 1), "sha256//" + std::string(44, 'A'), "sha512//" + pin.substr(8),
          "sha256//" + std::string(42, 'A') + " ="}) {
        const LoadedOffice loaded = with_road("https://a.example", wrong);
        ASSERT_EQ(loaded.problems.size(), 1u) << wrong;
        EXPECT_TRUE(loaded.problems[0].text().starts_with("f:19: CONFIG-SYNC-PIN: "))
            << loaded.problems[0].text();
    }
}

TEST(SyncRoad, OneWithoutTheOtherIsMissing) {
    const LoadedOffice loaded = parse_office(kSmallestOffice + "[sync]\nurl = \"https://a.example\"\n", "f");
    ASSERT_EQ(loaded.problems.size(), 1u);
    EXPECT_NE(loaded.problems[0].text().find("CONFIG-KEY-MISSING"), std::string::npos);
}

}  // namespace
}  // namespace sala::record
