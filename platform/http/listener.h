// A listening TCP socket on a literal address.
#pragma once

#include <cstdint>
#include <string>

#include "platform/base/descriptor.h"
#include "platform/base/result.h"

namespace sala::http {

// `address` is an IPv4 or IPv6 literal or "localhost" (127.0.0.1): names are not looked up. Port 0 is any
// free one. HTTP-BAD-ADDRESS, HTTP-CANNOT-LISTEN.
Result<Descriptor> listen_on(const std::string& address, std::uint16_t port);

std::uint16_t port_of(const Descriptor& listener);

}  // namespace sala::http
