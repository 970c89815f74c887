// Bundles that arrive as files: on a USB stick, in a folder.
//
// Beside each file goes FILE.cosigned, and the office's public key into its folder, so that the kiosk learns
// what was kept; of a gap CODE.held, so that it learns from where on to send again. The trap: whether the
// answer could be written says nothing about the import, which stands either way.
#pragma once

#include <filesystem>
#include <vector>

#include "sync/office/ingest.h"

namespace sala::office {

inline constexpr std::size_t kFolderFilesMax = 1000;

struct FileVerdict {
    std::filesystem::path file;
    std::optional<Receipt> receipt;  // where the import stands
    std::optional<Error> error;      // why not; beside a receipt: why the answer could not be written

    int exit_code() const;
    std::string line() const;  // Thai and English, one line, safe to print
};

// The files themselves and the *.bundle files of the folders (not of folders in them), by device and where
// they begin, so that a stick with several days goes in at once. Never empty for a non-empty `paths`: what
// cannot be read is a verdict too. Links are not followed.
std::vector<FileVerdict> import_files(ReportDb& database, const OfficeKey& key,
                                      const std::vector<std::filesystem::path>& paths, std::uint64_t now_s);

// Of several files the worst, as ARCHITECTURE.md has it: 1 fault, 5 fork, 4 gap, 3 refused, 0.
int worst_exit_code(const std::vector<FileVerdict>& verdicts);

// 1 for a fault of this machine, 4 and 5 for BUNDLE-GAP and BUNDLE-FORK, 3 for every other refusal.
int exit_code(const Error& error);

}  // namespace sala::office
