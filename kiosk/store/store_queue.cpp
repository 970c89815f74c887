// Tickets and orders: what the queue's rules allow, written as lines of the journal.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <set>

#include "kiosk/store/hall_reader.h"
#include "kiosk/store/store.h"

namespace sala::kiosk {
namespace {

struct Numbers {
    int first = 1;
    int last = Store::kTicketsADayMax;
};

Numbers numbers_of(const record::QueueSettings& queue) {
    if (!queue.kiosk) return {};
    return {*queue.kiosk * 1000 + 1, *queue.kiosk * 1000 + 999};
}

// Ids of the tickets at the printer, with a space between: more than its queue takes are never there.
constexpr const char* kAtPrinter = "at_printer";
constexpr std::size_t kAtPrinterMax = 64;

std::vector<queue::TicketId> ids_of(std::string_view text) {
    std::vector<queue::TicketId> ids;
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at < end; ++at) {
        queue::TicketId id = 0;
        const auto [behind, error] = std::from_chars(at, end, id);
        if (error != std::errc()) break;
        ids.push_back(id);
        at = behind;
    }
    return ids;
}

queue::AtClose rule_of(const record::Office& office) {
    switch (office.close_rule()) {
        case record::QueueClose::kCarried:
            return queue::AtClose::kCarried;
        case record::QueueClose::kEnded:
            return queue::AtClose::kEnded;
        case record::QueueClose::kServed:
            break;
    }
    return queue::AtClose::kServed;
}

Error no_service(const std::string& division, const std::string& service) {
    return {"TICKET-NO-SERVICE", "ออกบัตรคิวไม่ได้เพราะไม่มีบริการนี้ โปรดเลือกใหม่",
            fmt::format("could not issue a ticket: there is no service {}/{}", division, service)};
}

// No ticket line tells by its hash what stands in it, once it is erased.
Result<void> append_salted(Draft& draft, queue::Lines lines) {
    for (ledger::Happening& happening : lines) {
        std::visit(
            [](auto& line) {
                if constexpr (requires { line.salt; }) line.salt = crypto::random_array<16>();
            },
            happening);
        if (auto seq = draft.append(std::move(happening)); !seq) return seq.error();
    }
    return {};
}

}  // namespace

queue::Ratio ratio_of(const record::Office& office) {
    return {office.queue.priority_turns, office.queue.ordinary_turns};
}

queue::Hall Store::hall_in(const Draft& draft) const {
    queue::Hall hall = *hall_;
    for (const ledger::Line& line : draft.lines()) hall.take(line);
    return hall;
}

// Who was carried over a close has the number still, and came before all others.
std::set<std::string> Store::kept_numbers(const Draft& draft) const {
    std::set<std::string> kept;
    const auto note = [&](const queue::Queue& queue) {
        for (const auto& [id, ticket] : queue.tickets()) {
            if (ticket.carried == 0) break;
            if (draft.state().open_tickets.contains(id)) kept.insert(ticket.number);
        }
    };
    draft.lines().empty() ? note(hall_->queue()) : note(hall_in(draft).queue());
    return kept;
}

Result<int> Store::next_number(const Draft& draft, const record::Division& division) {
    const auto [first, last] = numbers_of(office_->queue);
    auto count = database_.prepare(
        "SELECT MAX(count) FROM ticket WHERE day = ? AND division = ? AND count >= ? AND "
        "count <= ?");
    if (!count) return count.error();
    count->bind(std::int64_t{draft.state().open_day}).bind(division.id);
    const Result<bool> row = count->bind(std::int64_t{first}).bind(std::int64_t{last}).step();
    if (!row) return row.error();
    int number = std::max(first, static_cast<int>(count->integer(0)) + 1);
    const std::set<std::string> kept = kept_numbers(draft);
    while (number <= last && kept.contains(ticket_number(division.prefix, number))) ++number;
    if (number <= last) return number;
    return Error{"TICKET-USED-UP", "บัตรคิวของกองนี้หมดสำหรับวันนี้แล้ว โปรดติดต่อเจ้าหน้าที่",
                 "today's tickets of this division are used up; ask an officer"};
}

Result<void> Store::write_ticket(Draft& draft, const TicketWish& wish, TicketReceipt& ticket) {
    if (Result<void> opened = open_day(draft); !opened) return opened;
    const record::Division& division = *office_->division(wish.division);
    const Result<int> number = next_number(draft, division);
    if (!number) return number.error();
    ticket.number = ticket_number(division.prefix, *number);
    std::optional<ledger::Route> route;
    if (wish.priority || !wish.then.empty()) {
        route.emplace();
        if (wish.priority) route->lane = "priority";
        for (const queue::ServiceRef& then : wish.then)
            route->then.push_back("/" + then.division + "/" + then.service);
    }
    const int day = draft.state().open_day;
    const Result<std::uint64_t> line = draft.append(ledger::TicketIssued{
        crypto::random_array<16>(), day, wish.division, wish.service, ticket.number, std::move(route)});
    if (!line) return line.error();
    ticket.id = *line;
    auto insert = database_.prepare("INSERT INTO ticket(seq, day, division, count) VALUES(?, ?, ?, ?)");
    if (!insert) return insert.error();
    return insert->bind(static_cast<std::int64_t>(*line))
        .bind(std::int64_t{day})
        .bind(wish.division)
        .bind(std::int64_t{*number})
        .run();
}

// Of a retry the ticket that it was given.
Result<void> Store::find_ticket(const TicketWish& wish, TicketReceipt& ticket) {
    auto count = database_.prepare("SELECT count FROM ticket WHERE seq = ?");
    if (!count) return count.error();
    const Result<bool> row = count->bind(static_cast<std::int64_t>(ticket.id)).step();
    if (!row) return row.error();
    if (!*row) return no_service(wish.division, wish.service);
    ticket.number =
        ticket_number(office_->division(wish.division)->prefix, static_cast<int>(count->integer(0)));
    return {};
}

Result<TicketReceipt> Store::issue_ticket(const VisitToken& token, const TicketWish& wish) {
    std::vector<queue::ServiceRef> all = {{wish.division, wish.service}};
    all.insert(all.end(), wish.then.begin(), wish.then.end());
    if (all.size() > kServicesOnTicketMax) all.resize(kServicesOnTicketMax + 1);
    for (const queue::ServiceRef& one : all) {
        if (office_->service(one.division, one.service) == nullptr || all.size() > kServicesOnTicketMax)
            return no_service(one.division, one.service);
    }
    TicketReceipt ticket;
    const Result<void> issued = change([&](Draft& draft) -> Result<void> {
        const Result<bool> done = already_done(token, ticket.id);
        if (!done) return done.error();
        if (*done) return find_ticket(wish, ticket);
        if (Result<void> written = write_ticket(draft, wish, ticket); !written) return written;
        if (wish.to_printer) {
            if (Result<void> sent = set_at_printer(ticket.id, true); !sent) return sent;
        }
        return remember_visit(token, ticket.id);
    });
    if (!issued) return issued.error();
    ticket.receipt = receipt();
    tell_place(wish.division, ticket);
    return ticket;
}

void Store::tell_place(const std::string& division, TicketReceipt& ticket) const {
    ticket.ahead = hall_->queue().ahead_of(ticket.id);
    if (!ticket.ahead) return;
    const auto earlier = earlier_.find(division);
    ticket.wait = queue::expected_wait(
        hall_->times().of(division),
        earlier == earlier_.end() ? std::span<const std::int64_t>() : earlier->second, *ticket.ahead);
}

Result<void> Store::order(const queue::Order& order) {
    return change([&](Draft& draft) -> Result<void> {
        if (Result<void> opened = open_day(draft); !opened) return opened;
        Result<queue::Lines> lines = draft.lines().empty()
                                         ? order(hall_->queue(), draft.state().open_day)
                                         : order(hall_in(draft).queue(), draft.state().open_day);
        if (!lines) return lines.error();
        return append_salted(draft, *std::move(lines));
    });
}

Result<void> Store::set_at_printer(queue::TicketId ticket, bool there) {
    Result<std::string> text = read_setting(database_, kAtPrinter);
    if (!text) return text.error();
    std::vector<queue::TicketId> ids = ids_of(*text);
    std::erase(ids, ticket);
    if (there) ids.push_back(ticket);
    if (ids.size() > kAtPrinterMax) ids.erase(ids.begin());
    std::string now = fmt::format("{}", fmt::join(ids, " "));
    return now == *text ? Result<void>() : write_setting(database_, kAtPrinter, now);
}

Result<void> Store::note_paper(queue::TicketId ticket, const std::string& why) {
    return change([&](Draft& draft) -> Result<void> {
        if (Result<void> noted = set_at_printer(ticket, false); !noted) return noted;
        // Served or cancelled meanwhile: then nobody needs the paper.
        const bool open = draft.state().open_day != 0 && draft.state().open_tickets.contains(ticket);
        if (why.empty() || !open) return {};
        return append_salted(draft, {ledger::PrintFailed{{}, ticket, why}});
    });
}

// What was at the printer when the power failed may be on paper or not: an officer is to look.
Result<void> Store::doubt_papers(Draft& draft) {
    const Result<std::string> text = read_setting(database_, kAtPrinter);
    if (!text) return text.error();
    if (text->empty()) return {};
    queue::Lines lines;
    for (const queue::TicketId id : ids_of(*text)) {
        const bool open = draft.state().open_day != 0 && draft.state().open_tickets.contains(id);
        if (open) lines.push_back(ledger::PrintFailed{{}, id, "failed"});
    }
    if (Result<void> written = append_salted(draft, std::move(lines)); !written) return written;
    return write_setting(database_, kAtPrinter, "");
}

Result<TicketCopy> Store::note_reprinted(queue::TicketId id) {
    const Result<void> noted = change([&](Draft& draft) -> Result<void> {
        if (Result<void> opened = open_day(draft); !opened) return opened;
        if (!draft.state().open_tickets.contains(id)) {
            return Error{"TICKET-GONE", "บัตรคิวนี้รับบริการหรือยกเลิกไปแล้ว จึงไม่ต้องพิมพ์อีก",
                         "this ticket was served or cancelled meanwhile; it needs no paper any more"};
        }
        if (Result<void> sent = set_at_printer(id, true); !sent) return sent;
        return append_salted(draft, {ledger::TicketReprinted{{}, id}});
    });
    if (!noted) return noted.error();
    const queue::Ticket& found = *hall_->queue().find(id);
    TicketCopy copy{{id, found.number, receipt(), {}, {}}, {found.service}, found.priority, {}};
    copy.services.insert(copy.services.end(), found.then.begin(), found.then.end());
    if (found.issued.clock_trusted) copy.taken_utc_ms = found.issued.utc_ms;
    tell_place(found.service.division, copy.ticket);
    return copy;
}

Result<void> Store::end_tickets(Draft& draft, DayClose& close, std::optional<queue::AtClose> rule) {
    queue::Lines lines = queue::close(hall_in(draft).queue(), rule.value_or(rule_of(*office_)));
    for (const ledger::Happening& line : lines) {
        close.tickets_served_at_close += std::holds_alternative<ledger::TicketServed>(line) ? 1 : 0;
        close.tickets_cancelled_at_close += std::holds_alternative<ledger::TicketCancelled>(line) ? 1 : 0;
        close.tickets_carried += std::holds_alternative<ledger::TicketCarried>(line) ? 1 : 0;
    }
    return append_salted(draft, std::move(lines));
}

Result<void> Store::end_carried() {
    if (position_.state.open_day != 0 || position_.state.open_tickets.empty()) return {};
    return change([&](Draft& draft) -> Result<void> {
        if (Result<void> opened = open_day(draft); !opened) return opened;
        const Result<DayClose> closed = close_day_in(draft, queue::AtClose::kEnded);
        return closed ? Result<void>() : closed.error();
    });
}

void Store::look_back() {
    const int today = record::yyyymmdd(local_date());
    if (looked_back_ == today) return;
    looked_back_ = today;
    // Nothing is lost where it cannot be read: a wait is told from today's calls alone.
    if (auto times = earlier_call_times(database_, *office_, local_date())) earlier_ = *std::move(times);
}

}  // namespace sala::kiosk
