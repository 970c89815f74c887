// Who waits, in which order they are called, and where each ticket is.
//
// Pure: built from the journal's lines and from nothing else, so a queue read again after a restart is the
// live one. Each division has a series of its own with two lanes; in each lane who came first is called
// first, and the lanes are interleaved by a ratio that everybody may read (Ratio). The trap: take() believes
// that the line keeps the rules of the log (ledger::LogState); what may be written is asked of orders.h.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sync/ledger/line.h"
#include "sync/ledger/moment.h"
#include "sync/ledger/open_tickets.h"

namespace sala::queue {

using ledger::elapsed_ms;
using ledger::Moment;
using ledger::Standing;

// A ticket's id: seq of the line that began it. Its number may come again on another day, its id never.
using TicketId = std::uint64_t;

struct ServiceRef {
    std::string division, service;
    friend bool operator==(const ServiceRef&, const ServiceRef&) = default;
};

// Place in a lane, ascending. Whoever comes back after a missed call stands right behind the one who would
// be called next then: `rank` is that one's, `behind` the seq of the return.
struct Place {
    std::uint64_t rank = 0;  // seq of the line that began the ticket
    std::uint64_t behind = 0;
    friend auto operator<=>(const Place&, const Place&) = default;
};

struct Ticket {
    TicketId id = 0;
    std::string number;            // "B007"; empty of somebody who walked in
    ServiceRef service;            // that it waits for, or that is under way
    std::vector<ServiceRef> then;  // further ones, in their order
    bool priority = false;
    Standing standing = Standing::kWaiting;
    std::string counter;  // with which it is; empty where it is with none
    Place place;
    int calls = 0;         // of the service it waits for or has: the first and each recall
    Moment issued;         // or walked in
    Moment since;          // in this standing
    int carried = 0;       // over so many closes
    bool on_paper = true;  // false: printing failed
    std::string delay;     // the reason given why its service takes long; empty: none
    friend bool operator==(const Ticket&, const Ticket&) = default;
};

// Where both lanes wait: `priority` calls from the priority lane, then `ordinary` from the other, and again.
// Where one is empty the other goes on, and its calls count.
struct Ratio {
    int priority = 1;
    int ordinary = 2;
    friend bool operator==(const Ratio&, const Ratio&) = default;
};

// Since the last close: carried + issued = served + missed + cancelled + open, at every moment.
struct Balance {
    std::uint64_t carried = 0;  // from the close before
    std::uint64_t issued = 0;   // and walked in
    std::uint64_t served = 0;
    std::uint64_t missed = 0;  // were called, did not come and are not back
    std::uint64_t cancelled = 0;
    std::uint64_t open = 0;  // wait, are with a counter or parked
    friend bool operator==(const Balance&, const Balance&) = default;
};

class Queue {
  public:
    explicit Queue(Ratio ratio = {}) : ratio_(ratio) {}

    // The journal's next line, of any kind. One about a ticket whose first line was not taken is passed over,
    // and at a close who is carried gets back the place in time: so what was before a close matters only to
    // those who were carried over it, and a kiosk that starts reads from the oldest of them on.
    void take(const ledger::Line& line);

    // Those that are not served or cancelled, the missed ones among them, by id.
    const std::map<TicketId, Ticket>& tickets() const { return tickets_; }
    const Ticket* find(TicketId id) const;
    const Ticket* with(std::string_view counter) const;

    std::size_t waiting_count(std::string_view division) const;

    // Who is called next in the division's series; nobody where nobody waits.
    const Ticket* next(std::string_view division) const;

    // Who waits in it, in the order in which they would be called if nobody else came: the first `at_most`.
    std::vector<const Ticket*> waiting(std::string_view division, std::size_t at_most = SIZE_MAX) const;

    // How many of that order stand before this one; nothing where it does not wait.
    std::optional<std::size_t> ahead_of(TicketId id) const;

    Balance balance() const;
    const Ratio& ratio() const { return ratio_; }

    friend bool operator==(const Queue&, const Queue&) = default;

  private:
    using Lane = std::set<std::pair<Place, TicketId>>;
    // Which lane the last call by the order came from, and how many in a row did.
    struct Turn {
        bool priority = false;
        int run = 0;
        friend bool operator==(const Turn&, const Turn&) = default;
    };
    struct Series {
        Lane ordinary, priority;
        Turn turn;
        friend bool operator==(const Series&, const Series&) = default;
    };
    class Reader;

    static Turn after(const Turn& turn, bool priority);
    bool priority_is_next(const Turn& turn, bool priority_waits, bool ordinary_waits) const;
    Lane& lane_of(const Ticket& ticket);
    void move(TicketId id, Standing to, const std::string& counter, const Moment& when);
    void end(TicketId id);

    Ratio ratio_;
    std::map<TicketId, Ticket> tickets_;
    std::map<std::string, Series, std::less<>> series_;  // by division
    std::map<std::string, TicketId, std::less<>> with_;  // by counter
    Balance since_close_;                                // `missed` and `open` are counted when asked
};

}  // namespace sala::queue
