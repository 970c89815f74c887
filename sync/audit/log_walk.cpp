#include "sync/audit/log_walk.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/record/calendar.h"

namespace sala::audit {
namespace {

std::string minutes_text(std::int64_t ms) {
    const std::int64_t minutes = ms / 60'000;
    return minutes < 120 ? fmt::format("{} min", minutes) : fmt::format("{} h", minutes / 60);
}

std::string thai_minutes_text(std::int64_t ms) {
    const std::int64_t minutes = ms / 60'000;
    return minutes < 120 ? fmt::format("{} นาที", minutes) : fmt::format("{} ชั่วโมง", minutes / 60);
}

std::string day_text(int yyyymmdd) {
    const std::optional<record::Date> date = record::date_of(yyyymmdd);
    return date ? record::iso_date(*date) : fmt::format("{}", yyyymmdd);
}

Error other_history(std::uint64_t from) {
    return {
        "AUDIT-NOT-CONTINUED",
        fmt::format("ไฟล์ที่เก็บไว้ไม่ต่อจากรายการก่อนหน้า (บรรทัดที่ {}) มีการแก้ไข สลับ หรือนำออก", from),
        fmt::format("what is kept does not go on where the lines before it ended (line {}): something was "
                    "changed, swapped or taken out",
                    from)};
}

}  // namespace

LogWalk::LogWalk(LogOwner owner, std::set<std::uint64_t> sizes)
    : owner_(std::move(owner)), sizes_(std::move(sizes)) {
    roots_[0] = tree_.root();
}

void LogWalk::break_at(std::uint64_t first, std::uint64_t end, Error what) {
    broken_ = true;
    findings_.push_back({Weight::kBreak, owner_.device, first, end, std::move(what)});
}

void LogWalk::stop(Finding finding) {
    broken_ = true;
    findings_.push_back(std::move(finding));
}

void LogWalk::remark(const ledger::Line& line, const char* code, std::string thai, std::string english) {
    const std::uint64_t seq = line.stamp.seq;
    findings_.push_back(
        {Weight::kRemark, owner_.device, seq, seq + 1, {code, std::move(thai), std::move(english)}});
}

// Whether the bundle belongs to this log and agrees with it up to where the log stands; the index of its
// first new line.
bool LogWalk::continues(const ledger::Bundle& bundle, std::size_t& first_new) {
    if (bundle.office != owner_.office || bundle.origin != owner_.origin || bundle.device != owner_.device) {
        break_at(tree_.size(), bundle.to(),
                 {"AUDIT-OTHER-LOG", fmt::format("ไฟล์ที่เก็บไว้ของตู้บริการนี้เป็นของอีกตู้หนึ่ง ({})", bundle.origin),
                  fmt::format("a bundle that is kept for this device belongs to another one ({})",
                              bundle.origin)});
        return false;
    }
    const std::uint64_t held = tree_.size();
    if (bundle.from() > held || bundle.to() <= held) {
        break_at(
            std::min(held, bundle.from()), std::max(held, bundle.from()),
            {"AUDIT-MISSING-LINES", fmt::format("รายการที่ {} ถึง {} หายไปจากข้อมูลที่เก็บไว้", held, bundle.from()),
             fmt::format("lines {} to {} are missing from what is kept", held, bundle.from())});
        return false;
    }
    // The tree at `held` is made of every line before it: where both agree there, they agree on all of them.
    ledger::Frontier theirs = bundle.frontier;
    first_new = static_cast<std::size_t>(held - bundle.from());
    for (std::size_t i = 0; i < first_new; ++i) theirs.append(bundle.leaves[i]);
    if (theirs != tree_) {
        break_at(bundle.from(), held + 1, other_history(bundle.from()));
        return false;
    }
    return true;
}

// What a line that has kept the rules says, to tables and auditor.
class LogWalk::Reader {
  public:
    Reader(LogWalk& walk, const ledger::Line& line, int open_day, Facts& facts)
        : walk_(walk), line_(line), open_day_(open_day), facts_(facts) {}

    void operator()(const ledger::TicketIssued& ticket) {
        facts_.tickets.push_back(
            {line_.stamp.seq, ticket.day, ticket.division, ticket.service, ticket.number});
    }
    void operator()(const ledger::WalkIn& walked) {
        facts_.tickets.push_back({line_.stamp.seq, walked.day, walked.division, walked.service, ""});
    }
    void operator()(const ledger::TicketServed& served) {
        facts_.served.push_back({line_.stamp.seq, served.ticket, served.by});
    }
    void operator()(const ledger::Cast& cast) {
        ++facts_.casts[{open_day_, cast.page}];
        ++walk_.cast_total_;
    }
    void operator()(const ledger::Sealed& sealed) {
        facts_.envelopes.push_back({line_.stamp.seq, sealed});
        if (!walk_.bounds_.empty()) walk_.sealed_since_bound_.push_back(sealed);
    }
    void operator()(const ledger::Bound& bound) {
        const ledger::LogState& state = walk_.state_;
        walk_.bounds_.push_back({line_.stamp.seq, bound.day, bound.commitment,
                                 state.rules.auditor.value_or(crypto::PublicKey{}), state.waiting,
                                 std::exchange(walk_.sealed_since_bound_, {})});
    }
    void operator()(const ledger::Cosigned& cosigned) {
        walk_.cosigned_.emplace_back(line_.stamp.seq, cosigned);
    }
    void operator()(const ledger::DayClosed& closed) {
        walk_.last_closed_ = closed.day;
        const int today = record::yyyymmdd(record::local_time(line_.stamp.utc_ms).date);
        if (!line_.stamp.clock_trusted || today <= closed.day) return;
        walk_.remark(
            line_, "AUDIT-CLOSED-LATE",
            fmt::format("วันที่ {} ไม่ได้ปิดในวันนั้น ปิดเมื่อ {} โปรดตรวจว่าเครื่องดับหรือไม่", day_text(closed.day),
                        day_text(today)),
            fmt::format("the day {} was not closed on its date but on {}; ask whether the kiosk was off",
                        day_text(closed.day), day_text(today)));
    }
    void operator()(const ledger::Boot& boot) {
        ++walk_.boots_;
        const std::int64_t dark_ms = line_.stamp.utc_ms - boot.dark_since;
        if (line_.stamp.seq <= 1 || dark_ms <= kDarkAfterMs) return;
        walk_.dark_ms_ += dark_ms;
        // A kiosk may be off at night; while a day was open or ratings lay unsealed, it is worth a question.
        if (open_day_ == 0 && boot.waiting == 0) return;
        walk_.remark(
            line_, "AUDIT-DARK",
            fmt::format("เครื่องดับ {} ก่อนบรรทัดนี้ ขณะมีคะแนนที่ยังไม่ปิดซอง {} คะแนน{}", thai_minutes_text(dark_ms),
                        boot.waiting, open_day_ != 0 ? " และยังไม่ได้ปิดวัน" : ""),
            fmt::format("the kiosk was dark for {} before this line, with {} ratings not yet sealed{}",
                        minutes_text(dark_ms), boot.waiting, open_day_ != 0 ? " and a day open" : ""));
    }
    void operator()(const ledger::ConfigRead& config) {
        if (walk_.config_ && *walk_.config_ != config.sha256) {
            walk_.remark(line_, "AUDIT-CONFIG-CHANGED", "มีการเปลี่ยนค่าที่ตั้งไว้ของตู้บริการ",
                         "the configuration of the kiosk was changed");
        }
        walk_.config_ = config.sha256;
    }
    void operator()(const ledger::ClockChanged& clock) {
        const std::int64_t moved_ms = clock.to_ms - clock.from_ms;
        walk_.remark(line_, "AUDIT-CLOCK-CHANGED",
                     fmt::format("นาฬิกาของตู้บริการถูกเปลี่ยน{} {}", moved_ms < 0 ? "ถอยหลัง" : "ไปข้างหน้า",
                                 thai_minutes_text(std::abs(moved_ms))),
                     fmt::format("the kiosk's clock was moved {} by {}", moved_ms < 0 ? "back" : "forward",
                                 minutes_text(std::abs(moved_ms))));
    }
    void operator()(const ledger::LogStart&) { walk_.first_utc_ms_ = line_.stamp.utc_ms; }
    void operator()(const ledger::LogEnd& end) { walk_.next_key_ = end.next; }
    void operator()(const auto&) {}

  private:
    LogWalk& walk_;
    const ledger::Line& line_;
    int open_day_;  // before it
    Facts& facts_;
};

bool LogWalk::take_line(const ledger::Line& line, Facts& facts) {
    const int open_day = state_.open_day;
    if (Result<void> taken = state_.take(line); !taken) {
        break_at(line.stamp.seq, line.stamp.seq + 1, taken.error());
        return false;
    }
    std::visit(Reader(*this, line, open_day, facts), line.happening);
    return true;
}

// Node by node only where a root inside the bundle is wanted: its own tree has been verified.
void LogWalk::move_tree(const ledger::Bundle& bundle, std::size_t first_new) {
    const auto first = bundle.leaves.begin() + static_cast<std::ptrdiff_t>(first_new);
    leaves_.insert(leaves_.end(), first, bundle.leaves.end());
    const auto wanted = sizes_.upper_bound(tree_.size());
    if (wanted != sizes_.end() && *wanted < bundle.to()) {
        for (auto leaf = first; leaf != bundle.leaves.end(); ++leaf) {
            tree_.append(*leaf);
            if (sizes_.contains(tree_.size())) roots_[tree_.size()] = tree_.root();
        }
    }
    tree_ = bundle.tree;
    roots_[tree_.size()] = tree_.root();
}

std::optional<Facts> LogWalk::take(const ledger::Bundle& bundle) {
    std::size_t first_new = 0;
    if (!continues(bundle, first_new)) return {};
    Facts facts{tree_.size(), bundle.to(), {}, {}, {}, {}};
    for (std::size_t i = first_new; i < bundle.lines.size(); ++i) {
        if (!take_line(bundle.lines[i], facts)) return {};
    }
    move_tree(bundle, first_new);
    return facts;
}

// Cosignatures that the kiosk says it was given must be of trees that it had.
void LogWalk::finish(std::int64_t now_ms) {
    std::set<std::uint64_t> missing;
    for (const auto& [seq, cosigned] : cosigned_) {
        if (!roots_.contains(cosigned.size)) missing.insert(cosigned.size);
    }
    if (!missing.empty()) {
        ledger::Frontier tree;
        for (const ledger::Hash& leaf : leaves_) {
            tree.append(leaf);
            if (missing.contains(tree.size())) roots_[tree.size()] = tree.root();
        }
    }
    for (const auto& [seq, cosigned] : cosigned_) {
        if (roots_.at(cosigned.size) == cosigned.root) continue;
        break_at(
            seq, seq + 1,
            {"AUDIT-COSIGNED-OTHER",
             fmt::format("บันทึกว่า {} รับรองข้อมูลถึงรายการที่ {} แต่ข้อมูลที่รับรองไม่ใช่ชุดนี้", cosigned.by, cosigned.size),
             fmt::format("the log says that {} cosigned {} lines, but it was another history that was "
                         "cosigned",
                         cosigned.by, cosigned.size)});
        return;
    }
    const int today = record::yyyymmdd(record::local_time(now_ms).date);
    if (!broken_ && state_.open_day != 0 && state_.open_day < today) {
        findings_.push_back(
            {Weight::kRemark,
             owner_.device,
             tree_.size() - 1,
             tree_.size(),
             {"AUDIT-NOT-CLOSED",
              fmt::format("วันที่ {} ยังไม่ได้ปิดวัน โปรดเปิดตู้บริการให้ปิดวัน แล้วส่งออก", day_text(state_.open_day)),
              fmt::format("the day {} was opened and has not been closed; start the kiosk, which closes it, "
                          "then export",
                          day_text(state_.open_day))}});
    }
}

}  // namespace sala::audit
