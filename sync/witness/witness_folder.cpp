#include "sync/witness/witness_folder.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "platform/base/files.h"
#include "sync/witness/witness.h"

namespace sala::witness {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSecretName = "witness.key";
constexpr const char* kPublicName = "witness.vkey";
constexpr const char* kDatabaseName = "witness.db";
constexpr const char* kLogsName = "logs";
constexpr std::size_t kKeyFileBytesMax = 1024;
constexpr std::size_t kLogsFileBytesMax = std::size_t{32} << 20;

constexpr const char* kSchema =
    "CREATE TABLE IF NOT EXISTS held(origin TEXT PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL) "
    "STRICT";

Error lost(const fs::path& folder, const char* what) {
    return {
        "WITNESS-LOST",
        fmt::format("ใน {} มีไม่ครบ (ขาด {}) พยานที่ลืมสิ่งที่เคยรับรองต้องเริ่มใหม่ในโฟลเดอร์ใหม่และใช้ชื่อใหม่",
                    folder.string(), what),
        fmt::format("{} is not whole ({} is missing): a witness that has forgotten what it cosigned begins "
                    "anew in another folder under another name",
                    folder.string(), what)};
}

Result<void> make_folder(const fs::path& folder) {
    struct stat info {};
    const bool made = ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST;
    if (!made || ::stat(folder.c_str(), &info) != 0) {
        const char* why = std::strerror(errno);
        return Error{"KEYS-UNWRITABLE", fmt::format("สร้างโฟลเดอร์กุญแจ {} ไม่ได้: {}", folder.string(), why),
                     fmt::format("could not make the key folder {}: {}", folder.string(), why)};
    }
    if ((info.st_mode & 077) == 0) return {};
    return Error{"KEYS-OPEN",
                 fmt::format("ผู้ใช้อื่นเข้าโฟลเดอร์ {} ได้ โปรดระบุโฟลเดอร์ใหม่ หรือตั้งสิทธิ์เป็น 0700", folder.string()),
                 fmt::format("other users may enter the folder {}; name a new one, or set its mode to 0700",
                             folder.string())};
}

Result<WitnessKey> make(const fs::path& folder, const std::string& name) {
    if (!ledger::is_key_name(name)) {
        return Error{
            "WITNESS-NO-NAME",
            "โปรดตั้งชื่อพยานด้วย --name เช่น news.example/witness (อักษรอังกฤษ ไม่มีช่องว่าง) ใช้ชื่อเดิมตลอดไป",
            "name the witness once with --name, such as news.example/witness (ASCII, no spaces, no plus)"};
    }
    Result<sqlite::Database> database =
        sqlite::Database::open(folder / kDatabaseName, sqlite::OpenMode::kCreate);
    if (!database) return database.error();
    if (Result<void> done = database->execute(kSchema); !done) return done.error();
    crypto::SigningKey key = crypto::SigningKey::generate();
    const ledger::VerifierKey verifier{name, ledger::KeyType::kCosignature, key.public_key()};
    // The secret last: where it lies, everything else does.
    Result<void> done = write_file_durably(folder / kPublicName, verifier.text() + "\n", 0644);
    if (done) done = write_file_durably(folder / kSecretName, to_hex(key.seed()) + "\n", 0600);
    if (!done) return done.error();
    return WitnessKey{name, std::move(key), *std::move(database)};
}

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

}  // namespace

Result<WitnessKey> open_folder(const fs::path& folder, const std::string& name) {
    if (Result<void> made = make_folder(folder); !made) return made.error();
    std::error_code ignored;
    if (!fs::exists(folder / kSecretName, ignored)) return make(folder, name);
    const Result<std::string> secret = read_file(folder / kSecretName, kKeyFileBytesMax);
    if (!secret) return secret.error();
    const std::optional<Bytes> seed = from_hex(first_line(*secret));
    const Result<std::string> text = read_file(folder / kPublicName, kKeyFileBytesMax);
    const Result<ledger::VerifierKey> verifier =
        text ? ledger::parse_verifier_key(first_line(*text)) : Result<ledger::VerifierKey>(text.error());
    if (!seed || seed->size() != 32 || !verifier) return lost(folder, kPublicName);
    crypto::SigningKey::Seed bytes;
    std::copy(seed->begin(), seed->end(), bytes.begin());
    crypto::SigningKey key = crypto::SigningKey::from_seed(bytes);
    if (verifier->key != key.public_key()) return lost(folder, kPublicName);
    if (!name.empty() && name != verifier->name) {
        return Error{
            "WITNESS-OTHER-NAME",
            fmt::format("พยานในโฟลเดอร์นี้ชื่อ {} ไม่ใช่ {} โปรดใช้ชื่อเดิมหรือโฟลเดอร์ใหม่", verifier->name, name),
            fmt::format("the witness of this folder is named {}, not {}; keep its name, or use another "
                        "folder",
                        verifier->name, name)};
    }
    if (!fs::exists(folder / kDatabaseName, ignored)) return lost(folder, kDatabaseName);
    Result<sqlite::Database> database =
        sqlite::Database::open(folder / kDatabaseName, sqlite::OpenMode::kExisting);
    if (!database) return database.error();
    return WitnessKey{verifier->name, std::move(key), *std::move(database)};
}

Result<std::map<std::string, ledger::VerifierKey>> read_logs(const fs::path& folder) {
    std::map<std::string, ledger::VerifierKey> logs;
    std::error_code ignored;
    if (!fs::exists(folder / kLogsName, ignored)) return logs;
    const Result<std::string> text = read_file(folder / kLogsName, kLogsFileBytesMax);
    if (!text) return text.error();
    int number = 0;
    for (std::string_view rest = *text; !rest.empty();) {
        const std::string_view line = first_line(rest);
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        ++number;
        if (line.empty() || line.starts_with('#')) continue;
        const Result<ledger::VerifierKey> key = ledger::parse_verifier_key(line);
        const bool right = key && key->type == ledger::KeyType::kEd25519 && logs.size() < kLogsMax;
        if (!right || !logs.emplace(key->name, *key).second) {
            return Error{
                "WITNESS-LOGS", fmt::format("{} บรรทัดที่ {} ไม่ใช่กุญแจตรวจสอบของตู้บริการ หรือซ้ำ", kLogsName, number),
                fmt::format("line {} of {} is not the verifier key of a kiosk's log, or stands there twice",
                            number, kLogsName)};
        }
    }
    return logs;
}

}  // namespace sala::witness
