#include "sync/office/queue_report.h"

#include <fmt/format.h>

#include <system_error>

#include "platform/base/files.h"
#include "sync/figures/log_reader.h"

namespace sala::office {

Result<std::optional<record::YearData>> find_year(int year_be) {
    std::error_code failed;
    const std::filesystem::path file = assets_folder() / "years" / fmt::format("{}.toml", year_be);
    if (!std::filesystem::exists(file, failed)) return std::optional<record::YearData>();
    record::LoadedYear loaded = record::load_year(file);
    if (loaded.year) return std::optional(*std::move(loaded.year));
    const std::string first = loaded.problems.empty() ? file.string() : loaded.problems.front().text();
    return Error{"CONFIG-YEAR", fmt::format("แฟ้มข้อมูลของปีงบประมาณมีข้อผิดพลาด โปรดแก้ไขแล้วทำรายงานใหม่: {}", first),
                 "the file of the fiscal year has problems; correct it and make the report again"};
}

Result<report::QueueReport> queue_report(ReportDb& database, const std::string& office,
                                         const record::DateRange& period,
                                         const std::optional<record::YearData>& year) {
    const Result<sql::Transaction> moment = database.snapshot();
    if (!moment) return moment.error();
    report::QueueReport report;
    report.period = period;
    if (Result<void> read = database.read_queue_names(office, report); !read) return read.error();
    const Result<std::string> profile = database.profile(office);
    if (!profile) return profile.error();
    figures::DayRules rules;
    if (const auto loaded = record::parse_office(*profile, "office.toml"); loaded.office) {
        rules.hours = loaded.office->hours;
        for (report::QueueService& each : report.catalogue) {
            const record::Service* known = loaded.office->service(each.place.division, each.place.service);
            if (known != nullptr) each.standard_minutes = known->standard_minutes;
        }
    }
    if (year) rules.holidays = year->holidays;
    report.hours_known = rules.hours.has_value();
    report.holidays_known = rules.holidays.has_value();

    const Result<std::vector<DeviceRow>> devices = database.devices(office);
    if (!devices) return devices.error();
    for (const DeviceRow& device : *devices) {
        figures::LogReader reader(report.figures, period, rules);
        Result<void> read =
            database.each_line(office, device.code, [&](const ledger::Line& line) { reader.take(line); });
        if (!read) return read.error();
        reader.finish();
    }
    return report;
}

}  // namespace sala::office
