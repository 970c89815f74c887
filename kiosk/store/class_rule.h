// Which ratings are set apart: the rule `burst.1`, and `hours.1` that it contains. FORMAT.md, section 5, has
// both.
//
// A rating is set apart (class `flagged`), never dropped: it is counted, sealed and shown beside the others.
// The rule looks at times and at nothing else; it is not told which face was tapped. Nothing is kept for it:
// the `cast` lines, which say no more than that somebody rated, already have the times.
//
// Why five in sixty seconds. A visitor walks up, reads, taps twice and is thanked for five seconds: ten
// seconds if quick, and the next one steps up. A family of five that rates in a row, even at seven seconds
// each, has its fifth rating while only four stand in the minute before: nobody is set apart. An office of
// people leaving a meeting one after the other reaches six in a minute only below twelve seconds each, for
// more than a minute. A hand that taps "ดีมาก" again and again needs three to seven seconds a rating, so from
// its sixth on everything is set apart, for as long as it goes on: ratings set apart count as ratings of the
// minute. So at most five of any sixty seconds are not set apart, however fast the hand is.
//
// What it cannot see: a patient hand, one rating every twelve seconds. Ratings against tickets served show
// that one. And a visitor who comes within a minute of such a hand is set apart with it: that is why both
// numbers always stand side by side.
#pragma once

#include <optional>

#include "sync/record/calendar.h"
#include "sync/record/office.h"

namespace sala::kiosk {

inline constexpr const char* kHoursRule = "hours.1";
inline constexpr const char* kBurstRule = "burst.1";  // the one that days are opened with

inline constexpr std::size_t kBurstRatings = 5;
inline constexpr std::int64_t kBurstWindowMs = 60'000;

struct RatingMoment {
    record::LocalTime local;
    bool clock_trusted = false;
    bool after_service = false;  // invited by a counter: never set apart
    std::size_t ratings_in_the_window =
        0;  // cast here in the kBurstWindowMs before, by the monotonic clock of
            // this boot; counted up to kBurstRatings
};

// The class of a rating by `rule`, which the open day names.
const char* class_by_rule(std::string_view rule, const record::OpeningHours& hours,
                          const RatingMoment& moment);

}  // namespace sala::kiosk
