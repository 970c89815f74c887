// What a queue's lines add up to: tickets, waits and service times of a stretch of days, in groups.
//
// Pure, and the same at kiosk and office: equal lines give equal figures, and equal figures equal bytes.
// The trap: a ticket of several services is one ticket in whole() and one in each of its services, so
// `served` and `done` of services add up to more than the tickets served.
//
// What is measured (LogReader does it):
// - A wait begins when a ticket is issued, transferred, or done with the service before, and ends at the
//   first call for the service: each service has a wait of its own. Who was carried over a close waits
//   from the next day_opened. What comes behind the first call (a recall, a return after a missed call, a
//   parking) is no wait, and who was never called, or walked in, has none.
// - A service time is what a ticket that got its service was with a counter, from the call on; while it
//   was parked is not counted. One that was missed, transferred, cancelled or carried in the midst has
//   none, and neither has one served by a line of version 1, which does not say when the service ended.
// - Hours are those in which it happened; a wait's is that in which it began, a service time's that of its
//   call.
#pragma once

#include <compare>
#include <map>
#include <set>
#include <string>

#include "sync/figures/day_kind.h"
#include "sync/figures/times.h"

namespace sala::figures {

struct Group {
    // Where a ticket came from: of a service, carried_in + issued + walked_in + moved_in is the sum of the
    // second part. Of a counter or an hour no such sum holds.
    std::uint64_t carried_in = 0;  // open over the close before these days
    std::uint64_t issued = 0;
    std::uint64_t walked_in = 0;  // without a ticket
    std::uint64_t moved_in = 0;   // from another service, or from one before
    // What became of it.
    std::uint64_t served = 0;       // wholly
    std::uint64_t done = 0;         // with this service; it went on to a further one
    std::uint64_t transferred = 0;  // to another service, without this one
    std::uint64_t missed = 0;       // was called, did not come, was not back by the close
    std::uint64_t cancelled = 0;
    std::uint64_t carried_out = 0;  // open over the last close of these days
    std::uint64_t left = 0;         // left at a close without a word, as version 1 may
    std::uint64_t open = 0;         // its day is not closed yet
    // What happened on the way.
    std::uint64_t calls = 0;
    std::uint64_t recalls = 0;
    std::uint64_t chosen = 0;  // calls out of the order
    std::uint64_t parked = 0;
    std::uint64_t delayed = 0;
    std::uint64_t unprinted = 0;
    std::uint64_t unmeasured = 0;  // of `served`: by a line of version 1
    Times wait_times, service_times;

    std::uint64_t came() const { return carried_in + issued + walked_in + moved_in; }
    std::uint64_t went() const {
        return served + done + transferred + missed + cancelled + carried_out + left + open;
    }
    Group& operator+=(const Group& more);
};

struct ServicePlace {
    std::string division, service;  // ids
    friend auto operator<=>(const ServicePlace&, const ServicePlace&) = default;
};

// Of what a reason was given; kPrint: the printer's own word.
enum class ReasonOf { kChosen, kParked, kTransferred, kCancelled, kDelayed, kPrint };

inline constexpr int kUnknownHour = -1;  // the clock was not trusted
inline constexpr int kLunchHour = 12;    // 12:00 to 13:00, UTC+7

struct QueueFigures {
    std::map<ServicePlace, Group> services;
    std::map<std::string, Group> counters;  // by id; only what was done at one
    std::map<int, Group> hours;             // 0..23 of the local day, or kUnknownHour
    std::map<DayKind, Group> day_kinds;
    std::map<DayKind, std::set<int>> days;  // yyyymmdd: on which something happened
    // On which a log has tickets and no call: all that there is to tell is how many.
    std::set<int> days_without_calls;
    std::map<std::pair<ReasonOf, std::string>, std::uint64_t> reasons;
    // Lines of tickets whose first line is not there: it was erased after its retention, or reading began
    // behind it. They are in no other figure.
    std::uint64_t unread = 0;

    Group whole() const;
    std::map<std::string, Group> divisions() const;
    Group lunch() const;        // of the hour 12:00
    Group other_hours() const;  // of every other hour that is known
    // In each service, and so in the whole: came() == went().
    bool balanced() const;

    // One object in one line, without a line's end: ids and whole ms, nothing that depends on a name or a
    // configuration. `null` where there are too few values.
    std::string json() const;
    // The same in few lines, for a person; Thai first.
    std::string text() const;
};

// Members of one group as JSON, without the braces around them.
std::string group_json(const Group& group);

// "chosen", "parked", "transferred", "cancelled", "delayed", "print".
const char* name_of(ReasonOf what);

}  // namespace sala::figures
