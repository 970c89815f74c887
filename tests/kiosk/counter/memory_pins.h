// PINs without a disk, really hashed.
#pragma once

#include <algorithm>
#include <map>

#include "kiosk/counter/counter_pins.h"
#include "platform/clock.h"
#include "platform/crypto/password.h"

namespace sala::kiosk {

class MemoryPins final : public CounterPins {
  public:
    explicit MemoryPins(const Clock& clock) : clock_(clock) {}

    void set(const std::string& counter, const std::string& pin) {
        pins_[counter] = {crypto::hash_password(pin).value()};
    }

    Result<PinVerdict> check(const std::string& counter, const std::string& pin) override {
        const auto found = pins_.find(counter);
        if (found == pins_.end()) return PinVerdict{};
        Pin& own = found->second;
        const std::int64_t owed = own.wait_from_ms + wait_ms(own.wrong) - clock_.monotonic_ms();
        if (owed > 0) return PinVerdict{PinVerdict::Kind::kWait, 0, owed};
        ++own.wrong;
        const bool right = crypto::check_password(own.hash, pin) == crypto::PasswordCheck::kRight;
        own.wait_from_ms = clock_.monotonic_ms();
        if (right) own.wrong = 0;
        if (right) return PinVerdict{PinVerdict::Kind::kRight};
        if (const auto wait = wait_ms(own.wrong)) return PinVerdict{PinVerdict::Kind::kWait, 0, wait};
        return PinVerdict{PinVerdict::Kind::kWrong, kFreeTries - own.wrong};
    }

  private:
    struct Pin {
        std::string hash;
        int wrong = 0;
        std::int64_t wait_from_ms = 0;
    };
    static std::int64_t wait_ms(int wrong) {
        return wrong < kFreeTries ? 0 : std::int64_t{15'000} << std::min(wrong - kFreeTries, 8);
    }

    const Clock& clock_;
    std::map<std::string, Pin> pins_;
};

}  // namespace sala::kiosk
