#include "platform/http/x509.h"

#include <gnutls/crypto.h>

#include <array>
#include <ctime>

namespace sala::http {
namespace {

constexpr std::time_t kValidSince = 946684800;  // 2000-01-01: before any clock that still runs
// The end of 9999, as RFC 5280 has it; GnuTLS 3.7's own constant for it is the year 2106.
constexpr std::time_t kValidUntil = 253402300799;

}  // namespace

Error cannot_make(int code) {
    return {"HTTP-NO-IDENTITY", "สร้างกุญแจของเครื่องแม่ข่ายไม่สำเร็จ โปรดลองใหม่อีกครั้ง",
            std::string("Could not make the server's key: ") + gnutls_strerror(code) + "; try again."};
}

gnutls_datum_t datum_of(std::string_view text) {
    return {reinterpret_cast<unsigned char*>(const_cast<char*>(text.data())),
            static_cast<unsigned>(text.size())};
}

std::string take(gnutls_datum_t& datum) {
    std::string text(reinterpret_cast<const char*>(datum.data), datum.size);
    gnutls_memset(datum.data, 0, datum.size);
    gnutls_free(datum.data);
    return text;
}

Key new_key() {
    gnutls_x509_privkey_t key = nullptr;
    gnutls_x509_privkey_init(&key);
    return Key(key);
}

Certificate new_certificate() {
    gnutls_x509_crt_t certificate = nullptr;
    gnutls_x509_crt_init(&certificate);
    return Certificate(certificate);
}

int make_key(gnutls_x509_privkey_t key) {
    return gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
                                        GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
}

int begin_certificate(gnutls_x509_crt_t certificate, std::string_view name) {
    std::array<unsigned char, 16> serial;
    int code = gnutls_rnd(GNUTLS_RND_NONCE, serial.data(), serial.size());
    serial[0] = static_cast<unsigned char>((serial[0] & 0x7f) | 0x40);  // positive, and no zero in front
    const auto then = [&code](auto step, auto... arguments) {
        if (code >= 0) code = step(arguments...);
    };
    then(gnutls_x509_crt_set_version, certificate, 3U);
    then(gnutls_x509_crt_set_serial, certificate, serial.data(), serial.size());
    then(gnutls_x509_crt_set_dn_by_oid, certificate, GNUTLS_OID_X520_COMMON_NAME, 0U, name.data(),
         static_cast<unsigned>(name.size()));
    then(gnutls_x509_crt_set_activation_time, certificate, kValidSince);
    then(gnutls_x509_crt_set_expiration_time, certificate, kValidUntil);
    return code;
}

Result<std::string> pem_of(gnutls_x509_crt_t certificate) {
    gnutls_datum_t text{};
    const int code = gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &text);
    return code < 0 ? Result<std::string>(cannot_make(code)) : take(text);
}

Result<Identity> written(gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key) {
    Result<std::string> certificate_pem = pem_of(certificate);
    if (!certificate_pem) return certificate_pem.error();
    gnutls_datum_t text{};
    const int code = gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &text);
    if (code < 0) return cannot_make(code);
    return Identity{*std::move(certificate_pem), take(text)};
}

}  // namespace sala::http
