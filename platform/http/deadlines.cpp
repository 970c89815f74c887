#include "platform/http/deadlines.h"

#include <sys/socket.h>

namespace sala::http {

Deadlines::Deadlines(std::chrono::milliseconds total) : total_(total), thread_([this] { run(); }) {}

Deadlines::~Deadlines() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

Deadlines::Watch* Deadlines::start(int socket) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({socket, Clock::now() + total_});
    Watch& watch = waiting_.back();
    watch.here = std::prev(waiting_.end());
    if (waiting_.size() == 1) changed_.notify_one();
    return &watch;
}

void Deadlines::end(Watch* watch) {
    const std::lock_guard lock(mutex_);
    (watch->cut ? cut_ : waiting_).erase(watch->here);
}

std::size_t Deadlines::count() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size() + cut_.size();
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
            ::shutdown(oldest.socket, SHUT_RDWR);
            oldest.cut = true;
            cut_.splice(cut_.end(), waiting_, oldest.here);
            continue;
        }
        // A copy: the watch may end while nobody holds the lock.
        const Clock::time_point until = oldest.deadline;
        changed_.wait_until(lock, until);
    }
}

}  // namespace sala::http
