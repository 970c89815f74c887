// Which links Sala shows as a QR code: https, on a host that the office itself listed, short enough to scan,
// and spelled so that the host a visitor reads beside the code is the host the phone will open.
//
// Why kLinkBytesMax is 150. On the portrait screen the code gets 560 px; with at least 6 px per module and a
// margin of 4 modules on each side that is floor(560 / 6) - 8 = 85 modules, version (85 - 17) / 4 = 17, which
// holds 504 bytes at level M. That is the edge; 150 bytes stay well inside it: version 8 at level M holds 152
// bytes in 49 modules (9 px per module), version 10 at level Q 151 bytes in 57 (8 px), so the code keeps its
// 6 px on a screen scaled to two thirds.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sala::record {

inline constexpr std::size_t kLinkBytesMax = 150;

// What is wrong with a link or a host; `code` is the last part of the problem's code ("HOST", "NOT-HTTPS",
// ...).
struct LinkFault {
    std::string code;
    std::string thai;
    std::string english;
};

// "https://itas.nacc.go.th/go/eit/demo00" -> "itas.nacc.go.th"; empty where there is no host to be read.
std::string_view link_host(std::string_view url);

// HTTPS, CHARACTER, USERINFO, PORT, FRAGMENT, SHORTENER, HOST, LONG.
std::optional<LinkFault> link_fault(std::string_view url, const std::vector<std::string>& hosts);

// A name that may stand on the office's list: lower case, at least two labels, no shortener, nothing encoded
// (xn--), no number instead of a name. NAME, SHORTENER.
std::optional<LinkFault> host_fault(std::string_view host);

// Lower-case labels [a-z0-9-]{1,63}, at least two, the last one not a number; at most 253 bytes.
bool is_host_name(std::string_view host);

}  // namespace sala::record
