// Bytes as the rooms pass them, and the two spellings of bytes that people read: hex and base32.
//
// Base64 stands in platform/crypto, beside the library that decodes it strictly.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sala {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Lower-case hex; from_hex refuses upper case, odd lengths and anything else that to_hex cannot produce.
std::string to_hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view text);

// The first `letters` letters of RFC 4648 base32 (A-Z2-7, no padding). REQUIRES: letters * 5 <= bytes.size()
// * 8.
std::string to_base32(ByteView bytes, std::size_t letters);

// Eight bytes, most significant first.
void append_u64(Bytes& out, std::uint64_t number);

}  // namespace sala
