// What waited at each close of a month, for the auditor who holds the key: opened, and held against what the
// log binds, counts and later seals.
//
// The trap: an opening shows counts of a few people. Findings say that something differs, never what it is.
#pragma once

#include <map>

#include "sync/audit/finding.h"
#include "sync/ledger/opening.h"

namespace sala::audit {

// A `bound` line, and what the log says around it.
struct BoundFact {
    std::uint64_t seq = 0;
    int day = 0;
    crypto::Hash commitment{};
    crypto::PublicKey auditor{};                   // of its day_opened
    std::map<std::string, std::uint64_t> waiting;  // by page, ratings in no envelope
    std::vector<ledger::Sealed> sealed;            // since the `bound` before
};

struct OpeningAnswer {
    std::uint64_t bound = 0;   // closes that bind what waits
    std::uint64_t opened = 0;  // of these, found to be what they bind
    std::vector<Finding> findings;
};

// `kept`: openings by commitment. `auditor`: nullptr where nothing is opened.
OpeningAnswer check_openings(const std::string& device, const std::string& origin,
                             const std::vector<BoundFact>& bounds, const std::map<crypto::Hash, Bytes>& kept,
                             const crypto::BoxKey* auditor);

}  // namespace sala::audit
