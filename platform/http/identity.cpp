#include "platform/http/identity.h"

#include <array>
#include <memory>

#include "platform/http/x509.h"

namespace sala::http {
namespace {

using Credentials = Handle<gnutls_certificate_credentials_st, gnutls_certificate_free_credentials>;

constexpr std::string_view kPinPrefix = "sha256//";
constexpr std::size_t kPinDigits = 44;  // 32 bytes in base64

int fill_in(gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key) {
    int code = begin_certificate(certificate, "sala");
    const auto then = [&code](auto step, auto... arguments) {
        if (code >= 0) code = step(arguments...);
    };
    then(gnutls_x509_crt_set_key_usage, certificate, unsigned{GNUTLS_KEY_DIGITAL_SIGNATURE});
    then(gnutls_x509_crt_set_key, certificate, key);
    then(gnutls_x509_crt_sign2, certificate, certificate, key, GNUTLS_DIG_SHA256, 0U);
    return code;
}

}  // namespace

Result<Identity> make_identity() {
    const Key key = new_key();
    int code = make_key(key.get());
    const Certificate certificate = new_certificate();
    if (code >= 0) code = fill_in(certificate.get(), key.get());
    return code < 0 ? Result<Identity>(cannot_make(code)) : written(certificate.get(), key.get());
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
