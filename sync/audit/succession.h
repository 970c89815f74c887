// Which log took whose place: what the logs say themselves, held against one another and against how their
// kiosks were enrolled.
//
// The trap: the two logs come from two keys, and either holder may write what he likes into his own. Only
// where the old one names the new key and the new one the old tree does each bind the other.
#pragma once

#include <map>
#include <optional>

#include "sync/audit/finding.h"
#include "sync/audit/outside_check.h"
#include "sync/ledger/line.h"

namespace sala::audit {

struct LogEnds {
    const CheckedLog* log = nullptr;  // with its root at the size that another log names, and at its end
    std::string origin;
    std::string replaced_by;                // code of who was enrolled in its place; empty: none
    bool whole = true;                      // false: the walk ended at a break, so nothing is said of its end
    std::optional<ledger::LogStart> start;  // nothing where no line is held
    std::optional<crypto::PublicKey> next;  // of its log_end
    std::uint64_t waiting = 0;              // ratings in no envelope
    std::int64_t first_utc_ms = 0, last_utc_ms = 0;
};

struct SuccessionAnswer {
    std::map<std::string, std::uint64_t>
        ahead;  // by device: a size that its successor names and nobody shows
    std::vector<Finding> findings;
};

// `logs`: of one office.
SuccessionAnswer check_succession(const std::vector<LogEnds>& logs);

}  // namespace sala::audit
