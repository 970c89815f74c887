// What the lines so far add up to, and the rules that the next line must keep.
//
// The kiosk uses it to know where it stands after a restart and what to write at close; the office uses it to
// refuse a log whose lines are each well formed but do not add up: a close that miscounts its lines, an
// envelope of too few, more sealed than cast, a ticket served twice. Whatever takes every line from the first
// has checked sealed + waiting = cast.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "sync/ledger/line.h"
#include "sync/ledger/open_tickets.h"

namespace sala::ledger {

struct LogState {
    std::uint64_t next_seq = 0;
    LogStart start;
    int open_day = 0;                 // 0: none is open
    DayOpened rules;                  // of the last day opened
    std::int64_t last_utc_ms = 0;     // of the last line
    std::int64_t trusted_utc_ms = 0;  // of the last line whose clock was trusted: none since stands before it
    std::map<std::string, std::uint64_t> lines_since_close;  // by kind
    std::map<std::string, std::uint64_t> waiting;            // by page: cast - sealed, never 0
    bool ended = false;                                      // log_end stands: no line may follow
    OpenTickets open_tickets;

    // Takes the next line, or refuses LOG-RULE with the rule it breaks and is then unchanged.
    Result<void> take(const Line& line);

    std::uint64_t waiting_total() const;

    // `bound` stands, and its day is not closed yet.
    bool bound() const;

    // What day_closed must state of the lines so far.
    std::vector<KindCount> kind_counts() const;
    std::vector<PageCount> waiting_counts() const;

    // Text and back, for keeping the state beside a checkpoint. Not part of the format.
    std::string save() const;
    static std::optional<LogState> restore(std::string_view text);

    friend bool operator==(const LogState&, const LogState&) = default;
};

}  // namespace sala::ledger
