#include "platform/crypto/crypto.h"

#include <sodium.h>

#include <cstdlib>

namespace sala::crypto {
namespace {

void require_sodium() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) std::abort();
}

}  // namespace

Hash sha256(std::initializer_list<ByteView> parts) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (const ByteView part : parts) crypto_hash_sha256_update(&state, part.data(), part.size());
    Hash hash;
    crypto_hash_sha256_final(&state, hash.data());
    return hash;
}

SigningKey SigningKey::generate() {
    require_sodium();
    SigningKey key;
    crypto_sign_keypair(key.public_.data(), key.secret_.data());
    return key;
}

SigningKey SigningKey::from_seed(const Seed& seed) {
    require_sodium();
    SigningKey key;
    crypto_sign_seed_keypair(key.public_.data(), key.secret_.data(), seed.data());
    return key;
}

SigningKey::SigningKey(SigningKey&& other) noexcept { *this = std::move(other); }

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
    if (this != &other) {
        public_ = other.public_;
        secret_ = other.secret_;
        sodium_memzero(other.secret_.data(), other.secret_.size());
    }
    return *this;
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

Signature SigningKey::sign(ByteView message) const {
    Signature signature;
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret_.data());
    return signature;
}

SigningKey::Seed SigningKey::seed() const {
    Seed seed;
    crypto_sign_ed25519_sk_to_seed(seed.data(), secret_.data());
    return seed;
}

bool verify(const PublicKey& key, ByteView message, const Signature& signature) {
    require_sodium();
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
}

void random_fill(std::span<std::uint8_t> bytes) {
    require_sodium();
    randombytes_buf(bytes.data(), bytes.size());
}

bool same_secret(ByteView one, ByteView other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string to_base64(ByteView bytes) {
    constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
    text.pop_back();  // The terminating NUL that libsodium counts.
    return text;
}

std::optional<Bytes> from_base64(std::string_view text) {
    Bytes bytes(text.size() / 4 * 3 + 3);
    std::size_t size = 0;
    const char* end = nullptr;
    const int failed = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size,
                                         &end, sodium_base64_VARIANT_ORIGINAL);
    if (failed != 0 || end != text.data() + text.size()) return {};
    bytes.resize(size);
    // libsodium 1.0.18 reads every byte above 0x7f as a slash where `char` is signed: only what it would
    // write itself is taken.
    if (to_base64(bytes) != text) return {};
    return bytes;
}

}  // namespace sala::crypto
