// What several writers of one database do who got in each other's way: try again, after a wait that grows and
// is random, so that they do not meet again.
#pragma once

#include <chrono>
#include <thread>

#include "platform/base/result.h"
#include "platform/crypto/crypto.h"

namespace sala::office {

inline constexpr int kTriesMax = 10;

// Runs `work`, which begins and ends a transaction of its own, until it answers otherwise than DB-BUSY or
// DB-CONFLICT; at most kTriesMax times, with waits of half a second in all.
template <typename Work>
auto with_retries(const Work& work) {
    for (int tried = 1;; ++tried) {
        auto result = work();
        const bool met =
            !result && (result.error().code == "DB-BUSY" || result.error().code == "DB-CONFLICT");
        if (!met || tried == kTriesMax) return result;
        const auto random = crypto::random_array<2>();
        const std::uint32_t up_to_us = 1000u << std::min(tried - 1, 7);
        const std::uint32_t wait_us = (random[0] * 256u + random[1]) * up_to_us / 65536u;
        std::this_thread::sleep_for(std::chrono::microseconds(wait_us));
    }
}

}  // namespace sala::office
