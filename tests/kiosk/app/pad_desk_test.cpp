// What a counter's number pad orders.
#include "kiosk/app/pad_desk.h"

#include <gtest/gtest.h>

#include "tests/fakes/hand_clock.h"
#include "tests/kiosk/counter/memory_desk.h"

namespace sala::kiosk {
namespace {

class PadDeskTest : public testing::Test {
  protected:
    PadDeskTest() {
        office_.divisions = {{"finance", {}, 'B', {}}};
        office_.counters = {{"counter-2", {}, "finance"}, {"counter-3", {}, "finance"}};
        office_.number_pads = {{"/dev/input/by-id/a", "counter-2"}, {"/dev/input/by-id/b", "counter-3"}};
        for (int i = 0; i < 3; ++i) desk_.issue("finance", "tax", 'B');
    }
    // The code of a refusal, or the number that is with the pad's counter then.
    std::string press(PadKey key, std::size_t pad = 0) {
        clock_.pass_ms(PadDesk::kAgainMs);
        const Result<void> done = pads_.press(pad, key);
        return done ? with(pad) : done.error().code;
    }
    std::string with(std::size_t pad) {
        const HallShared hall = desk_.hall();
        const queue::Ticket* ticket = hall->queue().with(office_.number_pads[pad].counter);
        return ticket == nullptr ? "nobody" : ticket->number;
    }

    HandClock clock_{1'800'000'000'000};
    MemoryDesk desk_{clock_};
    record::Office office_;
    std::vector<std::string> served_;
    PadDesk pads_{office_, clock_, desk_, [this](const std::string& place) { served_.push_back(place); }};
};

TEST_F(PadDeskTest, EnterEndsAndCallsTheNext) {
    EXPECT_EQ(press(PadKey::kEnter), "B001");
    EXPECT_TRUE(served_.empty());
    EXPECT_EQ(press(PadKey::kEnter), "B002");
    EXPECT_EQ(served_, (std::vector<std::string>{"/finance/tax"}));
    EXPECT_EQ(press(PadKey::kEnter, 1), "B003");
    EXPECT_EQ(press(PadKey::kEnter, 1), "nobody");
    EXPECT_EQ(press(PadKey::kEnter, 1), "QUEUE-EMPTY");
}

TEST_F(PadDeskTest, PlusEndsAndCallsNobody) {
    press(PadKey::kEnter);
    EXPECT_EQ(press(PadKey::kPlus), "nobody");
    EXPECT_EQ(served_.size(), 1u);
}

TEST_F(PadDeskTest, ZeroCallsAgainAndMinusSaysThatNobodyCame) {
    press(PadKey::kEnter);
    EXPECT_EQ(press(PadKey::kDigit0), "B001");
    EXPECT_EQ(desk_.hall()->calls().size(), 2u);
    EXPECT_TRUE(desk_.hall()->calls().back().again);
    EXPECT_EQ(press(PadKey::kMinus), "nobody");
    EXPECT_EQ(desk_.hall()->queue().balance().missed, 1u);
    EXPECT_TRUE(served_.empty()) << "nobody is asked to rate a service that was not given";
}

TEST_F(PadDeskTest, WithoutAnybodyThereOnlyEnterDoesSomething) {
    for (const PadKey key : {PadKey::kPlus, PadKey::kMinus, PadKey::kDigit0})
        EXPECT_EQ(press(key), "PAD-NOBODY");
}

TEST_F(PadDeskTest, OtherKeysAreNothing) {
    for (int key = static_cast<int>(PadKey::kDigit1); key <= static_cast<int>(PadKey::kDigit9); ++key)
        EXPECT_EQ(press(static_cast<PadKey>(key)), "nobody");
    for (const PadKey key : {PadKey::kTimes, PadKey::kDivide, PadKey::kPoint})
        EXPECT_EQ(press(key), "nobody");
}

TEST_F(PadDeskTest, AKeyThatBouncesCountsOnce) {
    EXPECT_EQ(press(PadKey::kEnter), "B001");
    clock_.pass_ms(PadDesk::kAgainMs - 1);
    EXPECT_TRUE(pads_.press(0, PadKey::kEnter));
    EXPECT_EQ(with(0), "B001");
    EXPECT_TRUE(pads_.press(1, PadKey::kEnter)) << "another pad is another officer";
    EXPECT_EQ(with(1), "B002");
    EXPECT_TRUE(pads_.press(0, PadKey::kDigit0)) << "and another key another wish";
    EXPECT_TRUE(desk_.hall()->calls().back().again);
}

TEST_F(PadDeskTest, ADiskThatFailsIsSaid) {
    desk_.failure = "DB-FULL";
    EXPECT_EQ(press(PadKey::kEnter), "DB-FULL");
    EXPECT_TRUE(served_.empty());
}

}  // namespace
}  // namespace sala::kiosk
