// The tickets that are open, where each stands, and which line may follow.
//
// A part of LogState: with it neither a kiosk writes nor an office takes in a log in which a ticket is with
// two counters, is served twice, or is lost at a close. Which ticket is the next one is no rule
// of the log: kiosk/queue decides that, and says in each call how it was chosen.
#pragma once

#include <iosfwd>
#include <map>
#include <string>

#include "sync/ledger/line.h"

namespace sala::ledger {

enum class Standing : char {
    kWaiting = 'w',
    kCalled = 'c',  // is with a counter
    kParked = 'p',
    kMissed = 'm',   // was called and did not come
    kCarried = 'x',  // stays open over the day's close
};

class OpenTickets {
  public:
    struct Ticket {
        Standing standing = Standing::kWaiting;
        int left = 0;         // services after the one under way
        std::string counter;  // with which it is; empty where it is with none
        friend bool operator==(const Ticket&, const Ticket&) = default;
    };

    // By the seq of the line that began them.
    const std::map<std::uint64_t, Ticket>& all() const { return tickets_; }
    std::size_t size() const { return tickets_.size(); }
    bool empty() const { return tickets_.empty(); }
    bool contains(std::uint64_t ticket) const { return tickets_.contains(ticket); }

    // The ticket that is with this counter, or nothing.
    std::optional<std::uint64_t> with(const std::string& counter) const;

    // The rule that the line breaks, or nothing. Of other lines nothing.
    const char* broken(const Happening& happening) const;

    // REQUIRES: broken() finds nothing. A day_closed ends every ticket but the carried ones.
    void take(std::uint64_t seq, const Happening& happening);

    // A line of the queue's own kinds stands in the log: from then on no close leaves a ticket unaccounted.
    bool accounted() const { return accounted_; }

    // One text a ticket: "17" of one that waits for its only service, else "17:c:1:counter-2".
    void save(std::string& out) const;
    bool restore(std::istream& in, std::size_t count, bool accounted);

    friend bool operator==(const OpenTickets&, const OpenTickets&) = default;

  private:
    class Rules;
    class Take;
    std::map<std::uint64_t, Ticket> tickets_;
    std::map<std::string, std::uint64_t> with_;  // counter -> the ticket that is with it
    bool accounted_ = false;
};

}  // namespace sala::ledger
