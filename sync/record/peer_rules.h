// How a server and its keys are written, in office.toml and on the command line.
#pragma once

#include <optional>
#include <string_view>

#include "sync/record/office.h"

namespace sala::record {

// https://host[:port] and nothing after it, lower case.
bool is_gateway_url(std::string_view text);

// The same with a path that may follow: letters, digits and ._~- between slashes, none at the end.
bool is_service_url(std::string_view text);

// "sha256//" and the base64 of 32 bytes.
bool is_pin(std::string_view text);

// C2SP: "<name>+<8 hex>+<base64 of type byte and key>". Whether the hash fits is not looked at.
bool is_verifier_key(std::string_view text);

// The key of a cosigner (type 0x04), with the hash that belongs to it.
bool is_cosigner_key(std::string_view text);

// "192.168.1.10:8445" or "[fd00::10]:8445": the literal of one address that others can reach or of this
// machine itself (not 0.0.0.0, [::] or a multicast address, not fe80::, which needs a zone), as inet_ntop()
// writes it, and a port from 1024.
std::optional<ListenAt> listening_address(std::string_view text);

// What stands before the first '+'.
std::string_view key_name(std::string_view verifier_key);

}  // namespace sala::record
