#include "kiosk/store/store.h"

#include <fmt/format.h>

#include <cstdlib>

#include "kiosk/store/class_rule.h"
#include "kiosk/store/hall_reader.h"
#include "kiosk/store/month.h"
#include "kiosk/store/rotation.h"
#include "kiosk/store/schema.h"
#include "kiosk/store/tally_table.h"

namespace sala::kiosk {
namespace {

constexpr std::int64_t kJumpMs = 2'000;

std::vector<std::string> places_of(const record::Office& office) {
    std::vector<std::string> places = {"/"};
    for (const record::Division& division : office.divisions) {
        places.push_back("/" + division.id);
        for (const record::Service& service : division.services)
            places.push_back("/" + division.id + "/" + service.id);
    }
    return places;
}

// No kiosk ran before 2026, and none runs after 2400: a clock outside is a dead battery (1970), or one set to
// the Buddhist Era.
constexpr std::int64_t kPlausibleFromMs = 1'767'225'600'000;
constexpr std::int64_t kPlausibleUntilMs = 13'569'465'600'000;

bool is_plausible(std::int64_t utc_ms) { return utc_ms >= kPlausibleFromMs && utc_ms < kPlausibleUntilMs; }

// By the clock; by the last trusted line where the clock shows what no kiosk's clock can.
record::LocalTime local_at(std::int64_t utc_ms, const ledger::LogState& state) {
    return record::local_time(is_plausible(utc_ms) || state.trusted_utc_ms == 0 ? utc_ms
                                                                                : state.trusted_utc_ms);
}

// Ratings cast in the `window_ms` before this moment, by the monotonic clock of this boot; at most
// kBurstRatings. The journal tells it: a `cast` line has the times.
Result<std::size_t> casts_since(sqlite::Database& database, std::uint64_t size, const ledger::Stamp& now,
                                std::int64_t window_ms) {
    // Far more lines than a minute can have, so that a quiet kiosk does not read its whole journal.
    constexpr std::uint64_t kLinesBackMax = 1'000;
    auto casts = database.prepare(
        "SELECT line FROM journal WHERE seq >= ? AND kind = 'cast' ORDER BY seq DESC LIMIT ?");
    if (!casts) return casts.error();
    casts->bind(static_cast<std::int64_t>(size - std::min(size, kLinesBackMax)));
    casts->bind(static_cast<std::int64_t>(kBurstRatings));
    for (std::size_t n = 0;; ++n) {
        const Result<bool> row = casts->step();
        if (!row) return row.error();
        if (!*row) return n;
        const Result<ledger::Line> line = ledger::parse_line(text_of(casts->blob(0)));
        if (!line) return line.error();
        const ledger::Stamp& then = line->stamp;
        if (then.boot != now.boot || now.mono_ms - then.mono_ms >= window_ms) return n;
    }
}

Result<std::int64_t> query_integer(sqlite::Statement& statement) {
    const Result<bool> row = statement.step();
    if (!row) return row.error();
    return *row ? statement.integer(0) : 0;
}

// An act's neighbour failed; whoever asked for them together does them again, one by one.
Result<void> nothing_kept() {
    return Error{"STORE-AGAIN", "ยังไม่ได้บันทึก โปรดลองอีกครั้ง", "nothing was recorded yet; try again"};
}

}  // namespace

std::string ticket_number(char prefix, int count) { return fmt::format("{}{:03}", prefix, count); }

Result<std::string> read_setting(sqlite::Database& database, std::string_view name) {
    auto statement = database.prepare("SELECT value FROM setting WHERE name = ?");
    if (!statement) return statement.error();
    const Result<bool> row = statement->bind(name).step();
    if (!row) return row.error();
    return *row ? std::string(statement->text(0)) : std::string();
}

Result<void> write_setting(sqlite::Database& database, std::string_view name, std::string_view value) {
    auto statement = database.prepare(
        "INSERT INTO setting(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = "
        "excluded.value");
    if (!statement) return statement.error();
    return statement->bind(name).bind(value).run();
}

Store::Store(DataFolder folder, sqlite::Database database, crypto::SigningKey key, Position position,
             const record::Office& office, const Clock& clock)
    : folder_(std::move(folder)),
      database_(std::move(database)),
      key_(std::move(key)),
      position_(std::move(position)),
      office_(&office),
      clock_(&clock),
      pin_(clock),
      wall_anchor_ms_(clock.wall_ms()),
      mono_anchor_ms_(clock.monotonic_ms()),
      last_alive_mono_ms_(mono_anchor_ms_),
      last_visitor_mono_ms_(mono_anchor_ms_) {}

Result<Store> Store::open(DataFolder folder, const record::Office& office, const crypto::Hash& config_sha256,
                          const Clock& clock, const std::string& version, Opening opening) {
    const auto mode = opening == Opening::kBoot ? sqlite::OpenMode::kCreate : sqlite::OpenMode::kExisting;
    Result<sqlite::Database> database = open_store_database(folder.path(), mode);
    if (!database) return database.error();
    Result<Position> position = load_position(*database);
    if (!position) return position.error();
    Result<std::optional<crypto::SigningKey>> kept = folder.key();
    if (!kept) return kept.error();
    if (position->state.ended) {
        if (next_is_ready(folder.path())) {
            // Cut off between the log's end and the next one's turn.
            { const sqlite::Database closed = *std::move(database); }
            if (Result<void> turned = folder.turn_over(); !turned) return turned.error();
            return open(std::move(folder), office, config_sha256, clock, version, opening);
        }
        if (opening == Opening::kBoot) return log_ended();
    }
    const bool fresh = position->tree.size() == 0;
    if (fresh && opening == Opening::kCommand) {
        return Error{"STORE-EMPTY", "ตู้บริการนี้ยังไม่มีบันทึกใด โปรดเปิดตู้บริการก่อน",
                     "this kiosk has recorded nothing yet; start it first"};
    }
    if (fresh && *kept) {
        return Error{"STORE-LOST",
                     "บันทึกของตู้บริการหายไปแต่กุญแจยังอยู่ จึงไม่เริ่มบันทึกใหม่ด้วยกุญแจเดิม "
                     "โปรดแจ้งผู้ดูแลระบบ อย่าลบไฟล์ใด",
                     "the kiosk's journal is gone while its key is here; one key has one log, so call the "
                     "administrator "
                     "and delete nothing"};
    }
    // A power cut around the first line leaves the new key apart: it writes, or wrote, that line.
    const bool key_is_new = !*kept;
    if (key_is_new) kept = folder.begun_key();
    if (!kept) return kept.error();
    if (!*kept && !fresh) {
        return Error{"KEY-MISSING", "ไม่พบกุญแจของตู้บริการ จึงบันทึกต่อไม่ได้ โปรดแจ้งผู้ดูแลระบบ อย่าลบไฟล์ใด",
                     "the kiosk's key is gone, so its journal cannot go on; call the administrator and "
                     "delete nothing"};
    }
    Result<crypto::SigningKey> key = *kept ? Result<crypto::SigningKey>(*std::move(*kept)) : folder.new_key();
    if (!key) return key.error();
    if (!fresh && key->public_key() != position->state.start.key) {
        return Error{
            "KEY-MISMATCH", "กุญแจไม่ตรงกับบันทึกของตู้บริการนี้ โปรดแจ้งผู้ดูแลระบบ อย่าลบไฟล์ใด",
            "the key does not belong to this kiosk's journal; call the administrator and delete nothing"};
    }
    const ledger::LogStart& start = position->state.start;
    const std::string origin = ledger::log_origin(office.domain, ledger::device_code(key->public_key()));
    if (!fresh && (start.office != office.id || start.origin != origin)) {
        return Error{
            "OFFICE-MISMATCH",
            fmt::format("ข้อมูลในตู้บริการเป็นของ {} ({}) ไม่ตรงกับไฟล์ตั้งค่า {} ({}) โปรดใช้ไฟล์ตั้งค่าเดิม", start.office,
                        start.origin, office.id, office.domain),
            fmt::format(
                "this data belongs to {} ({}), the configuration names {} ({}); use the one it began with",
                start.office, start.origin, office.id, office.domain)};
    }
    const std::uint64_t size = position->tree.size();
    Result<queue::Hall> hall = read_hall(*database, size, ratio_of(office));
    if (!hall) return hall.error();
    Store store(std::move(folder), *std::move(database), *std::move(key), *std::move(position), office,
                clock);
    store.hall_ = std::make_shared<queue::Hall>(*std::move(hall));
    if (opening == Opening::kCommand) return store;
    if (Result<void> begun = store.begin_log(config_sha256, version); !begun) return begun.error();
    if (key_is_new) {
        if (Result<void> done = store.folder_.keep_key(); !done) return done.error();
    }
    return store;
}

Result<ledger::LogStart> Store::log_start() {
    const std::string code = ledger::device_code(key_.public_key());
    const Result<std::optional<ledger::Replaces>> replaces = replaces_setting(database_, office_->domain);
    if (!replaces) return replaces.error();
    return ledger::LogStart{office_->id, ledger::log_origin(office_->domain, code), key_.public_key(),
                            *replaces};
}

Result<void> Store::begin_log(const crypto::Hash& config_sha256, const std::string& version) {
    Result<void> begun = change([&](Draft& draft) -> Result<void> {
        if (draft.position().tree.size() == 0) {
            const Result<ledger::LogStart> start = log_start();
            if (!start) return start.error();
            if (auto seq = draft.append(*start); !seq) return seq.error();
        }
        const ledger::Boot boot{draft.state().last_utc_ms, draft.state().waiting_total(), version};
        if (auto seq = draft.append(boot); !seq) return seq.error();
        if (Result<void> doubted = doubt_papers(draft); !doubted) return doubted;
        const Result<std::string> config = read_setting(database_, "config_sha256");
        if (!config) return config.error();
        if (*config == to_hex(config_sha256)) return {};
        if (auto seq = draft.append(ledger::ConfigRead{config_sha256}); !seq) return seq.error();
        return write_setting(database_, "config_sha256", to_hex(config_sha256));
    });
    if (!begun) return begun;
    // A day left open by a power cut is closed now if its date is over.
    return tick();
}

Store::Now Store::now() const {
    Now now;
    const std::int64_t wall = std::clamp(clock_->wall_ms(), std::int64_t{0}, ledger::kIntegerMax);
    const std::int64_t mono = clock_->monotonic_ms();
    now.clock_expected_ms = wall_anchor_ms_ + (mono - mono_anchor_ms_);
    now.clock_jumped = std::abs(wall - now.clock_expected_ms) > kJumpMs;
    const ledger::LogState& state = position_.state;
    now.stamp = {0, wall, mono, clock_->boot_id(), is_plausible(wall) && wall >= state.trusted_utc_ms};
    return now;
}

record::Date Store::local_date() const { return local_at(clock_->wall_ms(), position_.state).date; }

ClockState Store::clock_state() const {
    const std::int64_t wall = clock_->wall_ms();
    const std::int64_t trusted = position_.state.trusted_utc_ms;
    return {wall, is_plausible(wall), wall < trusted, trusted};
}

Result<void> Store::change(const std::function<Result<void>(Draft&)>& write) {
    if (in_together_) return change_within(write);
    Result<void> written;
    const Result<bool> kept = together([&] { written = change_within(write); });
    if (!written) return written;
    return kept ? Result<void>() : kept.error();
}

Result<void> Store::change_within(const std::function<Result<void>(Draft&)>& write) {
    const Now at = now();
    const std::int64_t changes_before = database_.changes_in_all();
    Draft draft(database_, position_, at.stamp);
    const auto written = [&]() -> Result<void> {
        if (spoiled_) return nothing_kept();
        if (at.clock_jumped && position_.tree.size() > 0 && !position_.state.ended) {
            const ledger::ClockChanged changed{std::max<std::int64_t>(at.clock_expected_ms, 0),
                                               at.stamp.utc_ms};
            if (auto seq = draft.append(changed); !seq) return seq.error();
        }
        return write(draft);
    }();
    if (!written) {
        spoiled_ = spoiled_ || draft.touched() || database_.changes_in_all() != changes_before ||
                   !database_.in_transaction();
        return written;
    }
    for (const ledger::Line& line : draft.lines()) hall_->take(line);
    if (at.clock_jumped) {
        wall_anchor_ms_ = at.stamp.utc_ms;
        mono_anchor_ms_ = at.stamp.mono_ms;
    }
    return {};
}

Result<bool> Store::together(const std::function<void()>& acts) {
    Result<sqlite::Transaction> transaction = sqlite::Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const bool log_was_due = log_due_;
    Position position = position_;
    std::shared_ptr<queue::Hall> hall = std::exchange(hall_, std::make_shared<queue::Hall>(*hall_));
    const std::int64_t wall_anchor_ms = wall_anchor_ms_, mono_anchor_ms = mono_anchor_ms_;
    in_together_ = true;
    acts();
    in_together_ = false;
    const bool spoiled = std::exchange(spoiled_, false);
    const Result<void> committed = spoiled ? nothing_kept() : transaction->commit();
    if (!committed) {
        position_ = std::move(position);
        hall_ = std::move(hall);
        wall_anchor_ms_ = wall_anchor_ms;
        mono_anchor_ms_ = mono_anchor_ms;
        return spoiled ? Result<bool>(false) : committed.error();
    }
    // Once, after a close; where a reader stands in the way, tick() tries again and no visitor waits for it.
    if (!log_was_due) cut_log();
    return true;
}

void Store::cut_log() {
    if (log_due_ && database_.truncate_log()) log_due_ = false;
}

Result<void> Store::open_day(Draft& draft) {
    last_visitor_mono_ms_ = draft.stamp().mono_ms;
    const int today = record::yyyymmdd(local_at(draft.stamp().utc_ms, draft.state()).date);
    if (draft.state().open_day == today) return {};
    if (draft.state().open_day != 0) {
        if (Result<DayClose> closed = close_day_in(draft); !closed) return closed.error();
    }
    const record::Secrecy& secrecy = office_->secrecy;
    ledger::DayOpened opened{
        today,      secrecy.k, secrecy.k_counter,    secrecy.month_auditor ? "month" : "day",
        kBurstRule, {},        secrecy.month_auditor};
    for (const ledger::FormPage& page : ledger::form_pages()) opened.pages.push_back(page.id);
    if (auto seq = draft.append(opened); !seq) return seq.error();
    if (Result<void> made = make_cells(database_, places_of(*office_)); !made) return made;
    // A month whose last close did not come is sealed before anything of this one is cast.
    const auto waiting = read_tallies(database_, today, opened.k);
    if (!waiting) return waiting.error();
    if (!secrecy.month_auditor) return {};
    auto [earlier, rest] = by_month(*waiting, today);
    if (earlier.empty()) return {};
    const Result<int> sealed = seal_tallies(draft, earlier, std::move(rest));
    return sealed ? Result<void>() : sealed.error();
}

Result<bool> Store::already_done(const VisitToken& token, std::uint64_t& seq) {
    auto statement = database_.prepare("SELECT token, seq FROM visit");
    if (!statement) return statement.error();
    const Result<bool> row = statement->step();
    if (!row) return row.error();
    const ByteView last = statement->blob(0);
    seq = static_cast<std::uint64_t>(statement->integer(1));
    return *row && std::equal(last.begin(), last.end(), token.begin(), token.end());
}

Result<void> Store::remember_visit(const VisitToken& token, std::uint64_t seq) {
    auto statement = database_.prepare("UPDATE visit SET token = ?, seq = ?");
    if (!statement) return statement.error();
    return statement->bind(ByteView(token)).bind(static_cast<std::int64_t>(seq)).run();
}

Receipt Store::receipt() const {
    return {position_.tree.size(), ledger::root_letters(position_.tree.root())};
}

Result<Receipt> Store::store_rating(const VisitToken& token, int score, const RatedAt& at) {
    const Result<void> stored = change([&](Draft& draft) -> Result<void> {
        std::uint64_t seq = 0;
        const Result<bool> done = already_done(token, seq);
        if (!done) return done.error();
        if (*done) return {};
        if (Result<void> opened = open_day(draft); !opened) return opened;
        const Result<std::size_t> just_before =
            casts_since(database_, draft.position().tree.size(), draft.stamp(), kBurstWindowMs);
        if (!just_before) return just_before.error();
        const RatingMoment moment{local_at(draft.stamp().utc_ms, draft.state()), draft.stamp().clock_trusted,
                                  at.after_service, *just_before};
        const char* ballot_class = class_by_rule(draft.state().rules.rule, office_->hours, moment);
        const Ballot ballot{ledger::face_page().id, ballot_class, at.place, {score}};
        if (Result<void> counted = count_ballot(database_, ballot); !counted) return counted;
        const Result<std::uint64_t> cast = draft.append(ledger::Cast{ballot.page});
        if (!cast) return cast.error();
        return remember_visit(token, *cast);
    });
    if (!stored) return stored.error();
    return receipt();
}

Result<void> Store::note_eit_shown() {
    return change([&](Draft& draft) -> Result<void> {
        if (Result<void> opened = open_day(draft); !opened) return opened;
        return database_.execute("UPDATE counter SET eit_shown = eit_shown + 1");
    });
}

Result<void> Store::tick() {
    cut_log();
    const Now at = now();
    const int open_day = position_.state.open_day;
    const record::LocalTime local = local_at(at.stamp.utc_ms, position_.state);
    const bool date_over = open_day != 0 && record::yyyymmdd(local.date) != open_day;
    const bool quiet = at.stamp.mono_ms - last_visitor_mono_ms_ >= kQuietBeforeCloseMs;
    const bool after_hours = open_day != 0 && local.minute_of_day >= office_->hours.closes_minute;
    if (date_over || (after_hours && quiet)) {
        if (auto closed = close_day(); !closed) return closed.error();
    }
    if (at.stamp.mono_ms - last_alive_mono_ms_ < kAliveEveryMs) return {};
    return probe();
}

Result<void> Store::probe() {
    const Result<void> written = change([this](Draft& draft) -> Result<void> {
        if (auto seq = draft.append(ledger::Alive{}); !seq) return seq.error();
        // On a long holiday no day is closed, and a start replays every line since the last checkpoint.
        auto last = database_.prepare("SELECT COALESCE(MAX(size), 0) FROM checkpoint");
        if (!last) return last.error();
        const Result<std::int64_t> size = query_integer(*last);
        if (!size) return size.error();
        const std::uint64_t since = draft.position().tree.size() - static_cast<std::uint64_t>(*size);
        return since < kReplayedLinesMax ? Result<void>() : draft.checkpoint(key_);
    });
    if (written) last_alive_mono_ms_ = clock_->monotonic_ms();
    return written;
}

}  // namespace sala::kiosk
