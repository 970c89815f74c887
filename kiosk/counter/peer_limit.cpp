#include "kiosk/counter/peer_limit.h"

#include <algorithm>

namespace sala::kiosk {

bool PeerLimit::admits(const std::string& peer) {
    const std::lock_guard lock(mutex_);
    const std::int64_t now = clock_->monotonic_ms();
    const auto known = paid_at_ms_.find(peer);
    const std::int64_t paid_at =
        (known == paid_at_ms_.end() ? now : std::max(known->second, now)) + every_ms_;
    if (paid_at - now > debt_max_ms_) return false;
    if (known == paid_at_ms_.end() && paid_at_ms_.size() == kPeersMax) {
        auto idlest = paid_at_ms_.begin();
        for (auto each = idlest; each != paid_at_ms_.end(); ++each) {
            if (each->second < idlest->second) idlest = each;
        }
        paid_at_ms_.erase(idlest);
    }
    paid_at_ms_[peer] = paid_at;
    return true;
}

}  // namespace sala::kiosk
