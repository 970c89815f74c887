#include "kiosk/queue/queue.h"

#include <algorithm>

namespace sala::queue {
namespace {

// "/division/service"
ServiceRef service_of(const std::string& place) {
    const std::size_t slash = place.find('/', 1);
    return {place.substr(1, slash - 1), place.substr(slash + 1)};
}

}  // namespace

class Queue::Reader {
  public:
    Reader(Queue& queue, const ledger::Stamp& stamp)
        : queue_(queue), seq_(stamp.seq), now_(ledger::moment_of(stamp)) {}

    void operator()(const ledger::DayClosed&) {
        std::erase_if(queue_.tickets_,
                      [](const auto& entry) { return entry.second.standing != Standing::kCarried; });
        queue_.with_.clear();
        queue_.series_.clear();
        for (auto& [id, ticket] : queue_.tickets_) {
            ++ticket.carried;
            ticket.calls = 0;
            ticket.place = {id, 0};
            queue_.move(id, Standing::kWaiting, "", now_);
        }
        queue_.since_close_ = {queue_.tickets_.size(), 0, 0, 0, 0, 0};
    }
    void operator()(const ledger::TicketIssued& line) {
        Ticket ticket = begin({line.division, line.service});
        ticket.number = line.number;
        if (line.route) {
            ticket.priority = line.route->lane == "priority";
            std::transform(line.route->then.begin(), line.route->then.end(), std::back_inserter(ticket.then),
                           service_of);
        }
        queue_.tickets_[seq_] = std::move(ticket);
        queue_.move(seq_, Standing::kWaiting, "", now_);
    }
    void operator()(const ledger::WalkIn& line) {
        Ticket ticket = begin({line.division, line.service});
        ticket.calls = 1;
        queue_.tickets_[seq_] = std::move(ticket);
        queue_.move(seq_, Standing::kCalled, line.counter, now_);
    }
    void operator()(const ledger::TicketCalled& line) {
        Ticket& ticket = at(line.ticket);
        ++ticket.calls;
        if (line.how == "next") {
            Turn& turn = queue_.series_[ticket.service.division].turn;
            turn = after(turn, ticket.priority);
        }
        queue_.move(line.ticket, Standing::kCalled, line.counter, now_);
    }
    void operator()(const ledger::TicketRecalled& line) { ++at(line.ticket).calls; }
    void operator()(const ledger::TicketMissed& line) {
        queue_.move(line.ticket, Standing::kMissed, "", now_);
    }
    void operator()(const ledger::TicketReturned& line) {
        Ticket& ticket = at(line.ticket);
        const Lane& lane = queue_.lane_of(ticket);
        ticket.place = lane.empty() ? Place{line.ticket, 0} : Place{lane.begin()->first.rank, seq_};
        ticket.calls = 0;
        queue_.move(line.ticket, Standing::kWaiting, "", now_);
    }
    void operator()(const ledger::TicketParked& line) {
        queue_.move(line.ticket, Standing::kParked, "", now_);
    }
    void operator()(const ledger::TicketTransferred& line) {
        leave_lane(line.ticket);
        wait_for(line.ticket, {line.division, line.service});
    }
    void operator()(const ledger::ServiceDone& line) {
        Ticket& ticket = at(line.ticket);
        const ServiceRef next = ticket.then.front();
        ticket.then.erase(ticket.then.begin());
        wait_for(line.ticket, next);
    }
    void operator()(const ledger::TicketServed& line) {
        ++queue_.since_close_.served;
        queue_.end(line.ticket);
    }
    void operator()(const ledger::TicketCancelled& line) {
        ++queue_.since_close_.cancelled;
        queue_.end(line.ticket);
    }
    void operator()(const ledger::TicketDelayed& line) { at(line.ticket).delay = line.reason; }
    void operator()(const ledger::TicketCarried& line) {
        queue_.move(line.ticket, Standing::kCarried, "", now_);
    }
    void operator()(const ledger::PrintFailed& line) { at(line.ticket).on_paper = false; }
    void operator()(const ledger::TicketReprinted& line) { at(line.ticket).on_paper = true; }
    void operator()(const auto&) {}

  private:
    Ticket begin(ServiceRef service) {
        ++queue_.since_close_.issued;
        Ticket ticket;
        ticket.id = seq_;
        ticket.service = std::move(service);
        ticket.place = {seq_, 0};
        ticket.issued = now_;
        return ticket;
    }
    Ticket& at(TicketId id) { return queue_.tickets_.at(id); }
    // A service of another division is another lane: the ticket leaves the one before it changes.
    void leave_lane(TicketId id) { queue_.lane_of(at(id)).erase({at(id).place, id}); }
    void wait_for(TicketId id, ServiceRef service) {
        Ticket& ticket = at(id);
        ticket.service = std::move(service);
        ticket.calls = 0;
        ticket.delay.clear();
        queue_.move(id, Standing::kWaiting, "", now_);
    }

    Queue& queue_;
    std::uint64_t seq_;
    Moment now_;
};

void Queue::take(const ledger::Line& line) {
    const auto read = [&](const auto& happening) {
        if constexpr (requires { happening.ticket; }) {
            if (!tickets_.contains(happening.ticket)) return;
        }
        Reader(*this, line.stamp)(happening);
    };
    std::visit(read, line.happening);
}

const Ticket* Queue::find(TicketId id) const {
    const auto found = tickets_.find(id);
    return found == tickets_.end() ? nullptr : &found->second;
}

const Ticket* Queue::with(std::string_view counter) const {
    const auto found = with_.find(counter);
    return found == with_.end() ? nullptr : find(found->second);
}

const Ticket* Queue::next(std::string_view division) const {
    const auto found = series_.find(division);
    if (found == series_.end()) return nullptr;
    const auto& [ordinary, priority, turn] = found->second;
    if (ordinary.empty() && priority.empty()) return nullptr;
    const Lane& lane = priority_is_next(turn, !priority.empty(), !ordinary.empty()) ? priority : ordinary;
    return find(lane.begin()->second);
}

std::size_t Queue::waiting_count(std::string_view division) const {
    const auto found = series_.find(division);
    if (found == series_.end()) return 0;
    return found->second.ordinary.size() + found->second.priority.size();
}

std::vector<const Ticket*> Queue::waiting(std::string_view division, std::size_t at_most) const {
    std::vector<const Ticket*> order;
    const auto found = series_.find(division);
    if (found == series_.end()) return order;
    const auto& [ordinary, priority, begun] = found->second;
    auto one = priority.begin();
    auto other = ordinary.begin();
    Turn turn = begun;
    while (order.size() < at_most && (one != priority.end() || other != ordinary.end())) {
        const bool first = priority_is_next(turn, one != priority.end(), other != ordinary.end());
        order.push_back(find((first ? one++ : other++)->second));
        turn = after(turn, first);
    }
    return order;
}

std::optional<std::size_t> Queue::ahead_of(TicketId id) const {
    const Ticket* ticket = find(id);
    if (ticket == nullptr || ticket->standing != Standing::kWaiting) return {};
    const Series& series = series_.find(ticket->service.division)->second;
    const Lane& own = ticket->priority ? series.priority : series.ordinary;
    const auto at = own.find({ticket->place, id});
    // Who came last, which is whom one asks of, is found without counting.
    std::size_t before = std::next(at) == own.end()
                             ? own.size() - 1
                             : static_cast<std::size_t>(std::distance(own.begin(), at));
    std::size_t others = (ticket->priority ? series.ordinary : series.priority).size();
    Turn turn = series.turn;
    std::size_t ahead = 0;
    while (others > 0) {
        const bool first = priority_is_next(turn, true, true);
        if (first == ticket->priority && before == 0) return ahead;
        --(first == ticket->priority ? before : others);
        turn = after(turn, first);
        ++ahead;
    }
    return ahead + before;
}

Balance Queue::balance() const {
    Balance balance = since_close_;
    for (const auto& [id, ticket] : tickets_) {
        ++(ticket.standing == Standing::kMissed ? balance.missed : balance.open);
    }
    return balance;
}

Queue::Turn Queue::after(const Turn& turn, bool priority) {
    return {priority, turn.run > 0 && turn.priority == priority ? turn.run + 1 : 1};
}

// Before the first call nothing has run: the priority lane begins.
bool Queue::priority_is_next(const Turn& turn, bool priority_waits, bool ordinary_waits) const {
    if (!priority_waits || !ordinary_waits) return priority_waits;
    if (turn.run == 0) return true;
    return turn.priority ? turn.run < ratio_.priority : turn.run >= ratio_.ordinary;
}

Queue::Lane& Queue::lane_of(const Ticket& ticket) {
    Series& series = series_[ticket.service.division];
    return ticket.priority ? series.priority : series.ordinary;
}

void Queue::move(TicketId id, Standing to, const std::string& counter, const Moment& when) {
    Ticket& ticket = tickets_.at(id);
    if (ticket.standing == Standing::kWaiting) lane_of(ticket).erase({ticket.place, id});
    if (!ticket.counter.empty()) with_.erase(ticket.counter);
    ticket.standing = to;
    ticket.counter = counter;
    ticket.since = when;
    if (to == Standing::kWaiting) lane_of(ticket).insert({ticket.place, id});
    if (!counter.empty()) with_[counter] = id;
}

void Queue::end(TicketId id) {
    move(id, Standing::kMissed, "", {});
    tickets_.erase(id);
}

}  // namespace sala::queue
