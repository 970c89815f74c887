#include "platform/crypto/sealed_box.h"

#include <sodium.h>

namespace sala::crypto {

static_assert(kSealedBoxBytes == crypto_box_SEALBYTES);

BoxKey BoxKey::generate() { return from_secret(random_array<32>()); }

BoxKey BoxKey::from_secret(const Secret& secret) {
    BoxKey key;
    key.secret_ = secret;
    crypto_scalarmult_base(key.public_.data(), secret.data());
    return key;
}

BoxKey::~BoxKey() { sodium_memzero(secret_.data(), secret_.size()); }

std::optional<Bytes> BoxKey::open(ByteView sealed) const {
    if (sealed.size() < kSealedBoxBytes) return {};
    Bytes bytes(sealed.size() - kSealedBoxBytes);
    const int opened =
        crypto_box_seal_open(bytes.data(), sealed.data(), sealed.size(), public_.data(), secret_.data());
    return opened == 0 ? std::optional(std::move(bytes)) : std::nullopt;
}

std::optional<Bytes> seal_to(const PublicKey& key, ByteView bytes) {
    Bytes sealed(bytes.size() + kSealedBoxBytes);
    const int done = crypto_box_seal(sealed.data(), bytes.data(), bytes.size(), key.data());
    return done == 0 ? std::optional(std::move(sealed)) : std::nullopt;
}

}  // namespace sala::crypto
