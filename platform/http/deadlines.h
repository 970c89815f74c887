// Cuts connections that have become too old, whatever they do.
//
// libmicrohttpd's own timeout counts idle time only, so a client that sends a byte a second would hold its
// place for ever. One thread shuts the overdue sockets down; the server then finds them dead. The trap is a
// socket number that was closed and given out again: end() must come before close(), and cutting and end()
// exclude each other.
#pragma once

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

namespace sala::http {

class Deadlines {
  public:
    using Clock = std::chrono::steady_clock;

    struct Watch {
        int socket;
        Clock::time_point deadline;
        bool cut = false;
        std::list<Watch>::iterator here;  // its own place in the list
    };

    // Every socket has `total` from its start().
    explicit Deadlines(std::chrono::milliseconds total);
    Deadlines(const Deadlines&) = delete;
    Deadlines& operator=(const Deadlines&) = delete;
    ~Deadlines();

    // The socket must stay open until end() of what this returns.
    Watch* start(int socket);
    void end(Watch* watch);

    // Sockets between start() and end().
    std::size_t count() const;

  private:
    void run();

    const std::chrono::milliseconds total_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::list<Watch> waiting_;  // the oldest first, which is the next to be cut: all have the same time
    std::list<Watch> cut_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace sala::http
