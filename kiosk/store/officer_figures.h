// What the officer's page shows of the store, read in a few milliseconds however long the journal is.
//
// Counts of a day come from what its closes have stated and from the position in memory; no line is counted
// again. Never a face outside an envelope.
#pragma once

#include "kiosk/store/store.h"

namespace sala::kiosk {

struct DivisionCount {
    std::string division;  // id
    std::uint64_t tickets = 0;
    std::uint64_t served = 0;
};

// Ratings of envelopes, always side by side: what the rule set apart is shown beside what counts.
struct ClassFigures {
    std::uint64_t raw = 0;      // all of them
    std::uint64_t flagged = 0;  // of these set apart by the day's rule
    std::uint64_t counted() const { return raw - flagged; }
    void add(const ledger::Sealed& envelope);
};

struct UnprintedTicket {
    queue::TicketId id = 0;
    std::string number;
    queue::ServiceRef service;  // for which it waits
};

struct DayFigures {
    int day = 0;  // yyyymmdd: the open day, else the last one; 0: none yet
    bool day_open = false;
    std::vector<DivisionCount> divisions;  // those with a ticket, by id
    std::uint64_t tickets = 0;
    std::uint64_t tickets_served = 0;
    std::vector<UnprintedTicket> unprinted;  // open ones without a paper, oldest first
    std::uint64_t ratings_cast = 0;          // on `day`
    std::uint64_t ratings_waiting = 0;       // ever cast, in no envelope yet
    std::vector<ledger::Sealed> envelopes;   // of the last close
    ClassFigures sealed;                     // the ratings in these
    std::uint64_t unsent_lines = 0;  // not yet cosigned by the office; 0 too while none of them is news to it
    std::optional<std::int64_t> unsent_since;  // UTC ms of the oldest of them, as the clock showed it
    std::string checkpoint;                    // the newest checkpoint's note; empty before the first
    Receipt head;
    std::string device_code;
};

// The store's thread.
Result<DayFigures> read_day_figures(Store& store);

// ---- shared with the figures of `status` ----

// What the closes so far and the lines since the last one add up to: how many lines there are of a kind, of
// one day or (0) ever.
Result<std::uint64_t> count_lines(sqlite::Database& database, const ledger::LogState& state,
                                  std::string_view kind, int day);

// Over every envelope of the journal.
Result<ClassFigures> class_figures(sqlite::Database& database);

// UTC ms of the first line that the office has not cosigned; nothing when it has them all.
Result<std::optional<std::int64_t>> unsent_since(sqlite::Database& database, std::uint64_t cosigned_size,
                                                 std::uint64_t size);

// Seq of the last `day_closed`; nothing before the first.
Result<std::optional<std::uint64_t>> last_close(sqlite::Database& database);

Result<std::string> newest_checkpoint(sqlite::Database& database);

}  // namespace sala::kiosk
