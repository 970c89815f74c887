// Where and how a rating was given, as the ledger spells it.
//
// A place is a path: "/" the office, "/division", "/division/service", "/division/service/counter". A class
// says under which circumstances a page was cast.
#pragma once

#include <string>
#include <string_view>

namespace sala::ledger {

inline constexpr int kPlaceDepthMax = 3;  // a counter

// [a-z0-9-]{1,24}
bool is_id(std::string_view text);

bool is_place(std::string_view text);
int place_depth(std::string_view place);           // 0 for "/"; REQUIRES: is_place
std::string parent_place(std::string_view place);  // REQUIRES: not "/"

inline constexpr const char* kWalkUp = "walk_up";              // at the front desk, in opening hours
inline constexpr const char* kAfterService = "after_service";  // invited by a counter
inline constexpr const char* kFlagged =
    "flagged";  // kept apart by the rule of the day, counted and shown as such
inline constexpr const char* kPaper = "paper";  // keyed in from the paper twin
bool is_ballot_class(std::string_view text);

}  // namespace sala::ledger
