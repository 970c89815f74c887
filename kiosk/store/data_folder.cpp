#include "kiosk/store/data_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "platform/base/files.h"
#include "sync/ledger/note.h"

namespace sala::kiosk {
namespace {

std::filesystem::path key_path(const std::filesystem::path& data) { return data / "device.key"; }
std::filesystem::path new_key_path(const std::filesystem::path& data) { return data / "device.key.new"; }

Error unwritable(const std::filesystem::path& path, const std::string& why) {
    return {"DATA-UNWRITABLE", fmt::format("ใช้โฟลเดอร์ข้อมูล {} ไม่ได้: {}", path.string(), why),
            fmt::format("could not use the data folder {}: {}", path.string(), why)};
}

Result<std::optional<crypto::SigningKey>> read_key(const std::filesystem::path& path) {
    const Result<std::string> text = read_file(path, 1024);
    if (!text && text.error().code == "FILE-NOT-FOUND") return std::optional<crypto::SigningKey>{};
    const std::optional<Bytes> bytes = text && text->ends_with('\n')
                                           ? from_hex(std::string_view(*text).substr(0, text->size() - 1))
                                           : std::nullopt;
    crypto::SigningKey::Seed seed;
    if (!bytes || bytes->size() != seed.size()) {
        return Error{"KEY-UNREADABLE", "อ่านกุญแจของตู้บริการไม่ได้ โปรดแจ้งผู้ดูแลระบบ อย่าลบไฟล์ใด",
                     "the kiosk's key cannot be read; call the administrator and delete nothing"};
    }
    std::copy(bytes->begin(), bytes->end(), seed.begin());
    return std::optional(crypto::SigningKey::from_seed(seed));
}

constexpr const char* kEnded = "old-";
constexpr std::size_t kEndedMax = 1'000;

Result<void> move_if_there(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code failed;
    return std::filesystem::exists(from, failed) ? rename_durably(from, to) : Result<void>();
}

// `next` is there from the moment when the old log has ended until all of its files stand in their place. The
// old key leaves last of the old log's files, and the new one comes last of all, so what is left to do can be
// told from what lies where.
Result<void> finish_rotation(const std::filesystem::path& data) {
    const std::filesystem::path next = data / "next";
    std::error_code failed;
    if (!std::filesystem::is_directory(next, failed)) return {};
    const Result<std::optional<crypto::SigningKey>> old_key = read_key(key_path(data));
    if (!old_key) return old_key.error();
    if (*old_key && !std::filesystem::is_empty(next, failed)) {
        const auto ended = ended_folder(data, ledger::device_code((*old_key)->public_key()));
        if (Result<void> made = make_folder_durably(ended); !made) return made;
        for (const char* name : {"kiosk.db", "kiosk.db-wal", "kiosk.db-shm", "device.key"}) {
            if (Result<void> moved = move_if_there(data / name, ended / name); !moved) return moved;
        }
    }
    for (const char* name : {"kiosk.db", "device.key.new"}) {
        if (Result<void> moved = move_if_there(next / name, data / name); !moved) return moved;
    }
    // A name that comes back after a power cut would turn the new log out: it goes, synced, before any use.
    std::filesystem::remove_all(data / "next.done", failed);
    if (Result<void> away = rename_durably(next, data / "next.done"); !away) return away;
    std::filesystem::remove_all(data / "next.done", failed);
    return {};
}

}  // namespace

std::filesystem::path next_part(const std::filesystem::path& data) { return data / "next.part"; }

std::filesystem::path ended_folder(const std::filesystem::path& data, const std::string& device_code) {
    return data / (kEnded + device_code);
}

std::vector<std::filesystem::path> ended_folders(const std::filesystem::path& data) {
    std::vector<std::filesystem::path> found;
    std::error_code failed;
    for (std::filesystem::directory_iterator entry(data, failed), end;
         !failed && entry != end && found.size() < kEndedMax; entry.increment(failed)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with(kEnded) && ledger::is_device_code(name.substr(std::strlen(kEnded))))
            found.push_back(entry->path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::filesystem::path database_path(const std::filesystem::path& data) { return data / "kiosk.db"; }
std::filesystem::path socket_path(const std::filesystem::path& data) { return data / "control.sock"; }

Result<DataFolder> DataFolder::lock(const std::filesystem::path& path) {
    // What is acknowledged stands in this folder, so its own name has to be on the disk before.
    const Result<void> made = make_folder_durably(path);
    if (!made) return unwritable(path, made.error().english);
    Descriptor lock(::open((path / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock.open()) return unwritable(path, std::strerror(errno));
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return unwritable(path, std::strerror(errno));
        return Error{"DATA-IN-USE", fmt::format("โฟลเดอร์ข้อมูล {} กำลังถูกใช้โดยโปรแกรมอื่น", path.string()),
                     fmt::format("the data folder {} is in use by another program", path.string())};
    }
    DataFolder folder(path, std::move(lock));
    if (Result<void> finished = finish_rotation(path); !finished) return finished.error();
    return folder;
}

Result<void> DataFolder::turn_over() const {
    if (Result<void> named = rename_durably(next_part(path_), path_ / "next"); !named) return named;
    return finish_rotation(path_);
}

Result<std::optional<crypto::SigningKey>> DataFolder::key() const { return read_key(key_path(path_)); }

Result<std::optional<crypto::SigningKey>> DataFolder::begun_key() const {
    return read_key(new_key_path(path_));
}

Result<crypto::SigningKey> DataFolder::new_key() const {
    crypto::SigningKey key = crypto::SigningKey::generate();
    Result<void> written = write_file_durably(new_key_path(path_), to_hex(key.seed()) + "\n", 0600);
    if (!written) return written.error();
    return key;
}

Result<void> DataFolder::keep_key() const { return rename_durably(new_key_path(path_), key_path(path_)); }

}  // namespace sala::kiosk
