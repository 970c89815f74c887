// The kiosk's memory: every visitor's act in one durable transaction, the day's opening and close, and where
// it stands.
//
// What a function has answered is on disk (WAL, synchronous=FULL). The trap: a failed or lost answer is
// unknown, not undone; ask again with the same token and the act counts once. One thread, for all of it.
#pragma once

#include <filesystem>
#include <memory>
#include <set>

#include "kiosk/queue/orders.h"
#include "kiosk/store/data_folder.h"
#include "kiosk/store/hall_reader.h"
#include "kiosk/store/journal.h"
#include "kiosk/store/pin.h"
#include "platform/clock.h"
#include "sync/ledger/tally.h"
#include "sync/record/office.h"

namespace sala::kiosk {

// Made anew by the caller for each visitor's act; a retry of the same act brings the same one.
using VisitToken = std::array<std::uint8_t, 16>;

// Where a rating is given: at the front desk, or where a counter invited the visitor to it.
struct RatedAt {
    std::string place = "/";  // "/", "/division" or "/division/service" of the office's catalogue
    bool after_service = false;
};

// The size and root after an act: proof that something was counted, never what.
struct Receipt {
    std::uint64_t tree_size = 0;
    std::string root_letters;
};

inline constexpr std::size_t kServicesOnTicketMax = 4;  // of one visitor

// What somebody takes a ticket for: ids of the office's catalogue.
struct TicketWish {
    std::string division, service;
    bool priority = false;
    std::vector<queue::ServiceRef> then;  // further services, in their order
    bool to_printer = false;              // until note_paper() it is in doubt whether there is a paper
};

struct TicketReceipt {
    queue::TicketId id = 0;
    std::string number;  // "B007"
    Receipt receipt;
    std::optional<std::size_t> ahead;      // who would be called before; none: it waits no more (of a retry)
    std::optional<queue::WaitRange> wait;  // none: too little is known
};

// A ticket whose paper is made again.
struct TicketCopy {
    TicketReceipt ticket;
    std::vector<queue::ServiceRef> services;  // that are left, in their order
    bool priority = false;
    std::optional<std::int64_t> taken_utc_ms;  // none: by no clock that was trusted
};

struct DayClose {
    int day = 0;
    int envelopes = 0;
    std::uint64_t waiting = 0;
    std::uint64_t tickets_served_at_close = 0;
    std::uint64_t tickets_cancelled_at_close = 0;
    std::uint64_t tickets_carried = 0;
};

// What the wall clock is worth.
struct ClockState {
    std::int64_t wall_ms = 0;
    bool plausible = false;       // a year in which a kiosk can run
    bool behind = false;          // it stands before a line that was written by a trusted clock
    std::int64_t trusted_ms = 0;  // the last such line's; 0: none yet
};

// What opens the store: the kiosk itself, or a command beside it, which makes no log and is no boot.
enum class Opening { kBoot, kCommand };

class Store {
  public:
    static constexpr std::int64_t kAliveEveryMs = 15 * 60 * 1000;
    static constexpr std::int64_t kQuietBeforeCloseMs = 10 * 60 * 1000;
    static constexpr int kTicketsADayMax = 9999;               // of one division; the next one is refused
    static constexpr std::uint64_t kReplayedLinesMax = 1'000;  // after which `alive` brings a checkpoint

    // Opens or makes the journal, writes its `boot` (and `config` when it changed), closes a day that was
    // left open on an earlier date. `office` and `clock` must outlive the store. Refuses: what the data
    // folder and database do, STORE-LOST (a key without its journal), KEY-MISSING, KEY-MISMATCH,
    // OFFICE-MISMATCH (another office, or another domain, than the journal began with), STORE-ENDED (kBoot:
    // the log has ended; kCommand may still send it).
    static Result<Store> open(DataFolder folder, const record::Office& office,
                              const crypto::Hash& config_sha256, const Clock& clock,
                              const std::string& version, Opening opening = Opening::kBoot);

    // Counts the one-tap rating, in the class that the day's rule gives it. Opens the day when it is not
    // open. `score` 1..5. Refuses BALLOT-UNKNOWN.
    Result<Receipt> store_rating(const VisitToken& token, int score, const RatedAt& at = {});

    // Issues the next number of the first service's division; never one that somebody carried over a close
    // still has. Refuses TICKET-NO-SERVICE (of more than kServicesOnTicketMax too), TICKET-USED-UP (after
    // 9999, or 999 where the kiosk has a number of its own).
    Result<TicketReceipt> issue_ticket(const VisitToken& token, const TicketWish& wish);

    // Asks the queue as it stands and writes what it answers, all or nothing. Opens the day when it is not
    // open. Refuses what the order refuses.
    Result<void> order(const queue::Order& order);

    // What became of a ticket at the printer: `why` is empty (it is on paper), "paper", "cover", "offline" or
    // "failed". An open one that is not on paper gets a line. Where this never came, as the power failed
    // meanwhile, the next start writes that line.
    Result<void> note_paper(queue::TicketId ticket, const std::string& why);

    // Writes that the ticket's paper is made again: print it then, and note what became of it. Refuses
    // TICKET-GONE (served or cancelled meanwhile).
    Result<TicketCopy> note_reprinted(queue::TicketId ticket);

    Result<void> note_eit_shown();

    // Ends or carries every open ticket by the office's rule, seals, signs a checkpoint, empties the log of
    // steps. Nothing: no day was open.
    Result<std::optional<DayClose>> close_day();

    // Call about once a minute: writes `alive` every 15 minutes, closes the day by itself after closing time
    // and ten minutes without a visitor, or when its date is over.
    Result<void> tick();

    // Cancels those who were carried over the last close, on a day of its own: a log cannot end before.
    Result<void> end_carried();

    // Reads, once a day, how fast the queue moved on days like today. Takes a while; for a quiet moment.
    void look_back();

    // Writes what the disk will take, to learn whether a broken store has recovered.
    Result<void> probe();

    const Position& position() const { return position_; }
    // As the journal's last line left it.
    const queue::Hall& hall() const { return *hall_; }
    // The same, for who keeps it: it never changes, the next change makes another.
    std::shared_ptr<const queue::Hall> hall_shared() const { return hall_; }
    record::Date local_date() const;
    // Of this boot's last `alive`, or of the start: by the monotonic clock.
    std::int64_t last_alive_mono_ms() const { return last_alive_mono_ms_; }
    Receipt receipt() const;  // of the tree as it is now
    const record::Office& office() const { return *office_; }
    const Clock& clock() const { return *clock_; }
    const crypto::SigningKey& key() const { return key_; }
    const std::filesystem::path& data() const { return folder_.path(); }
    sqlite::Database& database() { return database_; }
    PinLock& pin() { return pin_; }
    ClockState clock_state() const;

    // A transaction over the journal: `write` appends to the draft. Refused: nothing was changed.
    Result<void> change(const std::function<Result<void>(Draft&)>& write);

    // What `acts` does here shares one commit: on disk when this answers, or none of it is. False: one of the
    // acts failed after it had written, so nothing was kept of any; do them one by one. The trap: until this
    // has answered, no act may be acknowledged, and nothing may be shown of it.
    Result<bool> together(const std::function<void()>& acts);

    // Closes the database; the folder, with its lock, is left.
    static DataFolder leave(Store store) { return std::move(store.folder_); }

  private:
    Store(DataFolder folder, sqlite::Database database, crypto::SigningKey key, Position position,
          const record::Office& office, const Clock& clock);

    struct Now {
        ledger::Stamp stamp;
        std::int64_t clock_expected_ms = 0;
        bool clock_jumped = false;
    };
    Now now() const;
    Result<void> change_within(const std::function<Result<void>(Draft&)>& write);
    Result<ledger::LogStart> log_start();
    Result<void> begin_log(const crypto::Hash& config_sha256, const std::string& version);
    Result<void> open_day(Draft& draft);
    // `rule`: of the open tickets; none: the office's.
    Result<DayClose> close_day_in(Draft& draft, std::optional<queue::AtClose> rule = {});
    Result<void> end_tickets(Draft& draft, DayClose& close, std::optional<queue::AtClose> rule);
    queue::Hall hall_in(const Draft& draft) const;
    std::set<std::string> kept_numbers(const Draft& draft) const;
    Result<int> next_number(const Draft& draft, const record::Division& division);
    Result<void> write_ticket(Draft& draft, const TicketWish& wish, TicketReceipt& ticket);
    Result<void> set_at_printer(queue::TicketId ticket, bool there);
    Result<void> doubt_papers(Draft& draft);
    Result<void> find_ticket(const TicketWish& wish, TicketReceipt& ticket);
    // Who is called before, and how long that may take; nothing where it does not wait.
    void tell_place(const std::string& division, TicketReceipt& ticket) const;
    // Envelopes of what may be sealed; the rest waits in the cells, and so do the `others`.
    Result<int> seal_tallies(Draft& draft, const std::vector<ledger::Tally>& tallies,
                             std::vector<ledger::Tally> others = {});
    // Where places gather for a month: commits to what waits, and keeps the auditor's opening to be sent.
    Result<void> bind_tallies(Draft& draft, const std::vector<ledger::Tally>& tallies);
    Result<bool> already_done(const VisitToken& token, std::uint64_t& seq);
    Result<void> remember_visit(const VisitToken& token, std::uint64_t seq);
    // The steps of a day must not stay in the write-ahead log after its close. A reader in the way only
    // delays that.
    void cut_log();

    DataFolder folder_;
    sqlite::Database database_;
    crypto::SigningKey key_;
    Position position_;
    std::shared_ptr<queue::Hall> hall_ = std::make_shared<queue::Hall>();  // written to in together() only
    bool in_together_ = false;
    bool spoiled_ = false;  // an act there failed after it had written
    EarlierTimes earlier_;
    int looked_back_ = 0;  // the day for which earlier_ was read
    const record::Office* office_;
    const Clock* clock_;
    PinLock pin_;
    // The pair from which the wall clock should go on; moves when it was seen to jump.
    std::int64_t wall_anchor_ms_ = 0;
    std::int64_t mono_anchor_ms_ = 0;
    bool log_due_ = true;  // from the start: a power cut may have come between a close and the cut
    std::int64_t last_alive_mono_ms_ = 0;
    std::int64_t last_visitor_mono_ms_ = 0;
};

queue::Ratio ratio_of(const record::Office& office);

// "B007"
std::string ticket_number(char prefix, int count);

// One setting of the database, empty when it was never set.
Result<std::string> read_setting(sqlite::Database& database, std::string_view name);
Result<void> write_setting(sqlite::Database& database, std::string_view name, std::string_view value);

}  // namespace sala::kiosk
