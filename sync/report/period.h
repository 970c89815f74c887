// The stretch of days that a report covers: a fiscal year (October to September), its first half, or one of
// its months.
#pragma once

#include <optional>
#include <string>

#include "sync/record/calendar.h"

namespace sala::report {

inline constexpr int kYearBeMin = 2500;
inline constexpr int kYearBeMax = 2700;

// "รอบ ๖ เดือน" is October to March, "รอบ ๑๒ เดือน" the whole fiscal year. Nothing for another round or year.
std::optional<record::DateRange> fiscal_round(int year_be, int round);

// The calendar month 1..12 (10 is October, with which the year begins). Nothing for another month or year.
std::optional<record::DateRange> fiscal_month(int year_be, int month);

// "รอบ ๖ เดือน (เดือนตุลาคม ๒๕๖๙ ถึง เดือนมีนาคม ๒๕๗๐)", "ประจำเดือนมกราคม ๒๕๗๐". REQUIRES: one of the above.
std::string period_text(const record::DateRange& period);

}  // namespace sala::report
