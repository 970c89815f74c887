// What an audit found, office by office and log by log, and how it is told.
#pragma once

#include <vector>

#include "sync/audit/finding.h"
#include "sync/audit/outside_head.h"

namespace sala::audit {

// By whom a range of lines is held, so that nobody could change it unnoticed.
enum class HeldBy {
    kOutside,  // somebody outside the office holds a head over it
    kOffice,   // the office's own cosignature, which binds nobody who holds its key
    kNobody,   // the office cannot show it, though somebody holds a head over it
};

struct HeldRange {
    std::uint64_t from = 0, to = 0;
    HeldBy by = HeldBy::kOffice;
};

// A cosignature of which the log itself tells; whoever is named can be asked for it.
struct NamedWitness {
    std::string name;
    std::uint64_t size = 0;
    std::uint64_t time_s = 0;
};

struct LogReport {
    std::string device;  // code
    std::string name;
    std::string replaced_by;
    std::uint64_t lines = 0;       // that could be verified
    std::uint64_t lines_kept = 0;  // that the office says it has
    int last_closed = 0;           // yyyymmdd; 0: none
    std::int64_t last_line_utc_ms = 0;
    std::uint64_t cast = 0, sealed = 0;
    std::uint64_t boots = 0;
    std::int64_t dark_ms = 0;
    std::vector<HeldRange> held;  // ascending, without gaps
    std::vector<NamedWitness> witnesses;
    std::uint64_t bound = 0;   // closes that bind what waits for a month's end
    std::uint64_t opened = 0;  // of these, with the auditor's key, and found right
};

struct AuditReport {
    std::string office, domain, office_name;
    std::vector<LogReport> logs;    // by device
    std::vector<Finding> findings;  // in the order in which they were met: by device, then by line
    std::size_t outside_heads = 0;

    std::size_t breaks() const;
};

// For a person: Thai first, each finding with its lines.
std::string audit_text(const AuditReport& report);

// One line; equal data gives equal bytes.
std::string audit_json(const AuditReport& report);

}  // namespace sala::audit
