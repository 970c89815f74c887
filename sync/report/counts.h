// The counts report: tickets issued and served per day and service, and the faces of every envelope.
//
// An envelope is never split: one whose ratings were cast on several days belongs to the period of the last
// of them. So the balance at the end of the table always holds: carried + cast = sealed + waiting.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "platform/base/result.h"
#include "sync/record/calendar.h"
#include "sync/report/figures_text.h"

namespace sala::report {

// Texts are names as they shall be read; empty where there is none.
struct TicketFigures {
    record::Date day;
    std::string division;
    std::string service;
    std::int64_t issued = 0;
    std::int64_t served = 0;  // of those issued on that day
};

struct EnvelopeFigures {
    record::Date first_day;
    record::Date last_day;
    std::string division;
    std::string service;
    std::string ballot_class;  // as in the journal: "walk_up"
    std::int64_t raters = 0;
    std::array<std::int64_t, 6> faces{};  // index: the value; 0 is "no answer"
};

// One local date: what was served and what was rated. More ratings than visitors served is a question that
// somebody should ask; a day on which no ticket was served, or nothing cast, says nothing.
struct DayFigures {
    record::Date day;
    std::int64_t served = 0;  // of the tickets issued on that day
    std::int64_t cast = 0;
};

// Ratings of envelopes, always side by side: what the day's rule set apart is shown beside what counts.
struct SealedFigures {
    std::int64_t raw = 0;
    std::int64_t flagged = 0;
    std::int64_t counted() const { return raw - flagged; }
};

// Ratings of the whole period, so that a reader sees that none is missing and none stands twice. Signed: a
// kiosk that gives an envelope wrong days must show as a figure below zero, not as an enormous one.
struct RatingBalance {
    std::int64_t carried = 0;  // cast before the period, in no envelope before it
    std::int64_t cast = 0;     // in the period
    std::int64_t sealed = 0;   // in the envelopes of the period
    std::int64_t waiting = 0;  // in no envelope at its end
};

// A service of the office's catalogue, in its order: what nobody asked for is reported too.
struct CatalogueService {
    std::string division;
    std::string service;
};

struct CountsReport {
    record::DateRange period;
    std::vector<CatalogueService> catalogue;
    std::vector<TicketFigures> tickets;
    std::vector<EnvelopeFigures> envelopes;
    RatingBalance balance;
    std::vector<std::pair<record::Date, std::int64_t>> casts;  // by day, ascending; days without one left out
};

SealedFigures sealed_figures(const CountsReport& report);

// The days on which something was served and something cast, ascending.
std::vector<DayFigures> casts_against_served(const CountsReport& report);

// One rectangular table, rows in the order given. Equal figures give equal bytes.
std::string counts_csv(const CountsReport& report);

// The same days added up: by day, or by month.
struct ServedSpan {
    record::Date first;
    std::int64_t days = 0;
    std::int64_t more = 0;  // days on which more was rated than served
    std::int64_t served = 0;
    std::int64_t cast = 0;
};
std::vector<ServedSpan> served_spans(const std::vector<DayFigures>& days, bool by_day);

// The envelopes of one class, in the order in which classes are reported. Classes are never added up: who
// answers after a service is another sample than who walks by.
struct ClassTotal {
    std::string ballot_class;
    std::int64_t raters = 0;
    std::array<std::int64_t, 6> faces{};
};
std::vector<ClassTotal> by_class(const CountsReport& report);

// A document to be printed and filed: tickets per division and service, faces per class and per envelope,
// the balance. Equal figures in the same face give equal bytes. `office`: its name in Thai. Refuses:
// FACE-MISSING, FACE-MARKS, PDF-UNWRITABLE.
Result<std::string> counts_pdf(const CountsReport& report, const std::string& office, Digits digits);

// "หลังรับบริการ" for "after_service"; the text itself for a class this program does not know.
std::string class_name(const std::string& ballot_class);

}  // namespace sala::report
