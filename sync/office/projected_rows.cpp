#include "sync/office/projected_rows.h"

#include <fmt/format.h>

#include <algorithm>

namespace sala::office {

std::string ticket_row(std::int64_t day, std::string_view division, std::string_view service,
                       std::string_view number) {
    return fmt::format("ticket {} {} {} {}", day, division, service, number);
}

std::string served_row(std::uint64_t ticket, std::string_view by) {
    return fmt::format("ticket_served {} {}", ticket, by);
}

std::string envelope_row(std::string_view page, std::string_view ballot_class, std::string_view place,
                         std::int64_t day_first, std::int64_t day_last, std::int64_t k, std::uint64_t n) {
    return fmt::format("envelope {} {} {} {} {} {} {}", page, ballot_class, place, day_first, day_last, k, n);
}

std::string count_row(std::string_view item, std::uint64_t value, std::uint64_t n) {
    return fmt::format("envelope_count {} {} {}", item, value, n);
}

std::vector<ProjectedRow> rows_of(const audit::Facts& facts) {
    std::vector<ProjectedRow> rows;
    for (const audit::TicketFact& ticket : facts.tickets)
        rows.push_back({ticket.seq, ticket_row(ticket.day, ticket.division, ticket.service, ticket.number)});
    for (const audit::ServedFact& served : facts.served)
        rows.push_back({served.seq, served_row(served.ticket, served.by)});
    for (const audit::EnvelopeFact& envelope : facts.envelopes) {
        const ledger::Sealed& sealed = envelope.sealed;
        rows.push_back(
            {envelope.seq, envelope_row(sealed.page, sealed.ballot_class, sealed.place, sealed.days.front(),
                                        sealed.days.back(), sealed.k, sealed.n)});
        for (const ledger::ItemCounts& item : sealed.items) {
            for (std::size_t value = 0; value < item.counts.size(); ++value)
                rows.push_back({envelope.seq, count_row(item.item, value, item.counts[value])});
        }
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

}  // namespace sala::office
