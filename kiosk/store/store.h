// The kiosk's memory: every visitor's act in one durable transaction, the day's opening and close, and where
// it stands.
//
// What a function has answered is on disk (WAL, synchronous=FULL). The trap: a failed or lost answer is
// unknown, not undone; ask again with the same token and the act counts once. One thread, for all of it.
#pragma once

#include <filesystem>

#include "kiosk/store/data_folder.h"
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

struct TicketReceipt {
    std::string number;  // "B007"
    Receipt receipt;
};

struct DayClose {
    int day = 0;
    int envelopes = 0;
    std::uint64_t waiting = 0;
    std::uint64_t tickets_served_at_close = 0;
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
    static constexpr std::uint64_t kReplayedLinesMax = 1'000;  // after which `alive` brings a checkpoint
    static constexpr int kTicketsADayMax = 9999;               // of one division; the next one is refused

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

    // Issues the next number of the service's division. Refuses TICKET-NO-SERVICE, TICKET-USED-UP.
    Result<TicketReceipt> issue_ticket(const VisitToken& token, const std::string& division,
                                       const std::string& service);

    Result<void> note_eit_shown();

    // Counts every open ticket as served, seals, signs a checkpoint, empties the log of steps. Nothing: no
    // day was open.
    Result<std::optional<DayClose>> close_day();

    // Call about once a minute: writes `alive` every 15 minutes, closes the day by itself after closing time
    // and ten minutes without a visitor, or when its date is over.
    Result<void> tick();

    // Writes what the disk will take, to learn whether a broken store has recovered.
    Result<void> probe();

    const Position& position() const { return position_; }
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

    // A transaction over the journal: `write` appends to the draft, and the position moves only after the
    // commit.
    Result<void> change(const std::function<Result<void>(Draft&)>& write);

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
    Result<ledger::LogStart> log_start();
    Result<void> begin_log(const crypto::Hash& config_sha256, const std::string& version);
    Result<void> open_day(Draft& draft);
    Result<DayClose> close_day_in(Draft& draft);
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

// "B007"
std::string ticket_number(char prefix, int count);

// One setting of the database, empty when it was never set.
Result<std::string> read_setting(sqlite::Database& database, std::string_view name);
Result<void> write_setting(sqlite::Database& database, std::string_view name, std::string_view value);

}  // namespace sala::kiosk
