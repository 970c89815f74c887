// What the ballot box holds at a close that does not open it: bound for everybody, readable for the auditor.
//
// `bound` in the journal commits to an Opening's bytes with a salt; salt and bytes travel sealed to the
// auditor's key. FORMAT.md, section 9, has the bytes. The trap: the salt must be kept nowhere else, for
// with it a commitment to a handful of small numbers is found by trying.
#pragma once

#include "platform/crypto/sealed_box.h"
#include "sync/ledger/tally.h"

namespace sala::ledger {

inline constexpr std::size_t kOpeningBytesMax = std::size_t{1} << 20;

struct Opening {
    std::string origin;  // of the log
    int day = 0;
    std::vector<Tally> tallies;  // each with at least one rater; written by page, class, place
};

struct BoundOpening {
    crypto::Hash commitment{};
    Bytes sealed;
};

// The text that the salt precedes in the commitment. Equal openings give equal bytes.
std::string write_opening(const Opening& opening);

// Refuses OPENING-MALFORMED: anything that write_opening() does not write.
Result<Opening> parse_opening(std::string_view text);

// Nothing where the auditor's key is none.
std::optional<BoundOpening> bind_opening(const Opening& opening, const crypto::PublicKey& auditor);

// For the auditor: the opening's text. Refuses OPENING-OTHER-KEY, OPENING-NOT-BOUND (not what `bound` says).
Result<std::string> open_opening(const crypto::BoxKey& auditor, ByteView sealed,
                                 const crypto::Hash& commitment);

}  // namespace sala::ledger
