#include "sync/courier/schedule.h"

#include <algorithm>

#include "platform/crypto/crypto.h"

namespace sala::courier {

std::int64_t start_jitter_ms(std::string_view device_code) {
    const crypto::Hash hash = crypto::sha256(bytes_of(device_code));
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8 | hash[i];
    return static_cast<std::int64_t>(number % (Schedule::kStartWithinMs + 1));
}

Schedule::Schedule(std::string_view device_code, std::uint64_t seed)
    : start_jitter_ms_(courier::start_jitter_ms(device_code)), dice_(seed) {}

void Schedule::begin(std::int64_t now_ms) {
    tries_ = 0;
    due_ms_ = now_ms + start_jitter_ms_;
}

void Schedule::failed(std::int64_t now_ms, std::int64_t wait_ms) {
    if (!due_ms_) return;
    if (++tries_ >= kTriesMax) return end();
    // 2^15 first waits are more than the longest one.
    const std::int64_t longest = std::min(kWaitMaxMs, kFirstWaitMs << std::min(tries_ - 1, 15));
    const auto thrown = static_cast<std::int64_t>(dice_() % static_cast<std::uint64_t>(longest + 1));
    due_ms_ = now_ms + std::max(thrown, std::min(wait_ms, kWaitMaxMs));
}

}  // namespace sala::courier
