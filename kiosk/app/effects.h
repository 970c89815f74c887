// What each effect does to the store, and the event that answers it.
#pragma once

#include "kiosk/flow/state.h"
#include "kiosk/store/store.h"

namespace sala::kiosk {

struct EffectDone {
    Event event;
    std::optional<Error> failure;  // the store's own, not a refusal of what was asked
    bool wrote = false;            // the disk took it: a broken store has recovered
};

// Of the disk and the journal; what was merely refused says nothing about them.
bool is_fault(const Error& error);

// What a visitor does, rather than an officer: answered by what was written, and counted once however often
// it is written.
bool is_visitors_act(const Effect& effect);

// The store's thread. `token`: one for each act, the same for its retry. REQUIRES: neither WriteStick nor
// RunSelfTest nor SendLines nor PrintTicket, which take seconds and belong to desk, courier and printer.
EffectDone run_effect(Store& store, const Effect& effect, const VisitToken& token);

// What answers an effect that failed: a visitor's save gets SaveFailed, an officer's act OfficerFailed. The
// trap: a PIN that could not be looked at is refused, for OfficerFailed would open the page.
Event failed_event(const Effect& effect, const Error& reason);

}  // namespace sala::kiosk
