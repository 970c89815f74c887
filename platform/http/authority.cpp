#include "platform/http/authority.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <vector>

#include "platform/base/bytes.h"
#include "platform/http/x509.h"

namespace sala::http {
namespace {

void end_constraints(gnutls_x509_name_constraints_t constraints) {
    gnutls_x509_name_constraints_deinit(constraints);
}
using Constraints = Handle<gnutls_name_constraints_st, end_constraints>;

// Network byte order: 4 or 16 bytes, or none where it is no literal.
Bytes address_bytes(std::string_view text) {
    const std::string literal(text);
    Bytes bytes(sizeof(in6_addr));
    if (::inet_pton(AF_INET, literal.c_str(), bytes.data()) == 1) {
        bytes.resize(sizeof(in_addr));
    } else if (::inet_pton(AF_INET6, literal.c_str(), bytes.data()) != 1) {
        bytes.clear();
    }
    return bytes;
}

gnutls_datum_t datum_of(Bytes& bytes) { return {bytes.data(), static_cast<unsigned>(bytes.size())}; }

// The address with a mask of ones is allowed. A kind of name that no constraint mentions would be free, so
// the other kind that servers have is shut out by a constraint that fits all of it.
int constrain(gnutls_x509_crt_t certificate, const Bytes& address) {
    gnutls_x509_name_constraints_t held = nullptr;
    int code = gnutls_x509_name_constraints_init(&held);
    if (code < 0) return code;
    const Constraints constraints(held);
    Bytes one = address;
    one.resize(2 * address.size(), 0xff);
    const gnutls_datum_t range = datum_of(one);
    code = gnutls_x509_name_constraints_add_permitted(held, GNUTLS_SAN_IPADDRESS, &range);
    std::array<unsigned char, 1> nothing{};
    const gnutls_datum_t all{nothing.data(), 0};
    if (code >= 0) code = gnutls_x509_name_constraints_add_excluded(held, GNUTLS_SAN_DNSNAME, &all);
    return code < 0 ? code : gnutls_x509_crt_set_name_constraints(certificate, held, 1);
}

int name_key(gnutls_x509_crt_t certificate, gnutls_x509_crt_t issuer) {
    std::array<unsigned char, 20> id;
    std::size_t size = id.size();
    int code = gnutls_x509_crt_get_key_id(certificate, GNUTLS_KEYID_USE_SHA1, id.data(), &size);
    if (code >= 0) code = gnutls_x509_crt_set_subject_key_id(certificate, id.data(), size);
    size = id.size();
    if (code >= 0) code = gnutls_x509_crt_get_key_id(issuer, GNUTLS_KEYID_USE_SHA1, id.data(), &size);
    return code < 0 ? code : gnutls_x509_crt_set_authority_key_id(certificate, id.data(), size);
}

int make_authority(gnutls_x509_crt_t authority, gnutls_x509_privkey_t key, std::string_view name,
                   const Bytes& address) {
    int code = begin_certificate(authority, fmt::format("Sala {}", name));
    const auto then = [&code](auto step, auto... arguments) {
        if (code >= 0) code = step(arguments...);
    };
    then(gnutls_x509_crt_set_basic_constraints, authority, 1U, 0);  // it signs servers, not authorities
    then(gnutls_x509_crt_set_key_usage, authority, unsigned{GNUTLS_KEY_KEY_CERT_SIGN});
    then(gnutls_x509_crt_set_key_purpose_oid, authority, GNUTLS_KP_TLS_WWW_SERVER, 0U);
    then(gnutls_x509_crt_set_key, authority, key);
    if (code >= 0) code = constrain(authority, address);
    if (code >= 0) code = name_key(authority, authority);
    then(gnutls_x509_crt_sign2, authority, authority, key, GNUTLS_DIG_SHA256, 0U);
    return code;
}

int make_server(gnutls_x509_crt_t server, gnutls_x509_privkey_t key, const Bytes& address,
                gnutls_x509_crt_t authority, gnutls_x509_privkey_t authority_key) {
    int code = begin_certificate(server, "Sala server");  // no name that a browser would look at
    const auto then = [&code](auto step, auto... arguments) {
        if (code >= 0) code = step(arguments...);
    };
    then(gnutls_x509_crt_set_basic_constraints, server, 0U, -1);
    then(gnutls_x509_crt_set_key_usage, server, unsigned{GNUTLS_KEY_DIGITAL_SIGNATURE});
    then(gnutls_x509_crt_set_key_purpose_oid, server, GNUTLS_KP_TLS_WWW_SERVER, 0U);
    then(gnutls_x509_crt_set_subject_alt_name, server, GNUTLS_SAN_IPADDRESS, address.data(),
         static_cast<unsigned>(address.size()), unsigned{GNUTLS_FSAN_SET});
    then(gnutls_x509_crt_set_key, server, key);
    if (code >= 0) code = name_key(server, authority);
    then(gnutls_x509_crt_sign2, server, authority, authority_key, GNUTLS_DIG_SHA256, 0U);
    return code;
}

}  // namespace

Result<AuthorityIdentity> make_authority_identity(std::string_view address) {
    const Bytes bytes = address_bytes(address);
    if (bytes.empty()) {
        return Error{
            "HTTP-BAD-ADDRESS", fmt::format("ออกใบรับรองให้ {} ไม่ได้ โปรดระบุหมายเลข IP ของเครื่องนี้", address),
            fmt::format("No certificate can be made for \"{}\"; write this machine's IP address.", address)};
    }
    const Key authority_key = new_key(), key = new_key();
    const Certificate authority = new_certificate(), server = new_certificate();
    int code = make_key(authority_key.get());
    if (code >= 0) code = make_key(key.get());
    if (code >= 0) code = make_authority(authority.get(), authority_key.get(), address, bytes);
    if (code >= 0) {
        code = make_server(server.get(), key.get(), bytes, authority.get(), authority_key.get());
    }
    if (code < 0) return cannot_make(code);
    Result<std::string> authority_pem = pem_of(authority.get());
    if (!authority_pem) return authority_pem.error();
    Result<Identity> identity = written(server.get(), key.get());
    if (!identity) return identity.error();
    return AuthorityIdentity{*std::move(identity), *std::move(authority_pem)};
}

}  // namespace sala::http
