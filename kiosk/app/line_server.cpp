#include "kiosk/app/line_server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

#include "platform/base/descriptor.h"

namespace sala::kiosk {
namespace {

constexpr int kConnectionIdleMs = 5'000;

Error failed(const std::filesystem::path& path, const char* why) {
    return {"SOCKET-FAILED", fmt::format("ติดต่อตู้บริการทาง {} ไม่ได้: {}", path.string(), why),
            fmt::format("could not use the socket {}: {}", path.string(), why)};
}

bool address_of(const std::filesystem::path& path, sockaddr_un& address) {
    address = {};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path) return false;
    std::copy(path.native().begin(), path.native().end(), address.sun_path);
    return true;
}

bool readable(int descriptor, int timeout_ms) {
    pollfd wanted{descriptor, POLLIN, 0};
    return ::poll(&wanted, 1, timeout_ms) > 0;
}

bool send_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

}  // namespace

struct LineServer::Parts {
    Descriptor listener;
    Descriptor stop;
    std::filesystem::path path;
    Handler handler;
    std::thread thread;

    // Waits for either; false: it is time to stop, or nothing came in time.
    bool wait_for(int descriptor, int timeout_ms) const {
        pollfd wanted[] = {{descriptor, POLLIN, 0}, {stop.get(), POLLIN, 0}};
        return ::poll(wanted, 2, timeout_ms) > 0 && wanted[1].revents == 0;
    }
    bool stopping() const { return readable(stop.get(), 0); }
    // An asker who has said all it has to say still waits; one who has closed does not.
    bool is_gone(int connection) const {
        pollfd wanted{connection, 0, 0};
        return stopping() || (::poll(&wanted, 1, 0) > 0 && (wanted.revents & (POLLHUP | POLLERR)) != 0);
    }

    void serve() const {
        while (!stopping()) {
            if (!wait_for(listener.get(), -1)) continue;
            const Descriptor connection(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (connection.get() >= 0) answer(connection.get());
        }
    }

    void answer(int connection) const {
        timeval limit{kConnectionIdleMs / 1000, 0};
        ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        std::string pending;
        char buffer[1024];
        while (wait_for(connection, kConnectionIdleMs)) {
            const ssize_t got = ::recv(connection, buffer, sizeof buffer, 0);
            if (got <= 0) return;
            pending.append(buffer, static_cast<std::size_t>(got));
            for (std::size_t end; (end = pending.find('\n')) != std::string::npos;) {
                const std::string text = handler(pending.substr(0, end), [&] { return is_gone(connection); });
                if (!send_all(connection, text)) return;
                pending.erase(0, end + 1);
            }
            if (pending.size() > kRequestBytesMax) return;
        }
    }
};

LineServer::LineServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {
    parts_->thread = std::thread([parts = parts_.get()] { parts->serve(); });
}

Result<std::unique_ptr<LineServer>> LineServer::start(const std::filesystem::path& path, Handler handler) {
    sockaddr_un address;
    if (!address_of(path, address)) return failed(path, "the path is too long");
    Descriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    Descriptor stop(::eventfd(0, EFD_CLOEXEC));
    ::unlink(path.c_str());
    const bool bound =
        listener.get() >= 0 && stop.get() >= 0 && ::fchmod(listener.get(), 0600) == 0 &&
        ::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::chmod(path.c_str(), 0600) == 0 && ::listen(listener.get(), 8) == 0;
    if (!bound) return failed(path, std::strerror(errno));
    auto parts =
        std::make_unique<Parts>(Parts{std::move(listener), std::move(stop), path, std::move(handler), {}});
    return std::unique_ptr<LineServer>(new LineServer(std::move(parts)));
}

LineServer::~LineServer() {
    const std::uint64_t one = 1;
    while (::write(parts_->stop.get(), &one, sizeof one) < 0 && errno == EINTR) {
    }
    parts_->thread.join();
    ::unlink(parts_->path.c_str());
}

Result<std::string> ask_socket(const std::filesystem::path& path, const std::string& request,
                               std::chrono::seconds timeout) {
    sockaddr_un address;
    if (!address_of(path, address)) return failed(path, "the path is too long");
    const Descriptor connection(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(connection.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        return Error{"SOCKET-NOBODY", "ตู้บริการไม่ได้เปิดอยู่", "the kiosk is not running"};
    }
    if (!send_all(connection.get(), request + "\n") || ::shutdown(connection.get(), SHUT_WR) != 0) {
        return failed(path, std::strerror(errno));
    }
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    std::string answer;
    char buffer[4096];
    while (answer.size() <= kAnswerBytesMax) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0 || !readable(connection.get(), static_cast<int>(left.count()))) {
            return failed(path, "no answer in time");
        }
        const ssize_t got = ::recv(connection.get(), buffer, sizeof buffer, 0);
        if (got < 0) return failed(path, std::strerror(errno));
        if (got == 0) return answer.ends_with('\n') ? Result<std::string>(answer) : failed(path, "no answer");
        answer.append(buffer, static_cast<std::size_t>(got));
    }
    return failed(path, "the answer is too long");
}

}  // namespace sala::kiosk
