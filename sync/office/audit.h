// The audit of one office: everything recomputed from the bytes that were kept, and compared with the tables,
// with the office's own cosignatures, and with what is held outside.
//
// It needs public keys only and changes nothing. The trap: with nothing from outside, whoever holds the keys
// of office and kiosk can have written a history in which everything agrees; the report says so.
#pragma once

#include "platform/crypto/sealed_box.h"
#include "sync/audit/audit_report.h"
#include "sync/office/report_db.h"

namespace sala::office {

// `now_s`: seconds since 1970 UTC, by a clock that the auditor trusts. `auditor`: opens what was bound to its
// key (`wait = "month"`); without it the audit says how much is not opened. Refuses only what the database
// does; what is wrong with the evidence is a finding. Memory: some bundles, and 32 bytes for each line of a
// device.
Result<audit::AuditReport> audit_office(ReportDb& database, const std::vector<audit::OutsideHead>& outside,
                                        std::int64_t now_s, const crypto::BoxKey* auditor = nullptr);

}  // namespace sala::office
