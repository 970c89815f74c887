// The auditor's public key as office.toml has it: "sala-audit:BASE64:CHECK", CHECK being the first 8 hex
// digits of SHA-256("sala-audit:BASE64").
//
// The trap: a mistyped key would seal to nobody, and nobody would notice before the day it is needed. The
// secret half is the auditor's: who operates the kiosk must not hold it.
#pragma once

#include "platform/crypto/sealed_box.h"

namespace sala::record {

std::string audit_key_text(const crypto::PublicKey& key);

// Nothing for any other text, and for a key to which nothing can be sealed.
std::optional<crypto::PublicKey> parse_audit_key(std::string_view text);

}  // namespace sala::record
