#include "kiosk/counter/peer_limit.h"

#include <algorithm>

namespace sala::kiosk {

bool PeerLimit::admits(const std::string& peer) {
    const std::lock_guard lock(mutex_);
    const std::int64_t now = clock_->monotonic_ms();
    const auto [found, is_new] = paid_at_ms_.try_emplace(peer, now);
    const std::int64_t paid_at = std::max(found->second, now) + every_ms_;
    if (paid_at - now > debt_max_ms_) return false;
    found->second = paid_at;
    if (paid_at_ms_.size() > kPeersMax) {
        paid_at_ms_.erase(std::ranges::min_element(paid_at_ms_, {}, [&](const auto& entry) {
            return &entry == &*found ? paid_at + 1 : entry.second;
        }));
    }
    return true;
}

}  // namespace sala::kiosk
