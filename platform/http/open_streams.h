// Inside this room only: the server's end of its streams, how many there may be, and their common end.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <set>

#include "platform/http/stream.h"

namespace sala::http {

class OpenStreams {
  public:
    OpenStreams(std::size_t places, Deadlines& deadlines) : places_(places), deadlines_(deadlines) {}

    // On the daemon's thread. False: every place is taken or stop() was called; the stream is over then.
    bool add(const std::shared_ptr<Stream>& stream, MHD_Connection* connection, Deadlines::Watch* watch);

    // On the daemon's thread, when the connection's request is completed. One that was never added does no
    // harm.
    void remove(Stream& stream);

    // Ends all; from then on none sleeps and none is added.
    void stop();

    // libmicrohttpd's MHD_ContentReaderCallback over a Stream.
    static ssize_t read(void* stream, std::uint64_t, char* room, std::size_t size);

  private:
    const std::size_t places_;
    Deadlines& deadlines_;
    std::mutex mutex_;
    std::set<std::shared_ptr<Stream>> streams_;
    bool stopped_ = false;
};

}  // namespace sala::http
