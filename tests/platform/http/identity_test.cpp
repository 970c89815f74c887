#include "platform/http/identity.h"

#include "tests/platform/http/peers.h"

namespace sala::http {
namespace {

TEST(Identity, IsAKeyAndACertificateThatBelongTogether) {
    const Result<Identity> made = make_identity();
    ASSERT_TRUE(made);
    EXPECT_TRUE(check_identity(*made));
    EXPECT_TRUE(is_pin(pin_of(made->certificate_pem).value()));
}

TEST(Identity, KeyAndCertificateOfTwoAreRefused) {
    const Identity mixed{make_identity()->certificate_pem, make_identity()->key_pem};
    const Result<void> checked = check_identity(mixed);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, "HTTP-BAD-IDENTITY");
}

TEST(Identity, PinIsOfTheKeyWhateverTheCertificateSays) {
    const Identity identity = make_identity().value();
    const Identity later = expired(identity);
    EXPECT_NE(identity.certificate_pem, later.certificate_pem);
    EXPECT_EQ(pin_of(identity.certificate_pem).value(), pin_of(later.certificate_pem).value());
    EXPECT_NE(pin_of(identity.certificate_pem).value(), pin_of(make_identity()->certificate_pem).value());
}

TEST(Identity, PinOfWhatIsNoCertificateIsAnError) {
    const Result<std::string> pin = pin_of("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    ASSERT_FALSE(pin);
    EXPECT_EQ(pin.error().code, "HTTP-BAD-CERTIFICATE");
}

// libcurl would take a list, or a file, for a pin as well.
TEST(Identity, OnlyOnePinIsAPin) {
    const std::string pin = pin_of(test_identity().certificate_pem).value();
    EXPECT_TRUE(is_pin(pin));
    EXPECT_FALSE(is_pin(""));
    EXPECT_FALSE(is_pin("sha256//"));
    EXPECT_FALSE(is_pin(pin + ";" + pin));
    EXPECT_FALSE(is_pin("/etc/ssl/key.pem"));
    EXPECT_FALSE(is_pin(pin.substr(0, pin.size() - 1)));
    EXPECT_FALSE(is_pin(pin.substr(0, pin.size() - 1) + "A"));
}

}  // namespace
}  // namespace sala::http
