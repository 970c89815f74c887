// Hashing, signing and randomness, as libsodium does them; strict base64 beside them.
//
// Every function may be called from any thread. The first use initialises the library; a machine on which
// that fails has no source of randomness, and the program ends.
#pragma once

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/bytes.h"

namespace sala::crypto {

using Hash = std::array<std::uint8_t, 32>;
using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

// SHA-256 (FIPS 180-4) of the parts one after the other.
Hash sha256(std::initializer_list<ByteView> parts);
inline Hash sha256(ByteView bytes) { return sha256({bytes}); }

// An Ed25519 key pair (RFC 8032). The secret is wiped when the object goes.
class SigningKey {
  public:
    using Seed = std::array<std::uint8_t, 32>;

    static SigningKey generate();
    static SigningKey from_seed(const Seed& seed);
    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();

    const PublicKey& public_key() const { return public_; }
    Signature sign(ByteView message) const;

    // The 32 secret bytes from which the pair is made again: for the key file only.
    Seed seed() const;

  private:
    SigningKey() = default;
    PublicKey public_{};
    std::array<std::uint8_t, 64> secret_{};
};

bool verify(const PublicKey& key, ByteView message, const Signature& signature);

template <std::size_t N>
std::array<std::uint8_t, N> random_array();

void random_fill(std::span<std::uint8_t> bytes);

template <std::size_t N>
std::array<std::uint8_t, N> random_array() {
    std::array<std::uint8_t, N> bytes;
    random_fill(bytes);
    return bytes;
}

// Whether two secrets are the same; the time it takes tells only their lengths.
bool same_secret(ByteView one, ByteView other);

// RFC 4648 base64 with padding. Decoding is strict: no white space, padding complete, unused bits zero.
std::string to_base64(ByteView bytes);
std::optional<Bytes> from_base64(std::string_view text);

// The same, for a value of known size.
template <std::size_t N>
std::optional<std::array<std::uint8_t, N>> array_from_base64(std::string_view text) {
    const std::optional<Bytes> bytes = from_base64(text);
    if (!bytes || bytes->size() != N) return {};
    std::array<std::uint8_t, N> result;
    std::copy(bytes->begin(), bytes->end(), result.begin());
    return result;
}

}  // namespace sala::crypto
