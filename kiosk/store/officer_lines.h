// What officers do with a PIN, each with its line in the journal, in the same transaction.
//
// The line names the place (the desk, or a counter) and never a person: a PIN belongs to a place. All on the
// store's thread; where the line cannot be written nothing is done, and what the database refuses is
// answered.
#pragma once

#include "kiosk/store/store.h"

namespace sala::kiosk {

// `counter`: its id; empty: the kiosk's own page. Here and below.
Result<void> note_entered(Store& store, const std::string& counter = {});

// Refuses what PinLock::set() does.
Result<void> replace_pin(Store& store, std::string_view pin, const std::string& counter = {});

// The new PIN, to be told once.
Result<std::string> replace_pin_at_random(Store& store, const std::string& counter = {});

}  // namespace sala::kiosk
