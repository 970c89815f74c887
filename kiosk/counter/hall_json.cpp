#include "kiosk/counter/hall_json.h"

#include <algorithm>

#include "kiosk/counter/json_text.h"
#include "kiosk/queue/board.h"
#include "kiosk/queue/reasons.h"

namespace sala::kiosk {
namespace {

using queue::Hall;
using queue::Moment;
using queue::Standing;
using queue::Ticket;

void add_reasons(JsonText& json, std::string_view kind, std::span<const queue::Reason> reasons) {
    json.key(kind).open('[');
    for (const queue::Reason& reason : reasons) {
        json.open('{').key("id").text(reason.id).key("name").phrase(reason.thai, reason.english).close('}');
    }
    json.close(']');
}

void add_division(JsonText& json, const record::Division& division) {
    json.open('{').key("id").text(division.id).key("name").phrase(division.name);
    json.key("prefix").text(std::string(1, division.prefix)).key("services").open('[');
    for (const record::Service& service : division.services) {
        json.open('{').key("id").text(service.id).key("name").phrase(service.name).key("standard");
        json.number(service.standard_minutes ? std::optional<std::int64_t>(*service.standard_minutes)
                                             : std::nullopt);
        json.close('}');
    }
    json.close(']').close('}');
}

void add_ticket(JsonText& json, const Ticket& ticket, const Moment& now) {
    json.open('{').key("id").number(static_cast<std::int64_t>(ticket.id)).key("number").text(ticket.number);
    json.key("division").text(ticket.service.division).key("service").text(ticket.service.service);
    json.key("then").number(static_cast<std::int64_t>(ticket.then.size()));
    json.key("priority").yes(ticket.priority).key("carried").yes(ticket.carried);
    json.key("paper").yes(ticket.on_paper).key("calls").number(std::int64_t{ticket.calls});
    json.key("delay").text(ticket.delay);
    json.key("issued_ms").number(elapsed_ms(ticket.issued, now));
    json.key("since_ms").number(elapsed_ms(ticket.since, now)).close('}');
}

void add_standing(JsonText& json, std::string_view name, Standing standing, const std::string& division,
                  const Hall& hall, const Moment& now) {
    std::size_t rows = 0;
    json.key(name).open('[');
    for (const auto& [id, ticket] : hall.queue().tickets()) {
        if (ticket.standing != standing || ticket.service.division != division) continue;
        if (++rows > kRowsMax) break;
        add_ticket(json, ticket, now);
    }
    json.close(']');
}

// REQUIRES: the call's counter is one of the office's.
void add_call(JsonText& json, const queue::Call& call, const record::Office& office, const Voice& voice,
              const Moment& now) {
    const auto counter = std::ranges::find(office.counters, call.counter, &record::Counter::id);
    const Saying saying = saying_of(call.number, *counter);
    json.open('{').key("seq").number(static_cast<std::int64_t>(call.seq)).key("number").text(call.number);
    json.key("counter").text(call.counter).key("division").text(call.division);
    json.key("again").yes(call.again).key("words").text(saying.text);
    json.key("voice").yes(voice.can_say(saying)).key("age_ms").number(elapsed_ms(call.at, now)).close('}');
}

}  // namespace

std::string office_json(const record::Office& office, const queue::Ratio& ratio) {
    JsonText json;
    json.open('{').key("name").phrase(office.name).key("initials").text(office.initials);
    json.key("ratio").open('[').number(std::int64_t{ratio.priority}).number(std::int64_t{ratio.ordinary});
    json.close(']').key("divisions").open('[');
    for (const record::Division& division : office.divisions) add_division(json, division);
    json.close(']').key("counters").open('[');
    for (const record::Counter& counter : office.counters) {
        json.open('{').key("id").text(counter.id).key("name").phrase(counter.name);
        json.key("division").text(counter.division).close('}');
    }
    json.close(']').key("reasons").open('{');
    add_reasons(json, "choose", queue::reasons_to_choose());
    add_reasons(json, "park", queue::reasons_to_park());
    add_reasons(json, "transfer", queue::reasons_to_transfer());
    add_reasons(json, "cancel", queue::reasons_to_cancel());
    add_reasons(json, "delay", queue::reasons_of_delay());
    return json.close('}').close('}').take();
}

std::string board_json(const record::Office& office, const Voice& voice, const Hall& hall,
                       const Moment& now) {
    const queue::Board board = board_of(office, hall);
    JsonText json;
    json.open('{').key("day").number(std::int64_t{hall.day()}).key("now").open('[');
    for (const queue::Board::Serving& serving : board.now) {
        json.open('{').key("counter").text(serving.counter).key("number").text(serving.number);
        json.key("delay").text(serving.delay).close('}');
    }
    json.close(']').key("calls").open('[');
    for (const queue::Call& call : board.calls) add_call(json, call, office, voice, now);
    json.close(']').key("waiting").open('[');
    for (const queue::Board::Waiting& series : board.waiting) {
        json.open('{').key("division").text(series.division).key("count");
        json.number(static_cast<std::int64_t>(series.count)).close('}');
    }
    return json.close(']').close('}').take();
}

std::string counter_json(const record::Counter& counter, const record::Office& office, const Hall& hall,
                         const Moment& now) {
    const std::vector<const Ticket*> waiting = hall.queue().waiting(counter.division, kRowsMax);
    JsonText json;
    json.open('{').key("day").number(std::int64_t{hall.day()}).key("counter").text(counter.id).key("with");
    const Ticket* present = hall.queue().with(counter.id);
    present != nullptr ? add_ticket(json, *present, now) : static_cast<void>(json.raw("null"));
    json.key("waiting_count").number(static_cast<std::int64_t>(hall.queue().waiting_count(counter.division)));
    json.key("waiting").open('[');
    for (const Ticket* ticket : waiting) add_ticket(json, *ticket, now);
    json.close(']');
    add_standing(json, "missed", Standing::kMissed, counter.division, hall, now);
    add_standing(json, "parked", Standing::kParked, counter.division, hall, now);
    json.key("others").open('[');
    for (const record::Counter& other : office.counters) {
        const Ticket* ticket = hall.queue().with(other.id);
        if (other.division != counter.division || other.id == counter.id || ticket == nullptr) continue;
        json.open('{').key("counter").text(other.id).key("number").text(ticket->number).close('}');
    }
    return json.close(']').close('}').take();
}

std::string error_json(const Error& error) {
    return JsonText()
        .open('{')
        .key("code")
        .text(error.code)
        .key("th")
        .text(error.thai)
        .key("en")
        .text(error.english)
        .close('}')
        .take();
}

}  // namespace sala::kiosk
