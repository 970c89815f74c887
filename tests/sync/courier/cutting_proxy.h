// Stands between a client and a server and cuts the connection after a chosen number of bytes.
#pragma once

#include <netinet/tcp.h>
#include <poll.h>

#include <atomic>
#include <limits>

#include "tests/platform/http/peers.h"

namespace sala::courier {

inline constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();

// One connection at a time, each as the limits stand when it comes. Bytes are TLS records: what a real line
// carries, and where it breaks.
class CuttingProxy {
  public:
    explicit CuttingProxy(std::uint16_t server)
        : server_(server), listener_(http::listen_on("127.0.0.1", 0).value()), thread_([this] { work(); }) {}
    ~CuttingProxy() {
        over_ = true;
        thread_.join();
    }

    std::uint16_t port() const { return http::port_of(listener_); }

    // Of the next connections: exactly so many bytes get through each way, then both ends are closed.
    void cut_after(std::size_t up, std::size_t down) {
        up_max_ = up;
        down_max_ = down;
    }
    // Of the last connection that has ended.
    std::size_t up() const { return up_; }
    std::size_t down() const { return down_; }
    // How many have ended.
    std::size_t ended() const { return ended_; }

  private:
    void work() {
        while (!over_) {
            pollfd waiting{listener_.get(), POLLIN, 0};
            if (::poll(&waiting, 1, 20) != 1) continue;
            const Descriptor client(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (!client.open()) continue;
            const Descriptor server = http::connect_to(server_);
            const int at_once = 1;
            for (const Descriptor* end : {&client, &server})
                ::setsockopt(end->get(), IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
            carry(client, server);
            ++ended_;
        }
    }

    void carry(const Descriptor& client, const Descriptor& server) {
        std::size_t up = 0, down = 0;
        while (!over_ && up < up_max_ && down < down_max_) {
            pollfd both[] = {{client.get(), POLLIN, 0}, {server.get(), POLLIN, 0}};
            if (::poll(both, 2, 20) < 1) continue;
            if (both[0].revents != 0 && !pass(client, server, up, up_max_)) break;
            if (both[1].revents != 0 && !pass(server, client, down, down_max_)) break;
        }
        up_ = up;
        down_ = down;
    }

    static bool pass(const Descriptor& from, const Descriptor& to, std::size_t& done, std::size_t most) {
        std::array<char, 4096> room;
        const ssize_t got = ::recv(from.get(), room.data(), std::min(room.size(), most - done), 0);
        if (got <= 0) return false;
        done += static_cast<std::size_t>(got);
        return ::send(to.get(), room.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
    }

    std::uint16_t server_;
    Descriptor listener_;
    std::atomic<std::size_t> up_max_ = kNever, down_max_ = kNever, up_ = 0, down_ = 0, ended_ = 0;
    std::atomic<bool> over_ = false;
    std::thread thread_;
};

}  // namespace sala::courier
