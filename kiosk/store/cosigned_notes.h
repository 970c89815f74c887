// The office's answers, believed only when they verify: those that lie on a stick, and one that came back
// over the network.
#pragma once

#include "kiosk/store/exporter.h"
#include "platform/base/removable.h"

namespace sala::kiosk {

// Takes in the newest valid note, if it is newer than what we have: done.cosigned_size. What does not fit
// goes to done.refused_notes and hinders nothing. Refuses what the stick and the store do. Inside this room
// only.
Result<void> take_notes(const OnStore& on_store, const RemovableFolder& folder, Export& done,
                        const ExportProgress& progress);

// Takes in one note, if it is newer than what we have; the size that it cosigns. `office_key`: what the
// office says its key is, believed as office.vkey on a stick is: where none is set and none was pinned.
// Refuses NOTE-BAD-KEY, NOTE-MALFORMED, NOTE-NOT-A-CHECKPOINT, NOTE-OTHER-DEVICE, NOTE-BAD-SIGNATURE,
// NOTE-AHEAD, NOTE-OTHER-HISTORY, STORE-BUSY and what the store does.
Result<std::uint64_t> take_note(const OnStore& on_store, const std::string& note,
                                const std::string& office_key);

}  // namespace sala::kiosk
