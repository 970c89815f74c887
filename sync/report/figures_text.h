// Figures as a Thai report shows them: grouped by thousands, rounded half up, in Thai digits or Arabic ones.
//
// The trap: only what a report says itself is put into its digits; a name that an office wrote ("ช่องบริการ 1")
// stays as it was written.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sala::report {

enum class Digits { kThai, kArabic };

// What is printed where there is nothing: none, or nothing to compute from.
inline constexpr std::string_view kNothing = "—";

// Turns Arabic and Thai digits alike into the chosen ones.
std::string in_digits(std::string_view text, Digits digits);

// "๑,๒๓๔"; kNothing for 0.
std::string number_text(std::int64_t value, Digits digits);

// "๑๒.๕": ms as minutes with one decimal; "ไม่ถึง ๐.๑" of less than half of it.
std::string minutes_text(std::int64_t ms, Digits digits);

// "๓๓.๓๓": `part` of `whole` in percent; kNothing where either is 0.
std::string percent_text(std::int64_t part, std::int64_t whole, Digits digits);

// "๔.๒๕": the mean of those who answered; index: the value, 0 is "no answer". kNothing where nobody did.
std::string mean_text(const std::array<std::int64_t, 6>& faces, Digits digits);

}  // namespace sala::report
