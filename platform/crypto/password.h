// Passwords as Argon2id keeps them: slow to guess, never to be read back.
//
// The trap: six digits are only a million guesses (about 38 hours of one core at this cost), so the hash
// alone protects nobody whose disk was copied; what a PIN opens must be harmless to see. Any thread; a call
// takes about 140 ms and 64 MiB.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sala::crypto {

// Argon2id, one lane. The floor is OWASP's m = 19 MiB, t = 2: nothing less may ever stand here.
inline constexpr std::size_t kPasswordBytesOfMemory = std::size_t{64} << 20;
inline constexpr unsigned kPasswordPasses = 3;

// "$argon2id$v=19$m=65536,t=3,p=1$..." with a salt of its own; nothing when the machine lacks the memory.
std::optional<std::string> hash_password(std::string_view password);

enum class PasswordCheck { kRight, kWrong, kUnknown };

// kUnknown: the memory was lacking, or `hash` is none of hash_password()'s. In constant time.
PasswordCheck check_password(const std::string& hash, std::string_view password);

// 0 <= result < `below`, each alike.
std::uint32_t random_below(std::uint32_t below);

// Overwrites a secret that is no longer needed, also where a compiler would leave that out.
void wipe(std::string& secret);

}  // namespace sala::crypto
