// The queue's figures of an office: every kiosk's log read again from the evidence.
#pragma once

#include "sync/office/report_db.h"
#include "sync/record/year.h"

namespace sala::office {

// assets/years/YEAR.toml of $SALA_ASSETS, else of the folder `assets` beside the program; nothing where there
// is no such file. Refuses CONFIG-YEAR, with what is wrong with it.
Result<std::optional<record::YearData>> find_year(int year_be);

// Of one moment. `period` lies in the fiscal year of `year`. It reads all lines, and holds one bundle and the
// times that were measured in memory. What counts is what was taken in: the lines that a fork has beside them
// are not counted, as in every report. A profile that this version cannot read gives no standard times and no
// opening days, which the report says. Refuses DB-DAMAGED, and what the database does.
Result<report::QueueReport> queue_report(ReportDb& database, const std::string& office,
                                         const record::DateRange& period,
                                         const std::optional<record::YearData>& year);

}  // namespace sala::office
