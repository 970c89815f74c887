// Whole small files: read with a limit, written so that a power cut leaves the old file or the new one, never
// half.
//
// The trap: on FAT (a USB stick) rename is not atomic, so a reader there trusts only what the file itself
// proves.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace sala {

// The bytes of a regular file. Refuses: FILE-NOT-FOUND, FILE-TOO-LARGE (more than `bytes_max`),
// FILE-UNREADABLE (also a folder, a pipe or a device, which are not even opened for reading).
Result<std::string> read_file(const std::filesystem::path& path, std::size_t bytes_max);

// Writes `path`.tmp (mode 0600 unless `mode` says otherwise), syncs it, renames it onto `path`, syncs the
// folder. Refuses: FILE-UNWRITABLE, with what the system said; the old file is then still there.
Result<void> write_file_durably(const std::filesystem::path& path, std::string_view bytes,
                                unsigned mode = 0600);

// Makes a folder (mode 0700), and those above it, where they are missing; each name is synced. Does no harm
// to one that is there: its name is synced again, for whoever made it may have been cut off. Refuses:
// FILE-UNWRITABLE.
Result<void> make_folder_durably(const std::filesystem::path& path);

// Renames, also between folders of one file system, and syncs both. Refuses: FILE-UNWRITABLE.
Result<void> rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

// What comes with the program (years, voices): $SALA_ASSETS, else `assets` beside the executable.
std::filesystem::path assets_folder();

}  // namespace sala
