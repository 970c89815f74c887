// [[witness]] of office.toml.
#include <gtest/gtest.h>

#include "platform/crypto/crypto.h"
#include "sync/record/office.h"
#include "tests/sync/record/smallest_office.h"

namespace sala::record {
namespace {

constexpr const char* kUrl = "https://witness.example:8444";
constexpr const char* kPin = "sha256//ff7hEoGWLkEq+ZhylKcv7WhnPELm0919BXxIFATtZ9E=";

std::string vkey(const std::string& name, std::uint8_t type = 0x04) {
    std::string key(33, 'k');
    key[0] = static_cast<char>(type);
    const std::string hash = to_hex(crypto::sha256(bytes_of(name + "\n" + key)));
    return name + "+" + hash.substr(0, 8) + "+" + crypto::to_base64(bytes_of(key));
}

std::string table(const std::string& url, const std::string& pin, const std::string& key) {
    return fmt::format("[[witness]]\nurl = \"{}\"\npin = \"{}\"\nvkey = \"{}\"\n", url, pin, key);
}
LoadedOffice with(const std::string& tables) { return parse_office(kSmallestOffice + tables, "f"); }

// The one problem of a file; empty where there is none.
std::string problem(const std::string& tables) {
    const LoadedOffice loaded = with(tables);
    EXPECT_LE(loaded.problems.size(), 1u) << tables;
    EXPECT_EQ(loaded.problems.empty(), loaded.office.has_value());
    return loaded.problems.empty() ? "" : loaded.problems[0].text();
}

TEST(WitnessRoads, AreNoneOrSeveralEachWithItsKey) {
    EXPECT_TRUE(with("").office->witnesses.empty());
    const LoadedOffice loaded = with(table(kUrl, kPin, vkey("news.example/w")) +
                                     table("https://a.example/tlog/v1", kPin, vkey("other.example")));
    ASSERT_TRUE(loaded.office) << loaded.problems[0].text();
    ASSERT_EQ(loaded.office->witnesses.size(), 2u);
    EXPECT_EQ(loaded.office->witnesses[0].url, kUrl);
    EXPECT_EQ(loaded.office->witnesses[0].pin, kPin);
    EXPECT_EQ(loaded.office->witnesses[0].vkey, vkey("news.example/w"));
    EXPECT_EQ(loaded.office->witnesses[1].url, "https://a.example/tlog/v1");
}

TEST(WitnessRoads, EveryOtherAddressIsRefusedWithItsLine) {
    for (const char* url :
         {"", "http://a.example", "https://", "https://a.example/", "https://a.example/x/",
          "https://a.example//x", "https://a.example/x?y", "https://a.example/x#y", "https://a.example/ü",
          "https://user@a.example/x", "https://A.example/x", "https://a.example:0/x", "https:///x"}) {
        EXPECT_TRUE(problem(table(url, kPin, vkey("w"))).starts_with("f:18: CONFIG-WITNESS-URL: ")) << url;
    }
}

TEST(WitnessRoads, PinAndKeyAreCopiedWhole) {
    EXPECT_TRUE(problem(table(kUrl, "sha256//", vkey("w"))).starts_with("f:19: CONFIG-WITNESS-PIN: "));
    const std::string good = vkey("w");
    std::string other_hash = good;
    other_hash[2] = other_hash[2] == '0' ? '1' : '0';
    for (const std::string& wrong : {std::string(), std::string("w"), good.substr(0, good.size() - 1),
                                     good + "x", other_hash, vkey("w", 0x01), vkey(std::string(256, 'n'))}) {
        EXPECT_TRUE(problem(table(kUrl, kPin, wrong)).starts_with("f:20: CONFIG-WITNESS-VKEY: ")) << wrong;
    }
}

TEST(WitnessRoads, NobodyIsNamedTwiceAndTheOfficeNotAtAll) {
    EXPECT_NE(
        problem(table(kUrl, kPin, vkey("w")) + table(kUrl, kPin, vkey("w"))).find("CONFIG-WITNESS-TWICE"),
        std::string::npos);
    EXPECT_NE(problem(table(kUrl, kPin, vkey("banmai.example/sala/office"))).find("CONFIG-WITNESS-OWN"),
              std::string::npos);
}

TEST(WitnessRoads, AreAtMostEight) {
    std::string tables;
    for (int i = 0; i < kWitnessesMax; ++i) tables += table(kUrl, kPin, vkey(fmt::format("w{}", i)));
    EXPECT_EQ(problem(tables), "");
    EXPECT_NE(problem(tables + table(kUrl, kPin, vkey("more"))).find("CONFIG-COUNT"), std::string::npos);
}

TEST(WitnessRoads, NeedAllThree) {
    EXPECT_NE(problem(fmt::format("[[witness]]\nurl = \"{}\"\npin = \"{}\"\n", kUrl, kPin))
                  .find("CONFIG-KEY-MISSING"),
              std::string::npos);
}

}  // namespace
}  // namespace sala::record
