// Reads one log's lines into the figures of a stretch of days.
//
// A line belongs to the day that is open, whatever the clock said; days may come twice or go back. Several
// logs are added up: one reader each, into the same figures. The trap: the reader believes that the lines
// keep the rules of the log (ledger::LogState), and needs them from the log's first, or from the one that
// began the oldest ticket that was carried into the first day that counts.
#pragma once

#include <map>

#include "sync/figures/queue_figures.h"
#include "sync/ledger/line.h"
#include "sync/ledger/moment.h"
#include "sync/ledger/open_tickets.h"

namespace sala::figures {

class LogReader {
  public:
    // `figures` outlives the reader.
    LogReader(QueueFigures& figures, const record::DateRange& days, DayRules rules = {});

    // The log's next line, of any kind. Memory is bounded by the tickets that are open at a time.
    void take(const ledger::Line& line);

    // The log ends here for now; once. Tickets of a day that is open are `open`, or missed.
    void finish();

  private:
    struct Ticket {
        ServicePlace service;
        std::vector<std::string> then;  // further services, "/division/service"
        ledger::Standing standing = ledger::Standing::kWaiting;
        ledger::Moment waits_from;    // for this service
        bool called = false;          // for this service
        ledger::Moment at_counter;    // since when it is with one
        int called_hour = 0;          // of the call since which it gets this service
        std::int64_t worked_ms = 0;   // of this service, before it was parked
        bool worked_is_known = true;  // of every stretch of it
        std::string missed_at;        // counter
        int missed_hour = 0;
        bool carried_counted = false;  // a carried one, as carried_out
    };
    class Reader;

    void open_day(int day);
    void begin_service(Ticket& ticket, const ledger::Moment& now);
    void end_missed(const Ticket& ticket);

    // Calls `add` with each group that the thing belongs to, if the day counts.
    template <typename Add>
    void count(const Ticket& ticket, const std::string& counter, int hour, const Add& add);
    void give_reason(ReasonOf what, const std::string& reason);

    QueueFigures& figures_;
    int first_ = 0, last_ = 0;  // yyyymmdd
    DayRules rules_;
    std::map<std::uint64_t, Ticket> tickets_;
    int day_ = 0;  // the open one; 0: none
    DayKind kind_ = DayKind::kUnknown;
    bool counts_ = false;
    bool issued_today_ = false, called_today_ = false;
};

}  // namespace sala::figures
