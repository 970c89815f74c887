#include "sync/audit/succession.h"

#include <fmt/format.h>

namespace sala::audit {
namespace {

std::string code_of(const std::string& origin) { return origin.substr(origin.rfind('/') + 1); }

class Check {
  public:
    explicit Check(const std::vector<LogEnds>& logs) : logs_(logs) {
        for (const LogEnds& log : logs) {
            by_code_[log.log->code] = &log;
            if (!log.replaced_by.empty()) enrolled_in_place_of_[log.replaced_by] = log.log->code;
        }
    }

    SuccessionAnswer run() && {
        for (const LogEnds& log : logs_) {
            if (log.start) check_beginning(log);
            if (log.next && log.whole) check_end(log);
        }
        return std::move(answer_);
    }

  private:
    void say(Weight weight, const LogEnds& log, std::uint64_t first, std::uint64_t end, const char* code,
             std::string thai, std::string english) {
        answer_.findings.push_back(
            {weight, log.log->code, first, end, {code, std::move(thai), std::move(english)}});
    }

    // What the log's first line says of the one before it.
    void check_beginning(const LogEnds& log) {
        const auto enrolled = enrolled_in_place_of_.find(log.log->code);
        const bool in_place = enrolled != enrolled_in_place_of_.end();
        if (!log.start->replaces) {
            if (in_place) unsaid(log, enrolled->second);
            return;
        }
        const ledger::Replaces& said = *log.start->replaces;
        const std::string code = code_of(said.origin);
        const auto old = by_code_.find(code);
        if (in_place && enrolled->second != code) {
            say(Weight::kBreak, log, 0, 1, "AUDIT-REPLACED-OTHER",
                fmt::format("ตู้นี้ลงทะเบียนแทนตู้ {} แต่บันทึกของตู้บอกว่าแทนตู้ {} โปรดสอบถามผู้ลงทะเบียน", enrolled->second,
                            code),
                fmt::format("this kiosk was enrolled in the place of {}, and its log says that it takes that "
                            "of {}; ask who enrolled it",
                            enrolled->second, code));
        } else if (!in_place || old == by_code_.end() || old->second->origin != said.origin) {
            say(Weight::kRemark, log, 0, 1, "AUDIT-REPLACED-UNENROLLED",
                fmt::format("บันทึกของตู้นี้บอกว่าแทนตู้ {} แต่ไม่ได้ลงทะเบียนไว้เช่นนั้น โปรดสั่ง sala-office enrol "
                            "--device {} --replaces {}",
                            code, log.log->code, code),
                fmt::format(
                    "the log of this kiosk says that it takes the place of {}, and it is not enrolled "
                    "so; run sala-office enrol --device {} --replaces {}",
                    code, log.log->code, code));
        }
        if (old != by_code_.end() && old->second->origin == said.origin) compare(log, *old->second, said);
    }

    void unsaid(const LogEnds& log, const std::string& code) {
        say(Weight::kRemark, log, 0, 1, "AUDIT-REPLACED-UNSAID",
            fmt::format("ตู้นี้ลงทะเบียนแทนตู้ {} แต่บันทึกของตู้ไม่ได้กล่าวถึง โปรดบันทึกเหตุผลไว้เป็นหนังสือ", code),
            fmt::format("this kiosk was enrolled in the place of {}, of which its log says nothing; whoever "
                        "enrolled it should put the reason in writing",
                        code));
    }

    void compare(const LogEnds& log, const LogEnds& old, const ledger::Replaces& said) {
        if (old.whole && old.next && *old.next != log.start->key) {
            const std::string next = ledger::device_code(*old.next);
            return say(Weight::kBreak, log, 0, 1, "AUDIT-REPLACED-OTHER",
                       fmt::format("บันทึกของตู้นี้ต่อจากตู้ {} แต่ตู้นั้นจบโดยระบุตู้ {} เป็นตู้ต่อไป โปรดแจ้งผู้ตรวจสอบ",
                                   old.log->code, next),
                       fmt::format("this log goes on from that of {}, which ended and named {} as the next; "
                                   "tell the auditor",
                                   old.log->code, next));
        }
        if (said.size == 0) return lost(log, old);
        if (!old.whole) return;
        const std::uint64_t held = old.log->size;
        if (said.size > held) {
            answer_.ahead[old.log->code] = said.size;
            return say(Weight::kRemark, old, held, said.size, "AUDIT-REPLACED-UNSENT",
                       fmt::format("ตู้ที่มาแทนอ้างถึงบันทึกของตู้นี้ {} รายการ แต่สำนักงานมี {} โปรดส่งออกจากตู้บริการอีกครั้ง "
                                   "ตู้จะส่งบันทึกเก่าที่เหลือมาด้วย",
                                   said.size, held),
                       fmt::format("its replacement names {} lines of this log and {} are held; export from "
                                   "the kiosk again, it brings the rest of the old log too",
                                   said.size, held));
        }
        const auto root = old.log->roots.find(said.size);
        if (root == old.log->roots.end() || root->second != said.root) {
            return say(Weight::kBreak, log, 0, 1, "AUDIT-REPLACED-OTHER",
                       fmt::format("บันทึกของตู้นี้ต่อจากตู้ {} แต่เนื้อหา {} รายการที่อ้างถึงไม่ใช่ชุดที่สำนักงานมี", old.log->code,
                                   said.size),
                       fmt::format("this log goes on from that of {}, but the {} lines that it names are "
                                   "another history than the one held",
                                   old.log->code, said.size));
        }
        if (said.size < held) {
            return say(
                Weight::kBreak, old, said.size, held, "AUDIT-REPLACED-WENT-ON",
                fmt::format("ตู้นี้ยังเขียนบันทึกต่อหลังรายการที่ {} ซึ่งตู้ {} รับช่วงไปแล้ว โปรดหยุดใช้ตู้เก่าและแจ้งผู้ตรวจสอบ",
                            said.size, log.log->code),
                fmt::format("this log goes on behind line {}, from where {} took its place; stop the "
                            "old kiosk and tell the auditor",
                            said.size, log.log->code));
        }
        const bool named = old.next && *old.next == log.start->key;
        say(Weight::kRemark, old, held - 1, held, "AUDIT-REPLACED",
            fmt::format("เปลี่ยนกุญแจตามแผน: บันทึกจบที่นี่และต่อด้วยตู้ {}{} คะแนนที่ไม่ถูกนับ {}", log.log->code,
                        named ? " ทั้งสองฝั่งอ้างถึงกัน" : " แต่บันทึกเก่าไม่ได้ระบุกุญแจใหม่", old.waiting),
            fmt::format("replaced as planned: the log ends here and {} goes on{}; {} ratings that waited are "
                        "never counted",
                        log.log->code, named ? ", and each names the other" : ", though it names no next key",
                        old.waiting));
    }

    // Of the old log nothing was left, so nothing binds its end.
    void lost(const LogEnds& log, const LogEnds& old) {
        const std::uint64_t held = old.log->size;
        say(Weight::kRemark, old, held, 0, "AUDIT-REPLACED-LOST",
            fmt::format("ข้อมูลหรือกุญแจของตู้นี้หาย ตู้ {} มาแทน: สิ่งที่เกิดหลังรายการที่ {} ไม่มีผู้ใดมี และคะแนนที่รอซอง {} "
                        "คะแนนไม่ถูกนับ หากพบข้อมูลเก่าโปรดเก็บไว้และแจ้งผู้ตรวจสอบ",
                        log.log->code, held, old.waiting),
            fmt::format("the data or key of this kiosk was lost and {} took its place: what came behind line "
                        "{} is held by nobody, and {} ratings that waited are never counted; if the old data "
                        "turns up, keep it and tell the auditor",
                        log.log->code, held, old.waiting));
        if (held > 0 && old.last_utc_ms > log.first_utc_ms) {
            say(Weight::kRemark, old, held - 1, held, "AUDIT-REPLACED-WENT-ON",
                fmt::format("ตู้นี้ยังเขียนบันทึกหลังจากตู้ {} มาแทนแล้ว มีสองตู้ทำงานในที่เดียวกัน โปรดหยุดใช้ตู้เก่า",
                            log.log->code),
                fmt::format("this kiosk went on writing after {} had taken its place: two ran as one; stop "
                            "the old one",
                            log.log->code));
        }
    }

    static bool names(const LogEnds& log, const LogEnds& old) {
        return log.start && log.start->replaces && log.start->replaces->origin == old.origin;
    }

    // What its last line says of the one behind it.
    void check_end(const LogEnds& log) {
        const std::uint64_t last = log.log->size - 1;
        const std::string next = ledger::device_code(*log.next);
        const auto enrolled = by_code_.find(log.replaced_by);
        if (enrolled != by_code_.end() && names(*enrolled->second, log)) return;  // said there
        if (!log.replaced_by.empty() && log.replaced_by != next) {
            return say(
                Weight::kBreak, log, last, last + 1, "AUDIT-REPLACED-OTHER",
                fmt::format("บันทึกของตู้นี้จบโดยระบุตู้ {} แต่ลงทะเบียนให้ตู้ {} มาแทน โปรดสอบถามผู้ลงทะเบียน", next,
                            log.replaced_by),
                fmt::format("this log ends and names {} as the next, and {} was enrolled in its place; "
                            "ask who enrolled it",
                            next, log.replaced_by));
        }
        const auto following = by_code_.find(next);
        if (following != by_code_.end() && names(*following->second, log)) return;
        say(Weight::kRemark, log, last, last + 1, "AUDIT-ENDED",
            fmt::format("บันทึกของตู้นี้จบแล้วและระบุตู้ {} เป็นตู้ต่อไป แต่ยังไม่มีข้อมูลของตู้นั้น โปรดลงทะเบียนด้วย "
                        "--replaces {} แล้วนำเข้า",
                        next, log.log->code),
            fmt::format("this log has ended and names {} as the next, of which nothing is held that goes on "
                        "from here; enrol it with --replaces {} and import",
                        next, log.log->code));
    }

    const std::vector<LogEnds>& logs_;
    std::map<std::string, const LogEnds*> by_code_;
    std::map<std::string, std::string> enrolled_in_place_of_;  // new code -> old code
    SuccessionAnswer answer_;
};

}  // namespace

SuccessionAnswer check_succession(const std::vector<LogEnds>& logs) { return Check(logs).run(); }

}  // namespace sala::audit
