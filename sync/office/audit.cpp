#include "sync/office/audit.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/office/device_audit.h"

namespace sala::office {
namespace {

using audit::Finding;
using audit::HeldBy;
using audit::Weight;

// Sizes of old logs that replacing logs name, so that the walk remembers their roots. A line that was changed
// since names another; then the walk of its log says so.
Result<void> add_replaced_sizes(ReportDb& database, const OfficeRow& office,
                                const std::vector<DeviceRow>& devices, std::set<std::uint64_t>& sizes) {
    for (const DeviceRow& device : devices) {
        const Result<std::string> beginning = database.beginning(office.id, device.code);
        if (!beginning) return beginning.error();
        const std::size_t at = beginning->find("\n{"), end = beginning->find('\n', at + 1);
        if (at == std::string::npos || end == std::string::npos) continue;
        const auto line = ledger::parse_line(std::string_view(*beginning).substr(at + 1, end - at - 1));
        const auto* start = line ? std::get_if<ledger::LogStart>(&line->happening) : nullptr;
        if (start != nullptr && start->replaces) sizes.insert(start->replaces->size);
    }
    return {};
}

// Which kiosk took whose place; the sizes that a successor names are those of lines that somebody had.
void tell_succession(std::vector<DeviceAudit>& audited, audit::OutsideAnswer& answer) {
    std::vector<audit::LogEnds> ends;
    for (DeviceAudit& device : audited) {
        device.ends.log = &device.log;
        ends.push_back(device.ends);
    }
    const audit::SuccessionAnswer succession = audit::check_succession(ends);
    for (const auto& [code, size] : succession.ahead) answer.ahead[code] = std::max(answer.ahead[code], size);
    answer.findings.insert(answer.findings.end(), succession.findings.begin(), succession.findings.end());
}

std::vector<audit::HeldRange> held_ranges(const DeviceAudit& device, const audit::OutsideAnswer& outside) {
    const auto of = [&](const std::map<std::string, std::uint64_t>& sizes) {
        const auto found = sizes.find(device.report.device);
        return found == sizes.end() ? 0 : found->second;
    };
    const std::uint64_t out = of(outside.held_outside);
    const std::uint64_t own = std::max(out, std::min(device.cosigned, device.report.lines));
    const std::uint64_t end = std::max({own, device.report.lines_kept, of(outside.ahead)});
    std::vector<audit::HeldRange> ranges;
    if (out > 0) ranges.push_back({0, out, HeldBy::kOutside});
    if (own > out) ranges.push_back({out, own, HeldBy::kOffice});
    if (end > own) ranges.push_back({own, end, HeldBy::kNobody});
    return ranges;
}

// The first line in which the other side of a fork differs from what is kept; nothing where it does not.
std::optional<std::uint64_t> parting(const ledger::Bundle& other, const DeviceAudit& kept) {
    ledger::Frontier ours;
    for (std::uint64_t i = 0; i < std::min(other.from(), kept.log.size); ++i) ours.append(kept.leaves[i]);
    if (ours.size() != other.from() || ours != other.frontier) return 0;
    for (std::uint64_t i = other.from(); i < std::min(other.to(), kept.log.size); ++i) {
        if (other.leaves[i - other.from()] != kept.leaves[i]) return i;
    }
    return {};
}

// Whether somebody outside holds a head over lines of the other side.
bool supported(const ledger::Bundle& other, std::uint64_t parted,
               const std::vector<audit::OutsideHead>& heads) {
    ledger::Frontier tree = other.frontier;
    for (const ledger::Hash& leaf : other.leaves) {
        tree.append(leaf);
        if (tree.size() <= parted) continue;
        for (const audit::OutsideHead& head : heads) {
            if (head.size == tree.size() && head.letters == ledger::root_letters(tree.root())) return true;
        }
    }
    return false;
}

Finding fork_finding(const DeviceAudit& kept, std::uint64_t parted, std::uint64_t end, bool other_supported) {
    return {
        Weight::kBreak,
        kept.report.device,
        parted,
        std::max(end, parted + 1),
        {"AUDIT-FORK",
         fmt::format("มีประวัติสองชุดภายใต้กุญแจเดียว แยกกันที่รายการ {} (สำเนาเครื่อง หรือกู้ภาพเก่าของเครื่อง) "
                     "{} นับเฉพาะส่วนที่ตรงกันและฝั่งที่มีหลักฐานภายนอก โปรดหยุดใช้ตู้นี้และเริ่มบันทึกใหม่ด้วย sala-kiosk replace",
                     parted, other_supported ? "หลักฐานภายนอกสนับสนุนฝั่งที่ไม่ได้นับ" : "ไม่มีหลักฐานภายนอกสนับสนุนอีกฝั่ง"),
         fmt::format("two histories stand under one key and part at line {} (a cloned kiosk, or an old image "
                     "brought back); {}; what counts is what both share and the side held outside; stop this "
                     "kiosk and "
                     "begin a new log with sala-kiosk replace",
                     parted,
                     other_supported ? "what is held outside supports the side that was not counted"
                                     : "nothing held outside supports the other side")}};
}

Result<std::vector<Finding>> fork_findings(ReportDb& database, const OfficeRow& office,
                                           const DeviceAudit& kept,
                                           const std::vector<audit::OutsideHead>& heads) {
    const Result<std::vector<std::string>> forks = database.forks(office.id, kept.report.device);
    if (!forks) return forks.error();
    std::vector<Finding> findings;
    for (const std::string& bytes : *forks) {
        const Result<ledger::Bundle> other = ledger::open_bundle(bytes);
        if (!other) {
            findings.push_back({Weight::kBreak, kept.report.device, 0, 0, other.error()});
            continue;
        }
        const std::optional<std::uint64_t> parted = parting(*other, kept);
        if (parted)
            findings.push_back(fork_finding(kept, *parted, other->to(), supported(*other, *parted, heads)));
    }
    return findings;
}

// What stands in the tables and comes from no line.
Result<void> check_rows(ReportDb& database, std::uint64_t demanded, audit::AuditReport& report) {
    const Result<std::uint64_t> held = database.projected_rows_total();
    if (!held) return held.error();
    if (*held == demanded || report.breaks() > 0) return {};
    report.findings.push_back(
        {Weight::kBreak,
         "",
         0,
         0,
         {"AUDIT-ROWS-WITHOUT-LINES",
          fmt::format("ตารางมี {} แถว แต่หลักฐานให้เพียง {} แถว มีแถวที่ไม่มีหลักฐาน", *held, demanded),
          fmt::format("the tables hold {} rows and the evidence makes {}: some come from no line", *held,
                      demanded)}});
    return {};
}

// What was noted when it happened, as a sentence; those that have no name here in their own words.
Error incident_sentence(const Incident& incident) {
    if (incident.code == "OFFICE-RESTORED") {
        return {"AUDIT-OFFICE-RESTORED",
                fmt::format("ฐานข้อมูลของสำนักงานเคยถูกกู้จากสำเนาเก่า ตู้บริการแสดงว่าสำนักงานเคยรับรองมากกว่าที่มี ({}) "
                            "โปรดส่งออกจากทุกตู้อีกครั้ง แล้วตรวจใหม่",
                            incident.detail),
                fmt::format("the office's database was brought back from an older copy: this kiosk showed a "
                            "cosignature over more lines than were held ({}); export from every kiosk again, "
                            "then audit",
                            incident.detail)};
    }
    if (incident.code == "BUNDLE-BEHIND") {
        return {
            "AUDIT-KIOSK-BEHIND",
            fmt::format("ตู้นี้เคยส่งข้อมูลน้อยกว่าที่สำนักงานรับรองไปแล้ว ({}) อาจกู้ภาพเก่าของเครื่อง "
                        "โปรดตรวจตู้ และถ้าใช่ ให้เริ่มบันทึกใหม่ด้วย sala-kiosk replace",
                        incident.detail),
            fmt::format("this kiosk once sent less than the office had cosigned ({}): an old image of it may "
                        "have been brought back; look at the kiosk, and if so begin a new log with "
                        "sala-kiosk replace",
                        incident.detail)};
    }
    return {"AUDIT-INCIDENT", fmt::format("เคยเกิดเหตุ {}: {}", incident.code, incident.detail),
            fmt::format("noted at {} s since 1970: {}: {}", incident.at_s, incident.code, incident.detail)};
}

// It is said for ever.
Result<void> tell_incidents(ReportDb& database, const OfficeRow& office, audit::AuditReport& report) {
    const Result<std::vector<Incident>> incidents = database.incidents(office.id);
    if (!incidents) return incidents.error();
    for (const Incident& incident : *incidents)
        report.findings.push_back({Weight::kRemark, incident.device, 0, 0, incident_sentence(incident)});
    return {};
}

}  // namespace

Result<audit::AuditReport> audit_office(ReportDb& database, const std::vector<audit::OutsideHead>& outside,
                                        std::int64_t now_s, const crypto::BoxKey* auditor) {
    Result<sql::Transaction> snapshot = database.snapshot();
    if (!snapshot) return snapshot.error();
    const Result<OfficeRow> office = database.office();
    if (!office) return office.error();
    const Result<ledger::VerifierKey> office_key = ledger::parse_verifier_key(office->vkey);
    if (!office_key) return office_key.error();
    const Result<std::vector<DeviceRow>> devices = database.devices(office->id);
    if (!devices) return devices.error();

    std::set<std::uint64_t> sizes;
    for (const audit::OutsideHead& head : outside) sizes.insert(head.size);
    if (Result<void> done = add_replaced_sizes(database, *office, *devices, sizes); !done)
        return done.error();
    audit::AuditReport report{office->id, office->domain, office->name, {}, {}, outside.size()};
    std::vector<DeviceAudit> audited;
    std::vector<audit::CheckedLog> logs;
    std::uint64_t rows = 0;
    for (const DeviceRow& device : *devices) {
        Result<DeviceAudit> one = audit_device(database, *office, device, sizes, now_s, auditor);
        if (!one) return one.error();
        const auto forks = fork_findings(database, *office, *one, outside);
        if (!forks) return forks.error();
        report.findings.insert(report.findings.end(), one->findings.begin(), one->findings.end());
        report.findings.insert(report.findings.end(), forks->begin(), forks->end());
        one->leaves = {};
        rows += one->rows;
        if (one->report.lines > 0) logs.push_back(one->log);
        audited.push_back(*std::move(one));
    }
    audit::OutsideAnswer answer = audit::check_outside(outside, logs, office->domain, *office_key);
    tell_succession(audited, answer);
    for (DeviceAudit& device : audited) {
        device.report.held = held_ranges(device, answer);
        report.logs.push_back(std::move(device.report));
    }
    report.findings.insert(report.findings.end(), answer.findings.begin(), answer.findings.end());
    if (Result<void> done = check_rows(database, rows, report); !done) return done.error();
    if (Result<void> done = tell_incidents(database, *office, report); !done) return done.error();
    return report;
}

}  // namespace sala::office
