// Holding logs against what was kept outside the office.
#pragma once

#include <map>

#include "sync/audit/audit_report.h"

namespace sala::audit {

// A log as it was recomputed.
struct CheckedLog {
    ledger::VerifierKey device;  // its name is the log's origin
    std::string code;
    std::uint64_t size = 0;                       // of the verified tree
    std::map<std::uint64_t, ledger::Hash> roots;  // at least at each outside head's size up to `size`
};

struct OutsideAnswer {
    std::map<std::string, std::uint64_t> held_outside;  // by device: the largest size that fits
    std::map<std::string, std::uint64_t> ahead;  // by device: the largest size that the office cannot show
    std::vector<Finding> findings;
};

// `office`: the key of the office's own cosignatures, so that a note it signed and no longer knows is its own
// word against it.
OutsideAnswer check_outside(const std::vector<OutsideHead>& heads, const std::vector<CheckedLog>& logs,
                            const std::string& domain, const ledger::VerifierKey& office);

}  // namespace sala::audit
