// The system calls of this very program, watched: counted, failed, cut short, or written down.
//
// The functions of libc by which Sala and SQLite reach the disk are defined here, in the program itself, so
// that every library of the process calls these first. That needs no LD_PRELOAD, works under
// AddressSanitizer, and sees what a shim inside SQLite would not: the key, the stick, the log filled with
// zeros beside SQLite. Only calls on files below the watched folder count. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sala::faults {

enum class Fault {
    kNone,
    kKill,      // SIGKILL instead of the call
    kTornKill,  // half of the bytes are written, then SIGKILL; other calls as kKill
    kFailOnce,  // this call fails, the next one works again
    kFailFrom,  // from this call on all fail, until mend()
    kFailSync,  // as kFailOnce, and only syncs of files count
};

struct Plan {
    Fault fault = Fault::kNone;
    long at = 0;    // 1: the first call that can fail so
    int error = 0;  // EIO: any call; ENOSPC: what needs room; EROFS: what changes anything
};

// What was done to the disk, in order.
struct Op {
    enum Kind { kCreate, kWrite, kTruncate, kSync, kSyncLost, kFolder, kSyncFolder, kRename, kUnlink, kAck };
    Kind kind;
    int file = -1;             // of the first three and the syncs
    std::uint64_t offset = 0;  // kWrite; the new size of kTruncate
    std::string bytes;         // kWrite; the line of kAck
    std::string path;          // below the watched folder, "" the folder itself
    std::string to;            // kRename
};

// From now on calls below `root` count. With `trace` what changes the disk is written down.
void watch(const std::filesystem::path& root, const Plan& plan, std::vector<Op>* trace = nullptr);

// Another plan from here on, and calls counted anew; what was opened under the watch is still watched.
void replan(const Plan& plan);

// The fault is gone; the watch goes on.
void mend();
void unwatch();

long calls();  // so far, of those that can fail as planned
bool struck();
std::string struck_call();  // "fdatasync data/kiosk.db-wal"

}  // namespace sala::faults
