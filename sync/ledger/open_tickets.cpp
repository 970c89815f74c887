#include "sync/ledger/open_tickets.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <string_view>

namespace sala::ledger {
namespace {

constexpr std::size_t kOpenTicketsMax = 100'000;
constexpr std::size_t kFirstQueueKind = 15;
static_assert(std::is_same_v<std::variant_alternative_t<kFirstQueueKind, Happening>, WalkIn>);

bool stands(const OpenTickets::Ticket* ticket, Standing standing) {
    return ticket != nullptr && ticket->standing == standing;
}

}  // namespace

// Each rule says what is wrong, or nothing.
class OpenTickets::Rules {
  public:
    explicit Rules(const OpenTickets& open) : open_(open) {}

    const char* operator()(const TicketIssued&) const { return one_more(); }
    const char* operator()(const WalkIn& line) const {
        const char* full = one_more();
        return full != nullptr ? full : free_counter(line.counter);
    }
    const char* operator()(const TicketServed& line) const {
        if (line.counter) {
            const char* elsewhere = with_counter(line);
            if (elsewhere != nullptr) return elsewhere;
            return find(line.ticket)->left == 0 ? nullptr
                                                : "a ticket was served while a service of it is left";
        }
        return is_open(line.ticket, "a ticket was served that is not open");
    }
    const char* operator()(const TicketCalled& line) const {
        const Standing from = line.how == "parked" ? Standing::kParked : Standing::kWaiting;
        if (!stands(find(line.ticket), from)) return "a ticket was called that did not wait";
        return free_counter(line.counter);
    }
    const char* operator()(const TicketRecalled& line) const { return with_counter(line); }
    const char* operator()(const TicketMissed& line) const { return with_counter(line); }
    const char* operator()(const TicketParked& line) const { return with_counter(line); }
    const char* operator()(const TicketDelayed& line) const { return with_counter(line); }
    const char* operator()(const ServiceDone& line) const {
        const char* elsewhere = with_counter(line);
        if (elsewhere != nullptr) return elsewhere;
        return find(line.ticket)->left > 0 ? nullptr : "a ticket has no further service";
    }
    const char* operator()(const TicketReturned& line) const {
        return stands(find(line.ticket), Standing::kMissed) ? nullptr
                                                            : "a ticket came back that was not missed";
    }
    const char* operator()(const TicketTransferred& line) const {
        const Ticket* ticket = find(line.ticket);
        if (stands(ticket, Standing::kMissed)) return "a ticket was transferred that was missed";
        return is_open(line.ticket, "a ticket was transferred that is not open");
    }
    const char* operator()(const TicketCancelled& line) const {
        return is_open(line.ticket, "a ticket was cancelled that is not open");
    }
    const char* operator()(const TicketCarried& line) const {
        if (stands(find(line.ticket), Standing::kMissed)) return "a ticket was carried that was missed";
        return is_open(line.ticket, "a ticket was carried that is not open");
    }
    const char* operator()(const PrintFailed& line) const {
        return is_open(line.ticket, "a ticket was not printed that is not open");
    }
    const char* operator()(const TicketReprinted& line) const {
        return is_open(line.ticket, "a ticket was printed again that is not open");
    }
    const char* operator()(const DayClosed&) const {
        const auto ends = [](const auto& entry) {
            return entry.second.standing == Standing::kCarried || entry.second.standing == Standing::kMissed;
        };
        const bool all = !open_.accounted_ || std::all_of(open_.tickets_.begin(), open_.tickets_.end(), ends);
        return all ? nullptr : "a ticket is left at the close without a word";
    }
    const char* operator()(const auto&) const { return nullptr; }

  private:
    const Ticket* find(std::uint64_t seq) const {
        const auto found = open_.tickets_.find(seq);
        return found == open_.tickets_.end() ? nullptr : &found->second;
    }
    // One that is carried waits for the next day: nothing happens to it before.
    const char* is_open(std::uint64_t seq, const char* otherwise) const {
        const Ticket* ticket = find(seq);
        return ticket != nullptr && ticket->standing != Standing::kCarried ? nullptr : otherwise;
    }
    const char* one_more() const {
        return open_.tickets_.size() < kOpenTicketsMax ? nullptr : "too many open tickets";
    }
    const char* free_counter(const std::string& counter) const {
        return open_.with_.contains(counter) ? "a counter has two tickets" : nullptr;
    }
    template <typename AtCounter>
    const char* with_counter(const AtCounter& line) const {
        const Ticket* ticket = find(line.ticket);
        const bool with = stands(ticket, Standing::kCalled) && ticket->counter == line.counter;
        return with ? nullptr : "a ticket is not with the counter that says so";
    }

    const OpenTickets& open_;
};

class OpenTickets::Take {
  public:
    Take(OpenTickets& open, std::uint64_t seq) : open_(open), seq_(seq) {}

    void operator()(const TicketIssued& line) {
        Ticket& ticket = open_.tickets_[seq_];
        if (line.route) ticket.left = static_cast<int>(line.route->then.size());
    }
    void operator()(const WalkIn& line) { move(seq_, Standing::kCalled, line.counter); }
    void operator()(const TicketServed& line) { end(line.ticket); }
    void operator()(const TicketCalled& line) { move(line.ticket, Standing::kCalled, line.counter); }
    void operator()(const TicketMissed& line) { move(line.ticket, Standing::kMissed); }
    void operator()(const TicketReturned& line) { move(line.ticket, Standing::kWaiting); }
    void operator()(const TicketParked& line) { move(line.ticket, Standing::kParked); }
    void operator()(const TicketTransferred& line) { move(line.ticket, Standing::kWaiting); }
    void operator()(const ServiceDone& line) {
        move(line.ticket, Standing::kWaiting);
        --open_.tickets_[line.ticket].left;
    }
    void operator()(const TicketCancelled& line) { end(line.ticket); }
    void operator()(const TicketCarried& line) { move(line.ticket, Standing::kCarried); }
    void operator()(const DayClosed&) {
        std::erase_if(open_.tickets_,
                      [](const auto& entry) { return entry.second.standing != Standing::kCarried; });
        for (auto& [seq, ticket] : open_.tickets_) ticket.standing = Standing::kWaiting;
        open_.with_.clear();
    }
    void operator()(const auto&) {}

  private:
    void move(std::uint64_t seq, Standing to, const std::string& counter = {}) {
        Ticket& ticket = open_.tickets_[seq];
        if (!ticket.counter.empty()) open_.with_.erase(ticket.counter);
        ticket.standing = to;
        ticket.counter = counter;
        if (!counter.empty()) open_.with_[counter] = seq;
    }
    void end(std::uint64_t seq) {
        move(seq, Standing::kWaiting);
        open_.tickets_.erase(seq);
    }

    OpenTickets& open_;
    std::uint64_t seq_;
};

std::optional<std::uint64_t> OpenTickets::with(const std::string& counter) const {
    const auto found = with_.find(counter);
    return found == with_.end() ? std::nullopt : std::optional(found->second);
}

const char* OpenTickets::broken(const Happening& happening) const {
    return std::visit(Rules(*this), happening);
}

void OpenTickets::take(std::uint64_t seq, const Happening& happening) {
    accounted_ = accounted_ || happening.index() >= kFirstQueueKind;
    std::visit(Take(*this, seq), happening);
}

void OpenTickets::save(std::string& out) const {
    for (const auto& [seq, ticket] : tickets_) {
        out += fmt::format(" {}", seq);
        if (ticket == Ticket{}) continue;
        out += fmt::format(":{}:{}:{}", static_cast<char>(ticket.standing), ticket.left, ticket.counter);
    }
}

// What it reads wrongly, save() writes otherwise: LogState::restore() compares.
bool OpenTickets::restore(std::istream& in, std::size_t count, bool accounted) {
    accounted_ = accounted;
    for (std::size_t i = 0; i < count && in; ++i) {
        std::string text, left;
        in >> text;
        std::istringstream parts(text);
        std::uint64_t seq = 0;
        parts >> seq;
        Ticket ticket;
        char colon = 0, standing = static_cast<char>(Standing::kWaiting);
        if (parts >> colon >> standing >> colon >> ticket.left >> colon) std::getline(parts, ticket.counter);
        if (std::string_view("wcpmx").find(standing) == std::string_view::npos) return false;
        ticket.standing = static_cast<Standing>(standing);
        if (!ticket.counter.empty()) with_[ticket.counter] = seq;
        tickets_[seq] = std::move(ticket);
    }
    return static_cast<bool>(in);
}

}  // namespace sala::ledger
