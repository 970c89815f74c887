// Who a server is: a private key, the certificate that TLS wants around it, and the pin by which clients know
// it.
//
// The pin is of the key alone. A certificate may be renewed, expire or lie about its dates: whoever holds the
// key is the server, and nobody else. The key text is a secret and belongs into a file that only its user may
// read. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace sala::http {

struct Identity {
    std::string certificate_pem;
    std::string key_pem;
};

// A new EC P-256 key and a self-signed certificate without an end; its dates do not depend on the clock.
Result<Identity> make_identity();

// "sha256//" and the base64 of SHA-256(SubjectPublicKeyInfo), as curl and RFC 7469 write it. Errors:
// HTTP-BAD-CERTIFICATE.
Result<std::string> pin_of(std::string_view certificate_pem);

// "sha256//" and 44 characters of base64: one pin, not curl's lists and file names.
bool is_pin(std::string_view text);

// Whether key and certificate can be read and belong together; HTTP-BAD-IDENTITY.
Result<void> check_identity(const Identity& identity);

}  // namespace sala::http
