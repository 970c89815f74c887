// By what the kiosks know the gateway: its TLS key, in the folder of the office's keys.
#pragma once

#include <filesystem>

#include "platform/http/identity.h"

namespace sala::office {

// gateway.key (0600) and gateway.crt of `keys`, made where neither is. The trap: a new key is a new pin, of
// which every kiosk must be told; so a key that is lost beside its certificate is refused and not made anew.
// Refuses KEYS-GATEWAY-LOST, KEYS-OPEN, HTTP-BAD-IDENTITY, and what the files do.
Result<http::Identity> gateway_identity(const std::filesystem::path& keys);

}  // namespace sala::office
