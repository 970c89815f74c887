#include "kiosk/counter/announcer.h"

namespace sala::kiosk {

Announcer::Announcer(const queue::Hall& at_start)
    : last_seq_(at_start.calls().empty() ? 0 : at_start.calls().back().seq) {}

void Announcer::hear(const queue::Hall& hall) {
    for (const queue::Call& call : hall.calls()) {
        if (call.seq <= last_seq_) continue;
        last_seq_ = call.seq;
        if (!call.number.empty()) waiting_.push_back(call);
    }
    while (waiting_.size() > kWaitingMax) waiting_.pop_front();
}

std::optional<Announcer::Announcement> Announcer::next(const queue::Moment& now) {
    if (waiting_.empty()) return std::nullopt;
    Announcement next{std::move(waiting_.front()), false};
    waiting_.pop_front();
    const std::optional<std::int64_t> age_ms = queue::elapsed_ms(next.call.at, now);
    next.aloud = age_ms && *age_ms <= kOldMs;
    return next;
}

}  // namespace sala::kiosk
