#include "platform/http/open_streams.h"

#include <microhttpd.h>

#include <algorithm>

namespace sala::http {

bool OpenStreams::add(const std::shared_ptr<Stream>& stream, MHD_Connection* connection,
                      Deadlines::Watch* watch) {
    {
        const std::lock_guard lock(mutex_);
        if (!stopped_ && streams_.size() < places_ && streams_.insert(stream).second) {
            const std::lock_guard its_lock(stream->mutex_);
            stream->connection_ = connection;
            stream->deadlines_ = &deadlines_;
            stream->watch_ = watch;
            deadlines_.writes(watch);
            return true;
        }
    }
    stream->end();
    return false;
}

void OpenStreams::remove(Stream& stream) {
    {
        const std::lock_guard its_lock(stream.mutex_);
        stream.connection_ = nullptr;
        stream.watch_ = nullptr;
        stream.over_ = true;
        stream.asleep_ = false;
        stream.waiting_ = {};
    }
    const std::lock_guard lock(mutex_);
    const auto found =
        std::ranges::find(streams_, &stream, [](const std::shared_ptr<Stream>& held) { return held.get(); });
    if (found != streams_.end()) streams_.erase(found);
}

void OpenStreams::stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    for (const std::shared_ptr<Stream>& stream : streams_) stream->end();
}

// Called when all that it gave before is on its way. Where there is nothing more, the connection sleeps until
// a push wakes it.
ssize_t OpenStreams::read(void* held, std::uint64_t, char* room, std::size_t size) {
    auto& stream = *static_cast<Stream*>(held);
    const std::lock_guard lock(stream.mutex_);
    if (stream.waiting_.empty()) {
        if (stream.over_ || stream.connection_ == nullptr) return MHD_CONTENT_READER_END_OF_STREAM;
        stream.asleep_ = true;
        stream.deadlines_->rests(stream.watch_);
        MHD_suspend_connection(stream.connection_);
        return 0;
    }
    const std::size_t count = std::min(size, stream.waiting_.size());
    std::copy_n(stream.waiting_.begin(), count, room);
    stream.waiting_.erase(0, count);
    return static_cast<ssize_t>(count);
}

}  // namespace sala::http
