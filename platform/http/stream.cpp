#include "platform/http/stream.h"

#include <microhttpd.h>

#include <utility>

namespace sala::http {

bool Stream::push(std::string_view bytes) {
    const std::lock_guard lock(mutex_);
    if (over_) return false;
    if (bytes.size() > kWaitingBytesMax - waiting_.size()) {
        drop();
        return false;
    }
    waiting_.append(bytes);
    wake();
    return true;
}

bool Stream::rests() const {
    const std::lock_guard lock(mutex_);
    return asleep_;
}

void Stream::end() {
    const std::lock_guard lock(mutex_);
    over_ = true;
    wake();
}

bool Stream::over() const {
    const std::lock_guard lock(mutex_);
    return over_;
}

void Stream::wake() {
    if (!std::exchange(asleep_, false)) return;
    deadlines_->writes(watch_);
    MHD_resume_connection(connection_);
}

void Stream::drop() {
    over_ = true;
    waiting_ = {};
    if (connection_ != nullptr) deadlines_->cut_now(watch_);
    wake();
}

}  // namespace sala::http
