// What the kiosk shows to a witness, and what a witness has vouched for: C2SP tlog-witness, the log's side.
//
// Each cosignature becomes a line of the journal, which grows the tree that the next one is about. The trap:
// whoever asks for one whenever the tree has grown asks for ever; ask at `alive` and at the close only.
#pragma once

#include "kiosk/store/exporter.h"

namespace sala::kiosk {

struct WitnessQuestion {
    std::string request;  // the body of add-checkpoint
    std::uint64_t old_size = 0;
    std::uint64_t size = 0;
    ledger::Note checkpoint;  // signed by the kiosk
};

// The tree as it now is, with the proof that it goes on from what the witness holds. `held`: what it said
// that is; nothing: what it cosigned last, as far as this kiosk knows. Lines are read in short jobs on the
// store's thread. Refuses WITNESS-AHEAD (it holds more lines than this kiosk has), STORE-BUSY and what the
// store does.
Result<WitnessQuestion> question_for(const OnStore& on_store, const record::WitnessRoad& witness,
                                     std::optional<std::uint64_t> held);

// Takes in the answer to the question: one `cosigned` line by the witness's name, and the note kept for the
// next question. Nothing of it is believed that the witness's key has not signed. Refuses
// WITNESS-BAD-COSIGNATURE, STORE-BUSY and what the store does.
Result<void> take_cosignature(const OnStore& on_store, const record::WitnessRoad& witness,
                              const WitnessQuestion& question, std::string_view signatures);

// The newest note of the kiosk with that witness's cosignature; empty before the first.
Result<std::string> witnessed_note(sqlite::Database& database, const std::string& witness_name);

}  // namespace sala::kiosk
