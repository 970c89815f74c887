// The kiosk's data folder: its database, its key, its lock and its socket.
//
// One program at a time writes here. The trap: a copied folder is a cloned device; one key belongs to one
// log, so the key and the journal are made together and never separately.
#pragma once

#include <filesystem>
#include <optional>

#include "platform/base/descriptor.h"
#include "platform/base/result.h"
#include "platform/crypto/crypto.h"

namespace sala::kiosk {

class DataFolder {
  public:
    // Makes the folder (0700) when missing and takes its lock until this object goes. Refuses: DATA-IN-USE
    // (another program holds the lock), DATA-UNWRITABLE.
    static Result<DataFolder> lock(const std::filesystem::path& path);

    const std::filesystem::path& path() const { return path_; }

    // The device's key; nothing when none was made yet. Refuses: KEY-UNREADABLE.
    Result<std::optional<crypto::SigningKey>> key() const;

    // The key of a log that is just beginning lies apart until keep_key(), so that a journal that is lost
    // later is never begun anew under its old key. begun_key() finds it again after a start that was cut off.
    Result<std::optional<crypto::SigningKey>> begun_key() const;
    Result<crypto::SigningKey> new_key() const;

    // The log has begun: the new key is the device's from now on. REQUIRES: there is one.
    Result<void> keep_key() const;

  private:
    DataFolder(std::filesystem::path path, Descriptor lock)
        : path_(std::move(path)), lock_(std::move(lock)) {}
    std::filesystem::path path_;
    Descriptor lock_;
};

std::filesystem::path database_path(const std::filesystem::path& data);
std::filesystem::path socket_path(const std::filesystem::path& data);

}  // namespace sala::kiosk
