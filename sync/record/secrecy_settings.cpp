#include "sync/record/secrecy_settings.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/record/audit_key.h"

namespace sala::record {
namespace {

using Kind = TomlNode::Kind;

std::optional<int> maybe_number(TomlSection& section, std::string_view key, int at_least, int at_most,
                                const std::string& code) {
    const TomlNode* node = section.maybe(key, Kind::kInteger);
    if (node == nullptr) return std::nullopt;
    if (node->integer >= at_least && node->integer <= at_most) return static_cast<int>(node->integer);
    section.problems().add(
        node->line, code, node->text,
        fmt::format("{} ต้องเป็น {} ถึง {} ปรับเพิ่มได้ แต่ลดต่ำกว่า {} ไม่ได้ เพื่อรักษาความลับของผู้ประเมิน", key, at_least,
                    at_most, at_least),
        fmt::format("`{}` must be {} to {}: an office may raise it, never go below {}, so that no "
                    "rater can be told",
                    key, at_least, at_most, at_least));
    return std::nullopt;
}

}  // namespace

void read_secrecy(const TomlNode& table, Secrecy& secrecy, ProblemList& problems) {
    constexpr int kMin = 5, kCounterMin = 10, kMax = 100;
    TomlSection section(table, "[secrecy]", problems);
    secrecy.k = maybe_number(section, "k", kMin, kMax, "CONFIG-SECRECY-K").value_or(kMin);
    const int floor = std::max(kCounterMin, secrecy.k);
    secrecy.k_counter =
        maybe_number(section, "k_counter", floor, kMax, "CONFIG-SECRECY-K-COUNTER").value_or(floor);
    const TomlNode* wait = section.maybe("wait", Kind::kText);
    const TomlNode* key = section.maybe("audit_key", Kind::kText);
    const bool month = wait != nullptr && wait->text == "month";
    if (wait != nullptr && !month && wait->text != "day") {
        problems.add(wait->line, "CONFIG-SECRECY-WAIT", wait->text, "wait ใช้ได้เฉพาะ \"day\" หรือ \"month\"",
                     "`wait` allows only \"day\" and \"month\"");
    }
    if (month && key == nullptr) {
        problems.add(
            wait->line, "CONFIG-SECRECY-AUDIT-KEY", "",
            "wait = \"month\" ต้องมี audit_key ซึ่งเป็นกุญแจสาธารณะของผู้ตรวจสอบ ไม่ใช่ของผู้ดูแลตู้บริการ",
            "wait = \"month\" needs `audit_key`, the public key of an auditor who does not run the kiosk");
    }
    if (key != nullptr) {
        const std::optional<crypto::PublicKey> auditor = parse_audit_key(key->text);
        if (!auditor) {
            problems.add(
                key->line, "CONFIG-SECRECY-AUDIT-KEY", key->text,
                "audit_key ไม่ใช่กุญแจของผู้ตรวจสอบ โปรดคัดลอกทั้งบรรทัดที่ sala-office audit-key แสดง",
                "`audit_key` is no auditor's key; copy the whole text that `sala-office audit-key` printed");
        } else if (month) {
            secrecy.month_auditor = auditor;
        }
    }
    section.refuse_other_keys();
}

}  // namespace sala::record
