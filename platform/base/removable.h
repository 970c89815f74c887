// Files on a medium that may go at any moment: a USB stick.
//
// A folder is held by descriptor, so that what is written after the medium went never lands on the disk below
// its mount point. The trap: a write that succeeded is in memory; only write() with its syncs, and then
// read_back(), which drops what memory holds and reads the device, say that the medium has it.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/descriptor.h"
#include "platform/base/result.h"

namespace sala {

// How many bytes are done; false asks to stop (STICK-STOPPED).
using ByteProgress = std::function<bool(std::size_t bytes)>;

// A name on a stick is anybody's: on a screen or in a terminal only its plain letters, at most 80.
std::string plain_name(std::string_view name);

// STICK-STOPPED: whoever asked for the copy does not want it any more.
Error stick_stopped();

class RemovableFolder {
  public:
    // Each refusal below has a sentence of its own: STICK-FULL, STICK-READ-ONLY, STICK-GONE (unplugged, or
    // its device fails), STICK-STOPPED, STICK-FAILED with what the system said. EXPORT-NO-FOLDER: there is
    // none.
    static Result<RemovableFolder> open(const std::filesystem::path& path);

    // Writes `name`.tmp in pieces, syncs each, renames it onto `name`, syncs the folder. Looks first
    // whether there is room. What a failed write left is removed where that is still possible. REQUIRES:
    // `name` holds no '/'.
    Result<void> write(const std::string& name, std::string_view bytes, const ByteProgress& progress) const;

    // The file's bytes, from the device. Refuses also FILE-TOO-LARGE and FILE-UNREADABLE (no regular file).
    Result<std::string> read_back(const std::string& name, std::size_t bytes_max,
                                  const ByteProgress& progress) const;

    // Removes a file, if it is there.
    void remove(const std::string& name) const;

    // Names that end in `ending`, sorted; at most `names_max` of the first kEntriesMax entries.
    static constexpr std::size_t kEntriesMax = 20'000;
    Result<std::vector<std::string>> names(std::string_view ending, std::size_t names_max) const;

    // Whether the path still leads to this very folder. Refuses STICK-GONE.
    Result<void> still_there() const;

    const std::filesystem::path& path() const { return path_; }

  private:
    RemovableFolder(std::filesystem::path path, Descriptor folder)
        : path_(std::move(path)), folder_(std::move(folder)) {}
    std::filesystem::path path_;
    Descriptor folder_;
};

}  // namespace sala
