// [board] and [[number_pad]] of office.toml.
#include <gtest/gtest.h>

#include "sync/record/office.h"
#include "tests/sync/record/smallest_office.h"

namespace sala::record {
namespace {

constexpr const char* kPad = "/dev/input/by-id/usb-1234_Keypad-event-kbd";

LoadedOffice with(const std::string& more) { return parse_office(kSmallestOffice + more, "f"); }

std::string problems(const LoadedOffice& loaded) {
    std::string all;
    for (const Problem& problem : loaded.problems)
        all += problem.text().substr(0, problem.text().find(": ", 8)) + "\n";
    return all;
}

TEST(BoardSettings, AreOffUntilTheyAreAskedFor) {
    EXPECT_EQ(with("").office->board, BoardSettings{});
    EXPECT_TRUE(with("").office->number_pads.empty());
    EXPECT_FALSE(with("").office->counters_call());
    const LoadedOffice both = with("[board]\ndisplay = true\nvoice = false\n");
    ASSERT_TRUE(both.office) << problems(both);
    EXPECT_EQ(both.office->board, (BoardSettings{true, false}));
    EXPECT_EQ(with("[board]\ndisplay = false\nvoice = true\n").office->board, (BoardSettings{false, true}));
}

TEST(BoardSettings, SayBothOrNothing) {
    EXPECT_EQ(problems(with("[board]\n")), "f:17: CONFIG-KEY-MISSING\nf:17: CONFIG-KEY-MISSING\n");
    EXPECT_EQ(problems(with("[board]\ndisplay = \"yes\"\nvoice = 1\nloudness = 3\n")),
              "f:18: CONFIG-TYPE\nf:19: CONFIG-TYPE\nf:20: CONFIG-KEY-UNKNOWN\n");
}

constexpr const char* kCounter = "[[division.counter]]\nid = \"c1\"\nname = \"ช่อง 1\"\n";

LoadedOffice with_pad(const std::string& device, const std::string& counter = "c1") {
    return with(
        fmt::format("{}[[number_pad]]\ndevice = \"{}\"\ncounter = \"{}\"\n", kCounter, device, counter));
}

TEST(NumberPadSettings, NameADeviceAndACounter) {
    const LoadedOffice loaded = with_pad(kPad);
    ASSERT_TRUE(loaded.office) << problems(loaded);
    EXPECT_EQ(loaded.office->number_pads, (std::vector<NumberPad>{{kPad, "c1"}}));
    EXPECT_TRUE(with_pad("/dev/input/by-path/pci-0000:00:14.0-usb-0:2:1.0-event-kbd").office);
}

// Tickets that a counter calls are not all served at the close, as those are of an office where nobody calls.
TEST(NumberPadSettings, MakeTheOfficeOneWhoseCountersCall) {
    EXPECT_EQ(with(kCounter).office->close_rule(), QueueClose::kServed);
    EXPECT_TRUE(with_pad(kPad).office->counters_call());
    EXPECT_EQ(with_pad(kPad).office->close_rule(), QueueClose::kEnded);
}

TEST(NumberPadSettings, ADeviceWhoseNameChangesIsRefused) {
    for (const char* wrong :
         {"", "/dev/input/event3", "/dev/input/by-id/", "/dev/input/by-id/..", "/dev/input/by-id/a/b",
          "/dev/input/by-id/../event3", "/dev/input/by-id/a b", "usb-1234_Keypad-event-kbd",
          "/dev/input/by-uuid/x", "/tmp/dev/input/by-id/x"}) {
        EXPECT_EQ(problems(with_pad(wrong)), "f:21: CONFIG-NUMBER-PAD-DEVICE\n") << wrong;
    }
}

TEST(NumberPadSettings, ACounterThatIsNotThereIsRefused) {
    EXPECT_EQ(problems(with_pad(kPad, "c2")), "f:22: CONFIG-NUMBER-PAD-COUNTER\n");
}

TEST(NumberPadSettings, OnePadIsOfOneCounterAndACounterMayHaveTwo) {
    const std::string again = fmt::format("[[number_pad]]\ndevice = \"{}\"\ncounter = \"c1\"\n", kPad);
    EXPECT_EQ(problems(with(kCounter + again + again)), "f:24: CONFIG-NUMBER-PAD-TWICE\n");
    EXPECT_TRUE(
        with(fmt::format("{}{}[[number_pad]]\ndevice = \"{}2\"\ncounter = \"c1\"\n", kCounter, again, kPad))
            .office);
    EXPECT_EQ(problems(with(std::string(kCounter) + "[[number_pad]]\n")),
              "f:20: CONFIG-KEY-MISSING\nf:20: CONFIG-KEY-MISSING\n");
    std::string many = kCounter;
    for (int i = 0; i <= kNumberPadsMax; ++i)
        many += fmt::format("[[number_pad]]\ndevice = \"{}{}\"\ncounter = \"c1\"\n", kPad, i);
    EXPECT_NE(problems(with(many)).find("CONFIG-COUNT"), std::string::npos);
}

}  // namespace
}  // namespace sala::record
