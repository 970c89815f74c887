#include "platform/base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "platform/base/descriptor.h"

namespace sala {
namespace {

constexpr std::size_t kReadAtOnceMin = 4096;
constexpr std::size_t kReadAtOnceMax = std::size_t{1} << 20;

Error unreadable(const std::filesystem::path& path, const char* why) {
    return {"FILE-UNREADABLE", fmt::format("อ่านไฟล์ {} ไม่ได้: {}", path.string(), why),
            fmt::format("could not read {}: {}", path.string(), why)};
}

Error unwritable(const std::filesystem::path& path) {
    const char* why = std::strerror(errno);
    return {"FILE-UNWRITABLE",
            fmt::format("เขียนไฟล์ {} ไม่ได้: {} โปรดตรวจว่าที่เก็บไม่เต็มและเขียนได้", path.string(), why),
            fmt::format("could not write {}: {}; check that the disk is not full and may be written",
                        path.string(), why)};
}

// The names in the folder that holds `path`.
bool sync_names(const std::filesystem::path& path) {
    const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : ".";
    const Descriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return folder.open() && ::fsync(folder.get()) == 0;
}

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t bytes_max) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.get() < 0 && errno == ENOENT) {
        return Error{"FILE-NOT-FOUND", fmt::format("ไม่พบไฟล์ {}", path.string()),
                     fmt::format("there is no file {}", path.string())};
    }
    struct stat info {};
    if (file.get() < 0 || ::fstat(file.get(), &info) != 0) return unreadable(path, std::strerror(errno));
    if (!S_ISREG(info.st_mode)) return unreadable(path, "not a regular file");
    std::string bytes;
    // One byte more than it says to be, so that its end shows; it may grow while it is read.
    const std::size_t expected = static_cast<std::size_t>(std::max<off_t>(info.st_size, 0)) + 1;
    while (bytes.size() <= bytes_max) {
        const std::size_t had = bytes.size();
        const std::size_t want = std::min({bytes_max + 1 - had, kReadAtOnceMax,
                                           std::max(expected - std::min(expected, had), kReadAtOnceMin)});
        bytes.resize(had + want);
        const ssize_t got = ::read(file.get(), bytes.data() + had, want);
        bytes.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return unreadable(path, std::strerror(errno));
        if (got == 0) return bytes;
    }
    return Error{"FILE-TOO-LARGE", fmt::format("ไฟล์ {} ใหญ่เกิน {} ไบต์", path.string(), bytes_max),
                 fmt::format("{} is larger than {} bytes", path.string(), bytes_max)};
}

Result<void> write_file_durably(const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
    const std::filesystem::path temporary = path.string() + ".tmp";
    // What a cut-off write or somebody else left there is never written through (a pipe would block).
    ::unlink(temporary.c_str());
    {
        Descriptor file(
            ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
        const bool written = file.get() >= 0 && write_all(file.get(), bytes) && ::fsync(file.get()) == 0;
        // Who reads it back wants what the medium holds, not what memory remembers.
        if (written) ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED);
        if (!written || !file.close()) {
            const Error error = unwritable(path);
            ::unlink(temporary.c_str());
            return error;
        }
    }
    Result<void> renamed = rename_durably(temporary, path);
    if (!renamed) ::unlink(temporary.c_str());
    return renamed;
}

Result<void> rename_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return unwritable(to);
    if (!sync_names(to)) return unwritable(to);
    if (from.parent_path() != to.parent_path() && !sync_names(from)) return unwritable(from);
    return {};
}

Result<void> make_folder_durably(const std::filesystem::path& path) {
    const auto make = [&] { return ::mkdir(path.c_str(), 0700) == 0; };
    bool made = make();
    if (!made && errno == ENOENT && path.has_parent_path()) {
        if (Result<void> above = make_folder_durably(path.parent_path()); !above) return above;
        made = make();
    }
    if (!made && errno != EEXIST) return unwritable(path);
    // Who may not open the folder above could not have made this one either.
    if (!sync_names(path) && made) return unwritable(path);
    return {};
}

std::filesystem::path assets_folder() {
    const char* named = std::getenv("SALA_ASSETS");
    if (named != nullptr && *named != '\0') return named;
    std::error_code failed;
    return std::filesystem::read_symlink("/proc/self/exe", failed).parent_path() / "assets";
}

}  // namespace sala
