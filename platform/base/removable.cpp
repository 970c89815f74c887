#include "platform/base/removable.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "platform/base/handle.h"

namespace sala {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{256} << 10;
// What the file system itself needs for one more file: its entry, its table, its journal.
constexpr std::size_t kRoomBytes = std::size_t{64} << 10;

Error full() {
    return {"STICK-FULL", "แฟลชไดรฟ์เต็ม โปรดลบไฟล์อื่นออกหรือใช้อันใหม่ ข้อมูลในตู้ยังอยู่ครบ",
            "the stick is full; free some space on it or use another one, nothing is lost"};
}

Error read_only() {
    return {"STICK-READ-ONLY", "แฟลชไดรฟ์นี้เขียนไม่ได้ โปรดเลื่อนสวิตช์กันเขียนหรือใช้อันอื่น ข้อมูลในตู้ยังอยู่ครบ",
            "this stick cannot be written; release its write lock or use another one, nothing is lost"};
}

Error gone() {
    return {
        "STICK-GONE", "แฟลชไดรฟ์หลุดหรือเสียระหว่างเขียน โปรดเสียบให้แน่นแล้วลองใหม่ ข้อมูลในตู้ยังอยู่ครบ",
        "the stick was pulled out or failed before the copy was complete; plug it in firmly and try again, "
        "nothing is lost"};
}

Error failed(int number) {
    switch (number) {
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return full();
        case EROFS:
        case EACCES:
        case EPERM:
            return read_only();
        // What the kernel answers once the device, its mount or its folder is no more.
        case EIO:
        case ENXIO:
        case ENODEV:
        case ENOENT:
        case ENOTDIR:
        case ESTALE:
        case ENOTCONN:
        case EREMOTEIO:
        case ENOMEDIUM:
        case ESHUTDOWN:
            return gone();
        default:
            return {"STICK-FAILED",
                    fmt::format("ใช้แฟลชไดรฟ์ไม่ได้: {} โปรดใช้อันอื่น ข้อมูลในตู้ยังอยู่ครบ", std::strerror(number)),
                    fmt::format("the stick cannot be used: {}; use another one, nothing is lost",
                                std::strerror(number))};
    }
}

Result<void> write_piece(int file, std::string_view piece) {
    while (!piece.empty()) {
        const ssize_t written = ::write(file, piece.data(), piece.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return failed(written == 0 ? ENOSPC : errno);
        piece.remove_prefix(static_cast<std::size_t>(written));
    }
    // A bar that runs ahead of the device would stand at its end while the stick still blinks.
    if (::fdatasync(file) != 0) return failed(errno);
    return {};
}

Result<void> write_pieces(int file, std::string_view bytes, const ByteProgress& progress) {
    for (std::size_t done = 0; done < bytes.size();) {
        const std::string_view piece = bytes.substr(done, kPieceBytes);
        if (Result<void> written = write_piece(file, piece); !written) return written;
        done += piece.size();
        if (!progress(done)) return stick_stopped();
    }
    if (::fsync(file) != 0) return failed(errno);
    return {};
}

}  // namespace

std::string plain_name(std::string_view name) {
    std::string out;
    for (const char c : name.substr(0, 80)) out += c > 0x20 && c < 0x7f ? c : '?';
    return out;
}

Error stick_stopped() {
    return {"STICK-STOPPED", "หยุดเขียนแฟลชไดรฟ์เพราะตู้บริการกำลังปิด ข้อมูลในตู้ยังอยู่ครบ",
            "the copy was stopped because the kiosk is shutting down; nothing is lost"};
}

Result<RemovableFolder> RemovableFolder::open(const std::filesystem::path& path) {
    Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.open()) return RemovableFolder(path, std::move(folder));
    if (errno != ENOENT && errno != ENOTDIR) return failed(errno);
    return Error{"EXPORT-NO-FOLDER", fmt::format("ไม่พบโฟลเดอร์ {} โปรดเสียบแฟลชไดรฟ์แล้วลองใหม่", path.string()),
                 fmt::format("there is no folder {}; plug in the stick and try again", path.string())};
}

Result<void> RemovableFolder::write(const std::string& name, std::string_view bytes,
                                    const ByteProgress& progress) const {
    struct statvfs room {};
    if (::fstatvfs(folder_.get(), &room) != 0) return failed(errno);
    if ((room.f_flag & ST_RDONLY) != 0) return read_only();
    // A file system that does not know its room says 0 blocks in all.
    if (room.f_blocks > 0 && room.f_bavail * room.f_frsize < bytes.size() + kRoomBytes) return full();

    const std::string temporary = name + ".tmp";
    // What a cut-off write or somebody else left there is never written through.
    ::unlinkat(folder_.get(), temporary.c_str(), 0);
    Result<void> written;
    {
        Descriptor file(::openat(folder_.get(), temporary.c_str(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));
        written = file.open() ? write_pieces(file.get(), bytes, progress) : failed(errno);
        if (file.open() && !file.close() && written) written = failed(errno);
    }
    if (written && ::renameat(folder_.get(), temporary.c_str(), folder_.get(), name.c_str()) != 0) {
        written = failed(errno);
    }
    if (!written) {
        ::unlinkat(folder_.get(), temporary.c_str(), 0);
        return written;
    }
    // Some file systems keep folders by themselves and say EINVAL.
    if (::fsync(folder_.get()) != 0 && errno != EINVAL) return failed(errno);
    return still_there();
}

Result<std::string> RemovableFolder::read_back(const std::string& name, std::size_t bytes_max,
                                               const ByteProgress& progress) const {
    const Descriptor file(
        ::openat(folder_.get(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
    struct stat info {};
    const auto unreadable = [&](const char* why) {
        return Error{"FILE-UNREADABLE", fmt::format("อ่านไฟล์ {} ไม่ได้: {}", plain_name(name), why),
                     fmt::format("could not read {}: {}", plain_name(name), why)};
    };
    if (!file.open()) return errno == ELOOP ? unreadable("a link") : failed(errno);
    if (::fstat(file.get(), &info) != 0) return failed(errno);
    if (!S_ISREG(info.st_mode)) return unreadable("not a regular file");
    // Its pages are clean since the sync, so this drops them all: what follows is read from the device.
    ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED);
    std::string bytes;
    while (bytes.size() <= bytes_max) {
        const std::size_t had = bytes.size();
        bytes.resize(had + std::min(bytes_max + 1 - had, kPieceBytes));
        const ssize_t got = ::read(file.get(), bytes.data() + had, bytes.size() - had);
        const int number = errno;
        bytes.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got < 0 && number == EINTR) continue;
        if (got < 0) return failed(number);
        if (got == 0) return bytes;
        if (!progress(bytes.size())) return stick_stopped();
    }
    return Error{"FILE-TOO-LARGE", fmt::format("ไฟล์ {} ใหญ่เกิน {} ไบต์", plain_name(name), bytes_max),
                 fmt::format("{} is larger than {} bytes", plain_name(name), bytes_max)};
}

void RemovableFolder::remove(const std::string& name) const { ::unlinkat(folder_.get(), name.c_str(), 0); }

Result<std::vector<std::string>> RemovableFolder::names(std::string_view ending,
                                                        std::size_t names_max) const {
    const int again = ::openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const Handle<DIR, ::closedir> folder(again < 0 ? nullptr : ::fdopendir(again));
    if (!folder) return failed(errno);
    std::vector<std::string> found;
    for (std::size_t i = 0; i < kEntriesMax; ++i) {
        errno = 0;
        const dirent* entry = ::readdir(folder.get());
        if (entry == nullptr && errno != 0) return failed(errno);
        if (entry == nullptr) break;
        const std::string_view name = entry->d_name;
        if (name.ends_with(ending) && found.size() < names_max) found.emplace_back(name);
    }
    std::ranges::sort(found);
    return found;
}

Result<void> RemovableFolder::still_there() const {
    struct stat held {
    }, now{};
    if (::fstat(folder_.get(), &held) != 0) return failed(errno);
    if (::stat(path_.c_str(), &now) != 0) return failed(errno);
    if (held.st_dev != now.st_dev || held.st_ino != now.st_ino) return gone();
    return {};
}

}  // namespace sala
