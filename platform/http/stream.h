// A reply that stays open: what any thread pushes into it reaches the client at once (server-sent events).
//
// A handler makes one, gives it to its Response and keeps a share; from then on the total deadline of its
// connection is lifted. The traps: the client may go at any time, and only a push that finds no reader tells
// (two or three heartbeats later); and who reads slower than is pushed is cut, never waited for.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include "platform/http/deadlines.h"

struct MHD_Connection;

namespace sala::http {

class Stream {
  public:
    static constexpr std::size_t kWaitingBytesMax = std::size_t{256} << 10;

    // Any thread, never waits. False: it is over, or this was more than the reader's backlog may hold, and
    // the connection was cut for it.
    bool push(std::string_view bytes);

    // Everything that was pushed is on its way to the client. Who pushes only then never has one cut for
    // reading slowly, as long as it reads at all. Any thread.
    bool rests() const;

    // The client gets what was pushed before, then the end. Any thread.
    void end();

    // Whether nothing more can reach the client: ended, cut, refused for lack of a place, or the client left.
    bool over() const;

  private:
    friend class OpenStreams;

    void wake();
    void drop();

    mutable std::mutex mutex_;
    std::string waiting_;
    bool over_ = false;
    // Between its admission and the end of its connection, else null.
    MHD_Connection* connection_ = nullptr;
    Deadlines* deadlines_ = nullptr;
    Deadlines::Watch* watch_ = nullptr;
    bool asleep_ = false;  // suspended: everything was written
};

}  // namespace sala::http
