// Whom an office PC trusts once the authority is installed, as two other programs and GnuTLS see it.
#include "platform/http/authority.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "platform/base/files.h"
#include "tests/platform/http/peers.h"

namespace sala::http {
namespace {

std::string said_by(const std::string& command) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen((command + " 2>&1").c_str(), "r"),
                                                               ::pclose);
    std::string said;
    std::array<char, 4096> room;
    while (const std::size_t count = std::fread(room.data(), 1, room.size(), pipe.get())) {
        said.append(room.data(), count);
    }
    return said;
}

class Authority : public testing::Test {
  protected:
    void SetUp() override { std::filesystem::create_directories(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name, const std::string& text) const {
        const std::filesystem::path path = folder_ / name;
        EXPECT_TRUE(write_file_durably(path, text));
        return path.string();
    }
    std::string verified(const AuthorityIdentity& made, const std::string& options) const {
        return said_by("openssl verify -x509_strict -purpose sslserver -CAfile " +
                       file("authority.crt", made.authority_pem) + " " + options + " " +
                       file("server.crt", made.identity.certificate_pem));
    }

  private:
    const std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / fmt::format("sala-authority-{}", ::getpid());
};

TEST_F(Authority, MakesAServerThatIsValidAtItsAddressAndNowhereElse) {
    for (const auto& [address, other] :
         {std::pair("192.168.1.10", "192.168.1.11"), {"fd00::10", "fd00::11"}}) {
        const AuthorityIdentity made = make_authority_identity(address).value();
        EXPECT_TRUE(check_identity(made.identity));
        EXPECT_NE(verified(made, fmt::format("-verify_ip {}", address)).find(": OK"), std::string::npos)
            << verified(made, fmt::format("-verify_ip {}", address));
        EXPECT_NE(verified(made, fmt::format("-verify_ip {}", other)).find("IP address mismatch"),
                  std::string::npos);
        EXPECT_NE(verified(made, "-verify_hostname localhost").find("hostname mismatch"), std::string::npos);
    }
}

// A PC whose battery is dead, and one that takes the Buddhist year for a year of the Common Era.
TEST_F(Authority, IsValidWhateverTheClockSays) {
    const AuthorityIdentity made = make_authority_identity("192.168.1.10").value();
    for (const char* seconds : {"1104537600", "1800000000", "18909590400"}) {
        const std::string said = verified(made, fmt::format("-attime {}", seconds));
        EXPECT_NE(said.find(": OK"), std::string::npos) << said;
    }
}

TEST_F(Authority, TwoHaveNothingInCommon) {
    const AuthorityIdentity one = make_authority_identity("192.168.1.10").value();
    AuthorityIdentity other = make_authority_identity("192.168.1.10").value();
    other.authority_pem = one.authority_pem;
    EXPECT_EQ(verified(other, "").find(": OK"), std::string::npos);
}

TEST_F(Authority, OnlyAnAddressHasOne) {
    for (const char* address :
         {"", "localhost", "192.168.1", "192.168.1.10:8445", "[::1]", "kiosk.example"}) {
        const auto made = make_authority_identity(address);
        ASSERT_FALSE(made) << address;
        EXPECT_EQ(made.error().code, "HTTP-BAD-ADDRESS");
    }
}

// An authority with the constraints of ours, whose key was not forgotten: the worst that could happen.
class Thief {
  public:
    explicit Thief(const std::string& authority_pem) {
        gnutls_x509_privkey_init(&key_);
        EXPECT_EQ(gnutls_x509_privkey_generate(key_, GNUTLS_PK_ECDSA,
                                               GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0),
                  0);
        gnutls_x509_crt_t ours = nullptr;
        gnutls_x509_crt_init(&ours);
        const gnutls_datum_t pem{reinterpret_cast<unsigned char*>(const_cast<char*>(authority_pem.data())),
                                 static_cast<unsigned>(authority_pem.size())};
        EXPECT_EQ(gnutls_x509_crt_import(ours, &pem, GNUTLS_X509_FMT_PEM), 0);
        gnutls_x509_name_constraints_t constraints = nullptr;
        gnutls_x509_name_constraints_init(&constraints);
        unsigned critical = 0;
        EXPECT_EQ(gnutls_x509_crt_get_name_constraints(ours, constraints, 0, &critical), 0);
        EXPECT_EQ(critical, 1U);
        begin(authority_, "thief");
        gnutls_x509_crt_set_basic_constraints(authority_, 1, 0);
        gnutls_x509_crt_set_key_usage(authority_, GNUTLS_KEY_KEY_CERT_SIGN);
        EXPECT_EQ(gnutls_x509_crt_set_name_constraints(authority_, constraints, 1), 0);
        EXPECT_EQ(gnutls_x509_crt_sign2(authority_, authority_, key_, GNUTLS_DIG_SHA256, 0), 0);
        gnutls_x509_name_constraints_deinit(constraints);
        gnutls_x509_crt_deinit(ours);
    }
    Thief(const Thief&) = delete;
    Thief& operator=(const Thief&) = delete;
    ~Thief() {
        gnutls_x509_crt_deinit(authority_);
        gnutls_x509_privkey_deinit(key_);
    }

    std::string authority_pem() const { return text_of(authority_); }
    std::string server_pem(gnutls_x509_subject_alt_name_t kind, std::string_view name) {
        gnutls_x509_crt_t server = nullptr;
        begin(server, "server");
        gnutls_x509_crt_set_basic_constraints(server, 0, -1);
        gnutls_x509_crt_set_key_purpose_oid(server, GNUTLS_KP_TLS_WWW_SERVER, 0);
        EXPECT_EQ(gnutls_x509_crt_set_subject_alt_name(server, kind, name.data(),
                                                       static_cast<unsigned>(name.size()), GNUTLS_FSAN_SET),
                  0);
        EXPECT_EQ(gnutls_x509_crt_sign2(server, authority_, key_, GNUTLS_DIG_SHA256, 0), 0);
        const std::string pem = text_of(server);
        gnutls_x509_crt_deinit(server);
        return pem;
    }

  private:
    void begin(gnutls_x509_crt_t& certificate, std::string_view name) {
        gnutls_x509_crt_init(&certificate);
        gnutls_x509_crt_set_version(certificate, 3);
        gnutls_x509_crt_set_serial(certificate, name.data(), name.size());
        gnutls_x509_crt_set_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name.data(),
                                      static_cast<unsigned>(name.size()));
        gnutls_x509_crt_set_activation_time(certificate, 946684800);
        gnutls_x509_crt_set_expiration_time(certificate, 4102444800);
        gnutls_x509_crt_set_key(certificate, key_);
    }
    static std::string text_of(gnutls_x509_crt_t certificate) {
        gnutls_datum_t text{};
        EXPECT_EQ(gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &text), 0);
        std::string pem(reinterpret_cast<const char*>(text.data), text.size);
        gnutls_free(text.data);
        return pem;
    }

    gnutls_x509_privkey_t key_ = nullptr;
    gnutls_x509_crt_t authority_ = nullptr;
};

TEST_F(Authority, ItsConstraintsBindEvenAThiefOfItsKey) {
    Thief thief(make_authority_identity("192.168.1.10")->authority_pem);
    const std::string authority = file("thief.crt", thief.authority_pem());
    const auto seen = [&](gnutls_x509_subject_alt_name_t kind, std::string_view name) {
        const std::string server = file("server.crt", thief.server_pem(kind, name));
        return said_by(fmt::format("openssl verify -CAfile {} {}", authority, server));
    };
    const std::string_view same("\xC0\xA8\x01\x0A", 4), other("\xC0\xA8\x01\x0B", 4);
    const std::string six("\xfd\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x10", 16);
    EXPECT_NE(seen(GNUTLS_SAN_IPADDRESS, same).find(": OK"), std::string::npos);
    EXPECT_NE(seen(GNUTLS_SAN_IPADDRESS, other).find("permitted subtree violation"), std::string::npos);
    EXPECT_NE(seen(GNUTLS_SAN_IPADDRESS, six).find("permitted subtree violation"), std::string::npos);
    EXPECT_NE(seen(GNUTLS_SAN_DNSNAME, "bank.example").find("excluded subtree violation"), std::string::npos);
}

}  // namespace
}  // namespace sala::http
