// What is spoken, word by word.
#include "kiosk/counter/saying.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sala::kiosk {
namespace {

record::Counter counter(const std::string& thai) { return {"c", {thai, "Counter"}, "clerk"}; }

std::string words(const std::string& number, const std::string& name) {
    return saying_of(number, counter(name)).text;
}

TEST(Saying, IsTheWholeSentence) {
    const Saying saying = saying_of("A001", counter("ช่องบริการ 1"));
    EXPECT_EQ(saying.text, "ขอเชิญหมายเลข เอ ศูนย์ ศูนย์ หนึ่ง ที่ช่องบริการ หนึ่ง ค่ะ");
    EXPECT_EQ(saying.clips, (std::vector<std::string>{"please", "letter-a", "digit-0", "digit-0", "digit-1",
                                                      "at-counter", "digit-1", "polite"}));
}

TEST(Saying, LettersAndDigitsAreSpokenOneByOne) {
    EXPECT_EQ(words("W987", "ช่อง 2"), "ขอเชิญหมายเลข ดับเบิลยู เก้า แปด เจ็ด ที่ช่องบริการ สอง ค่ะ");
    EXPECT_EQ(words("Z456", "ช่อง 2"), "ขอเชิญหมายเลข แซด สี่ ห้า หก ที่ช่องบริการ สอง ค่ะ");
}

TEST(Saying, CountersAreCountedAsThaisCount) {
    struct Case {
        const char* name;
        const char* spoken;
    };
    const Case cases[] = {{"ช่องบริการ 10", "สิบ"},        {"ช่องบริการ 11", "สิบเอ็ด"},
                          {"ช่องบริการ 12", "สิบสอง"},     {"ช่องบริการ 20", "ยี่สิบ"},
                          {"ช่องบริการ 21", "ยี่สิบเอ็ด"},    {"ช่องบริการ 35", "สามสิบห้า"},
                          {"ช่องบริการ ๑๑", "สิบเอ็ด"},     {"๙", "เก้า"},
                          {"ช่อง 91 กองคลัง", "เก้าสิบเอ็ด"}};
    for (const auto& [name, spoken] : cases) {
        EXPECT_EQ(words("A1", name), std::string("ขอเชิญหมายเลข เอ หนึ่ง ที่ช่องบริการ ") + spoken + " ค่ะ");
    }
    EXPECT_EQ(saying_of("", counter("ช่อง 21")).clips,
              (std::vector<std::string>{"please", "at-counter", "twenty", "ten", "eleven", "polite"}));
}

TEST(Saying, ACounterWithoutOneNumberIsSpokenByItsName) {
    for (const char* name : {"ช่องการเงิน", "ชั้น 2 ช่อง 3", "ช่อง 100", "ช่อง 0", "ช่อง 007"}) {
        const Saying saying = saying_of("A1", counter(name));
        EXPECT_EQ(saying.text, std::string("ขอเชิญหมายเลข เอ หนึ่ง ที่") + name + " ค่ะ");
        EXPECT_EQ(saying.clips.at(3), "counter-c");
    }
}

TEST(Saying, EveryClipOfTheDemoOfficeIsNamedOnce) {
    const auto office = record::load_office(SALA_SOURCE_DIR "/assets/demo/office.toml").office.value();
    const std::vector<std::string> clips = clips_of(office);
    EXPECT_TRUE(std::ranges::is_sorted(clips));
    EXPECT_EQ(std::ranges::adjacent_find(clips), clips.end());
    for (const record::Counter& each : office.counters) {
        for (const std::string& clip : saying_of("B987", each).clips) {
            EXPECT_TRUE(std::ranges::binary_search(clips, clip)) << clip;
        }
    }
}

}  // namespace
}  // namespace sala::kiosk
