// The office's keys: a folder of mode 0700 outside the database, with the key that cosigns what kiosks send.
//
// The trap: the same folder copied beside the database on one stick. Whoever holds both can cosign in the
// office's name.
#pragma once

#include <filesystem>

#include "platform/base/result.h"
#include "sync/ledger/note.h"

namespace sala::office {

struct OfficeKey {
    std::string name;  // of its signatures: "<office domain>/sala/office", or a province's own
    crypto::SigningKey key;

    ledger::VerifierKey verifier() const { return {name, ledger::KeyType::kCosignature, key.public_key()}; }
};

// The keys that lie in `folder`, under that name. Refuses: KEYS-NOT-FOUND, KEYS-OPEN (other users of the
// machine may read the key), KEYS-DAMAGED.
Result<OfficeKey> load_keys(const std::filesystem::path& folder, const std::string& name);

// Makes the folder and a new key: office.key (0600, the seed in hex) and office.vkey (public). Keys that are
// already there are loaded and kept; KEYS-NAME where they were made under another name.
Result<OfficeKey> make_keys(const std::filesystem::path& folder, const std::string& name);

}  // namespace sala::office
