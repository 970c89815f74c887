#include "tests/faults/system_calls.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <map>
#include <optional>

namespace sala::faults {
namespace {

// What a call needs of the disk, which says by which error it can fail.
enum class Need { kRead, kRoom, kChange, kSync, kClose };

struct OpenFile {
    bool watched = false;
    bool folder = false;
    int file = -1;
    std::string path;  // below the root
};

struct Watch {
    bool on = false;
    std::string root;
    Plan plan;
    long calls = 0;
    bool struck = false;
    bool mended = false;
    std::string struck_call;
    std::vector<Op>* trace = nullptr;
    std::array<OpenFile, 1024> open;
    std::map<std::string, int> file_of;
    int files = 0;
};

Watch& state() {
    static Watch watch;
    return watch;
}

template <typename Function>
Function next(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

// The path below the root; nothing where it lies elsewhere.
std::optional<std::string> below(const char* path, int folder = AT_FDCWD) {
    const Watch& watch = state();
    if (!watch.on) return {};
    std::string whole = path;
    if (whole.empty()) return {};
    if (whole[0] != '/') {
        if (folder < 0 || folder >= static_cast<int>(watch.open.size())) return {};
        const OpenFile& at = watch.open[static_cast<std::size_t>(folder)];
        if (!at.watched) return {};
        return at.path.empty() ? whole : at.path + "/" + whole;
    }
    whole = std::filesystem::path(whole).lexically_normal().string();
    if (whole == watch.root) return "";
    if (whole.rfind(watch.root + "/", 0) != 0) return {};
    return whole.substr(watch.root.size() + 1);
}

OpenFile* opened(int descriptor) {
    Watch& watch = state();
    if (!watch.on || descriptor < 0 || descriptor >= static_cast<int>(watch.open.size())) return nullptr;
    OpenFile& file = watch.open[static_cast<std::size_t>(descriptor)];
    return file.watched ? &file : nullptr;
}

bool can_fail(Need need, int error) {
    switch (error) {
        case ENOSPC:
            return need == Need::kRoom || need == Need::kSync;
        case EROFS:
            return need == Need::kRoom || need == Need::kChange;
        case EIO:
            return true;
        default:  // a kill: between two calls that change nothing the disk is the same
            return need == Need::kRoom || need == Need::kChange || need == Need::kSync;
    }
}

enum class Verdict { kGo, kFail, kTear };

// Whether the call goes through. Where the plan says so, the process ends here.
Verdict judge_call(Need need, const char* name, const std::string& path) {
    Watch& watch = state();
    if (watch.plan.fault == Fault::kNone || watch.mended || !can_fail(need, watch.plan.error))
        return Verdict::kGo;
    if (watch.plan.fault == Fault::kFailSync && need != Need::kSync) return Verdict::kGo;
    ++watch.calls;
    const bool now = watch.calls == watch.plan.at;
    if (now) {
        watch.struck = true;
        watch.struck_call = std::string(name) + " " + path;
    }
    switch (watch.plan.fault) {
        case Fault::kKill:
            if (now) ::raise(SIGKILL);
            return Verdict::kGo;
        case Fault::kTornKill:
            return now ? Verdict::kTear : Verdict::kGo;
        case Fault::kFailOnce:
        case Fault::kFailSync:
            if (!now) return Verdict::kGo;
            break;
        default:
            if (watch.calls < watch.plan.at) return Verdict::kGo;
    }
    errno = watch.plan.error;
    return Verdict::kFail;
}

// For calls that write no bytes: torn is killed.
bool fails(Need need, const char* name, const std::string& path) {
    const Verdict verdict = judge_call(need, name, path);
    if (verdict == Verdict::kTear) ::raise(SIGKILL);
    return verdict == Verdict::kFail;
}

void note(Op op) {
    if (state().trace != nullptr) state().trace->push_back(std::move(op));
}

int file_at(const std::string& path, bool made) {
    Watch& watch = state();
    const auto found = watch.file_of.find(path);
    if (found != watch.file_of.end() && !made) return found->second;
    return watch.file_of[path] = watch.files++;
}

int open_file(const char* name, int folder, const char* path, int flags, mode_t mode) {
    static const auto real = next<int (*)(int, const char*, int, ...)>("openat");
    const std::optional<std::string> inside = below(path, folder);
    if (!inside) {
        const int descriptor = real(folder, path, flags, mode);
        if (OpenFile* stale = opened(descriptor)) *stale = {};
        return descriptor;
    }
    struct stat info {};
    const bool there = ::fstatat(folder, path, &info, AT_SYMLINK_NOFOLLOW) == 0;
    const bool makes = (flags & O_CREAT) != 0 && !there;
    const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_TRUNC) != 0;
    const Need need = makes ? Need::kRoom : writes && state().plan.error != 0 ? Need::kChange : Need::kRead;
    if (fails(need, name, *inside)) return -1;
    const int descriptor = real(folder, path, flags, mode);
    if (descriptor < 0 || descriptor >= static_cast<int>(state().open.size())) return descriptor;
    const bool is_folder = there && S_ISDIR(info.st_mode);
    const int file = is_folder ? -1 : file_at(*inside, makes);
    state().open[static_cast<std::size_t>(descriptor)] = {true, is_folder, file, *inside};
    if (makes) note({Op::kCreate, file, 0, "", *inside, ""});
    if (!makes && (flags & O_TRUNC) != 0) note({Op::kTruncate, file, 0, "", *inside, ""});
    return descriptor;
}

// `write` does the real call with as many bytes as it is given.
template <typename Write>
ssize_t write_bytes(const char* name, int descriptor, const void* bytes, std::size_t size, off_t offset,
                    const Write& write) {
    const OpenFile* file = opened(descriptor);
    if (file == nullptr) return write(size);
    switch (judge_call(Need::kRoom, name, file->path)) {
        case Verdict::kFail:
            // A disk that fills up takes the first half.
            if (state().plan.error == ENOSPC && state().calls == state().plan.at && size > 1) {
                size /= 2;
                break;
            }
            return -1;
        case Verdict::kTear:
            if (size > 1) write(size / 2);
            ::raise(SIGKILL);
            return -1;
        case Verdict::kGo:
            break;
    }
    const ssize_t written = write(size);
    if (written > 0) {
        note({Op::kWrite, file->file, static_cast<std::uint64_t>(offset),
              std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(written)), file->path,
              ""});
    }
    return written;
}

int sync_file(const char* name, int descriptor) {
    const auto real = next<int (*)(int)>(name);
    const OpenFile* file = opened(descriptor);
    if (file == nullptr) return real(descriptor);
    if (fails(Need::kSync, name, file->path)) {
        // What Linux does: the pages count as clean from now on, and the next sync says nothing of them.
        const int error = errno;
        if (error == EIO && !file->folder) note({Op::kSyncLost, file->file, 0, "", file->path, ""});
        errno = error;
        return -1;
    }
    const int done = real(descriptor);
    if (done == 0) note({file->folder ? Op::kSyncFolder : Op::kSync, file->file, 0, "", file->path, ""});
    return done;
}

int truncate_file(const char* name, int descriptor, off_t size) {
    const auto real = next<int (*)(int, off_t)>(name);
    const OpenFile* file = opened(descriptor);
    if (file == nullptr) return real(descriptor, size);
    struct stat info {};
    ::fstat(descriptor, &info);
    if (fails(size > info.st_size ? Need::kRoom : Need::kChange, name, file->path)) return -1;
    const int done = real(descriptor, size);
    const auto new_size = static_cast<std::uint64_t>(size);
    if (done == 0) note({Op::kTruncate, file->file, new_size, "", file->path, ""});
    return done;
}

int rename_file(const char* name, int from_folder, const char* from, int to_folder, const char* to) {
    static const auto real = next<int (*)(int, const char*, int, const char*)>("renameat");
    const auto old_path = below(from, from_folder), new_path = below(to, to_folder);
    if (!old_path || !new_path) return real(from_folder, from, to_folder, to);
    if (fails(Need::kRoom, name, *old_path)) return -1;
    const int done = real(from_folder, from, to_folder, to);
    if (done != 0) return done;
    const int file = file_at(*old_path, false);
    state().file_of.erase(*old_path);
    state().file_of[*new_path] = file;
    note({Op::kRename, file, 0, "", *old_path, *new_path});
    return done;
}

int unlink_file(const char* name, int folder, const char* path, int flags) {
    static const auto real = next<int (*)(int, const char*, int)>("unlinkat");
    const auto inside = below(path, folder);
    if (!inside) return real(folder, path, flags);
    if (fails(Need::kChange, name, *inside)) return -1;
    const int done = real(folder, path, flags);
    if (done == 0) {
        state().file_of.erase(*inside);
        note({Op::kUnlink, -1, 0, "", *inside, ""});
    }
    return done;
}

bool read_fails(const char* name, int descriptor) {
    const OpenFile* file = opened(descriptor);
    return file != nullptr && fails(Need::kRead, name, file->path);
}

bool look_fails(const char* name, const char* path) {
    const auto inside = below(path);
    return inside && fails(Need::kRead, name, *inside);
}

}  // namespace

void watch(const std::filesystem::path& root, const Plan& plan, std::vector<Op>* trace) {
    Watch& watch = state();
    watch = {};
    watch.root = root.lexically_normal().string();
    watch.plan = plan;
    watch.trace = trace;
    watch.on = true;
}

void replan(const Plan& plan) { state().plan = plan, state().calls = 0; }
void mend() { state().mended = true; }
void unwatch() { state().on = false; }
long calls() { return state().calls; }
bool struck() { return state().struck; }
std::string struck_call() { return state().struck_call; }

}  // namespace sala::faults

// ---- what libc offers, asked here first (NOLINT: clang-tidy 16 takes va_start() for nothing) ----

using namespace sala::faults;

extern "C" {

int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;  // NOLINT
    va_end(rest);
    return open_file("open", AT_FDCWD, path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;  // NOLINT
    va_end(rest);
    return open_file("open64", AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;  // NOLINT
    va_end(rest);
    return open_file("openat", folder, path, flags, mode);
}

ssize_t read(int descriptor, void* bytes, std::size_t size) {
    static const auto real = next<ssize_t (*)(int, void*, std::size_t)>("read");
    return read_fails("read", descriptor) ? -1 : real(descriptor, bytes, size);
}

ssize_t pread64(int descriptor, void* bytes, std::size_t size, off64_t offset) {
    static const auto real = next<ssize_t (*)(int, void*, std::size_t, off64_t)>("pread64");
    return read_fails("pread64", descriptor) ? -1 : real(descriptor, bytes, size, offset);
}

ssize_t write(int descriptor, const void* bytes, std::size_t size) {
    static const auto real = next<ssize_t (*)(int, const void*, std::size_t)>("write");
    off_t offset = 0;
    if (opened(descriptor) != nullptr) {
        const bool appends = (::fcntl(descriptor, F_GETFL) & O_APPEND) != 0;
        offset = ::lseek(descriptor, 0, appends ? SEEK_END : SEEK_CUR);
    }
    return write_bytes("write", descriptor, bytes, size, offset,
                       [&](std::size_t part) { return real(descriptor, bytes, part); });
}

ssize_t pwrite64(int descriptor, const void* bytes, std::size_t size, off64_t offset) {
    static const auto real = next<ssize_t (*)(int, const void*, std::size_t, off64_t)>("pwrite64");
    return write_bytes("pwrite64", descriptor, bytes, size, offset,
                       [&](std::size_t part) { return real(descriptor, bytes, part, offset); });
}

int fsync(int descriptor) { return sync_file("fsync", descriptor); }
int fdatasync(int descriptor) { return sync_file("fdatasync", descriptor); }
int ftruncate(int descriptor, off_t size) noexcept { return truncate_file("ftruncate", descriptor, size); }
int ftruncate64(int descriptor, off64_t size) noexcept {
    return truncate_file("ftruncate64", descriptor, size);
}

int rename(const char* from, const char* to) noexcept {
    return rename_file("rename", AT_FDCWD, from, AT_FDCWD, to);
}
int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
    return rename_file("renameat", from_folder, from, to_folder, to);
}
int unlink(const char* path) noexcept { return unlink_file("unlink", AT_FDCWD, path, 0); }
int unlinkat(int folder, const char* path, int flags) noexcept {
    return unlink_file("unlinkat", folder, path, flags);
}

int mkdir(const char* path, mode_t mode) noexcept {
    static const auto real = next<int (*)(const char*, mode_t)>("mkdir");
    const auto inside = below(path);
    if (inside && fails(Need::kRoom, "mkdir", *inside)) return -1;
    const int done = real(path, mode);
    if (inside && done == 0) note({Op::kFolder, -1, 0, "", *inside, ""});
    return done;
}

int close(int descriptor) {
    static const auto real = next<int (*)(int)>("close");
    OpenFile* file = opened(descriptor);
    if (file == nullptr) return real(descriptor);
    // Whatever it answers, the descriptor is gone.
    const bool failed = fails(Need::kClose, "close", file->path);
    *file = {};
    const int done = real(descriptor);
    if (!failed) return done;
    errno = EIO;
    return -1;
}

int stat(const char* path, struct stat* info) noexcept {
    static const auto real = next<int (*)(const char*, struct stat*)>("stat");
    return look_fails("stat", path) ? -1 : real(path, info);
}
int stat64(const char* path, struct stat64* info) noexcept {
    static const auto real = next<int (*)(const char*, struct stat64*)>("stat64");
    return look_fails("stat64", path) ? -1 : real(path, info);
}
int fstat64(int descriptor, struct stat64* info) noexcept {
    static const auto real = next<int (*)(int, struct stat64*)>("fstat64");
    return read_fails("fstat64", descriptor) ? -1 : real(descriptor, info);
}

void* mmap64(void* address, std::size_t size, int protection, int flags, int descriptor,
             off64_t offset) noexcept {
    static const auto real = next<void* (*)(void*, std::size_t, int, int, int, off64_t)>("mmap64");
    if (descriptor >= 0 && read_fails("mmap64", descriptor)) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    return real(address, size, protection, flags, descriptor, offset);
}

}  // extern "C"
