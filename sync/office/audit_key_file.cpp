#include "sync/office/audit_key_file.h"

#include <fmt/format.h>

#include "platform/base/files.h"
#include "sync/record/audit_key.h"

namespace sala::office {

Result<std::string> make_audit_key(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "audit.key";
    if (std::error_code ignored; std::filesystem::exists(path, ignored)) {
        return Error{"AUDIT-KEY-THERE",
                     fmt::format("มีกุญแจผู้ตรวจสอบ {} อยู่แล้ว จึงไม่สร้างทับ โปรดใช้โฟลเดอร์อื่น", path.string()),
                     fmt::format("there is an auditor's key {} already; use another folder", path.string())};
    }
    const crypto::BoxKey key = crypto::BoxKey::generate();
    const Result<void> written = write_file_durably(path, to_hex(key.secret()) + "\n", 0600);
    if (!written) return written.error();
    return record::audit_key_text(key.public_key());
}

Result<crypto::BoxKey> load_audit_key(const std::filesystem::path& file) {
    const Result<std::string> text = read_file(file, 256);
    const std::optional<Bytes> bytes = text && text->ends_with('\n')
                                           ? from_hex(std::string_view(*text).substr(0, text->size() - 1))
                                           : std::nullopt;
    crypto::BoxKey::Secret secret;
    if (!bytes || bytes->size() != secret.size()) {
        return Error{"AUDIT-KEY-UNREADABLE", fmt::format("อ่านกุญแจผู้ตรวจสอบ {} ไม่ได้", file.string()),
                     fmt::format("the auditor's key {} cannot be read", file.string())};
    }
    std::copy(bytes->begin(), bytes->end(), secret.begin());
    return crypto::BoxKey::from_secret(secret);
}

}  // namespace sala::office
