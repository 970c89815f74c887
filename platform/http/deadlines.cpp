#include "platform/http/deadlines.h"

#include <netinet/in.h>

#include <algorithm>
#include <map>
#include <string_view>

namespace sala::http {

Deadlines::Deadlines(std::chrono::milliseconds total, std::size_t places)
    : total_(total), places_(places), thread_([this] { run(); }) {}

Deadlines::~Deadlines() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

bool Deadlines::admits(const std::string& from) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < places_) return true;
    std::map<std::string_view, std::size_t> crowds;
    for (const Watch& watch : waiting_) ++crowds[watch.from];
    const auto most = std::max_element(crowds.begin(), crowds.end(), [](const auto& one, const auto& other) {
        return one.second < other.second;
    });
    const auto own = crowds.find(from);
    if (most->second < (own == crowds.end() ? 0 : own->second) + 2) return false;
    for (Watch& watch : waiting_) {
        if (watch.at_work || watch.from != most->first) continue;
        cut(watch);
        return true;
    }
    return false;
}

Deadlines::Watch* Deadlines::start(int socket, std::string from) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({socket, std::move(from), Clock::now() + total_});
    Watch& watch = waiting_.back();
    watch.here = std::prev(waiting_.end());
    if (waiting_.size() == 1) changed_.notify_one();
    return &watch;
}

void Deadlines::at_work(Watch* watch) {
    const std::lock_guard lock(mutex_);
    watch->at_work = true;
}

void Deadlines::end(Watch* watch) {
    const std::lock_guard lock(mutex_);
    (watch->cut ? cut_ : waiting_).erase(watch->here);
}

void Deadlines::cut(Watch& watch) {
    ::shutdown(watch.socket, SHUT_RDWR);
    watch.cut = true;
    cut_.splice(cut_.end(), waiting_, watch.here);
}

void Deadlines::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (waiting_.empty()) {
            changed_.wait(lock);
            continue;
        }
        Watch& oldest = waiting_.front();
        if (Clock::now() >= oldest.deadline) {
            cut(oldest);
            continue;
        }
        // A copy: the watch may end while nobody holds the lock.
        const Clock::time_point until = oldest.deadline;
        changed_.wait_until(lock, until);
    }
}

std::string network_of(const sockaddr* address) {
    if (address->sa_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
        return {reinterpret_cast<const char*>(&v4), sizeof v4};
    }
    if (address->sa_family != AF_INET6) return {};
    const auto& v6 = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
    const auto* bytes = reinterpret_cast<const char*>(&v6);
    return IN6_IS_ADDR_V4MAPPED(&v6) ? std::string(bytes + 12, 4) : std::string(bytes, 8);
}

}  // namespace sala::http
