// The USB road, the kiosk's end: bundles onto a stick, cosigned notes back from it.
//
// Nothing is forgotten by sending: a cosigned note only tells from where the next bundle begins. The trap: a
// stick is somebody else's file system; names and dates on it prove nothing, and what was written is read
// back and verified before anybody is told that the stick may go.
#pragma once

#include "kiosk/store/store.h"

namespace sala::kiosk {

struct Export {
    std::vector<std::filesystem::path>
        files;  // written and verified; none: the office already has everything
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::uint64_t cosigned_size = 0;   // of the newest cosigned note taken in now; 0: none
    std::vector<Error> refused_notes;  // notes that lay there and were not taken in, each with its reason
};

// Takes in the cosigned notes (*.cosigned) that lie in `folder`, then writes the lines since the last
// cosigned size as one or more *.bundle files. Refuses: EXPORT-NO-FOLDER, EXPORT-READ-BACK, FILE-UNWRITABLE.
// The office's key is office.toml's, else the one pinned at the first note, else `office.vkey` in the folder.
Result<Export> export_to(Store& store, const std::filesystem::path& folder);

// The size that the office has cosigned last; 0 before the first.
Result<std::uint64_t> cosigned_size(sqlite::Database& database);

}  // namespace sala::kiosk
