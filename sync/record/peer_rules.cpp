#include "sync/record/peer_rules.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "platform/crypto/crypto.h"

namespace sala::record {
namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::size_t kUrlBytesMax = 500;
constexpr std::size_t kKeyNameBytesMax = 255;
constexpr std::uint8_t kCosignatureType = 0x04;  // C2SP tlog-cosignature

bool is_port(std::string_view text) {
    unsigned port = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), port);
    return bad == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65'535;
}

// A name or an address: the pin says who it is, so nothing is gained by refusing one of them.
bool is_host(std::string_view text) {
    const bool six = text.size() > 2 && text.front() == '[' && text.back() == ']';
    if (six) text = text.substr(1, text.size() - 2);
    return !text.empty() && text.size() <= 253 && text.front() != '.' && text.front() != '-' &&
           std::ranges::all_of(text, [six](char c) {
               const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
               return hex || (six ? c == ':' || c == '.' : (c >= 'g' && c <= 'z') || c == '.' || c == '-');
           });
}

bool is_path(std::string_view text) {
    return !text.ends_with('/') && text.find("//") == std::string_view::npos &&
           std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      std::string_view("/._~-").find(c) != std::string_view::npos;
           });
}

// Whether the literal names one machine, in the one spelling that inet_ntop() gives it: the page's address is
// compared with what browsers send.
bool is_own_address(const std::string& text, int family) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    std::array<char, INET6_ADDRSTRLEN> again{};
    if (::inet_pton(family, text.c_str(), bytes.data()) != 1) return false;
    if (::inet_ntop(family, bytes.data(), again.data(), again.size()) == nullptr || again.data() != text) {
        return false;
    }
    if (family == AF_INET) return bytes[0] != 0 && bytes[0] < 224;
    const bool nobody = std::ranges::all_of(bytes, [](unsigned char byte) { return byte == 0; });
    return !nobody && bytes[0] != 0xff && !(bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80);
}

}  // namespace

std::optional<ListenAt> listening_address(std::string_view text) {
    constexpr int kFirstFreePort = 1024;
    const bool six = text.starts_with('[');
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || (six && (colon < 2 || text[colon - 1] != ']'))) return {};
    const std::string_view port_text = text.substr(colon + 1);
    const std::string address(six ? text.substr(1, colon - 2) : text.substr(0, colon));
    unsigned port = 0;
    const auto [end, bad] = std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
    if (bad != std::errc() || end != port_text.data() + port_text.size() || port_text.starts_with('0') ||
        port < kFirstFreePort || port > 65'535 || !is_own_address(address, six ? AF_INET6 : AF_INET)) {
        return {};
    }
    return ListenAt{address, static_cast<std::uint16_t>(port)};
}

bool is_gateway_url(std::string_view text) {
    if (!text.starts_with(kScheme)) return false;
    text.remove_prefix(kScheme.size());
    const std::size_t host_end = text.find(':', text.starts_with('[') ? text.find(']') : 0);
    if (host_end != std::string_view::npos && !is_port(text.substr(host_end + 1))) return false;
    return is_host(text.substr(0, host_end));
}

bool is_service_url(std::string_view text) {
    if (!text.starts_with(kScheme) || text.size() > kUrlBytesMax) return false;
    const std::size_t path = text.find('/', kScheme.size());
    if (path == std::string_view::npos) return is_gateway_url(text);
    return is_gateway_url(text.substr(0, path)) && is_path(text.substr(path));
}

bool is_pin(std::string_view text) {
    constexpr std::string_view kKind = "sha256//";
    if (!text.starts_with(kKind) || text.size() != kKind.size() + 44 || text.back() != '=') return false;
    return std::ranges::all_of(text.substr(kKind.size(), 43), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' ||
               c == '/';
    });
}

bool is_verifier_key(std::string_view text) {
    const auto name_end = text.find('+');
    if (name_end == std::string_view::npos || name_end == 0) return false;
    const auto name = text.substr(0, name_end);
    const auto rest = text.substr(name_end + 1);
    if (rest.size() != 8 + 1 + 44 || rest[8] != '+') return false;
    const auto lower_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    const auto base64 = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' ||
               c == '/';
    };
    return std::ranges::all_of(name, [](char c) { return c > 0x20 && c < 0x7F; }) &&
           std::ranges::all_of(rest.substr(0, 8), lower_hex) && std::ranges::all_of(rest.substr(9), base64);
}

bool is_cosigner_key(std::string_view text) {
    if (!is_verifier_key(text)) return false;
    const std::string_view name = key_name(text);
    if (name.size() > kKeyNameBytesMax) return false;
    const auto key = crypto::array_from_base64<33>(text.substr(name.size() + 10));
    if (!key || key->front() != kCosignatureType) return false;
    const std::string hashed = std::string(name) + "\n" + std::string(key->begin(), key->end());
    return to_hex(crypto::sha256(bytes_of(hashed))).substr(0, 8) == text.substr(name.size() + 1, 8);
}

std::string_view key_name(std::string_view verifier_key) {
    return verifier_key.substr(0, verifier_key.find('+'));
}

}  // namespace sala::record
