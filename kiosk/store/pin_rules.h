// Which six digits are too easily guessed to guard the officer's page.
//
// Refused is what a hand or a calendar makes: about one PIN in seven. Five guesses and ever longer waits
// leave a stranger perhaps thirty tries in a night, so what counts is that those thirty are not the likely
// ones.
#pragma once

#include <string>
#include <string_view>

namespace sala::kiosk {

// Six ASCII digits, weak or not.
bool is_pin(std::string_view text);

// All alike or with one step between them (000000, 123456, 987654, 135791), repeated pairs and triples
// (121212, 123123), mirrored (123321), doubled (112233), at most two different digits (111222, 100000), two
// lines of the keypad (147258, 159753), a date (150770, 701507, 071570), a year 19xx, 20xx or 25xx at its
// beginning or end (257000, 002570), and the published favourites that none of these rules names. REQUIRES:
// is_pin(pin).
bool is_weak_pin(std::string_view pin);

// Six digits, each PIN that is not weak alike.
std::string random_pin();

}  // namespace sala::kiosk
