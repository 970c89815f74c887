// Shows a witness how far the kiosk's log has grown, and takes its cosignature into the journal.
//
// What waits for the network runs on the caller's thread, as in sending.h.
#pragma once

#include "kiosk/app/sending.h"

namespace sala::kiosk {

// Asks one witness once, and once more where it holds another size than was thought. Nothing: it has vouched
// and the journal says so. Not sent: WITNESS-OTHER-HISTORY (it holds another log under this kiosk's key),
// WITNESS-AHEAD, and what courier::ask_witness(), question_for() and take_cosignature() tell. `go_on` is
// asked about once a second; false stops.
std::optional<NotSent> ask_for_cosignature(const OnStore& on_store, const record::WitnessRoad& witness,
                                           const std::function<bool()>& go_on);

}  // namespace sala::kiosk
