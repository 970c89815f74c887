// Inside this room only: the office's answers that lie on a stick, believed only when they verify.
#pragma once

#include "kiosk/store/exporter.h"
#include "platform/base/removable.h"

namespace sala::kiosk {

// Takes in the newest valid note, if it is newer than what we have: done.cosigned_size. What does not fit
// goes to done.refused_notes and hinders nothing. Refuses what the stick and the store do.
Result<void> take_notes(const OnStore& on_store, const RemovableFolder& folder, Export& done,
                        const ExportProgress& progress);

}  // namespace sala::kiosk
