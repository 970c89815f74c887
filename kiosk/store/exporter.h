// The USB road, the kiosk's end: bundles onto a stick, cosigned notes back from it.
//
// Nothing is forgotten by sending: a cosigned note only tells from where the next bundle begins. What waits
// for the stick runs on the caller's thread; only what reads lines, signs and takes notes in runs as short
// jobs on the store's, so no visitor waits for a stick. The trap: a stick is somebody else's file system;
// names and dates on it prove nothing, and what was written is read back from the device and verified
// before anybody is told that the stick may go.
#pragma once

#include "kiosk/store/store.h"

namespace sala::kiosk {

struct Export {
    std::vector<std::filesystem::path>
        files;  // written and verified; none: the office already has everything
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::uint64_t cosigned_size = 0;  // of the newest cosigned note taken in now; 0: none
    // Notes that lay there and were not taken in, and ended logs that could not be read, each with its
    // reason.
    std::vector<Error> refused_notes;
};

// Runs a job on the store's thread and returns when it is done. False: it was not run.
using OnStore = std::function<bool(const std::function<void(Store&)>& job)>;

// For the thread that owns the store.
OnStore directly_on(Store& store);

enum class ExportStep { kTakingNotes, kWriting, kReadingBack };  // in this order

// Called when the step or the percent of it (0..100) changes; false stops the export (STICK-STOPPED).
using ExportProgress = std::function<bool(ExportStep step, int percent)>;

// Takes in the cosigned notes (*.cosigned) that lie in `folder`, then writes the lines since the last
// cosigned size (or since what a CODE.held of an office that lost lines says) as one or more *.bundle files,
// then reads them back. What a refusal leaves is whole: the next export begins at the same line. Refuses:
// EXPORT-NO-FOLDER, EXPORT-READ-BACK, STORE-BUSY, and STICK-FULL, STICK-READ-ONLY, STICK-GONE, STICK-FAILED,
// STICK-STOPPED (platform/base/removable.h). The office's key is office.toml's, else the one pinned at the
// first note, else `office.vkey` in the folder.
Result<Export> export_to(const OnStore& on_store, const std::filesystem::path& folder,
                         const ExportProgress& progress);

// The same for whoever owns the store and asks for no progress.
Result<Export> export_to(Store& store, const std::filesystem::path& folder);

// The size that the office has cosigned last; 0 before the first.
Result<std::uint64_t> cosigned_size(sqlite::Database& database);

}  // namespace sala::kiosk
