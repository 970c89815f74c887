// The browsers of counters and boards, as the counter page's server sees them: real sockets and TLS, a new
// connection for every request, as that server wants it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "tests/platform/http/peers.h"

namespace sala::bench {

// One browser at the address 127.0.0.`peer`, so that each has the page's limits for itself.
class PageClient {
  public:
    PageClient(std::uint16_t port, std::uint32_t peer) : port_(port), peer_(peer) {}

    // Gives up where the server refuses.
    void sign_in(const std::string& counter, const std::string& pin);

    // The status of the answer; its body is dropped.
    int order(const std::string& fields);

    // Opens server-sent events, for next_event().
    void listen(const std::string& path);

    // The JSON of the next one; beats are passed over. Nothing: it has ended.
    std::optional<std::string> next_event();

    // Any thread: ends the events.
    void hang_up();

  private:
    std::unique_ptr<http::Tls> send(const std::string& method, const std::string& path,
                                    const std::string& body) const;

    std::uint16_t port_;
    std::uint32_t peer_;
    std::string cookie_, token_;
    std::unique_ptr<http::Tls> stream_;
    std::string heard_;
};

// The id of the ticket that is with the counter, in an event of its page; 0: none is.
std::uint64_t present_in(const std::string& event);

// Calls its next one again and again, as its page does: it sees the answer on the page before the next press.
class CallingCounter {
  public:
    CallingCounter(std::uint16_t port, std::uint32_t peer, const std::string& counter,
                   const std::string& pin);
    CallingCounter(const CallingCounter&) = delete;
    CallingCounter& operator=(const CallingCounter&) = delete;
    ~CallingCounter();

    // Presses once and waits until the page shows it. False: nobody waits, or the page was asked too often.
    bool call_next();

    std::uint64_t calls() const { return calls_; }

  private:
    void read_page();

    PageClient page_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<std::uint64_t> present_;  // as the page shows it; none: it shows nothing yet
    std::atomic<bool> leaving_ = false;
    std::atomic<std::uint64_t> calls_ = 0;
    std::thread thread_;
};

}  // namespace sala::bench
