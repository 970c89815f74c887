// The kiosk's journal in its database: where the log stands, and how lines are added to it.
//
// A Draft belongs to one transaction: it adds lines to the file and to the position. Who opened the
// transaction keeps the position of before, and puts it back where nothing is committed (Store::together).
#pragma once

#include <functional>

#include "platform/clock.h"
#include "platform/sqlite/database.h"
#include "sync/ledger/bundle.h"
#include "sync/ledger/log_state.h"

namespace sala::kiosk {

struct Position {
    ledger::LogState state;
    ledger::Frontier tree;
};

// Replays what is stored after the last checkpoint; of an empty journal the empty position. Refuses
// STORE-DAMAGED when a stored line does not parse, follow or match its checkpoint.
Result<Position> load_position(sqlite::Database& database);

// As the last checkpoint at or before `size` left it; of none the empty position. Refuses STORE-DAMAGED.
Result<Position> checkpoint_before(sqlite::Database& database, std::uint64_t size);

// The tree at an earlier size, replayed from the checkpoint before it. REQUIRES: size <= the journal's.
Result<ledger::Frontier> tree_at(sqlite::Database& database, std::uint64_t size);

// Up to `lines_max` stored lines from `seq`.
Result<std::vector<std::string>> read_lines(sqlite::Database& database, std::uint64_t seq,
                                            std::size_t lines_max);

// Each stored line of [seq, end), in order. Refuses STORE-DAMAGED when one is missing in between; fewer
// than asked for is the journal's end.
Result<void> each_line(sqlite::Database& database, std::uint64_t seq, std::uint64_t end,
                       const std::function<Result<void>(std::string_view)>& take);

// STORE-DAMAGED.
Error damaged_at(std::uint64_t seq);

class Draft {
  public:
    // REQUIRES: a transaction is open until after the last append(). `stamp.seq` is filled in here.
    Draft(sqlite::Database& database, Position& position, const ledger::Stamp& stamp)
        : database_(&database), position_(&position), size_before_(position.tree.size()), stamp_(stamp) {}

    // Writes the line; its seq. A line that breaks a rule of the log is refused (LOG-RULE) and not written.
    Result<std::uint64_t> append(ledger::Happening happening);

    // Signs the tree as it now is and keeps that checkpoint. Nothing new is kept when there is one at this
    // size.
    Result<void> checkpoint(const crypto::SigningKey& key);

    const ledger::LogState& state() const { return position_->state; }
    const Position& position() const { return *position_; }
    const ledger::Stamp& stamp() const { return stamp_; }
    // What was appended so far.
    const std::vector<ledger::Line>& lines() const { return lines_; }
    // The position has moved, whether or not its line was written.
    bool touched() const { return position_->state.next_seq != size_before_; }

  private:
    sqlite::Database* database_;
    Position* position_;
    std::uint64_t size_before_;
    ledger::Stamp stamp_;
    std::vector<ledger::Line> lines_;
};

}  // namespace sala::kiosk
