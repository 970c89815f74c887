// What the waiting hall and the counters are told: the queue, how fast it moves, who was called last.
//
// Pure, and built from the journal's lines alone, as the queue is: a hall read again after a restart is the
// live one. Copies are cheap (open tickets and a day's calls): one is published after each change, and its
// readers share it unchanged.
#pragma once

#include <deque>

#include "kiosk/queue/expected_wait.h"

namespace sala::queue {

// A number that was called out, or called out again. Its seq grows from call to call, over days too: who
// shows or speaks calls knows by it which ones he had.
struct Call {
    std::uint64_t seq = 0;
    TicketId ticket = 0;
    std::string number, division, counter;
    bool again = false;  // a recall
    Moment at;
    friend bool operator==(const Call&, const Call&) = default;
};

class Hall {
  public:
    static constexpr std::size_t kCallsMax = 40;

    explicit Hall(Ratio ratio = {}) : queue_(ratio) {}

    // The journal's next line, of any kind; see Queue::take().
    void take(const ledger::Line& line);

    const Queue& queue() const { return queue_; }
    const CallTimes& times() const { return times_; }
    // The last kCallsMax since the day's opening, oldest first.
    const std::deque<Call>& calls() const { return calls_; }
    // The open day, yyyymmdd; 0: none is open.
    int day() const { return day_; }
    // The stamp of the last line taken: what the kiosk's clocks showed then.
    const Moment& as_of() const { return as_of_; }

    friend bool operator==(const Hall&, const Hall&) = default;

  private:
    void hear(const ledger::Line& line);

    Queue queue_;
    CallTimes times_;
    std::deque<Call> calls_;
    int day_ = 0;
    Moment as_of_;
};

}  // namespace sala::queue
