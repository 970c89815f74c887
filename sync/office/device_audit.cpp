#include "sync/office/device_audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <future>

#include "sync/audit/opening_check.h"
#include "sync/office/projected_rows.h"

namespace sala::office {
namespace {

using audit::Facts;
using audit::Finding;
using audit::Weight;

constexpr std::size_t kOpenAhead = 4;             // bundles, each of up to 64 MiB
constexpr std::uint64_t kComparedLines = 20'000;  // at least so many at a time

Error table_differs(std::uint64_t seq, const std::string& log_says, const std::string& table_says) {
    const auto shown = [](const std::string& text, const char* none) {
        return text.empty() ? none : text.c_str();
    };
    return {"AUDIT-TABLE-DIFFERS",
            fmt::format("ตารางในฐานข้อมูลไม่ตรงกับรายการที่ {}: หลักฐานคือ «{}» แต่ตารางคือ «{}»", seq,
                        shown(log_says, "ไม่มี"), shown(table_says, "ไม่มี")),
            fmt::format("the tables do not say what line {} says: the evidence is «{}», the table «{}»", seq,
                        shown(log_says, "nothing"), shown(table_says, "nothing"))};
}

void append(Facts& facts, Facts more) {
    const auto move_all = [](auto& to, auto& from) {
        to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    };
    facts.to = more.to;
    move_all(facts.tickets, more.tickets);
    move_all(facts.served, more.served);
    move_all(facts.envelopes, more.envelopes);
}

// After so many days without a line a kiosk is called silent.
constexpr std::int64_t kSilentAfter_days = 7;
constexpr std::int64_t kDay_s = 86'400;

class Auditor {
  public:
    Auditor(ReportDb& database, const OfficeRow& office, const DeviceRow& device,
            const std::set<std::uint64_t>& sizes)
        : database_(database),
          office_(office),
          device_(device),
          walk_({office.id, device.code, ledger::log_origin(office.domain, device.code)}, sizes) {}

    Result<DeviceAudit> run(std::int64_t now_s, const crypto::BoxKey* auditor) {
        const Result<ledger::VerifierKey> office_key = ledger::parse_verifier_key(office_.vkey);
        if (!office_key) return office_key.error();
        office_key_ = *office_key;
        Result<void> done = database_.each_bundle(
            office_.id, device_.code,
            [&](std::uint64_t from, std::uint64_t to, std::string_view bytes, std::string_view cosigned) {
                return give(
                    {from, to, std::make_shared<const std::string>(bytes), std::string(cosigned), {}});
            });
        while (done && !opening_.empty()) done = take_next();
        if (done) done = compare_rows();
        if (done && !walk_.broken()) done = compare_head();
        if (done && !walk_.broken()) done = compare_casts();
        if (!done) return done.error();
        walk_.finish(now_s * 1000);
        tell_delays();
        if (done) done = open_openings(auditor);
        if (!done) return done.error();
        return std::move(*this).result(now_s);
    }

  private:
    struct Kept {
        std::uint64_t from = 0, to = 0;
        std::shared_ptr<const std::string> bytes;  // the task that opens it has it too
        std::string cosigned;
        std::future<Result<ledger::Bundle>> opened;
    };

    // Verifying a bundle needs nothing but its bytes, so the next ones are opened while one is walked.
    Result<void> give(Kept kept) {
        kept_to_ = kept.to;
        if (walk_.broken()) return {};
        kept.opened =
            std::async(std::launch::async, [bytes = kept.bytes] { return ledger::open_bundle(*bytes); });
        opening_.push_back(std::move(kept));
        return opening_.size() < kOpenAhead ? Result<void>() : take_next();
    }

    Result<void> take_next() {
        Kept kept = std::move(opening_.front());
        opening_.pop_front();
        const Result<ledger::Bundle> opened = kept.opened.get();
        if (walk_.broken()) return {};
        const std::uint64_t held = walk_.tree().size();
        if (!opened) {
            walk_.stop({Weight::kBreak, device_.code, held, kept.to, opened.error()});
            return {};
        }
        if (opened->from() != kept.from || opened->to() != kept.to) {
            walk_.stop({Weight::kBreak,
                        device_.code,
                        held,
                        kept.to,
                        {"AUDIT-TABLE-DIFFERS", "ขอบเขตของไฟล์ในตารางไม่ตรงกับไฟล์ที่เก็บไว้",
                         "the table gives a kept bundle another range than the bundle has"}});
            return {};
        }
        const std::uint64_t oldest_ticket =
            walk_.state().open_tickets.empty() ? held : walk_.state().open_tickets.all().begin()->first;
        std::optional<Facts> facts = walk_.take(*opened);
        if (!facts) return {};
        device_key_ = opened->device_key();
        last_line_utc_ms_ = opened->lines.back().stamp.utc_ms;
        note_witnesses(*opened);
        check_cosignature(*opened, kept.cosigned, held);
        for (const auto& [key, n] : facts->casts) casts_[key] += n;
        if (facts_.from == facts_.to) {
            facts_ = {held, held, {}, {}, {}, {}};
            oldest_ticket_ = oldest_ticket;
        }
        append(facts_, *std::move(facts));
        return facts_.to - facts_.from < kComparedLines ? Result<void>() : compare_rows();
    }

    void note_witnesses(const ledger::Bundle& bundle) {
        for (const ledger::Line& line : bundle.lines) {
            const auto* cosigned = std::get_if<ledger::Cosigned>(&line.happening);
            if (cosigned == nullptr || cosigned->by == office_key_.name) continue;
            audit::NamedWitness& witness = witnesses_[cosigned->by];
            if (cosigned->size >= witness.size) witness = {cosigned->by, cosigned->size, cosigned->time_s};
        }
    }

    // Lines that came days after they were written; the office's own cosignature tells when. Neighbours are
    // one finding.
    void check_delay(const ledger::Bundle& bundle, std::uint64_t held, std::uint64_t cosigned_s) {
        const ledger::Stamp& oldest = bundle.lines[held - bundle.from()].stamp;
        const std::int64_t days = (static_cast<std::int64_t>(cosigned_s) - oldest.utc_ms / 1000) / kDay_s;
        if (!oldest.clock_trusted || days < kSilentAfter_days) return;
        if (late_.empty() || late_.back().end != held) late_.push_back({held, held, 0});
        late_.back().end = bundle.to();
        late_.back().days = std::max(late_.back().days, days);
    }

    void tell_delays() {
        for (const Late& late : late_) {
            findings_.push_back(
                {Weight::kRemark,
                 device_.code,
                 late.first,
                 late.end,
                 {"AUDIT-SENT-LATE",
                  fmt::format("รายการเหล่านี้มาถึงสำนักงานช้าถึง {} วัน โปรดส่งออกจากตู้บริการทุกวันที่ปิด", late.days),
                  fmt::format("these lines reached the office up to {} days after they were written; export "
                              "from the kiosk after each close",
                              late.days)}});
        }
    }

    // What was answered for the bundle: its own checkpoint under the office's signature.
    void check_cosignature(const ledger::Bundle& bundle, const std::string& cosigned, std::uint64_t held) {
        const Result<ledger::Note> note = ledger::parse_note(cosigned);
        std::uint64_t time_s = 0;
        if (note && note->text == bundle.checkpoint.text &&
            ledger::check_note(*note, office_key_, &time_s) == ledger::NoteCheck::kValid) {
            cosigned_ = bundle.to();
            check_delay(bundle, held, time_s);
            return;
        }
        findings_.push_back(
            {Weight::kBreak,
             device_.code,
             held,
             bundle.to(),
             {"AUDIT-COSIGNATURE", "ลายเซ็นรับรองของสำนักงานสำหรับรายการเหล่านี้หายไป หรือเป็นของข้อมูลชุดอื่น",
              "the office's own cosignature of these lines is missing, or is of another history"}});
    }

    // The rows that the lines of facts_ must have made, against those that are there.
    Result<void> compare_rows() {
        if (facts_.from == facts_.to) return {};
        const std::vector<ProjectedRow> demanded = rows_of(facts_);
        const Result<std::vector<ProjectedRow>> held =
            database_.projected_rows(office_.id, device_.code, facts_.from, facts_.to, oldest_ticket_);
        if (!held) return held.error();
        rows_ += demanded.size();
        facts_ = {facts_.to, facts_.to, {}, {}, {}, {}};
        const auto [log, table] = std::mismatch(demanded.begin(), demanded.end(), held->begin(), held->end());
        if (log == demanded.end() && table == held->end()) return {};
        const bool table_first = log == demanded.end() || (table != held->end() && table->seq < log->seq);
        const std::uint64_t seq = table_first ? table->seq : log->seq;
        const auto said = [&](const auto& at, const auto& end) {
            return at != end && at->seq == seq ? at->what : std::string();
        };
        findings_.push_back({Weight::kBreak, device_.code, seq, seq + 1,
                             table_differs(seq, said(log, demanded.end()), said(table, held->end()))});
        return {};
    }

    Result<void> compare_head() {
        const Result<Head> head = database_.head(office_.id, device_.code);
        if (!head && head.error().code != "DB-DAMAGED") return head.error();
        if (head && head->tree == walk_.tree() && head->last_closed == walk_.last_closed() &&
            (head->tree.size() == 0 || head->state == walk_.state())) {
            return {};
        }
        findings_.push_back({Weight::kBreak,
                             device_.code,
                             walk_.tree().size(),
                             0,
                             {"AUDIT-HEAD-DIFFERS", "ฐานข้อมูลจดจุดที่รับข้อมูลถึงไว้ไม่ตรงกับหลักฐานที่เก็บ",
                              "where the database says it stands is not where the kept evidence ends"}});
        return {};
    }

    Result<void> compare_casts() {
        const auto held = database_.casts(office_.id, device_.code);
        if (!held) return held.error();
        if (*held == casts_) return {};
        const auto [log, table] = std::mismatch(casts_.begin(), casts_.end(), held->begin(), held->end());
        const int day = log == casts_.end() ? table->first.first : log->first.first;
        findings_.push_back(
            {Weight::kBreak,
             device_.code,
             0,
             walk_.tree().size(),
             {"AUDIT-TABLE-DIFFERS", fmt::format("จำนวนคะแนนที่ลงของวันที่ {} ในตารางไม่ตรงกับหลักฐาน", day),
              fmt::format("the table of ratings cast on {} does not say what the lines say", day)}});
        return {};
    }

    Result<void> open_openings(const crypto::BoxKey* auditor) {
        if (walk_.bounds().empty()) return {};
        Result<std::vector<ledger::Attachment>> kept =
            database_.attachments(office_.id, device_.code, "opening");
        if (!kept) return kept.error();
        std::map<crypto::Hash, Bytes> openings;
        for (ledger::Attachment& each : *kept) openings[each.commitment] = std::move(each.sealed);
        const std::string origin = ledger::log_origin(office_.domain, device_.code);
        opened_ = audit::check_openings(device_.code, origin, walk_.bounds(), openings, auditor);
        findings_.insert(findings_.end(), opened_.findings.begin(), opened_.findings.end());
        return {};
    }

    Result<DeviceAudit> result(std::int64_t now_s) && {
        DeviceAudit result;
        const ledger::LogState& state = walk_.state();
        result.report = {device_.code,
                         device_.name,
                         device_.replaced_by,
                         walk_.tree().size(),
                         kept_to_,
                         walk_.last_closed(),
                         last_line_utc_ms_,
                         walk_.cast_total(),
                         walk_.cast_total() - state.waiting_total(),
                         walk_.boots(),
                         walk_.dark_ms(),
                         {},
                         {}};
        for (auto& [name, witness] : witnesses_) result.report.witnesses.push_back(std::move(witness));
        result.report.bound = opened_.bound;
        result.report.opened = opened_.opened;
        result.log = {device_key_, device_.code, walk_.tree().size(), walk_.roots()};
        result.ends = {nullptr,
                       ledger::log_origin(office_.domain, device_.code),
                       device_.replaced_by,
                       !walk_.broken(),
                       {},
                       walk_.next_key(),
                       state.waiting_total(),
                       walk_.first_utc_ms(),
                       last_line_utc_ms_};
        if (walk_.tree().size() > 0) result.ends.start = state.start;
        result.findings = walk_.findings();
        result.findings.insert(result.findings.end(), findings_.begin(), findings_.end());
        result.leaves = walk_.leaves();
        result.rows = rows_;
        result.cosigned = cosigned_;
        note_silence(result, now_s);
        return result;
    }

    void note_silence(DeviceAudit& result, std::int64_t now_s) const {
        if (!device_.replaced_by.empty() || walk_.next_key()) return;
        const auto remark = [&](const char* code, std::string thai, std::string english) {
            result.findings.push_back(
                {Weight::kRemark, device_.code, 0, 0, {code, std::move(thai), std::move(english)}});
        };
        if (kept_to_ == 0) {
            return remark("AUDIT-NEVER-SENT", "ตู้บริการนี้ลงทะเบียนแล้วแต่ยังไม่เคยส่งข้อมูล โปรดส่งออกจากตู้บริการ",
                          "this kiosk is enrolled and has never sent anything; export from it");
        }
        const std::int64_t days = (now_s - last_line_utc_ms_ / 1000) / kDay_s;
        if (days < kSilentAfter_days || walk_.broken()) return;
        remark("AUDIT-SILENT",
               fmt::format("ไม่ได้รับข้อมูลจากตู้บริการนี้มา {} วัน โปรดส่งออกจากตู้บริการ หรือแจ้งว่าเลิกใช้แล้ว", days),
               fmt::format(
                   "nothing has come from this kiosk for {} days; export from it, or say that it is out of "
                   "use",
                   days));
    }

    struct Late {
        std::uint64_t first = 0, end = 0;
        std::int64_t days = 0;
    };

    ReportDb& database_;
    const OfficeRow& office_;
    const DeviceRow& device_;
    std::vector<Late> late_;
    audit::OpeningAnswer opened_;
    ledger::VerifierKey office_key_;
    ledger::VerifierKey device_key_;
    audit::LogWalk walk_;
    std::deque<Kept> opening_;
    Facts facts_;  // not compared yet; empty: from == to
    std::uint64_t oldest_ticket_ = 0;
    std::map<std::pair<int, std::string>, std::uint64_t> casts_;
    std::map<std::string, audit::NamedWitness> witnesses_;
    std::vector<Finding> findings_;
    std::uint64_t kept_to_ = 0;
    std::uint64_t rows_ = 0;
    std::uint64_t cosigned_ = 0;
    std::int64_t last_line_utc_ms_ = 0;
};

}  // namespace

Result<DeviceAudit> audit_device(ReportDb& database, const OfficeRow& office, const DeviceRow& device,
                                 const std::set<std::uint64_t>& sizes, std::int64_t now_s,
                                 const crypto::BoxKey* auditor) {
    return Auditor(database, office, device, sizes).run(now_s, auditor);
}

}  // namespace sala::office
