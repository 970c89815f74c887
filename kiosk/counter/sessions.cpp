#include "kiosk/counter/sessions.h"

namespace sala::kiosk {
namespace {

// Two uses of one secret, told apart so that neither answer helps with the other.
crypto::Hash hash_for(std::string_view use, std::string_view secret) {
    return crypto::sha256({bytes_of(use), bytes_of(secret)});
}

}  // namespace

std::string Sessions::open(const std::string& counter) {
    std::string secret = to_hex(crypto::random_array<32>());
    const std::lock_guard lock(mutex_);
    forget_ended();
    std::deque<Session>& own = by_counter_[counter];
    if (own.size() == kPerCounterMax) own.pop_front();
    own.push_back({hash_for("session", secret), clock_->monotonic_ms() + kSessionMs});
    return secret;
}

std::optional<std::string> Sessions::counter_of(std::string_view secret) {
    const crypto::Hash hash = hash_for("session", secret);
    const std::lock_guard lock(mutex_);
    forget_ended();
    std::optional<std::string> counter;
    for (const auto& [id, own] : by_counter_) {
        for (const Session& session : own) {
            if (crypto::same_secret(session.hash, hash)) counter = id;
        }
    }
    return counter;
}

void Sessions::close(std::string_view secret) {
    const crypto::Hash hash = hash_for("session", secret);
    const std::lock_guard lock(mutex_);
    for (auto& [id, own] : by_counter_) {
        std::erase_if(own, [&](const Session& session) { return crypto::same_secret(session.hash, hash); });
    }
}

std::string Sessions::token_of(std::string_view secret) { return to_hex(hash_for("order", secret)); }

void Sessions::forget_ended() {
    const std::int64_t now = clock_->monotonic_ms();
    for (auto& [id, own] : by_counter_) {
        while (!own.empty() && own.front().ends_ms <= now) own.pop_front();
    }
}

}  // namespace sala::kiosk
