// What a text of a configuration file may hold before it is shown: valid UTF-8, no characters that move or
// hide others.
//
// The trap: the length of Thai text in bytes or code points says little about its width, because vowels and
// tone marks stand above and below their consonant. letters() counts what takes room in the line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sala::record {

// Takes the next character off the front; nothing where the bytes are no UTF-8 (overlong forms and surrogates
// included), and then `text` stays as it was. REQUIRES: !text.empty().
std::optional<char32_t> take_character(std::string_view& text);

// 1-based line of the first byte that is no UTF-8; 0 where all of it is.
int line_of_bad_utf8(std::string_view text);

// Characters that take room of their own: all but the Thai marks above and below. REQUIRES: valid UTF-8.
int letters(std::string_view text);

// The first character that a text must not hold: a control character (a line break among them), a mark that
// turns the direction of writing, a byte order mark. REQUIRES: valid UTF-8.
std::optional<char32_t> forbidden_character(std::string_view text);

// `text` as a problem quotes it on a terminal: at most 60 characters, forbidden ones as <U+202E>.
std::string quotable(std::string_view text);

// How many letters must be put in, left out, replaced or swapped with their neighbour to turn one into the
// other. Texts over 40 bytes are simply far apart (41).
int edit_distance(std::string_view one, std::string_view other);

}  // namespace sala::record
