#include "sync/audit/outside_check.h"

#include <fmt/format.h>

#include <algorithm>

namespace sala::audit {
namespace {

class Check {
  public:
    Check(const std::vector<CheckedLog>& logs, const std::string& domain, const ledger::VerifierKey& office)
        : logs_(logs), domain_(domain), office_(office) {}

    void take(const OutsideHead& head) {
        if (head.checkpoint) {
            take_checkpoint(head);
        } else {
            take_short(head);
        }
    }

    // A head that differs is narrowed down by those of the same log that agree.
    OutsideAnswer answer() && {
        for (Finding& finding : answer_.findings) {
            if (finding.what.code != "AUDIT-OUTSIDE-DIFFERS") continue;
            for (const std::uint64_t size : agreed_[finding.device]) {
                if (size < finding.end) finding.first = std::max(finding.first, size);
            }
        }
        return std::move(answer_);
    }

  private:
    void find(Weight weight, const std::string& device, std::uint64_t first, std::uint64_t end, Error what) {
        answer_.findings.push_back({weight, device, first, end, std::move(what)});
    }

    void agree(const CheckedLog& log, std::uint64_t size) {
        std::uint64_t& held = answer_.held_outside[log.code];
        held = std::max(held, size);
        agreed_[log.code].push_back(size);
    }

    void ahead(const OutsideHead& head, const CheckedLog& log) {
        std::uint64_t& size = answer_.ahead[log.code];
        size = std::max(size, head.size);
        const bool own = ledger::check_note(*head.note, office_) == ledger::NoteCheck::kValid;
        if (own) {
            find(Weight::kBreak, log.code, log.size, head.size,
                 {"AUDIT-ROLLED-BACK",
                  fmt::format("{}: สำนักงานเคยรับรองรายการถึงที่ {} แต่ตอนนี้แสดงได้ถึง {} ฐานข้อมูลถูกย้อนกลับหรือถูกตัด "
                              "โปรดนำสำเนาสำรองล่าสุดกลับมา หรือส่งข้อมูลจากตู้บริการใหม่",
                              head.source, head.size, log.size),
                  fmt::format(
                      "{}: the office has cosigned {} lines and can show {}: its database was rolled back "
                      "or cut; bring back the newest backup, or send again from the kiosk",
                      head.source, head.size, log.size)});
            return;
        }
        find(Weight::kBreak, log.code, log.size, head.size,
             {"AUDIT-OUTSIDE-AHEAD",
              fmt::format("{}: มีผู้ถือหลักฐานถึงรายการที่ {} แต่สำนักงานแสดงได้ถึง {} โปรดรับข้อมูลจากตู้บริการแล้วตรวจใหม่ "
                          "ถ้ายังขาดแสดงว่าข้อมูลถูกนำออก",
                          head.source, head.size, log.size),
              fmt::format("{}: a head over {} lines is held outside and the office can show {}; take in the "
                          "kiosk's newest bundle and audit again: what is missing then was removed",
                          head.source, head.size, log.size)});
    }

    void differs(const OutsideHead& head, const CheckedLog& log) {
        find(Weight::kBreak, log.code, 0, head.size,
             {"AUDIT-OUTSIDE-DIFFERS",
              fmt::format("{}: หลักฐานภายนอกที่ลงลายเซ็นของตู้บริการ ไม่ตรงกับข้อมูลที่สำนักงานเก็บ มีการแก้ไขก่อนรายการที่ {}",
                          head.source, head.size),
              fmt::format(
                  "{}: the checkpoint held outside is signed by the kiosk and is of another history than "
                  "the office keeps: something before line {} was changed",
                  head.source, head.size)});
    }

    void take_checkpoint(const OutsideHead& head) {
        const std::string& origin = head.checkpoint->origin;
        const auto log = std::find_if(logs_.begin(), logs_.end(),
                                      [&](const CheckedLog& one) { return one.device.name == origin; });
        if (log == logs_.end()) return unknown_log(head, origin);
        if (ledger::check_note(*head.note, log->device) != ledger::NoteCheck::kValid) {
            return find(Weight::kRemark, log->code, 0, 0,
                        {"AUDIT-OUTSIDE-FORGED",
                         fmt::format("{}: ไม่มีลายเซ็นที่ถูกต้องของตู้บริการ จึงใช้เป็นหลักฐานไม่ได้", head.source),
                         fmt::format("{}: it carries no true signature of the kiosk and proves nothing",
                                     head.source)});
        }
        if (head.size > log->size) return ahead(head, *log);
        if (log->roots.at(head.size) != head.checkpoint->root) return differs(head, *log);
        agree(*log, head.size);
    }

    void unknown_log(const OutsideHead& head, const std::string& origin) {
        const bool ours = origin.starts_with(domain_ + "/sala/");
        find(ours ? Weight::kBreak : Weight::kRemark, "", 0, 0,
             {"AUDIT-OUTSIDE-UNKNOWN-LOG",
              ours ? fmt::format("{}: มีหลักฐานของตู้บริการ {} ซึ่งสำนักงานไม่มีข้อมูลเลย", head.source, origin)
                   : fmt::format("{}: เป็นหลักฐานของหน่วยงานอื่น ({})", head.source, origin),
              ours ? fmt::format("{}: it is of the log {}, of which the office keeps nothing", head.source,
                                 origin)
                   : fmt::format("{}: it is of another office's log ({})", head.source, origin)});
    }

    // Nobody signed a short head and it names no kiosk: it must fit one of them.
    void take_short(const OutsideHead& head) {
        bool reached = false;
        for (const CheckedLog& log : logs_) {
            if (head.size > log.size) continue;
            reached = true;
            if (ledger::root_letters(log.roots.at(head.size)) == head.letters) return agree(log, head.size);
        }
        find(
            Weight::kBreak, "", 0, 0,
            {reached ? "AUDIT-OUTSIDE-NO-MATCH" : "AUDIT-OUTSIDE-AHEAD",
             fmt::format("{}: ไม่มีตู้บริการใดที่รายการที่ {} ให้อักษร {} โปรดเทียบกับบัตรคิวอีกครั้ง "
                         "ถ้าถูกต้องแล้วแสดงว่าข้อมูล{}",
                         head.source, head.size, head.letters, reached ? "ถูกแก้ไข" : "ยังไม่ได้รับ หรือถูกนำออก"),
             fmt::format("{}: no log shows {} at {} lines; compare it with the ticket again: if it is right, "
                         "what is kept was {}",
                         head.source, head.letters, head.size,
                         reached ? "changed" : "not yet taken in, or removed")});
    }

    const std::vector<CheckedLog>& logs_;
    const std::string& domain_;
    const ledger::VerifierKey& office_;
    OutsideAnswer answer_;
    std::map<std::string, std::vector<std::uint64_t>> agreed_;  // by device: sizes
};

}  // namespace

OutsideAnswer check_outside(const std::vector<OutsideHead>& heads, const std::vector<CheckedLog>& logs,
                            const std::string& domain, const ledger::VerifierKey& office) {
    Check check(logs, domain, office);
    for (const OutsideHead& head : heads) check.take(head);
    return std::move(check).answer();
}

}  // namespace sala::audit
