#include "kiosk/store/data_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>

#include "platform/base/files.h"

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

}  // namespace

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
    return DataFolder(path, std::move(lock));
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
