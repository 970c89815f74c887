#include "kiosk/app/officer_view.h"

#include <algorithm>

namespace sala::kiosk {
namespace {

// "/division/service": what is between the slashes; a counter's envelope is shown under its service.
void read_place(const std::string& place, OfficerEnvelope& envelope) {
    const std::size_t division_end = place.find('/', 1);
    envelope.division = place.substr(1, division_end == std::string::npos ? division_end : division_end - 1);
    if (division_end == std::string::npos) return;
    const std::size_t service_end = place.find('/', division_end + 1);
    envelope.service = place.substr(
        division_end + 1, service_end == std::string::npos ? service_end : service_end - division_end - 1);
}

OfficerEnvelope officer_envelope(const ledger::Sealed& sealed) {
    OfficerEnvelope envelope;
    read_place(sealed.place, envelope);
    envelope.ballot_class = sealed.ballot_class;
    if (!sealed.days.empty()) {
        const auto [first, last] = std::ranges::minmax(sealed.days);
        envelope.first_day = record::date_of(first).value_or(record::Date{});
        envelope.last_day = record::date_of(last).value_or(record::Date{});
    }
    envelope.raters = sealed.n;
    if (!sealed.items.empty()) {
        const std::vector<std::uint64_t>& counts = sealed.items.front().counts;
        std::copy_n(counts.begin(), std::min(counts.size(), envelope.faces.size()), envelope.faces.begin());
    }
    return envelope;
}

}  // namespace

OfficerFigures officer_figures(const DayFigures& figures) {
    OfficerFigures out;
    out.day = record::date_of(figures.day);
    out.day_open = figures.day_open;
    for (const DivisionCount& count : figures.divisions) {
        out.divisions.push_back({count.division, count.tickets, count.served});
    }
    out.tickets = figures.tickets;
    for (const UnprintedTicket& each : figures.unprinted)
        out.unprinted.push_back({each.id, each.number, each.service.division, each.service.service});
    out.ratings_cast = figures.ratings_cast;
    out.ratings_waiting = figures.ratings_waiting;
    for (const ledger::Sealed& sealed : figures.envelopes) out.envelopes.push_back(officer_envelope(sealed));
    out.sealed = {figures.sealed.raw, figures.sealed.flagged};
    out.unsent_lines = figures.unsent_lines;
    out.unsent_since_ms = figures.unsent_since;
    out.checkpoint = figures.checkpoint;
    out.head = {figures.head.tree_size, figures.head.root_letters};
    out.device_code = figures.device_code;
    return out;
}

PinRefusal pin_refusal(const PinAnswer& answer) {
    PinRefusal refusal;
    if (answer.kind == PinAnswer::Kind::kNotSet) refusal.why = PinRefusal::Why::kNotSet;
    if (answer.kind == PinAnswer::Kind::kWait) refusal.why = PinRefusal::Why::kWait;
    refusal.tries_left = answer.tries_left;
    refusal.wait_ms = answer.wait_ms;
    return refusal;
}

StickReport stick_report(const Export& done) {
    return {done.to - done.from, done.cosigned_size, done.refused_notes};
}

StickStep stick_step(ExportStep step) {
    switch (step) {
        case ExportStep::kTakingNotes:
            return StickStep::kTakingNotes;
        case ExportStep::kWriting:
            return StickStep::kWriting;
        case ExportStep::kReadingBack:
            break;
    }
    return StickStep::kReadingBack;
}

}  // namespace sala::kiosk
