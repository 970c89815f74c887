// The auditor's own key, made on the auditor's machine: not the office's key, and not for who runs a kiosk.
#pragma once

#include <filesystem>

#include "platform/base/result.h"
#include "platform/crypto/sealed_box.h"

namespace sala::office {

// Makes `audit.key` (0600) in an existing folder; the text of its public half, for [secrecy] audit_key.
// Refuses AUDIT-KEY-THERE: an older key opens what was sealed to it, so none is ever replaced.
Result<std::string> make_audit_key(const std::filesystem::path& folder);

// Refuses AUDIT-KEY-UNREADABLE.
Result<crypto::BoxKey> load_audit_key(const std::filesystem::path& file);

}  // namespace sala::office
