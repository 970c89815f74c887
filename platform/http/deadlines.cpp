#include "platform/http/deadlines.h"

#include <netinet/in.h>

#include <algorithm>
#include <map>
#include <string_view>

namespace sala::http {

Deadlines::Deadlines(std::chrono::milliseconds total, std::size_t places, std::chrono::milliseconds write)
    : total_(total), places_(places), write_(write), thread_([this] { run(); }) {}

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
    watch.in = &waiting_;
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
    watch->in->erase(watch->here);
}

void Deadlines::writes(Watch* watch) {
    const std::lock_guard lock(mutex_);
    if (watch->cut || watch->in == &writing_) return;
    watch->deadline = Clock::now() + write_;
    move(*watch, writing_);
    changed_.notify_one();
}

void Deadlines::rests(Watch* watch) {
    const std::lock_guard lock(mutex_);
    if (!watch->cut) move(*watch, resting_);
}

void Deadlines::cut_now(Watch* watch) {
    const std::lock_guard lock(mutex_);
    if (!watch->cut) cut(*watch);
}

void Deadlines::move(Watch& watch, std::list<Watch>& to) {
    to.splice(to.end(), *watch.in, watch.here);
    watch.in = &to;
}

void Deadlines::cut(Watch& watch) {
    ::shutdown(watch.socket, SHUT_RDWR);
    watch.cut = true;
    move(watch, cut_);
}

// Whose deadline comes first, if there is any.
Deadlines::Watch* Deadlines::next() {
    if (waiting_.empty()) return writing_.empty() ? nullptr : &writing_.front();
    if (writing_.empty()) return &waiting_.front();
    return waiting_.front().deadline <= writing_.front().deadline ? &waiting_.front() : &writing_.front();
}

void Deadlines::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        Watch* first = next();
        if (first == nullptr) {
            changed_.wait(lock);
            continue;
        }
        if (Clock::now() >= first->deadline) {
            cut(*first);
            continue;
        }
        // A copy: the watch may end while nobody holds the lock.
        const Clock::time_point until = first->deadline;
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
