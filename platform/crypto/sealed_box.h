// Bytes that only the holder of one key can read: libsodium's crypto_box_seal (X25519, XSalsa20-Poly1305).
//
// Who sealed them cannot be told, and whoever sealed them cannot open them again. Sealing the same bytes
// twice gives different bytes. Any thread.
#pragma once

#include "platform/crypto/crypto.h"

namespace sala::crypto {

// An X25519 key pair. The secret is wiped when the object goes.
class BoxKey {
  public:
    using Secret = std::array<std::uint8_t, 32>;

    static BoxKey generate();
    static BoxKey from_secret(const Secret& secret);
    BoxKey(BoxKey&&) noexcept = default;
    BoxKey& operator=(BoxKey&&) = delete;
    ~BoxKey();

    const PublicKey& public_key() const { return public_; }
    Secret secret() const { return secret_; }  // for the key file only

    // Nothing where the bytes were sealed to another key, or changed.
    std::optional<Bytes> open(ByteView sealed) const;

  private:
    BoxKey() = default;
    PublicKey public_{};
    Secret secret_{};
};

inline constexpr std::size_t kSealedBoxBytes = 48;  // by which sealing lengthens

// Nothing where `key` is no key to which anything can be sealed (a point of small order).
std::optional<Bytes> seal_to(const PublicKey& key, ByteView bytes);

}  // namespace sala::crypto
