// An office that is audited, and what the audit says of it.
#pragma once

#include "sync/office/audit.h"
#include "tests/sync/office/office_fixture.h"

namespace sala::office {

class AuditedOffice : public OfficeTest {
  protected:
    using Codes = std::vector<std::string>;

    audit::AuditReport audited(const crypto::BoxKey* auditor = nullptr) {
        const auto report = audit_office(*database_, {}, kNow_s, auditor);
        EXPECT_TRUE(report) << report.error().line();
        return report ? *report : audit::AuditReport();
    }
    static Codes codes(const audit::AuditReport& report, audit::Weight weight) {
        Codes codes;
        for (const audit::Finding& finding : report.findings) {
            if (finding.weight == weight) codes.push_back(finding.what.code);
        }
        return codes;
    }
    Codes breaks(const crypto::BoxKey* auditor = nullptr) {
        return codes(audited(auditor), audit::Weight::kBreak);
    }
    Codes remarks(const crypto::BoxKey* auditor = nullptr) {
        return codes(audited(auditor), audit::Weight::kRemark);
    }
    std::string cosigned(const LogBuilder& log, std::uint64_t size) {
        ledger::Note note = log.checkpoint(size);
        note.signatures.push_back(ledger::cosign_note(note.text, key_->name, key_->key, kNow_s));
        return note.bytes();
    }
};

}  // namespace sala::office
