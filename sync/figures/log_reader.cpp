#include "sync/figures/log_reader.h"

#include <utility>

#include "sync/record/calendar.h"

namespace sala::figures {
namespace {

using ledger::Moment;
using ledger::Standing;

int hour_of(const Moment& moment) {
    return moment.clock_trusted ? record::local_time(moment.utc_ms).minute_of_day / 60 : kUnknownHour;
}

// "/division/service"
ServicePlace place_of(const std::string& text) {
    const std::size_t slash = text.find('/', 1);
    return {text.substr(1, slash - 1), text.substr(slash + 1)};
}

}  // namespace

LogReader::LogReader(QueueFigures& figures, const record::DateRange& days, DayRules rules)
    : figures_(figures),
      first_(record::yyyymmdd(days.first)),
      last_(record::yyyymmdd(days.last)),
      rules_(std::move(rules)) {}

template <typename Add>
void LogReader::count(const Ticket& ticket, const std::string& counter, int hour, const Add& add) {
    if (!counts_) return;
    add(figures_.services[ticket.service]);
    add(figures_.hours[hour]);
    add(figures_.day_kinds[kind_]);
    if (!counter.empty()) add(figures_.counters[counter]);
    figures_.days[kind_].insert(day_);
}

void LogReader::give_reason(ReasonOf what, const std::string& reason) {
    if (counts_) ++figures_.reasons[{what, reason}];
}

void LogReader::open_day(int day) {
    day_ = day;
    counts_ = first_ <= day && day <= last_;
    const std::optional<record::Date> date = record::date_of(day);
    kind_ = date ? rules_.kind(*date) : DayKind::kUnknown;
    issued_today_ = called_today_ = false;
}

void LogReader::begin_service(Ticket& ticket, const Moment& now) {
    ticket.standing = Standing::kWaiting;
    ticket.waits_from = now;
    ticket.called = false;
    ticket.worked_ms = 0;
    ticket.worked_is_known = true;
}

void LogReader::end_missed(const Ticket& ticket) {
    count(ticket, ticket.missed_at, ticket.missed_hour, [](Group& group) { ++group.missed; });
}

// One line; each operator is one kind.
class LogReader::Reader {
  public:
    Reader(LogReader& log, const ledger::Stamp& stamp)
        : log_(log), seq_(stamp.seq), now_(ledger::moment_of(stamp)), hour_(hour_of(now_)) {}

    void operator()(const ledger::DayOpened& line) {
        log_.open_day(line.day);
        for (auto& [seq, ticket] : log_.tickets_) {
            log_.begin_service(ticket, now_);
            if (!log_.counts_) continue;
            // Who was carried within these days is neither carried in nor out.
            Group& group = log_.figures_.services[ticket.service];
            if (std::exchange(ticket.carried_counted, false)) {
                --group.carried_out;
            } else {
                ++group.carried_in;
            }
        }
    }
    void operator()(const ledger::DayClosed& line) {
        for (const auto& [seq, ticket] : log_.tickets_) {
            if (ticket.standing == Standing::kMissed) {
                log_.end_missed(ticket);
            } else if (ticket.standing != Standing::kCarried) {
                count(ticket, "", &Group::left);
            }
        }
        std::erase_if(log_.tickets_,
                      [](const auto& entry) { return entry.second.standing != Standing::kCarried; });
        for (auto& [seq, ticket] : log_.tickets_) {
            ticket.carried_counted = log_.counts_;
            if (log_.counts_) ++log_.figures_.services[ticket.service].carried_out;
        }
        if (log_.counts_ && log_.issued_today_ && !log_.called_today_)
            log_.figures_.days_without_calls.insert(line.day);
        log_.day_ = 0;
        log_.counts_ = false;
    }
    void operator()(const ledger::TicketIssued& line) {
        Ticket& ticket = begin(line.day, {line.division, line.service});
        if (line.route) ticket.then = line.route->then;
        count(ticket, "", &Group::issued);
        log_.issued_today_ = true;
    }
    void operator()(const ledger::WalkIn& line) {
        Ticket& ticket = begin(line.day, {line.division, line.service});
        ticket.called = true;
        go_to_counter(ticket);
        count(ticket, line.counter, &Group::walked_in);
    }
    void operator()(const ledger::TicketCalled& line) {
        Ticket& ticket = at(line.ticket);
        if (!ticket.called) {
            const auto wait = ledger::elapsed_ms(ticket.waits_from, now_);
            log_.count(ticket, line.counter, hour_of(ticket.waits_from),
                       [&](Group& group) { group.wait_times.add(wait); });
        }
        ticket.called = true;
        const int begun = ticket.called_hour;
        go_to_counter(ticket);
        if (line.how == "parked") ticket.called_hour = begun;
        count(ticket, line.counter, &Group::calls);
        if (line.how != "chosen") return;
        count(ticket, line.counter, &Group::chosen);
        log_.give_reason(ReasonOf::kChosen, line.reason);
    }
    void operator()(const ledger::TicketRecalled& line) {
        count(at(line.ticket), line.counter, &Group::recalls);
    }
    void operator()(const ledger::TicketMissed& line) {
        Ticket& ticket = at(line.ticket);
        ticket.standing = Standing::kMissed;
        ticket.missed_at = line.counter;
        ticket.missed_hour = hour_;
    }
    void operator()(const ledger::TicketReturned& line) {
        Ticket& ticket = at(line.ticket);
        ticket.standing = Standing::kWaiting;
        ticket.worked_ms = 0;
        ticket.worked_is_known = true;
    }
    void operator()(const ledger::TicketParked& line) {
        Ticket& ticket = at(line.ticket);
        add_work(ticket);
        ticket.standing = Standing::kParked;
        count(ticket, line.counter, &Group::parked);
        log_.give_reason(ReasonOf::kParked, line.reason);
    }
    void operator()(const ledger::TicketTransferred& line) {
        count(at(line.ticket), line.counter, &Group::transferred);
        log_.give_reason(ReasonOf::kTransferred, line.reason);
        move_to(at(line.ticket), {line.division, line.service});
    }
    void operator()(const ledger::ServiceDone& line) {
        Ticket& ticket = at(line.ticket);
        if (ticket.then.empty()) return;  // not in a log that keeps the rules
        end_service(ticket, line.counter, &Group::done);
        const ServicePlace next = place_of(ticket.then.front());
        ticket.then.erase(ticket.then.begin());
        move_to(ticket, next);
    }
    void operator()(const ledger::TicketServed& line) {
        const Ticket& ticket = at(line.ticket);
        if (line.counter) {
            end_service(at(line.ticket), *line.counter, &Group::served);
        } else {
            count(ticket, "", &Group::served);
            count(ticket, "", &Group::unmeasured);
        }
        log_.tickets_.erase(line.ticket);
    }
    void operator()(const ledger::TicketCancelled& line) {
        count(at(line.ticket), line.counter, &Group::cancelled);
        log_.give_reason(ReasonOf::kCancelled, line.reason);
        log_.tickets_.erase(line.ticket);
    }
    void operator()(const ledger::TicketDelayed& line) {
        count(at(line.ticket), line.counter, &Group::delayed);
        log_.give_reason(ReasonOf::kDelayed, line.reason);
    }
    void operator()(const ledger::TicketCarried& line) { at(line.ticket).standing = Standing::kCarried; }
    void operator()(const ledger::PrintFailed& line) {
        count(at(line.ticket), "", &Group::unprinted);
        log_.give_reason(ReasonOf::kPrint, line.why);
    }
    void operator()(const auto&) {}

  private:
    Ticket& at(std::uint64_t ticket) { return log_.tickets_.at(ticket); }
    void count(const Ticket& ticket, const std::string& counter, std::uint64_t Group::*figure) {
        log_.count(ticket, counter, hour_, [&](Group& group) { ++(group.*figure); });
    }
    // The day is that of the line where reading began behind its day_opened.
    Ticket& begin(int day, ServicePlace service) {
        if (log_.day_ != day) log_.open_day(day);
        Ticket& ticket = log_.tickets_[seq_];
        ticket.service = std::move(service);
        log_.begin_service(ticket, now_);
        return ticket;
    }
    void go_to_counter(Ticket& ticket) {
        ticket.standing = Standing::kCalled;
        ticket.at_counter = now_;
        ticket.called_hour = hour_;
        log_.called_today_ = true;
    }
    void add_work(Ticket& ticket) {
        const auto worked = ledger::elapsed_ms(ticket.at_counter, now_);
        ticket.worked_ms += worked.value_or(0);
        ticket.worked_is_known = ticket.worked_is_known && worked;
    }
    void end_service(Ticket& ticket, const std::string& counter, std::uint64_t Group::*figure) {
        add_work(ticket);
        const auto worked = ticket.worked_is_known ? std::optional(ticket.worked_ms) : std::nullopt;
        log_.count(ticket, counter, ticket.called_hour,
                   [&](Group& group) { group.service_times.add(worked); });
        count(ticket, counter, figure);
    }
    void move_to(Ticket& ticket, ServicePlace service) {
        ticket.service = std::move(service);
        log_.begin_service(ticket, now_);
        count(ticket, "", &Group::moved_in);
    }

    LogReader& log_;
    std::uint64_t seq_;
    Moment now_;
    int hour_;
};

void LogReader::take(const ledger::Line& line) {
    const auto read = [&](const auto& happening) {
        if constexpr (requires { happening.ticket; }) {
            if (!tickets_.contains(happening.ticket)) {
                if (counts_) ++figures_.unread;
                return;
            }
        }
        Reader(*this, line.stamp)(happening);
    };
    std::visit(read, line.happening);
}

void LogReader::finish() {
    for (const auto& [seq, ticket] : tickets_) {
        if (ticket.standing == Standing::kMissed) {
            end_missed(ticket);
        } else if (counts_) {
            ++figures_.services[ticket.service].open;
        }
    }
}

}  // namespace sala::figures
