#include "platform/crypto/password.h"

#include <sodium.h>

#include <cerrno>
#include <cstdlib>

namespace sala::crypto {
namespace {

static_assert(kPasswordBytesOfMemory >= std::size_t{19} << 20 && kPasswordPasses >= 2);

void require_sodium() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) std::abort();
}

}  // namespace

std::optional<std::string> hash_password(std::string_view password) {
    require_sodium();
    char hash[crypto_pwhash_STRBYTES];
    const int failed = crypto_pwhash_str_alg(hash, password.data(), password.size(), kPasswordPasses,
                                             kPasswordBytesOfMemory, crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) return {};
    return std::string(hash);
}

PasswordCheck check_password(const std::string& hash, std::string_view password) {
    require_sodium();
    // Of another cost: written by other hands, and a cheaper one could be guessed.
    if (crypto_pwhash_str_needs_rehash(hash.c_str(), kPasswordPasses, kPasswordBytesOfMemory) != 0) {
        return PasswordCheck::kUnknown;
    }
    errno = 0;
    if (crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0) {
        return PasswordCheck::kRight;
    }
    // libsodium says a mismatch by EINVAL; what it could not compute is no wrong password.
    return errno == EINVAL ? PasswordCheck::kWrong : PasswordCheck::kUnknown;
}

std::uint32_t random_below(std::uint32_t below) {
    require_sodium();
    return randombytes_uniform(below);
}

void wipe(std::string& secret) {
    sodium_memzero(secret.data(), secret.size());
    secret.clear();
}

}  // namespace sala::crypto
