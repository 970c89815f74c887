#include "platform/http/identity.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include <array>
#include <ctime>
#include <memory>
#include <vector>

#include "platform/base/handle.h"

namespace sala::http {
namespace {

using Key = Handle<gnutls_x509_privkey_int, gnutls_x509_privkey_deinit>;
using Certificate = Handle<gnutls_x509_crt_int, gnutls_x509_crt_deinit>;
using Credentials = Handle<gnutls_certificate_credentials_st, gnutls_certificate_free_credentials>;

constexpr std::string_view kPinPrefix = "sha256//";
constexpr std::size_t kPinDigits = 44;          // 32 bytes in base64
constexpr std::time_t kValidSince = 946684800;  // 2000-01-01: before any clock that still runs

Error cannot_make(int code) {
    return {"HTTP-NO-IDENTITY", "สร้างกุญแจของเครื่องแม่ข่ายไม่สำเร็จ โปรดลองใหม่อีกครั้ง",
            std::string("Could not make the server's key: ") + gnutls_strerror(code) + "; try again."};
}

// A GnuTLS datum that looks at a text; the library only reads it.
gnutls_datum_t datum_of(std::string_view text) {
    return {reinterpret_cast<unsigned char*>(const_cast<char*>(text.data())),
            static_cast<unsigned>(text.size())};
}

// What GnuTLS wrote into memory of its own, as a text; the memory is overwritten, for it may hold a secret.
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

int fill_in(gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key) {
    std::array<unsigned char, 16> serial;
    int code = gnutls_rnd(GNUTLS_RND_NONCE, serial.data(), serial.size());
    serial[0] = static_cast<unsigned char>((serial[0] & 0x7f) | 0x40);  // positive, and no zero in front
    const auto then = [&code](auto step, auto... arguments) {
        if (code >= 0) code = step(arguments...);
    };
    then(gnutls_x509_crt_set_version, certificate, 3U);
    then(gnutls_x509_crt_set_serial, certificate, serial.data(), serial.size());
    then(gnutls_x509_crt_set_dn_by_oid, certificate, GNUTLS_OID_X520_COMMON_NAME, 0U, "sala", 4U);
    then(gnutls_x509_crt_set_activation_time, certificate, kValidSince);
    then(gnutls_x509_crt_set_expiration_time, certificate, GNUTLS_X509_NO_WELL_DEFINED_EXPIRATION);
    then(gnutls_x509_crt_set_key_usage, certificate, unsigned{GNUTLS_KEY_DIGITAL_SIGNATURE});
    then(gnutls_x509_crt_set_key, certificate, key);
    then(gnutls_x509_crt_sign2, certificate, certificate, key, GNUTLS_DIG_SHA256, 0U);
    return code;
}

}  // namespace

Result<Identity> make_identity() {
    const Key key = new_key();
    int code = gnutls_x509_privkey_generate(key.get(), GNUTLS_PK_ECDSA,
                                            GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
    const Certificate certificate = new_certificate();
    if (code >= 0) code = fill_in(certificate.get(), key.get());
    Identity identity;
    gnutls_datum_t text{};
    if (code >= 0) code = gnutls_x509_crt_export2(certificate.get(), GNUTLS_X509_FMT_PEM, &text);
    if (code >= 0) {
        identity.certificate_pem = take(text);
        code = gnutls_x509_privkey_export2(key.get(), GNUTLS_X509_FMT_PEM, &text);
    }
    if (code < 0) return cannot_make(code);
    identity.key_pem = take(text);
    return identity;
}

Result<std::string> pin_of(std::string_view certificate_pem) {
    const Certificate certificate = new_certificate();
    const gnutls_datum_t pem = datum_of(certificate_pem);
    int code = gnutls_x509_crt_import(certificate.get(), &pem, GNUTLS_X509_FMT_PEM);
    std::array<unsigned char, 32> hash;
    std::size_t size = hash.size();
    if (code >= 0) {
        code = gnutls_x509_crt_get_key_id(certificate.get(), GNUTLS_KEYID_USE_SHA256, hash.data(), &size);
    }
    gnutls_datum_t base64{};
    if (code >= 0) {
        const gnutls_datum_t bytes{hash.data(), static_cast<unsigned>(size)};
        code = gnutls_base64_encode2(&bytes, &base64);
    }
    if (code < 0) {
        return Error{"HTTP-BAD-CERTIFICATE", "อ่านใบรับรองของเครื่องแม่ข่ายไม่ได้ โปรดตรวจสอบไฟล์ใบรับรอง",
                     std::string("Could not read the server's certificate: ") + gnutls_strerror(code) +
                         "; check its file."};
    }
    return std::string(kPinPrefix) + take(base64);
}

bool is_pin(std::string_view text) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (!text.starts_with(kPinPrefix)) return false;
    text.remove_prefix(kPinPrefix.size());
    return text.size() == kPinDigits && text.find_first_not_of(kDigits) == kPinDigits - 1 &&
           text.back() == '=';
}

Result<void> check_identity(const Identity& identity) {
    gnutls_certificate_credentials_t held = nullptr;
    gnutls_certificate_allocate_credentials(&held);
    const Credentials credentials(held);
    const gnutls_datum_t certificate = datum_of(identity.certificate_pem);
    const gnutls_datum_t key = datum_of(identity.key_pem);
    const int code = gnutls_certificate_set_x509_key_mem(held, &certificate, &key, GNUTLS_X509_FMT_PEM);
    if (code >= 0) return {};
    return Error{"HTTP-BAD-IDENTITY", "กุญแจกับใบรับรองของเครื่องแม่ข่ายใช้ด้วยกันไม่ได้ โปรดตรวจสอบไฟล์ทั้งสอง",
                 std::string("The server's key and certificate cannot be used together: ") +
                     gnutls_strerror(code) + "; check both files."};
}

}  // namespace sala::http
