// Inside this room only: what lies in a witness's folder.
#pragma once

#include <filesystem>
#include <map>

#include "platform/sqlite/database.h"
#include "sync/ledger/note.h"

namespace sala::witness {

struct WitnessKey {
    std::string name;
    crypto::SigningKey key;
    sqlite::Database database;
};

// Makes key and database where there is neither. Refusals: those of Witness::open().
Result<WitnessKey> open_folder(const std::filesystem::path& folder, const std::string& name);

// By origin.
Result<std::map<std::string, ledger::VerifierKey>> read_logs(const std::filesystem::path& folder);

}  // namespace sala::witness
