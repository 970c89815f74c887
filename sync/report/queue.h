// The queue report: who came, who was served, how long people waited and how long services took.
//
// The figures are those of sync/figures; here are only names and words. The trap: names are what the office
// calls a thing today, and what is in its catalogue no more keeps its id as a name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/base/result.h"
#include "sync/figures/queue_figures.h"
#include "sync/report/figures_text.h"

namespace sala::report {

// A service of the office's catalogue.
struct QueueService {
    figures::ServicePlace place;
    std::string division_name, service_name;
    std::optional<int> standard_minutes;
};

struct QueueReport {
    record::DateRange period;
    figures::QueueFigures figures;
    std::vector<QueueService> catalogue;                        // in the office's order
    std::vector<std::pair<std::string, std::string>> counters;  // id and name, in the office's order
    bool hours_known = false;
    bool holidays_known = false;
};

// The figures in the order and by the names of the catalogue; after it what is in none any more.
struct QueueServiceRow {
    QueueService service;
    figures::Group group;
};
struct QueueDivisionRow {
    std::string name;
    figures::Group sum;
    std::vector<QueueServiceRow> services;
};
std::vector<QueueDivisionRow> queue_rows(const QueueReport& report);
std::vector<std::pair<std::string, figures::Group>> queue_counters(const QueueReport& report);

// "เรียกก่อนลำดับ" and the like; the sentence of a reason, or its id where this program does not know it.
const char* reason_group_name(figures::ReasonOf of);
std::string reason_name(figures::ReasonOf of, const std::string& reason);
// "๑๒.๐๐ – ๑๓.๐๐ น." in Arabic digits.
std::string hour_name(int hour);
const char* day_kind_name(figures::DayKind kind);

// One rectangular table. Equal figures give equal bytes, here and below.
std::string queue_csv(const QueueReport& report);

// One line: the period, the figures as the kiosk prints them (QueueFigures::json) under `queue`, and what the
// office's own configuration adds: kinds of days and standard times.
std::string queue_json(const QueueReport& report);

// A document to be printed and filed. `office`: its name in Thai. Refuses: FACE-MISSING, FACE-MARKS,
// PDF-UNWRITABLE.
Result<std::string> queue_pdf(const QueueReport& report, const std::string& office, Digits digits);

}  // namespace sala::report
