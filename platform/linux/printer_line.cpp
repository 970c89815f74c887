#include "platform/linux/printer_line.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "platform/base/handle.h"
#include "platform/linux/printer_errors.h"

namespace sala {
namespace {

constexpr int kLookAgainMs = 10;
constexpr std::size_t kOldAnswersMax = 4096;

bool passes(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

Error unreachable(const std::string& place, const char* why) {
    return {"PRINTER-OFFLINE",
            fmt::format("ติดต่อเครื่องพิมพ์ที่ {} ไม่ได้: {} โปรดตรวจสายและสวิตช์ของเครื่องพิมพ์", place, why),
            fmt::format("the printer at {} was not reached: {}; check its cable and switch", place, why)};
}

// Readable as soon as all is to end; else what `file` has, or 0 when the time is over.
short wait_for(int file, int cancel, short events, const Deadline& deadline, bool& cancelled) {
    for (;;) {
        std::array<pollfd, 2> files = {pollfd{file, events, 0}, pollfd{cancel, POLLIN, 0}};
        const int found = ::poll(files.data(), files.size(), deadline.left_ms());
        cancelled = files[1].revents != 0;
        if (cancelled) return 0;
        if (found > 0) return files[0].revents;
        if (found == 0 || errno != EINTR) return 0;
    }
}

using Addresses = Handle<addrinfo, freeaddrinfo>;

// As it is written: no name is looked up, so no name server can hold up a ticket.
Addresses numeric(const std::string& address) {
    const auto colon = address.rfind(':');
    if (colon == std::string::npos) return nullptr;
    std::string host = address.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    addrinfo wanted{};
    wanted.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), address.substr(colon + 1).c_str(), &wanted, &found) != 0) return nullptr;
    return Addresses(found);
}

}  // namespace

int Deadline::left_ms() const {
    const auto left = at_ - std::chrono::steady_clock::now();
    if (left <= left.zero()) return 0;
    return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count());
}

Deadline Deadline::at_most(int within_ms) const {
    const Deadline other(within_ms);
    return other.at_ < at_ ? other : *this;
}

Result<PrinterLine> PrinterLine::open_device(const std::string& path, bool reads, int cancel) {
    const int mode = reads ? O_RDWR : O_WRONLY;
    Descriptor file(::open(path.c_str(), mode | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!file.open()) return unreachable(path, std::strerror(errno));
    struct stat what {};
    // A file that somebody named by mistake must not be written over.
    if (::fstat(file.get(), &what) != 0 || !S_ISCHR(what.st_mode)) return unreachable(path, "not a device");
    return PrinterLine(std::move(file), false, cancel);
}

Result<PrinterLine> PrinterLine::connect_tcp(const std::string& address, int cancel,
                                             const Deadline& deadline) {
    const Addresses to = numeric(address);
    if (!to) return unreachable(address, "not an address and port");
    Descriptor file(::socket(to->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!file.open()) return unreachable(address, std::strerror(errno));
    const int on = 1;
    ::setsockopt(file.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(file.get(), to->ai_addr, to->ai_addrlen) != 0 && errno != EINPROGRESS) {
        return unreachable(address, std::strerror(errno));
    }
    bool cancelled = false;
    const short found = wait_for(file.get(), cancel, POLLOUT, deadline, cancelled);
    if (cancelled) return printer_cancelled();
    if (found == 0) return unreachable(address, std::strerror(ETIMEDOUT));
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(file.get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
    if (error != 0) return unreachable(address, std::strerror(error));
    return PrinterLine(std::move(file), true, cancel);
}

std::optional<LineEnd> PrinterLine::wait(short events, const Deadline& deadline) {
    bool cancelled = false;
    const short found = wait_for(file_.get(), cancel_, events, deadline, cancelled);
    if (cancelled) return LineEnd::kCancelled;
    if ((found & events) != 0) return {};
    return found == 0 ? LineEnd::kLate : LineEnd::kGone;
}

std::optional<LineEnd> PrinterLine::write(std::string_view bytes, const Deadline& deadline) {
    while (!bytes.empty()) {
        if (const auto end = wait(POLLOUT, deadline)) return end;
        const ssize_t written = socket_ ? ::send(file_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL)
                                        : ::write(file_.get(), bytes.data(), bytes.size());
        if (written < 0 && !passes(errno)) return LineEnd::kGone;
        if (written <= 0) {
            if (deadline.over()) return LineEnd::kLate;
            continue;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
        taken_ += static_cast<std::size_t>(written);
    }
    return {};
}

std::variant<std::uint8_t, LineEnd> PrinterLine::read_byte(const Deadline& deadline) {
    for (;;) {
        if (const auto end = wait(POLLIN, deadline)) return *end;
        std::uint8_t byte = 0;
        const ssize_t got = ::read(file_.get(), &byte, 1);
        if (got == 1) return byte;
        if (got < 0 && !passes(errno)) return LineEnd::kGone;
        if (got == 0 && socket_) return LineEnd::kGone;
        if (deadline.over()) return LineEnd::kLate;
        // An empty answer, as some printers give over USB: looked at again, without spinning.
        if (got == 0) {
            pollfd hung{file_.get(), 0, 0};
            if (::poll(&hung, 1, 0) > 0) return LineEnd::kGone;
            bool cancelled = false;
            wait_for(-1, cancel_, 0, deadline.at_most(kLookAgainMs), cancelled);
            if (cancelled) return LineEnd::kCancelled;
        }
    }
}

void PrinterLine::drop_old_answers() {
    std::array<char, kOldAnswersMax> old{};
    [[maybe_unused]] const ssize_t dropped = ::read(file_.get(), old.data(), old.size());
}

std::optional<LineEnd> PrinterLine::drain(const Deadline& deadline) {
    for (;;) {
        if (const auto end = wait(POLLOUT, deadline)) return end;
        int waiting = 0;  // usblp does not count, and is ready to write only when its last block has gone out
        if (::ioctl(file_.get(), TIOCOUTQ, &waiting) != 0 || waiting == 0) return {};
        if (deadline.over()) return LineEnd::kLate;
        bool cancelled = false;
        wait_for(-1, cancel_, 0, deadline.at_most(kLookAgainMs), cancelled);
        if (cancelled) return LineEnd::kCancelled;
    }
}

}  // namespace sala
