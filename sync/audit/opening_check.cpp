#include "sync/audit/opening_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace sala::audit {
namespace {

using ledger::Opening;
using ledger::Tally;

// Ratings by page, class, item and value; and, with the place, where nothing was sealed in between.
using Sums =
    std::map<std::tuple<std::string, std::string, std::string, std::string, std::size_t>, std::uint64_t>;

void add(Sums& sums, const std::string& page, const std::string& ballot_class, const std::string& place,
         const std::vector<ledger::ItemCounts>& items) {
    for (const ledger::ItemCounts& item : items) {
        for (std::size_t value = 0; value < item.counts.size(); ++value)
            sums[{page, ballot_class, place, item.item, value}] += item.counts[value];
    }
}

// With places as they are, or all as one: an envelope says nothing of where its ratings were given, but that
// they come from its place or from below.
Sums sums_of(const Opening& opening, bool by_place) {
    Sums sums;
    for (const Tally& tally : opening.tallies)
        add(sums, tally.page, tally.ballot_class, by_place ? tally.place : "", tally.items);
    return sums;
}

bool none_is_less(const Sums& later, const Sums& earlier) {
    return std::ranges::all_of(earlier, [&](const auto& entry) {
        const auto found = later.find(entry.first);
        return entry.second == 0 || (found != later.end() && found->second >= entry.second);
    });
}

class Check {
  public:
    Check(const std::string& device, const std::string& origin, const std::vector<BoundFact>& bounds,
          const std::map<crypto::Hash, Bytes>& kept, const crypto::BoxKey* auditor)
        : device_(device), origin_(origin), bounds_(bounds), kept_(kept), auditor_(auditor) {}

    OpeningAnswer run() && {
        answer_.bound = bounds_.size();
        if (bounds_.empty()) return std::move(answer_);
        tell_other_keys();
        if (auditor_ == nullptr) {
            tell_unopened();
            return std::move(answer_);
        }
        std::optional<Opening> before;
        for (const BoundFact& bound : bounds_) {
            std::optional<Opening> now = open(bound);
            if (now && before && !follows(*before, bound, *now)) now = {};
            answer_.opened += now ? 1 : 0;
            before = std::move(now);
        }
        tell_missing();
        return std::move(answer_);
    }

  private:
    void say(Weight weight, std::uint64_t first, std::uint64_t end, Error what) {
        answer_.findings.push_back({weight, device_, first, end, std::move(what)});
    }

    // A key that nobody but the auditor holds: whoever changes it decides who reads.
    void tell_other_keys() {
        for (std::size_t i = 1; i < bounds_.size(); ++i) {
            if (bounds_[i].auditor == bounds_[i - 1].auditor) continue;
            say(Weight::kRemark, bounds_[i].seq, bounds_[i].seq + 1,
                {"AUDIT-AUDITOR-CHANGED",
                 fmt::format("ตั้งแต่วันที่ {} ซองของผู้ตรวจสอบปิดด้วยกุญแจอื่น โปรดยืนยันว่าเป็นผู้ตรวจสอบคนใหม่จริง",
                             bounds_[i].day),
                 fmt::format("from {} on openings are sealed to another key; make sure that it is a new "
                             "auditor's",
                             bounds_[i].day)});
        }
    }

    void tell_unopened() {
        const auto kept = std::ranges::count_if(
            bounds_, [&](const BoundFact& bound) { return kept_.contains(bound.commitment); });
        say(Weight::kRemark, 0, 0,
            {"AUDIT-BOUND",
             fmt::format("มี {} วันที่ผูกมัดคะแนนที่รอสิ้นเดือนไว้ เก็บซองของผู้ตรวจสอบ {} ซอง ยังไม่ได้เปิด "
                         "ผู้ตรวจสอบเปิดด้วย --audit-key",
                         bounds_.size(), kept),
             fmt::format("{} closes bind what waits for the month's end, {} openings are kept, and none was "
                         "opened; the auditor opens them with --audit-key",
                         bounds_.size(), kept)});
    }

    std::optional<Opening> open(const BoundFact& bound) {
        if (bound.auditor != auditor_->public_key()) {
            others_.push_back(&bound);
            return {};
        }
        const auto sealed = kept_.find(bound.commitment);
        if (sealed == kept_.end()) {
            missing_.push_back(&bound);
            return {};
        }
        const Result<std::string> text =
            ledger::open_opening(*auditor_, ByteView(sealed->second), bound.commitment);
        if (!text) return differs(bound, text.error());
        Result<Opening> opening = ledger::parse_opening(*text);
        if (!opening) return differs(bound, opening.error());
        if (opening->origin != origin_ || opening->day != bound.day) {
            return differs(bound, {"", "เป็นของตู้หรือวันอื่น", "it is of another log or day"});
        }
        std::map<std::string, std::uint64_t> raters;
        for (const Tally& tally : opening->tallies) raters[tally.page] += tally.raters();
        if (raters != bound.waiting) {
            return differs(bound, {"", "จำนวนคะแนนไม่เท่ากับที่บันทึกว่ารออยู่",
                                   "it counts other ratings than the log says wait"});
        }
        return *std::move(opening);
    }

    std::optional<Opening> differs(const BoundFact& bound, const Error& why) {
        say(Weight::kBreak, bound.seq, bound.seq + 1,
            {"AUDIT-OPENING-DIFFERS",
             fmt::format("ซองของผู้ตรวจสอบของวันที่ {} ไม่ตรงกับที่ผูกมัดไว้: {}", bound.day, why.thai),
             fmt::format("the opening of the close of {} is not what it must be: {}", bound.day,
                         why.english)});
        return {};
    }

    // What waited waits still, or stands in an envelope.
    bool follows(const Opening& before, const BoundFact& bound, const Opening& now) {
        const bool by_place = bound.sealed.empty();
        Sums later = sums_of(now, by_place);
        for (const ledger::Sealed& sealed : bound.sealed)
            add(later, sealed.page, sealed.ballot_class, "", sealed.items);
        if (none_is_less(later, sums_of(before, by_place))) return true;
        differs(bound, {"", "คะแนนที่รออยู่ในวันปิดครั้งก่อนหายไปหรือถูกเปลี่ยน ไม่อยู่ทั้งในซองคะแนนและในที่ยังรอ",
                        "of what waited at the close before, something stands neither in an envelope nor "
                        "among what still waits"});
        return false;
    }

    void tell_missing() {
        if (!missing_.empty()) {
            say(Weight::kRemark, missing_.front()->seq, missing_.front()->seq + 1,
                {"AUDIT-OPENING-MISSING",
                 fmt::format("ไม่มีซองของผู้ตรวจสอบ {} วัน วันแรกคือ {} จึงตรวจคะแนนที่รอในวันเหล่านั้นไม่ได้",
                             missing_.size(), missing_.front()->day),
                 fmt::format("the openings of {} closes are not kept, the first of {}: what waited on those "
                             "days cannot be checked",
                             missing_.size(), missing_.front()->day)});
        }
        if (!others_.empty()) {
            say(Weight::kRemark, others_.front()->seq, others_.back()->seq + 1,
                {"AUDIT-OPENING-OTHER-AUDITOR",
                 fmt::format("มี {} วันที่ปิดด้วยกุญแจของผู้ตรวจสอบคนอื่น โปรดให้ผู้ถือกุญแจนั้นตรวจ", others_.size()),
                 fmt::format("{} closes were bound for another auditor's key; ask its holder",
                             others_.size())});
        }
    }

    const std::string& device_;
    const std::string& origin_;
    const std::vector<BoundFact>& bounds_;
    const std::map<crypto::Hash, Bytes>& kept_;
    const crypto::BoxKey* auditor_;
    std::vector<const BoundFact*> missing_, others_;
    OpeningAnswer answer_;
};

}  // namespace

OpeningAnswer check_openings(const std::string& device, const std::string& origin,
                             const std::vector<BoundFact>& bounds, const std::map<crypto::Hash, Bytes>& kept,
                             const crypto::BoxKey* auditor) {
    return Check(device, origin, bounds, kept, auditor).run();
}

}  // namespace sala::audit
