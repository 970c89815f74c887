// What the sign-in relies on, whatever keeps the PINs. Include it, write a Maker and
//
//   INSTANTIATE_TYPED_TEST_SUITE_P(Store, CounterPinsContract, StorePinsMaker);
//
// A Maker has `CounterPins& pins()`, `void set(counter, pin)` and `HandClock& clock()`, by which they wait.
#pragma once

#include <gtest/gtest.h>

#include "kiosk/counter/counter_pins.h"
#include "tests/fakes/hand_clock.h"

namespace sala::kiosk {

template <typename Maker>
class CounterPinsContract : public testing::Test {
  protected:
    void SetUp() override {
        maker_.set("counter-1", "246813");
        maker_.set("counter-2", "864213");
    }
    PinVerdict check(const std::string& counter, const std::string& pin) {
        const Result<PinVerdict> verdict = maker_.pins().check(counter, pin);
        EXPECT_TRUE(verdict) << verdict.error().line();
        return verdict ? *verdict : PinVerdict{};
    }
    PinVerdict::Kind kind(const std::string& counter, const std::string& pin) {
        return check(counter, pin).kind;
    }

    Maker maker_;
};

TYPED_TEST_SUITE_P(CounterPinsContract);

TYPED_TEST_P(CounterPinsContract, EachCounterHasItsOwn) {
    using Kind = PinVerdict::Kind;
    EXPECT_EQ(this->kind("counter-1", "246813"), Kind::kRight);
    EXPECT_EQ(this->kind("counter-2", "246813"), Kind::kWrong);
    EXPECT_EQ(this->kind("counter-2", "864213"), Kind::kRight);
    EXPECT_EQ(this->kind("counter-9", "246813"), Kind::kNotSet);
}

TYPED_TEST_P(CounterPinsContract, FiveWrongOnesMakeItWaitAndTheNextLonger) {
    using Kind = PinVerdict::Kind;
    for (int left = CounterPins::kFreeTries - 1; left > 0; --left) {
        const PinVerdict verdict = this->check("counter-1", "111222");
        EXPECT_EQ(verdict.kind, Kind::kWrong);
        EXPECT_EQ(verdict.tries_left, left);
    }
    const PinVerdict fifth = this->check("counter-1", "111222");
    EXPECT_EQ(fifth.kind, Kind::kWait);
    // During the wait even the right one is not looked at, and the other counter is free.
    EXPECT_EQ(this->kind("counter-1", "246813"), Kind::kWait);
    EXPECT_EQ(this->kind("counter-2", "864213"), Kind::kRight);
    this->maker_.clock().pass_ms(fifth.wait_ms);
    const PinVerdict sixth = this->check("counter-1", "111222");
    EXPECT_EQ(sixth.kind, Kind::kWait);
    EXPECT_GE(sixth.wait_ms, 2 * fifth.wait_ms);
    this->maker_.clock().pass_ms(sixth.wait_ms - 1);
    EXPECT_EQ(this->kind("counter-1", "246813"), Kind::kWait);
    this->maker_.clock().pass_ms(1);
    EXPECT_EQ(this->kind("counter-1", "246813"), Kind::kRight);
}

TYPED_TEST_P(CounterPinsContract, ARightOneForgetsTheWrongOnes) {
    using Kind = PinVerdict::Kind;
    for (int i = 0; i < 4; ++i) EXPECT_EQ(this->kind("counter-1", "111222"), Kind::kWrong);
    EXPECT_EQ(this->kind("counter-1", "246813"), Kind::kRight);
    EXPECT_EQ(this->check("counter-1", "111222").tries_left, CounterPins::kFreeTries - 1);
}

REGISTER_TYPED_TEST_SUITE_P(CounterPinsContract, EachCounterHasItsOwn,
                            FiveWrongOnesMakeItWaitAndTheNextLonger, ARightOneForgetsTheWrongOnes);

}  // namespace sala::kiosk
