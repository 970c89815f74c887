#include "sync/office/keys.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "platform/base/files.h"

namespace sala::office {
namespace {

constexpr const char* kSecretName = "office.key";
constexpr const char* kPublicName = "office.vkey";
constexpr std::size_t kKeyFileBytesMax = 256;

// A key cosigns under the one name with which it was made.
Result<OfficeKey> check_name(const std::filesystem::path& folder, OfficeKey key) {
    const Result<std::string> text = read_file(folder / kPublicName, kKeyFileBytesMax);
    const std::string made = text ? text->substr(0, text->find('+')) : key.name;
    if (made == key.name) return key;
    return Error{
        "KEYS-NAME",
        fmt::format("กุญแจใน {} ชื่อ {} ไม่ใช่ {} โปรดระบุ --cosigner ตามชื่อเดิม หรือใช้โฟลเดอร์อื่น", folder.string(),
                    made, key.name),
        fmt::format("the keys in {} cosign as {}, not as {}; give that name with --cosigner, or name "
                    "another folder",
                    folder.string(), made, key.name)};
}

}  // namespace

Result<OfficeKey> load_keys(const std::filesystem::path& folder, const std::string& name) {
    const std::filesystem::path path = folder / kSecretName;
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0) {
        return Error{"KEYS-NOT-FOUND",
                     fmt::format("ไม่พบกุญแจของสำนักงานที่ {} โปรดสั่ง sala-office init ก่อน", path.string()),
                     fmt::format("there is no office key {}; run sala-office init first", path.string())};
    }
    if ((info.st_mode & 077) != 0) {
        return Error{"KEYS-OPEN",
                     fmt::format("ผู้ใช้อื่นอ่านกุญแจ {} ได้ โปรดตั้งสิทธิ์เป็น 0600 แล้วลองใหม่", path.string()),
                     fmt::format("other users may read the key {}; set its mode to 0600 and try again",
                                 path.string())};
    }
    const Result<std::string> text = read_file(path, kKeyFileBytesMax);
    if (!text) return text.error();
    const std::optional<Bytes> seed = from_hex(std::string_view(*text).substr(0, text->find('\n')));
    if (!seed || seed->size() != 32 || text->size() != 65) {
        return Error{"KEYS-DAMAGED", fmt::format("กุญแจ {} เสียหาย โปรดนำสำเนาสำรองกลับมาใช้", path.string()),
                     fmt::format("the key {} is damaged; bring back its backup", path.string())};
    }
    crypto::SigningKey::Seed bytes;
    std::copy(seed->begin(), seed->end(), bytes.begin());
    return OfficeKey{name, crypto::SigningKey::from_seed(bytes)};
}

Result<OfficeKey> make_keys(const std::filesystem::path& folder, const std::string& name) {
    Result<OfficeKey> there = load_keys(folder, name);
    if (there) return check_name(folder, *std::move(there));
    if (there.error().code != "KEYS-NOT-FOUND") return there;
    const auto unwritable = [&](const char* why) {
        return Error{"KEYS-UNWRITABLE", fmt::format("สร้างโฟลเดอร์กุญแจ {} ไม่ได้: {}", folder.string(), why),
                     fmt::format("could not make the key folder {}: {}", folder.string(), why)};
    };
    struct stat info {};
    const Result<void> there_now = make_folder_durably(folder);
    if (!there_now) return unwritable(there_now.error().english.c_str());
    if (::stat(folder.c_str(), &info) != 0) return unwritable(std::strerror(errno));
    if ((info.st_mode & 077) != 0) {
        // Perhaps a folder that others work in: closing it to them is not ours to decide.
        return Error{
            "KEYS-OPEN",
            fmt::format("ผู้ใช้อื่นเข้าโฟลเดอร์ {} ได้ โปรดระบุโฟลเดอร์ใหม่ หรือตั้งสิทธิ์เป็น 0700", folder.string()),
            fmt::format("other users may enter the folder {}; name a new one, or set its mode to 0700",
                        folder.string())};
    }
    OfficeKey made{name, crypto::SigningKey::generate()};
    // The public key first: a secret without it could not be told from a finished one.
    Result<void> done = write_file_durably(folder / kPublicName, made.verifier().text() + "\n", 0644);
    if (done) done = write_file_durably(folder / kSecretName, to_hex(made.key.seed()) + "\n", 0600);
    if (!done) return done.error();
    return made;
}

}  // namespace sala::office
