// How a server and its keys are written, in office.toml and on the command line.
#pragma once

#include <string_view>

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

// What stands before the first '+'.
std::string_view key_name(std::string_view verifier_key);

}  // namespace sala::record
