// By what a counter's officer signs in: six digits a counter, kept by the store.
//
// An implementation hashes with platform/crypto/password.h, counts a try before it looks at the PIN, and
// makes everybody wait longer and longer after five wrong ones at one counter (as kiosk/store's PinLock
// does for the officer's page); tests/kiosk/counter/counter_pins_contract.h holds it to that. How often
// one address may try is the server's business.
#pragma once

#include <cstdint>
#include <string>

#include "platform/base/result.h"

namespace sala::kiosk {

struct PinVerdict {
    enum class Kind {
        kRight,
        kWrong,
        kWait,    // the PIN was not looked at
        kNotSet,  // the counter has none, or there is no such counter
    };
    Kind kind = Kind::kNotSet;
    int tries_left = 0;        // kWrong: before the first wait
    std::int64_t wait_ms = 0;  // kWait: before the next try is looked at
};

class CounterPins {
  public:
    static constexpr int kFreeTries = 5;

    virtual ~CounterPins() = default;

    // Any thread; the server asks one question at a time, as a hash takes 140 ms and 64 MiB. Refuses what the
    // store does: then nobody is signed in.
    virtual Result<PinVerdict> check(const std::string& counter, const std::string& pin) = 0;
};

}  // namespace sala::kiosk
