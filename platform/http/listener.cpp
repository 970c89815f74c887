#include "platform/http/listener.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace sala::http {
namespace {

constexpr int kBacklog = 1024;  // what the kernel holds while all wait for the same thread at closing time

struct Address {
    sockaddr_storage storage{};
    socklen_t size = 0;
};

Address parse(const std::string& text, std::uint16_t port) {
    Address address;
    auto* four = reinterpret_cast<sockaddr_in*>(&address.storage);
    auto* six = reinterpret_cast<sockaddr_in6*>(&address.storage);
    const std::string literal = text == "localhost" ? "127.0.0.1" : text;
    if (::inet_pton(AF_INET, literal.c_str(), &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons(port);
        address.size = sizeof(sockaddr_in);
    } else if (::inet_pton(AF_INET6, literal.c_str(), &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(port);
        address.size = sizeof(sockaddr_in6);
    }
    return address;
}

}  // namespace

Result<Descriptor> listen_on(const std::string& text, std::uint16_t port) {
    const Address address = parse(text, port);
    if (address.size == 0) {
        return Error{
            "HTTP-BAD-ADDRESS",
            fmt::format("ที่อยู่สำหรับรับการเชื่อมต่อไม่ถูกต้อง: {} โปรดระบุหมายเลข IP หรือ localhost", text),
            fmt::format("\"{}\" is no address to listen on; write an IP address or localhost.", text)};
    }
    Descriptor listener(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int on = 1;
    const auto* where = reinterpret_cast<const sockaddr*>(&address.storage);
    if (!listener.open() || ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        ::bind(listener.get(), where, address.size) != 0 || ::listen(listener.get(), kBacklog) != 0) {
        const std::string reason = std::strerror(errno);
        return Error{
            "HTTP-CANNOT-LISTEN",
            fmt::format("เปิดรับการเชื่อมต่อที่ {} พอร์ต {} ไม่ได้ อาจมีโปรแกรมอื่นใช้อยู่ โปรดเลือกพอร์ตอื่น", text, port),
            fmt::format("Could not listen on {} port {}: {}; choose another port.", text, port, reason)};
    }
    return listener;
}

std::uint16_t port_of(const Descriptor& listener) {
    sockaddr_storage bound{};
    socklen_t size = sizeof bound;
    if (::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&bound), &size) != 0) return 0;
    const bool six = bound.ss_family == AF_INET6;
    return ntohs(six ? reinterpret_cast<const sockaddr_in6*>(&bound)->sin6_port
                     : reinterpret_cast<const sockaddr_in*>(&bound)->sin_port);
}

}  // namespace sala::http
