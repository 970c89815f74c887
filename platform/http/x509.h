// Inside this room only: what makes keys and certificates out of GnuTLS's pieces.
//
// Functions that answer with an int answer with GnuTLS's code: below zero is a failure.
#pragma once

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include <string>
#include <string_view>

#include "platform/base/handle.h"
#include "platform/http/identity.h"

namespace sala::http {

using Key = Handle<gnutls_x509_privkey_int, gnutls_x509_privkey_deinit>;
using Certificate = Handle<gnutls_x509_crt_int, gnutls_x509_crt_deinit>;

Key new_key();
Certificate new_certificate();

// A private key on the curve P-256.
int make_key(gnutls_x509_privkey_t key);

// Version, a random serial, the common name, and dates that no clock leaves: 2000 to the end of 9999.
int begin_certificate(gnutls_x509_crt_t certificate, std::string_view name);

Result<std::string> pem_of(gnutls_x509_crt_t certificate);
Result<Identity> written(gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key);

// HTTP-NO-IDENTITY.
Error cannot_make(int code);

// A GnuTLS datum that looks at a text; the library only reads it.
gnutls_datum_t datum_of(std::string_view text);

// What GnuTLS wrote into memory of its own, as a text; the memory is overwritten, for it may hold a secret.
std::string take(gnutls_datum_t& datum);

}  // namespace sala::http
