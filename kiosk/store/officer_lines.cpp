#include "kiosk/store/officer_lines.h"

#include "kiosk/store/pin_rules.h"

namespace sala::kiosk {
namespace {

Result<void> append(Draft& draft, const std::string& counter, const char* did) {
    const auto seq = draft.append(ledger::Officer{counter.empty() ? "desk" : "counter", counter, did});
    return seq ? Result<void>() : seq.error();
}

}  // namespace

Result<void> note_entered(Store& store, const std::string& counter) {
    return store.change([&](Draft& draft) { return append(draft, counter, "entered"); });
}

Result<void> replace_pin(Store& store, std::string_view pin, const std::string& counter) {
    const Result<std::string> hash = PinLock::hash(pin);
    if (!hash) return hash.error();
    return store.change([&](Draft& draft) -> Result<void> {
        if (Result<void> told = append(draft, counter, "new_pin"); !told) return told;
        return PinLock::keep(store.database(), *hash, counter);
    });
}

Result<std::string> replace_pin_at_random(Store& store, const std::string& counter) {
    std::string pin = random_pin();
    if (Result<void> done = replace_pin(store, pin, counter); !done) return done.error();
    return pin;
}

}  // namespace sala::kiosk
