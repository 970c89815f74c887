#include "kiosk/app/ticket_printing.h"

#include <fmt/format.h>

#include <cstdio>

#include "kiosk/app/self_test.h"
#include "kiosk/flow/ticket_code.h"

namespace sala::kiosk {
namespace {

const record::Phrase kMissedRule{"หากเรียกแล้วไม่มา จะเรียกคิวถัดไปก่อน\nเมื่อกลับมาโปรดแจ้งเจ้าหน้าที่ ไม่ต้องรับบัตรใหม่",
                                 "If you miss the call, tell an officer. You keep your ticket"};

Event event_of(const PrintOutcome& outcome) {
    if (outcome.printed()) return TicketPrinted{outcome.ticket};
    if (outcome.error) fmt::print(stderr, "sala-kiosk: {}\n", outcome.error->line());
    return TicketNotPrinted{outcome.ticket, outcome.why};
}

record::Phrase service_names(const record::Office& office, const std::vector<Errand>& errands) {
    record::Phrase names;
    for (const Errand& errand : errands) {
        const record::Service* service = office.service(errand.division, errand.service);
        if (service == nullptr) continue;
        const char* between = names.thai.empty() ? "" : " • ";
        names.thai += between + service->name.thai;
        names.english += between + service->name.english;
    }
    return names;
}

}  // namespace

TicketPaper paper_of(const record::Office& office, const PrintTicket& ticket, record::LocalTime now) {
    TicketPaper paper;
    paper.office = office.name;
    const std::string& first = ticket.errands.empty() ? std::string() : ticket.errands[0].division;
    if (const record::Division* division = office.division(first)) paper.division = division->name;
    paper.service = service_names(office, ticket.errands);
    paper.number = ticket.ticket.number;
    paper.priority = ticket.priority;
    paper.taken = now;
    if (ticket.ticket.ahead) paper.ahead = static_cast<int>(*ticket.ticket.ahead);
    if (ticket.ticket.wait_minutes)
        paper.wait = MinutesToWait{ticket.ticket.wait_minutes->first, ticket.ticket.wait_minutes->second};
    paper.missed_rule = kMissedRule;
    paper.follow = ticket_code(office, ticket.ticket);
    const ShortHead& head = ticket.ticket.head;
    paper.head = fmt::format("หลักฐานการนับ {}\n{}", head.tree_size, spaced_letters(head.root_letters));
    return paper;
}

TicketPrinting::TicketPrinting(const record::Office& office, const Clock& clock,
                               const std::function<void(Event)>& post, std::string trusted_face)
    : office_(office), clock_(clock) {
    if (!office.printer) return;
    PrintingSettings settings;
    settings.width = office.printer->paper_mm == 58 ? PaperWidth::k58mm : PaperWidth::k80mm;
    settings.trusted_face = std::move(trusted_face);
    printing_ = std::make_unique<Printing>(
        make_printer(*office.printer), std::move(settings),
        Printing::Listener{[post](const PrintOutcome& outcome) { post(event_of(outcome)); },
                           [post](PrinterState state) { post(PrinterTested{test_printer(state)}); }});
}

void TicketPrinting::perform(const PrintTicket& ticket) {
    if (!printing_) return;
    const std::int64_t taken_utc_ms = ticket.ticket.taken_utc_ms.value_or(clock_.wall_ms());
    printing_->print({ticket.ticket.id, paper_of(office_, ticket, record::local_time(taken_utc_ms))});
}

void TicketPrinting::ask_state() {
    if (printing_) printing_->ask_state();
}

}  // namespace sala::kiosk
