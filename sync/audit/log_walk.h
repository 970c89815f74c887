// One kiosk's log read again from its first line, from the bytes that were kept and nothing else.
//
// The walk verifies what every bundle says, that each goes on where the one before ended, and the rules
// between the lines; it tells what the tables of an office must hold of them, and what an auditor should
// know. It believes no table, and stops at the first break: what comes behind a hole cannot be held to the
// rules.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "sync/audit/finding.h"
#include "sync/audit/opening_check.h"
#include "sync/ledger/bundle.h"
#include "sync/ledger/log_state.h"

namespace sala::audit {

inline constexpr std::int64_t kDarkAfterMs = 20 * 60 * 1000;  // `alive` comes every 15 minutes

struct TicketFact {
    std::uint64_t seq = 0;
    int day = 0;
    std::string division, service;
    std::string number;  // empty: walked in without one
    friend bool operator==(const TicketFact&, const TicketFact&) = default;
};
struct ServedFact {
    std::uint64_t seq = 0, ticket = 0;
    std::string by;
    friend bool operator==(const ServedFact&, const ServedFact&) = default;
};
struct EnvelopeFact {
    std::uint64_t seq = 0;
    ledger::Sealed sealed;
};

// What the lines of one bundle add to the tables.
struct Facts {
    std::uint64_t from = 0, to = 0;  // the lines that it brought in
    std::vector<TicketFact> tickets;
    std::vector<ServedFact> served;
    std::vector<EnvelopeFact> envelopes;
    std::map<std::pair<int, std::string>, std::uint64_t> casts;  // by day and page
};

// Whose log is read.
struct LogOwner {
    std::string office;
    std::string device;  // code
    std::string origin;
};

class LogWalk {
  public:
    // `sizes`: of the trees whose roots will be asked for.
    LogWalk(LogOwner owner, std::set<std::uint64_t> sizes);

    // The next bundle, in ascending order of `to`; what it adds, or nothing where it breaks the log: then
    // there is a finding and the walk is over. REQUIRES: !broken().
    std::optional<Facts> take(const ledger::Bundle& bundle);

    // A break that the caller found; REQUIRES: a break.
    void stop(Finding finding);

    // The log ends here, at `now_ms` of a clock that the auditor trusts.
    void finish(std::int64_t now_ms);

    bool broken() const { return broken_; }
    const ledger::Frontier& tree() const { return tree_; }
    const ledger::LogState& state() const { return state_; }
    int last_closed() const { return last_closed_; }
    const std::vector<Finding>& findings() const { return findings_; }

    // Roots at `sizes` and at each bundle's end, as far as the bundles were whole.
    const std::map<std::uint64_t, ledger::Hash>& roots() const { return roots_; }

    // The key that its last line names, where the log has ended.
    const std::optional<crypto::PublicKey>& next_key() const { return next_key_; }
    std::int64_t first_utc_ms() const { return first_utc_ms_; }

    const std::vector<BoundFact>& bounds() const { return bounds_; }

    // Leaf hashes of every line so far.
    const std::vector<ledger::Hash>& leaves() const { return leaves_; }

    std::uint64_t cast_total() const { return cast_total_; }
    std::uint64_t boots() const { return boots_; }
    std::int64_t dark_ms() const { return dark_ms_; }

  private:
    class Reader;
    void remark(const ledger::Line& line, const char* code, std::string thai, std::string english);
    void break_at(std::uint64_t first, std::uint64_t end, Error what);
    bool continues(const ledger::Bundle& bundle, std::size_t& first_new);
    bool take_line(const ledger::Line& line, Facts& facts);
    void move_tree(const ledger::Bundle& bundle, std::size_t first_new);

    LogOwner owner_;
    std::set<std::uint64_t> sizes_;
    ledger::Frontier tree_;
    ledger::LogState state_;
    std::vector<Finding> findings_;
    std::map<std::uint64_t, ledger::Hash> roots_;
    std::vector<ledger::Hash> leaves_;
    std::vector<std::pair<std::uint64_t, ledger::Cosigned>> cosigned_;  // seq of the line
    bool broken_ = false;
    int last_closed_ = 0;
    std::vector<BoundFact> bounds_;
    std::vector<ledger::Sealed> sealed_since_bound_;
    std::optional<crypto::PublicKey> next_key_;
    std::int64_t first_utc_ms_ = 0;
    std::uint64_t cast_total_ = 0;
    std::uint64_t boots_ = 0;
    std::int64_t dark_ms_ = 0;
    std::optional<crypto::Hash> config_;
};

}  // namespace sala::audit
