// One bundle to the office over HTTPS, and what the office made of it.
//
// A connection is used once. The trap: no answer is no failure; the office may have taken the bundle in, so
// the same lines are sent again, and count once.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "platform/http/client.h"

namespace sala::courier {

struct Road {
    std::string url;  // https://host[:port], without a path
    std::string pin;  // of the gateway's key
};

// The office holds it. Nothing of this is checked yet but its form: the kiosk believes the note when its
// signatures verify.
struct Delivered {
    std::string cosigned;    // the note
    std::string office_key;  // verifier key that the gateway names; empty: it named none
    bool already_had = false;
};

// The office misses lines before the bundle: send from `held`.
struct Gap {
    std::uint64_t held = 0;
    Error error;
};

// The office will not take this, however often it comes.
struct Refused {
    Error error;
};

// Not taken in: later again.
struct NotReceived {
    Error error;
    std::uint32_t wait_s = 0;  // what the office asked for; 0: nothing
};

// Perhaps taken in: again.
struct Unknown {
    Error error;
};

using Verdict = std::variant<Delivered, Gap, Refused, NotReceived, Unknown>;

// Told how much of the bundle was handed over, about once a second; false stops. Must not throw.
using GoOn = std::function<bool(std::size_t sent_bytes)>;

// Blocks, for kTotalMs at most. Any thread.
Verdict deliver(const Road& road, std::string bundle, const GoOn& go_on);

inline constexpr std::uint32_t kConnectMs = 10'000;
inline constexpr std::uint32_t kTotalMs = 90'000;  // beyond the gateway's own deadline

// Retry-After in seconds, an hour at most; its other form, a date, is passed over: the clock may be wrong.
std::uint32_t asked_wait_s(const http::Reply& reply);

// What deliver() makes of how the call ended.
Verdict verdict_of(const Result<http::Reply>& reply);

}  // namespace sala::courier
