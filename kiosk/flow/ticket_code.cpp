#include "kiosk/flow/ticket_code.h"

#include <fmt/format.h>

namespace sala::kiosk {

std::string spaced_letters(const std::string& root_letters) {
    std::string letters;
    for (std::size_t i = 0; i < root_letters.size(); ++i) {
        if (i > 0 && i % 4 == 0) letters += ' ';
        letters += root_letters[i];
    }
    return letters;
}

std::string ticket_code(const record::Office& office, const IssuedTicket& ticket) {
    if (!office.queue.follow.empty()) return office.queue.follow + "#" + ticket.number;
    return fmt::format("# {} {}\nProof {} {}", office.domain, ticket.number, ticket.head.tree_size,
                       spaced_letters(ticket.head.root_letters));
}

}  // namespace sala::kiosk
