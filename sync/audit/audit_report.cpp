#include "sync/audit/audit_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/base/json.h"
#include "sync/record/calendar.h"

namespace sala::audit {
namespace {

std::string day_text(int yyyymmdd) {
    const std::optional<record::Date> date = record::date_of(yyyymmdd);
    return date ? record::iso_date(*date) : std::string();
}

const char* held_json(HeldBy by) {
    return by == HeldBy::kOutside ? "outside" : by == HeldBy::kOffice ? "office" : "nobody";
}

const char* held_text(HeldBy by) {
    return by == HeldBy::kOutside ? "มีผู้ภายนอกถือหลักฐาน (held outside)"
           : by == HeldBy::kOffice ? "สำนักงานถือเพียงผู้เดียว (held by the office only)"
                                   : "ไม่มีผู้ใดแสดงได้ (held by nobody)";
}

// "บรรทัดที่ 7" or "บรรทัดที่ 7 ถึง 9"; empty for none.
std::string lines_text(const Finding& finding) {
    if (finding.end == 0) return "";
    if (finding.end == finding.first + 1) return fmt::format(" บรรทัดที่ (line) {}", finding.first);
    return fmt::format(" บรรทัดที่ (lines) {} ถึง (to) {}", finding.first, finding.end - 1);
}

std::string log_text(const LogReport& log) {
    std::string out = fmt::format("\nตู้บริการ (device) {} {}\n", log.device, log.name);
    if (!log.replaced_by.empty()) out += fmt::format("    ถูกแทนที่ด้วย (replaced by) {}\n", log.replaced_by);
    const std::string closed = day_text(log.last_closed);
    out +=
        fmt::format("    ตรวจแล้ว (verified): {} จาก (of) {} รายการ (lines); ปิดวันล่าสุด (last day closed): {}\n",
                    log.lines, log.lines_kept, closed.empty() ? "ยังไม่มี (none yet)" : closed);
    out += fmt::format(
        "    คะแนน (ratings): ลงแล้ว (cast) {} = อยู่ในซอง (sealed) {} + ยังไม่นับ (not yet counted) {}\n",
        log.cast, log.sealed, log.cast - log.sealed);
    out += fmt::format("    เปิดเครื่อง (boots): {}; เครื่องดับรวม (dark time): {} ชั่วโมง (h)\n", log.boots,
                       log.dark_ms / 3'600'000);
    if (log.bound > 0) {
        out += fmt::format("    วันที่ผูกมัดคะแนนที่รอ (closes that bind): {}; เปิดตรวจแล้ว (opened): {}\n", log.bound,
                           log.opened);
    }
    for (const HeldRange& range : log.held)
        out += fmt::format("    รายการ (lines) {} - {}: {}\n", range.from, range.to - 1, held_text(range.by));
    for (const NamedWitness& witness : log.witnesses)
        out += fmt::format("    พยานที่บันทึกไว้ (cosigned, as the log says): {} ถึงรายการที่ (up to) {}\n",
                           witness.name, witness.size);
    return out;
}

std::string log_json(const LogReport& log) {
    std::string out = fmt::format(
        R"({{"device_code":{},"name":{},"replaced_by":{},"lines":{},"lines_kept":{},"last_day_closed":{},)"
        R"("last_line_utc_ms":{},"ratings_cast":{},"ratings_sealed":{},"ratings_waiting":{},)"
        R"("boots":{},"dark_ms":{},"bound":{},"opened":{},"held":[)",
        json_string(log.device), json_string(log.name),
        log.replaced_by.empty() ? "null" : json_string(log.replaced_by), log.lines, log.lines_kept,
        log.last_closed == 0 ? "null" : json_string(day_text(log.last_closed)), log.last_line_utc_ms,
        log.cast, log.sealed, log.cast - log.sealed, log.boots, log.dark_ms, log.bound, log.opened);
    const char* separator = "";
    for (const HeldRange& range : log.held) {
        out += fmt::format(R"({}{{"from":{},"to":{},"by":"{}"}})", separator, range.from, range.to,
                           held_json(range.by));
        separator = ",";
    }
    out += R"(],"witnesses":[)";
    separator = "";
    for (const NamedWitness& witness : log.witnesses) {
        out += fmt::format(R"({}{{"name":{},"size":{},"time_s":{}}})", separator, json_string(witness.name),
                           witness.size, witness.time_s);
        separator = ",";
    }
    return out + "]}";
}

}  // namespace

std::size_t AuditReport::breaks() const {
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(),
                      [](const Finding& finding) { return finding.weight == Weight::kBreak; }));
}

std::string audit_text(const AuditReport& report) {
    std::string out = fmt::format("{} ({}, {})\n", report.office_name, report.office, report.domain);
    for (const LogReport& log : report.logs) out += log_text(log);
    for (const Weight weight : {Weight::kBreak, Weight::kRemark}) {
        bool first = true;
        for (const Finding& finding : report.findings) {
            if (finding.weight != weight) continue;
            if (first) out += weight == Weight::kBreak ? "\nสิ่งที่ขัดกัน (breaks)\n" : "\nข้อสังเกต (remarks)\n";
            first = false;
            out += fmt::format("  {}{}\n    {}\n", finding.device, lines_text(finding), finding.what.line());
        }
    }
    if (report.outside_heads == 0) {
        out +=
            "\nไม่มีหลักฐานจากภายนอกมาเทียบ ผู้ที่ถือกุญแจของสำนักงานและตู้บริการอาจเขียนประวัติใหม่ได้ โปรดระบุ --witness\n"
            "(nothing held outside was compared: whoever holds the keys of office and kiosk could have "
            "written "
            "another history; give --witness)\n";
    }
    const std::size_t breaks = report.breaks();
    out += breaks == 0 ? "\nผลตรวจ: ถูกต้องตรงกันทั้งหมด (everything agrees)\n"
                       : fmt::format("\nผลตรวจ: พบสิ่งที่ขัดกัน {} รายการ ({} breaks found)\n", breaks, breaks);
    return out;
}

std::string audit_json(const AuditReport& report) {
    std::string out = fmt::format(R"({{"office":{},"domain":{},"breaks":{},"outside_heads":{},"logs":[)",
                                  json_string(report.office), json_string(report.domain), report.breaks(),
                                  report.outside_heads);
    const char* separator = "";
    for (const LogReport& log : report.logs) {
        out += separator + log_json(log);
        separator = ",";
    }
    out += R"(],"findings":[)";
    separator = "";
    for (const Finding& finding : report.findings) {
        out += fmt::format(
            R"({}{{"weight":"{}","device_code":{},"first":{},"end":{},"code":{},"thai":{},"english":{}}})",
            separator, finding.weight == Weight::kBreak ? "break" : "remark",
            finding.device.empty() ? "null" : json_string(finding.device), finding.first, finding.end,
            json_string(finding.what.code), json_string(finding.what.thai),
            json_string(finding.what.english));
        separator = ",";
    }
    return out + "]}\n";
}

}  // namespace sala::audit
