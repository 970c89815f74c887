// Which browsers are signed in, and for which counter.
//
// The browser holds 32 random bytes in a cookie; here stands only their hash, so who reads this memory
// cannot sign in with it. A session ends kSessionMs after its beginning, used or not: every morning needs
// the PIN. Each counter has kPerCounterMax; one more ends its oldest, so no counter crowds out another. In
// memory only: a restart signs everybody out. Any thread.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "platform/clock.h"
#include "platform/crypto/crypto.h"

namespace sala::kiosk {

class Sessions {
  public:
    static constexpr std::int64_t kSessionMs = std::int64_t{10} * 3'600'000;
    static constexpr std::size_t kPerCounterMax = 4;

    // `clock` must outlive them; only its monotonic time is asked.
    explicit Sessions(const Clock& clock) : clock_(&clock) {}

    // The secret for the cookie: 64 hex digits.
    std::string open(const std::string& counter);

    // Whose secret it is, if it is one that lasts.
    std::optional<std::string> counter_of(std::string_view secret);

    void close(std::string_view secret);

    // What a page must send along with each order: it can be computed from the cookie alone, which no other
    // site can read.
    static std::string token_of(std::string_view secret);

  private:
    struct Session {
        crypto::Hash hash;
        std::int64_t ends_ms;  // monotonic
    };
    void forget_ended();

    const Clock* clock_;
    std::mutex mutex_;
    std::map<std::string, std::deque<Session>> by_counter_;  // oldest first
};

}  // namespace sala::kiosk
