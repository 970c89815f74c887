#include "sync/record/audit_key.h"

namespace sala::record {
namespace {

constexpr std::string_view kAuditKey = "sala-audit:";

std::string check_of(std::string_view text) { return to_hex(crypto::sha256(bytes_of(text))).substr(0, 8); }

}  // namespace

std::string audit_key_text(const crypto::PublicKey& key) {
    const std::string text = std::string(kAuditKey) + crypto::to_base64(key);
    return text + ":" + check_of(text);
}

std::optional<crypto::PublicKey> parse_audit_key(std::string_view text) {
    const std::size_t end = text.rfind(':');
    if (!text.starts_with(kAuditKey) || end == text.npos || end < kAuditKey.size()) return {};
    const auto key = crypto::array_from_base64<32>(text.substr(kAuditKey.size(), end - kAuditKey.size()));
    if (!key || check_of(text.substr(0, end)) != text.substr(end + 1)) return {};
    return crypto::seal_to(*key, {}) ? key : std::nullopt;
}

}  // namespace sala::record
