// Many thousand random orders at once on the queue and on a naive one, which is a list that is looked through
// from the front each time.
#include <algorithm>
#include <random>

#include "kiosk/queue/reasons.h"
#include "tests/kiosk/queue/queue_day.h"

namespace sala::queue {
namespace {

struct NaiveTicket {
    TicketId id = 0;
    std::string division;
    bool priority = false;
    TicketId stands_for = 0;    // in whose place of time it waits
    std::uint64_t back_at = 0;  // of those in one place who came back first stands first
};

// Who waits, in order; priority and ordinary lie in one list, and nothing is remembered but the calls.
class NaiveQueue {
  public:
    explicit NaiveQueue(Ratio ratio) : ratio_(ratio) {}

    void wait(NaiveTicket ticket) {
        const auto later = [&](const NaiveTicket& other) {
            if (other.stands_for != ticket.stands_for) return other.stands_for > ticket.stands_for;
            return other.back_at > ticket.back_at;
        };
        waiting_.insert(std::find_if(waiting_.begin(), waiting_.end(), later), std::move(ticket));
    }
    NaiveTicket leave(TicketId id) {
        const auto found = std::ranges::find(waiting_, id, &NaiveTicket::id);
        NaiveTicket ticket = *found;
        waiting_.erase(found);
        return ticket;
    }
    void called_by_the_order(const NaiveTicket& ticket) {
        calls_[ticket.division].push_back(ticket.priority);
    }
    void new_day() { calls_.clear(); }

    const NaiveTicket* front(const std::string& division, bool priority) const {
        for (const NaiveTicket& ticket : waiting_) {
            if (ticket.division == division && ticket.priority == priority) return &ticket;
        }
        return nullptr;
    }
    const NaiveTicket* next(const std::string& division) const {
        const NaiveTicket *one = front(division, true), *other = front(division, false);
        if (one == nullptr || other == nullptr) return one == nullptr ? other : one;
        const auto calls = calls_.find(division);
        if (calls == calls_.end()) return one;
        const std::vector<bool>& all = calls->second;
        int run = 0;
        for (std::size_t i = all.size(); i > 0 && all[i - 1] == all.back(); --i) ++run;
        if (all.back()) return run < ratio_.priority ? one : other;
        return run < ratio_.ordinary ? other : one;
    }
    std::vector<TicketId> order(const std::string& division) const {
        NaiveQueue copy = *this;
        std::vector<TicketId> ids;
        while (const NaiveTicket* next = copy.next(division)) {
            ids.push_back(next->id);
            copy.called_by_the_order(copy.leave(next->id));
        }
        return ids;
    }

  private:
    Ratio ratio_;
    std::vector<NaiveTicket> waiting_;
    std::map<std::string, std::vector<bool>> calls_;
};

class Model {
  public:
    explicit Model(std::uint64_t seed)
        : chance_(seed), ratio_{below(3) + 1, below(4) + 1}, day_(ratio_), naive_(ratio_) {}

    void play(int steps) {
        for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) {
            const std::size_t before = day_.lines.size();
            step();
            for (std::size_t n = before; n < day_.lines.size(); ++n) follow(day_.lines[n]);
            compare();
        }
    }

  private:
    int below(int n) { return static_cast<int>(chance_() % static_cast<std::uint64_t>(n)); }
    const AtCounter& counter() {
        static const AtCounter all[] = {kOne, kTwo, kThree};
        return all[below(3)];
    }
    std::string place() {
        static const char* const all[] = {"/finance/land-tax", "/finance/sign-tax", "/clerk/water"};
        return all[below(3)];
    }
    // Any ticket that is open, or one that never was.
    TicketId any() {
        const auto& tickets = day_.queue.tickets();
        if (tickets.empty() || below(20) == 0) return 0;
        return std::next(tickets.begin(), below(static_cast<int>(tickets.size())))->first;
    }
    std::string reason(std::span<const Reason> list) {
        return std::string(list[below(static_cast<int>(list.size()))].id);
    }

    void step() {
        const AtCounter& at = counter();
        const Ticket* present = day_.queue.with(at.counter);
        const TicketId seen = present == nullptr || below(10) == 0 ? any() : present->id;
        switch (below(16)) {
            case 0:
            case 1:
            case 2:
            case 3:
                issue();
                break;
            case 4:
            case 5:
                day_.call_next(at);
                break;
            case 6:
                day_.obey(call_this(day_.queue, at, any(), reason(reasons_to_choose())));
                break;
            case 7:
                day_.obey(recall(day_.queue, at, seen));
                break;
            case 8:
                day_.obey(no_show(day_.queue, at, seen));
                break;
            case 9:
                day_.obey(come_back(day_.queue, at, any()));
                break;
            case 10:
                day_.obey(park(day_.queue, at, seen, reason(reasons_to_park())));
                break;
            case 11:
                day_.obey(done(day_.queue, at, seen));
                break;
            case 12:
                move(at);
                break;
            case 13:
                day_.obey(walk_in(day_.queue, at, day_.state.open_day, "land-tax"));
                break;
            case 14:
                day_.obey(cancel(day_.queue, at, any(), reason(reasons_to_cancel())));
                break;
            default:
                end_the_day();
        }
    }
    void issue() {
        std::vector<std::string> then;
        for (int i = below(4); i > 1; --i) then.push_back(place());
        day_.issue(place(), below(3) == 0, std::move(then));
    }
    void move(const AtCounter& at) {
        const std::string to = place();
        const std::size_t slash = to.find('/', 1);
        const ServiceRef service{to.substr(1, slash - 1), to.substr(slash + 1)};
        day_.obey(transfer(day_.queue, at, any(), service, reason(reasons_to_transfer())));
    }
    void end_the_day() {
        if (below(12) != 0) return;
        static const AtClose rules[] = {AtClose::kServed, AtClose::kEnded, AtClose::kCarried};
        day_.close(rules[below(3)]);
        day_.open(++date_);
    }

    // The naive one is told the lines, as a reader of the journal would be.
    void follow(const ledger::Line& line) {
        const std::uint64_t seq = line.stamp.seq;
        if (const auto* issued = std::get_if<ledger::TicketIssued>(&line.happening)) {
            NaiveTicket ticket{seq, issued->division, issued->route && issued->route->lane == "priority",
                               seq};
            if (issued->route) then_[seq] = issued->route->then;
            naive_.wait(ticket);
            ++balance_.issued;
        } else if (const auto* walked = std::get_if<ledger::WalkIn>(&line.happening)) {
            away_[seq] = {seq, walked->division, false, seq};
            ++balance_.issued;
        } else if (const auto* called = std::get_if<ledger::TicketCalled>(&line.happening)) {
            if (called->how != "parked") away_[called->ticket] = naive_.leave(called->ticket);
            if (called->how == "next") naive_.called_by_the_order(away_[called->ticket]);
        } else if (const auto* missed = std::get_if<ledger::TicketMissed>(&line.happening)) {
            missed_.insert(missed->ticket);
        } else if (const auto* back = std::get_if<ledger::TicketReturned>(&line.happening)) {
            NaiveTicket ticket = back_from_away(back->ticket);
            const NaiveTicket* front = naive_.front(ticket.division, ticket.priority);
            ticket.stands_for = front == nullptr ? ticket.id : front->stands_for;
            ticket.back_at = front == nullptr ? 0 : seq;
            missed_.erase(back->ticket);
            naive_.wait(ticket);
        } else if (const auto* moved = std::get_if<ledger::TicketTransferred>(&line.happening)) {
            NaiveTicket ticket = back_from_away(moved->ticket);
            ticket.division = moved->division;
            naive_.wait(ticket);
        } else if (const auto* once = std::get_if<ledger::ServiceDone>(&line.happening)) {
            NaiveTicket ticket = back_from_away(once->ticket);
            std::vector<std::string>& then = then_[once->ticket];
            ticket.division = then.front().substr(1, then.front().find('/', 1) - 1);
            then.erase(then.begin());
            naive_.wait(ticket);
        } else if (const auto* served = std::get_if<ledger::TicketServed>(&line.happening)) {
            forget(served->ticket);
            ++balance_.served;
        } else if (const auto* gone = std::get_if<ledger::TicketCancelled>(&line.happening)) {
            forget(gone->ticket);
            ++balance_.cancelled;
        } else if (const auto* kept = std::get_if<ledger::TicketCarried>(&line.happening)) {
            carried_.push_back(back_from_away(kept->ticket));
        } else if (std::holds_alternative<ledger::DayClosed>(line.happening)) {
            naive_ = NaiveQueue(ratio_);
            away_.clear();
            missed_.clear();
            balance_ = {carried_.size(), 0, 0, 0, 0, 0};
            for (const NaiveTicket& ticket : carried_) {
                naive_.wait({ticket.id, ticket.division, ticket.priority, ticket.id});
            }
            carried_.clear();
        }
    }
    NaiveTicket back_from_away(TicketId id) {
        const auto found = away_.find(id);
        if (found == away_.end()) return naive_.leave(id);
        const NaiveTicket ticket = found->second;
        away_.erase(found);
        return ticket;
    }
    void forget(TicketId id) {
        back_from_away(id);
        missed_.erase(id);
    }

    void compare() {
        for (const char* division : {"finance", "clerk"}) {
            const std::vector<TicketId> order = naive_.order(division);
            ASSERT_EQ(day_.waiting(division), order) << day_.lines.size() << " lines";
            for (std::size_t i = 0; i < order.size(); ++i)
                ASSERT_EQ(day_.queue.ahead_of(order[i]), i) << day_.lines.size() << " lines";
            const Ticket* next = day_.queue.next(division);
            ASSERT_EQ(next == nullptr ? 0 : next->id, order.empty() ? 0 : order.front());
        }
        const Balance balance = day_.queue.balance();
        ASSERT_EQ(balance.carried + balance.issued,
                  balance.served + balance.missed + balance.cancelled + balance.open);
        ASSERT_EQ(balance.missed, missed_.size());
        ASSERT_EQ(std::tie(balance.carried, balance.issued, balance.served, balance.cancelled),
                  std::tie(balance_.carried, balance_.issued, balance_.served, balance_.cancelled));
        agree_with_the_log();
        Queue again(ratio_);
        for (const ledger::Line& line : day_.lines) again.take(line);
        ASSERT_EQ(again, day_.queue) << "read again after " << day_.lines.size() << " lines";
        ASSERT_EQ(read_from_the_oldest_carried(), day_.queue) << day_.lines.size() << " lines";
    }
    // As a kiosk does when it starts.
    Queue read_from_the_oldest_carried() const {
        std::size_t from = day_.lines.size();
        while (from > 0 && !std::holds_alternative<ledger::DayClosed>(day_.lines[from - 1].happening)) --from;
        const std::size_t close = from == 0 ? 0 : from - 1;
        from = close;
        for (std::size_t i = close; i-- > 0;) {
            if (std::holds_alternative<ledger::DayClosed>(day_.lines[i].happening)) break;
            const auto* carried = std::get_if<ledger::TicketCarried>(&day_.lines[i].happening);
            if (carried != nullptr) from = std::min<std::size_t>(from, carried->ticket);
        }
        Queue queue(ratio_);
        for (std::size_t i = from; i < day_.lines.size(); ++i) queue.take(day_.lines[i]);
        return queue;
    }
    // The log knows where each ticket is, too.
    void agree_with_the_log() {
        const auto& theirs = day_.state.open_tickets.all();
        const auto& ours = day_.queue.tickets();
        ASSERT_EQ(ours.size(), theirs.size());
        for (const auto& [id, ticket] : ours) {
            const auto& known = theirs.at(id);
            ASSERT_EQ(ticket.standing, known.standing);
            ASSERT_EQ(ticket.counter, known.counter);
            ASSERT_EQ(static_cast<int>(ticket.then.size()), known.left);
        }
    }

    std::mt19937_64 chance_;
    Ratio ratio_;
    QueueDay day_;
    NaiveQueue naive_;
    int date_ = QueueDay::kDay;
    std::map<TicketId, NaiveTicket> away_;  // not waiting
    std::map<TicketId, std::vector<std::string>> then_;
    std::set<TicketId> missed_;
    std::vector<NaiveTicket> carried_;
    Balance balance_;
};

TEST(QueueModel, AgreesWithANaiveQueueAfterEveryOrder) {
    constexpr std::uint64_t kDays = 60;
    for (std::uint64_t seed = 1; seed <= kDays && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        Model(seed).play(200);
    }
}

}  // namespace
}  // namespace sala::queue
