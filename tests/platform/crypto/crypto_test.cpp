#include "platform/crypto/crypto.h"

namespace sala::crypto {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> array_from(std::string_view hex) {
    std::array<std::uint8_t, N> out{};
    const auto bytes = from_hex(hex);
    EXPECT_TRUE(bytes && bytes->size() == N) << hex;
    if (bytes && bytes->size() == N) std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

TEST(Sha256, HasThePublishedVectors) {
    // FIPS 180-4 examples of NIST.
    EXPECT_EQ(to_hex(sha256(bytes_of(""))),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256(bytes_of("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha256(bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(sha256({bytes_of("a"), bytes_of(""), bytes_of("bc")}), sha256(bytes_of("abc")));
}

TEST(Ed25519, HasTheVectorsOfRfc8032) {
    const struct {
        const char* seed;
        const char* key;
        const char* message;
        const char* signature;
    } vectors[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25"
         "bf5f0595b"
         "be24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387"
         "b2eaeb430"
         "2aeeb00d291612bb0c00"},
        {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
         "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7"
         "c15e9716e"
         "d28dc027beceea1ec40a"},
    };
    for (const auto& vector : vectors) {
        const SigningKey key = SigningKey::from_seed(array_from<32>(vector.seed));
        const Bytes message = *from_hex(vector.message);
        EXPECT_EQ(to_hex(key.public_key()), vector.key);
        EXPECT_EQ(to_hex(key.seed()), vector.seed);
        Signature signature = key.sign(message);
        EXPECT_EQ(to_hex(signature), vector.signature);
        EXPECT_TRUE(verify(key.public_key(), message, signature));
        for (std::size_t i = 0; i < signature.size(); ++i) {
            signature[i] ^= 1;
            EXPECT_FALSE(verify(key.public_key(), message, signature)) << i;
            signature[i] ^= 1;
        }
        EXPECT_FALSE(verify(key.public_key(), bytes_of("another"), signature));
    }
}

TEST(Ed25519, RefusesASecondSpellingOfASignature) {
    const SigningKey key = SigningKey::from_seed({});
    Signature signature = key.sign(bytes_of("a"));
    // S + L, the order of the group: the same equation, other bytes.
    const auto order = array_from<32>("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    unsigned carry = 0;
    for (std::size_t i = 0; i < 32; ++i) {
        carry += static_cast<unsigned>(signature[32 + i]) + order[i];
        signature[32 + i] = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
    EXPECT_FALSE(verify(key.public_key(), bytes_of("a"), signature));
    EXPECT_FALSE(verify(PublicKey{}, bytes_of("a"), Signature{}));
}

TEST(SigningKey, MovesWithItsSecret) {
    SigningKey key = SigningKey::generate();
    const PublicKey is = key.public_key();
    const SigningKey moved = std::move(key);
    EXPECT_TRUE(verify(is, bytes_of("a"), moved.sign(bytes_of("a"))));
    EXPECT_NE(SigningKey::generate().public_key(), is);
}

TEST(Base64, HasTheVectorsOfRfc4648) {
    const struct {
        const char* text;
        const char* letters;
    } vectors[] = {{"", ""},
                   {"f", "Zg=="},
                   {"fo", "Zm8="},
                   {"foo", "Zm9v"},
                   {"foob", "Zm9vYg=="},
                   {"fooba", "Zm9vYmE="},
                   {"foobar", "Zm9vYmFy"}};
    for (const auto& vector : vectors) {
        EXPECT_EQ(to_base64(bytes_of(vector.text)), vector.letters);
        const std::optional<Bytes> bytes = from_base64(vector.letters);
        ASSERT_TRUE(bytes);
        EXPECT_EQ(text_of(*bytes), vector.text);
    }
}

TEST(Base64, TakesNoOtherSpelling) {
    for (const char* text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v ", " Zm9v", "Zm9v\n", "Zm 9v",
                             "Zm9vYg==Zm9v", "=", "====", "Z", "Zm-v", "Zm_v", "Zm9v=", "Zm.v"}) {
        EXPECT_FALSE(from_base64(text)) << text;
    }
    EXPECT_FALSE(from_base64(std::string_view("Zm9v\0", 5)));
}

TEST(Base64, TakesNoByteForAnother) {
    const std::string good = "+/9vAAAA////";
    ASSERT_TRUE(from_base64(good));
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string text = good;
            text[at] = static_cast<char>(byte);
            const std::optional<Bytes> bytes = from_base64(text);
            if (bytes) {
                EXPECT_EQ(to_base64(*bytes), text) << at << " " << byte;
            }
        }
    }
}

TEST(Base64, OfAKnownSizeTakesNoOtherSize) {
    EXPECT_TRUE(array_from_base64<3>("Zm9v"));
    EXPECT_FALSE(array_from_base64<2>("Zm9v"));
    EXPECT_FALSE(array_from_base64<4>("Zm9v"));
}

TEST(SameSecret, IsTheSameBytesAndAsMany) {
    EXPECT_TRUE(same_secret(bytes_of("abc"), bytes_of("abc")));
    EXPECT_TRUE(same_secret({}, {}));
    EXPECT_FALSE(same_secret(bytes_of("abc"), bytes_of("abd")));
    EXPECT_FALSE(same_secret(bytes_of("abc"), bytes_of("ab")));
}

}  // namespace
}  // namespace sala::crypto
