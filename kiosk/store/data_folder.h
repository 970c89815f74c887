// The kiosk's data folder: its database, its key, its lock and its socket.
//
// One program at a time writes here. The trap: a copied folder is a cloned device; one key belongs to one
// log, so the key and the journal are made together and never separately.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/descriptor.h"
#include "platform/base/result.h"
#include "platform/crypto/crypto.h"

namespace sala::kiosk {

class DataFolder {
  public:
    // Makes the folder (0700) when missing, takes its lock until this object goes, and finishes a rotation of
    // keys that was cut off. Refuses: DATA-IN-USE (another program holds the lock), DATA-UNWRITABLE,
    // KEY-UNREADABLE.
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

    // The old log has ended: its files go to ended_folder(), those in next_part() take their place. At any
    // moment of it a power cut may come; lock() then goes on. REQUIRES: no database is open here.
    Result<void> turn_over() const;

  private:
    DataFolder(std::filesystem::path path, Descriptor lock)
        : path_(std::move(path)), lock_(std::move(lock)) {}
    std::filesystem::path path_;
    Descriptor lock_;
};

// A rotation of keys, rotation.h: where the next log's files gather.
std::filesystem::path next_part(const std::filesystem::path& data);
// Where the log of this device lies after its end, a data folder of its own.
std::filesystem::path ended_folder(const std::filesystem::path& data, const std::string& device_code);
// Those that are there, by name.
std::vector<std::filesystem::path> ended_folders(const std::filesystem::path& data);

std::filesystem::path database_path(const std::filesystem::path& data);
std::filesystem::path socket_path(const std::filesystem::path& data);

}  // namespace sala::kiosk
