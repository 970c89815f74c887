// The ballot box on disk: how often each value was chosen, and nothing else.
//
// Cells are made at day open and only ever counted up, read for sealing, and set again at close. The count is
// eight bytes whatever its size, so no row ever moves. Every function runs inside the caller's transaction.
#pragma once

#include "platform/sqlite/database.h"
#include "sync/ledger/tally.h"

namespace sala::kiosk {

// One finished page: a value for every item, in the page's order; 0 is "no answer".
struct Ballot {
    std::string page;
    std::string ballot_class;
    std::string place;
    std::vector<int> values;
};

// Makes the cells that are missing, for every page, class and place.
Result<void> make_cells(sqlite::Database& database, const std::vector<std::string>& places);

// Counts a ballot. Refuses BALLOT-UNKNOWN when a value, item or place has no cell; some cells may then have
// been counted, so the caller's transaction must not be committed.
Result<void> count_ballot(sqlite::Database& database, const Ballot& ballot);

// Every tally with at least one rater, with the days and the k under which it gathered. `day` and `k` are the
// open day's.
Result<std::vector<ledger::Tally>> read_tallies(sqlite::Database& database, int day, int k);

// Sets every cell to zero but those of `waiting`, and remembers since when and under which k these wait.
Result<void> empty_cells(sqlite::Database& database, const std::vector<ledger::Tally>& waiting);

}  // namespace sala::kiosk
