// What a log sends to a witness, and what a witness may say to it: https://c2sp.org/tlog-witness,
// add-checkpoint.
//
// The trap: judge() and the keeping of the new checkpoint must be one step. A witness that answers before the
// checkpoint is on its disk, or that judges two requests of one log at a time, can be made to cosign two
// histories.
#pragma once

#include <optional>

#include "sync/ledger/consistency.h"
#include "sync/ledger/note.h"

namespace sala::ledger {

inline constexpr std::size_t kWitnessRequestBytesMax = 32 + kProofHashesMax * 45 + 1 + kNoteBytesMax;

struct WitnessRequest {
    std::uint64_t old_size = 0;  // of the checkpoint that the witness cosigned last; 0: none yet
    std::vector<Hash> proof;     // from there to the checkpoint
    Note note;                   // the checkpoint with the log's signature
    Checkpoint checkpoint;       // what the note says

    std::string bytes() const;
};

// Refuses WITNESS-MALFORMED, NOTE-MALFORMED and NOTE-NOT-A-CHECKPOINT (of other logs' checkpoints too, where
// they have further lines). Canonical: parse_witness_request(x)->bytes() == x for every accepted x.
Result<WitnessRequest> parse_witness_request(std::string_view bytes);

// In the order in which the protocol asks; the numbers are its HTTP status codes.
enum class Witnessing : int {
    kCosign = 200,        // keep the checkpoint, then answer with a cosignature
    kNotSigned = 403,     // not by this log's key
    kOldIsLarger = 400,   // the old size is beyond the checkpoint's
    kConflict = 409,      // the witness holds another size (it tells it), or another root of the same size
    kInconsistent = 422,  // the proof does not show that the log only grew
};

// `log`: the key that the witness trusts for the checkpoint's origin; `held`: what it cosigned last.
Witnessing judge(const WitnessRequest& request, const VerifierKey& log,
                 const std::optional<Checkpoint>& held);

}  // namespace sala::ledger
