#include "kiosk/app/effects.h"

#include "kiosk/app/officer_view.h"
#include "kiosk/store/officer_lines.h"
#include "platform/base/overload.h"

namespace sala::kiosk {
namespace {

ShortHead head_of(const Receipt& receipt) { return {receipt.tree_size, receipt.root_letters}; }

IssuedTicket issued(const TicketReceipt& ticket) {
    IssuedTicket told{ticket.id, ticket.number, ticket.ahead, {}, head_of(ticket.receipt)};
    if (ticket.wait) told.wait_minutes = {ticket.wait->from_minutes, ticket.wait->to_minutes};
    return told;
}

class Run {
  public:
    Run(Store& store, const VisitToken& token) : store_(store), token_(token) {}

    Result<Event> operator()(const StoreRating& rating) {
        RatedAt at;
        if (rating.just_served)
            at = {"/" + rating.just_served->division + "/" + rating.just_served->service, true};
        const Result<Receipt> receipt = store_.store_rating(token_, rating.score, at);
        if (!receipt) return receipt.error();
        return Event(RatingStored{head_of(*receipt)});
    }
    Result<Event> operator()(const IssueTicket& wanted) {
        if (wanted.errands.empty()) return Error{"EFFECT-MISPLACED", "", "a ticket for nothing"};
        TicketWish wish{wanted.errands[0].division, wanted.errands[0].service, wanted.priority, {}};
        wish.to_printer = store_.office().printer.has_value();
        for (std::size_t i = 1; i < wanted.errands.size(); ++i)
            wish.then.push_back({wanted.errands[i].division, wanted.errands[i].service});
        const Result<TicketReceipt> ticket = store_.issue_ticket(token_, wish);
        if (!ticket) return ticket.error();
        return Event(TicketIssued{issued(*ticket)});
    }
    Result<Event> operator()(const NoteReprint& note) {
        const Result<TicketCopy> copy = store_.note_reprinted(note.ticket);
        if (!copy) return copy.error();
        ReprintNoted noted{{}, copy->priority, issued(copy->ticket)};
        for (const queue::ServiceRef& service : copy->services)
            noted.errands.push_back({service.division, service.service});
        noted.ticket.taken_utc_ms = copy->taken_utc_ms;
        return Event(std::move(noted));
    }
    Result<Event> operator()(const NotePaper& note) {
        const Result<void> noted = store_.note_paper(note.ticket, note.why);
        if (!noted) return noted.error();
        return Event(PaperNoted{});
    }
    Result<Event> operator()(const NoteEitShown&) {
        const Result<void> noted = store_.note_eit_shown();
        if (!noted) return noted.error();
        return Event(EitShownNoted{});
    }
    Result<Event> operator()(const CheckPin& check) {
        const Result<PinAnswer> answer = store_.pin().check(store_.database(), check.digits);
        if (!answer) return answer.error();
        if (answer->kind == PinAnswer::Kind::kRight) {
            const Result<void> noted = note_entered(store_);
            return noted ? Result<Event>(PinAccepted{}) : noted.error();
        }
        return Event(PinRefused{pin_refusal(*answer)});
    }
    Result<Event> operator()(const SavePin& save) {
        const Result<void> saved = replace_pin(store_, save.digits);
        if (saved) return Event(PinSaved{});
        const std::string& code = saved.error().code;
        if (code != "PIN-WEAK" && code != "PIN-FORM") return saved.error();
        return Event(PinRefused{PinRefusal{.why = PinRefusal::Why::kWeak}});
    }
    Result<Event> operator()(const ReadFigures&) {
        const Result<DayFigures> figures = read_day_figures(store_);
        if (!figures) return figures.error();
        return Event(FiguresRead{officer_figures(*figures)});
    }
    Result<Event> operator()(const CloseDay&) {
        const Result<std::optional<DayClose>> closed = store_.close_day();
        if (!closed) return closed.error();
        DayWasClosed event{closed->has_value(), {}};
        if (const Result<DayFigures> figures = read_day_figures(store_))
            event.figures = officer_figures(*figures);
        return Event(std::move(event));
    }
    Result<Event> operator()(const auto&) {
        assert(false);
        return Error{"EFFECT-MISPLACED", "", "this effect is the officer desk's"};
    }

  private:
    Store& store_;
    const VisitToken& token_;
};

}  // namespace

bool is_fault(const Error& error) {
    return error.code.starts_with("DB-") || error.code.starts_with("STORE-") || error.code == "LOG-RULE";
}

bool is_visitors_act(const Effect& effect) {
    return std::visit(
        Overload{[](const StoreRating&) { return true; }, [](const IssueTicket&) { return true; },
                 [](const NoteEitShown&) { return true; }, [](const NotePaper&) { return true; },
                 [](const auto&) { return false; }},
        effect);
}

Event failed_event(const Effect& effect, const Error& reason) {
    return std::visit(
        Overload{
            [&](const StoreRating&) -> Event { return SaveFailed{reason}; },
            [&](const IssueTicket&) -> Event { return SaveFailed{reason}; },
            [&](const NoteEitShown&) -> Event { return StoreFailed{reason}; },
            [&](const NotePaper&) -> Event { return StoreFailed{reason}; },
            [&](const CheckPin&) -> Event {
                return PinRefused{PinRefusal{.why = PinRefusal::Why::kFailed, .reason = reason}};
            },
            [&](const WriteStick&) -> Event { return StickFailed{reason}; },
            [&](const SendLines&) -> Event { return SendFailed{reason}; },
            [&](const auto&) -> Event { return OfficerFailed{reason}; },
        },
        effect);
}

EffectDone run_effect(Store& store, const Effect& effect, const VisitToken& token) {
    Result<Event> done = std::visit(Run(store, token), effect);
    const bool visitors = is_visitors_act(effect);
    if (done) {
        const bool wrote = visitors || std::holds_alternative<PinSaved>(*done);
        return {*std::move(done), {}, wrote};
    }
    EffectDone failed{failed_event(effect, done.error()), {}, false};
    if (visitors || is_fault(done.error())) failed.failure = done.error();
    return failed;
}

}  // namespace sala::kiosk
