// Which connections there may be, and for how long: cuts those that have become too old, whatever they do,
// and where every place is taken, one of the address that has the most.
//
// libmicrohttpd's own timeout counts idle time only, so a client that sends a byte a second would hold its
// place for ever. One thread shuts the overdue sockets down; the server then finds them dead. The trap is a
// socket number that was closed and given out again: end() must come before close(), and cutting and end()
// exclude each other.
#pragma once

#include <sys/socket.h>

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace sala::http {

class Deadlines {
  public:
    using Clock = std::chrono::steady_clock;

    struct Watch {
        int socket;
        std::string from;  // network_of() its peer
        Clock::time_point deadline;
        bool cut = false;
        bool at_work = false;             // its request is complete: it gives its place to nobody
        std::list<Watch>* in = nullptr;   // the list that holds it,
        std::list<Watch>::iterator here;  // and its place there
    };

    // Every socket has `total` from its start(), at most `places` at once; one that became a stream has
    // `write` for each time that it writes, and no place here.
    Deadlines(std::chrono::milliseconds total, std::size_t places, std::chrono::milliseconds write);
    Deadlines(const Deadlines&) = delete;
    Deadlines& operator=(const Deadlines&) = delete;
    ~Deadlines();

    // Whether one more from there may start. Where there is no place, the oldest of the network that has the
    // most is cut for it, if that has at least two more: so a crowd from one address keeps no other out,
    // and among equals it is the newcomer who has to try again.
    bool admits(const std::string& from);

    // The socket must stay open until end() of what this returns.
    Watch* start(int socket, std::string from);
    void at_work(Watch* watch);
    void end(Watch* watch);

    // Of a stream: it has something to write, whose time runs from the first of these calls until rests();
    // and it has written everything.
    void writes(Watch* watch);
    void rests(Watch* watch);
    void cut_now(Watch* watch);

  private:
    void run();
    void cut(Watch& watch);
    static void move(Watch& watch, std::list<Watch>& to);
    Watch* next();

    const std::chrono::milliseconds total_;
    const std::size_t places_;
    const std::chrono::milliseconds write_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::list<Watch> waiting_;  // the oldest first, which is the next to be cut: all have the same time
    std::list<Watch> writing_;  // streams, in the same order
    std::list<Watch> resting_;  // streams
    std::list<Watch> cut_;
    bool stopping_ = false;
    std::thread thread_;
};

// What counts as one client: an IPv4 address, or the /64 of an IPv6 address, which one client has whole.
std::string network_of(const sockaddr* address);

}  // namespace sala::http
