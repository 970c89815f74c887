// Counting without keeping: tallies, and the rule by which they are sealed into envelopes.
//
// A tally is the sum of the finished form pages of one class at one place; nothing of a single rater is left
// in it. Sealing goes from the counters upward: a place with enough raters becomes an envelope, what is left
// pours into its parent, and what is too little at the top waits for the next close. So each rating stands in
// exactly one envelope, and the difference of two reports is again a sum of envelopes.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "sync/ledger/line.h"
#include "sync/ledger/place.h"

namespace sala::ledger {

// A page of a form: its items in order, each answered with 0 ("no answer") to `value_max`.
struct FormItem {
    std::string id;
    int value_max = 5;
};
struct FormPage {
    std::string id;  // "face.1": name and version
    std::vector<FormItem> items;
};

// The one-tap rating: five faces, 5 "ดีมาก" to 1 "ควรปรับปรุง".
const FormPage& face_page();

// Every page this program knows.
const std::vector<FormPage>& form_pages();

struct Tally {
    std::string page;
    std::string ballot_class;
    std::string place;
    std::set<int> days;  // on which they were cast
    int k_floor = 0;     // the largest k in force on those days: a later, lower k never opens them
    std::vector<ItemCounts> items;

    std::uint64_t raters() const { return items.empty() ? 0 : items.front().total(); }
};

struct Sealing {
    std::vector<Sealed> envelopes;  // by page, class, place: nothing of the order of casting
    std::vector<Tally> waiting;     // at "/" only, each with at least one rater
};

// Those of one page, class and place added up; by page, class, place.
std::vector<Tally> merged(const std::vector<Tally>& tallies);

// Seals what may be sealed. REQUIRES: 5 <= k <= k_counter, places valid, items of a page alike.
Sealing seal(const std::vector<Tally>& tallies, int k, int k_counter);

}  // namespace sala::ledger
