#include "sync/office/quarantine.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "platform/base/bytes.h"
#include "platform/base/files.h"
#include "platform/crypto/crypto.h"
#include "sync/office/import_files.h"

namespace sala::office {
namespace {

namespace fs = std::filesystem;

// These are found only after the signature of an enrolled kiosk was.
bool is_of_enrolled(const Error& reason) {
    static constexpr std::array<std::string_view, 4> kCodes = {"BUNDLE-FORK", "BUNDLE-FORGED-NOTE",
                                                               "BUNDLE-BEHIND", "LOG-RULE"};
    return std::ranges::find(kCodes, reason.code) != kCodes.end();
}

Error unwritable(const fs::path& folder) {
    const std::string why = std::strerror(errno);
    return {"FILE-UNWRITABLE", fmt::format("สร้างโฟลเดอร์ {} ไม่ได้: {}", folder.string(), why),
            fmt::format("could not make the folder {}: {}", folder.string(), why)};
}

Result<void> make_folder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return unwritable(folder);
    return {};
}

struct Held {
    std::size_t bundles = 0;
    std::uint64_t bytes = 0;
};

Held held_in(const fs::path& folder) {
    Held held;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        std::error_code ignored;
        const std::uintmax_t size = entry->file_size(ignored);
        if (!ignored) held.bytes += size;
        if (entry->path().extension() == ".bundle") ++held.bundles;
    }
    return held;
}

}  // namespace

bool Quarantine::wants(const Error& reason) {
    return reason.code != "BUNDLE-NOT-A-BUNDLE" && reason.code != "BUNDLE-GAP" && exit_code(reason) != 1 &&
           !reason.code.starts_with("DB-");
}

Result<void> Quarantine::keep(std::string_view bytes, const Error& reason, const std::string& note) {
    const std::lock_guard lock(mutex_);
    const fs::path room = folder_ / (is_of_enrolled(reason) ? "enrolled" : "others");
    for (const fs::path& folder : {folder_, room}) {
        if (Result<void> made = make_folder(folder); !made) return made;
    }
    const std::string name = to_hex(crypto::sha256(bytes_of(bytes)));
    const fs::path path = room / (name + ".bundle");
    if (std::error_code ignored; fs::exists(path, ignored)) return {};
    const Held held = held_in(room);
    if (held.bundles >= limits_.bundles || held.bytes + bytes.size() > limits_.bytes) {
        return Error{"QUARANTINE-FULL",
                     fmt::format("ที่เก็บไฟล์ที่ไม่รับ {} เต็ม โปรดตรวจและย้ายออก ไฟล์ล่าสุดไม่ได้เก็บไว้", room.string()),
                     fmt::format("the quarantine {} is full; look at it and move it away; what came last was "
                                 "not kept",
                                 room.string())};
    }
    // The reason first: a bundle that lies there has one.
    const Result<void> said =
        write_file_durably(room / (name + ".reason"), fmt::format("{}\n{}\n", reason.line(), note), 0600);
    if (!said) return said;
    return write_file_durably(path, bytes, 0600);
}

}  // namespace sala::office
