// Inside this room only: one device's bundles and rows, held against one another.
#pragma once

#include "sync/audit/audit_report.h"
#include "sync/audit/outside_check.h"
#include "sync/audit/succession.h"
#include "sync/office/report_db.h"

namespace sala::office {

// What one device's part of the database is found to be.
struct DeviceAudit {
    audit::LogReport report;
    audit::CheckedLog log;
    audit::LogEnds ends;  // without `log`
    std::vector<audit::Finding> findings;
    std::vector<ledger::Hash> leaves;  // of the verified lines
    std::uint64_t rows = 0;            // that the tables must hold of it
    std::uint64_t cosigned = 0;        // size of the last bundle that the office's own signature stands on
};

// `sizes`: of trees whose roots will be asked for. `auditor`: nullptr where nothing is opened. Refuses what
// the database does.
Result<DeviceAudit> audit_device(ReportDb& database, const OfficeRow& office, const DeviceRow& device,
                                 const std::set<std::uint64_t>& sizes, std::int64_t now_s,
                                 const crypto::BoxKey* auditor);

}  // namespace sala::office
