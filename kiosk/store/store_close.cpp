// The day's close: what is sealed, what waits and is bound, and the line that says so.
#include "kiosk/store/month.h"
#include "kiosk/store/store.h"
#include "kiosk/store/tally_table.h"
#include "sync/ledger/opening.h"

namespace sala::kiosk {

Result<int> Store::seal_tallies(Draft& draft, const std::vector<ledger::Tally>& tallies,
                                std::vector<ledger::Tally> others) {
    const ledger::DayOpened& rules = draft.state().rules;
    const ledger::Sealing sealing = ledger::seal(tallies, rules.k, rules.k_counter);
    for (const ledger::Sealed& envelope : sealing.envelopes) {
        if (auto seq = draft.append(envelope); !seq) return seq.error();
    }
    std::ranges::copy(sealing.waiting, std::back_inserter(others));
    if (Result<void> kept = empty_cells(database_, ledger::merged(others)); !kept) return kept.error();
    return static_cast<int>(sealing.envelopes.size());
}

Result<void> Store::bind_tallies(Draft& draft, const std::vector<ledger::Tally>& tallies) {
    const ledger::LogState& state = draft.state();
    if (!state.rules.auditor) return {};
    const auto bound =
        ledger::bind_opening({state.start.origin, state.open_day, tallies}, *state.rules.auditor);
    if (!bound) {
        return Error{"AUDIT-KEY-BAD", "กุญแจของผู้ตรวจสอบใช้ไม่ได้ โปรดแก้ไฟล์ตั้งค่า",
                     "nothing can be sealed to the auditor's key; correct the configuration"};
    }
    const auto seq = draft.append(ledger::Bound{state.open_day, bound->commitment});
    if (!seq) return seq.error();
    auto keep = database_.prepare("INSERT INTO attachment(seq, kind, commitment, sealed) VALUES(?, ?, ?, ?)");
    if (!keep) return keep.error();
    keep->bind(static_cast<std::int64_t>(*seq)).bind(std::string_view("opening"));
    return keep->bind(ByteView(bound->commitment)).bind(ByteView(bound->sealed)).run();
}

Result<DayClose> Store::close_day_in(Draft& draft, std::optional<queue::AtClose> rule) {
    const ledger::DayOpened rules = draft.state().rules;
    DayClose close;
    close.day = draft.state().open_day;
    if (Result<void> ended = end_tickets(draft, close, rule); !ended) return ended.error();

    auto tallies = read_tallies(database_, close.day, rules.k);
    if (!tallies) return tallies.error();
    const std::optional<record::Date> date = record::date_of(close.day);
    if (!rules.auditor || !date || closes_its_month(*date, office_->hours)) {
        const Result<int> envelopes = seal_tallies(draft, *tallies);
        if (!envelopes) return envelopes.error();
        close.envelopes = *envelopes;
        tallies = read_tallies(database_, close.day, rules.k);
        if (!tallies) return tallies.error();
    } else if (Result<void> kept = empty_cells(database_, *tallies); !kept) {
        return kept.error();
    }
    if (Result<void> bound = bind_tallies(draft, *tallies); !bound) return bound.error();
    close.waiting = draft.state().waiting_total();

    auto shown = database_.prepare("SELECT eit_shown FROM counter");
    if (!shown) return shown.error();
    if (const Result<bool> row = shown->step(); !row) return row.error();
    const auto eit_shown = static_cast<std::uint64_t>(shown->integer(0));
    const auto closed = draft.append(ledger::DayClosed{
        close.day, draft.state().kind_counts(), draft.state().waiting_counts(), eit_shown, {}});
    if (!closed) return closed.error();
    if (Result<void> zero = database_.execute("UPDATE counter SET eit_shown = 0"); !zero) return zero.error();
    if (Result<void> signed_root = draft.checkpoint(key_); !signed_root) return signed_root.error();
    log_due_ = true;
    return close;
}

Result<std::optional<DayClose>> Store::close_day() {
    std::optional<DayClose> close;
    if (position_.state.open_day == 0) return close;
    const Result<void> closed = change([&](Draft& draft) -> Result<void> {
        Result<DayClose> done = close_day_in(draft);
        if (!done) return done.error();
        close = *done;
        return {};
    });
    if (!closed) return closed.error();
    return close;
}

}  // namespace sala::kiosk
