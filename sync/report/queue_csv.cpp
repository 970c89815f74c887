// The queue report for other programs: a table, and JSON.
#include <fmt/format.h>

#include "platform/base/json.h"
#include "sync/report/csv.h"
#include "sync/report/queue.h"

namespace sala::report {
namespace {

using figures::Group;
using figures::Times;

constexpr const char* kHeadings[] = {"ประเภทข้อมูล",
                                     "ส่วนราชการ",
                                     "รายการ",
                                     "จำนวนวัน",
                                     "ยกมา",
                                     "ออกบัตรคิว",
                                     "ไม่มีบัตรคิว",
                                     "รับจากงานอื่น",
                                     "ให้บริการแล้ว",
                                     "เสร็จแล้วไปงานต่อไป",
                                     "โอนไปงานอื่น",
                                     "ไม่มาเมื่อเรียก",
                                     "ยกเลิก",
                                     "ยกไป",
                                     "ไม่ทราบผล",
                                     "ยังไม่ปิดวัน",
                                     "เรียก",
                                     "เรียกซ้ำ",
                                     "เรียกก่อนลำดับ",
                                     "พักคิว",
                                     "แจ้งล่าช้า",
                                     "พิมพ์ไม่สำเร็จ",
                                     "บริการโดยไม่ได้จับเวลา",
                                     "รอ: ทราบเวลา",
                                     "รอ: ไม่ทราบเวลา",
                                     "รอ: มัธยฐาน (วินาที)",
                                     "รอ: ร้อยละ 90 ไม่เกิน (วินาที)",
                                     "บริการ: ทราบเวลา",
                                     "บริการ: ไม่ทราบเวลา",
                                     "บริการ: มัธยฐาน (วินาที)",
                                     "บริการ: ร้อยละ 90 ไม่เกิน (วินาที)",
                                     "เวลามาตรฐาน (นาที)",
                                     "ไม่เกินเวลามาตรฐาน",
                                     "ครั้ง"};

// A half of a second is rounded up.
void add_seconds(CsvTable& table, const std::optional<std::int64_t>& ms) {
    if (ms) {
        table.number((*ms + 500) / 1000);
    } else {
        table.blank();
    }
}

CsvTable& add_number(CsvTable& table, std::uint64_t value) {
    return table.number(static_cast<std::int64_t>(value));
}

void add_times(CsvTable& table, const Times& times) {
    add_number(add_number(table, times.known()), times.unknown());
    add_seconds(table, times.median());
    add_seconds(table, times.percentile(90));
}

// From "ยกมา" on.
void add_group(CsvTable& table, const Group& group) {
    for (const std::uint64_t value :
         {group.carried_in, group.issued, group.walked_in, group.moved_in, group.served, group.done,
          group.transferred, group.missed, group.cancelled, group.carried_out, group.left, group.open,
          group.calls, group.recalls, group.chosen, group.parked, group.delayed, group.unprinted,
          group.unmeasured})
        add_number(table, value);
    add_times(table, group.wait_times);
    add_times(table, group.service_times);
}

const char* word(figures::DayKind kind) {
    constexpr const char* kWords[] = {"usual", "holiday", "closed", "unknown"};
    return kWords[static_cast<int>(kind)];
}

std::size_t days_of(const QueueReport& report, figures::DayKind kind) {
    const auto found = report.figures.days.find(kind);
    return found == report.figures.days.end() ? 0 : found->second.size();
}

}  // namespace

std::string queue_csv(const QueueReport& report) {
    CsvTable table;
    for (const char* heading : kHeadings) table.text(heading);
    table.end_row();
    const auto row = [&](const char* kind, const std::string& division, const std::string& name,
                         const Group& group) {
        table.text(kind).text(division).text(name).blank();
        add_group(table, group);
        table.end_row();
    };
    row("ทั้งหน่วยงาน", "", "", report.figures.whole());
    for (const QueueDivisionRow& division : queue_rows(report)) {
        row("ส่วนราชการ", division.name, "", division.sum);
        for (const auto& [service, group] : division.services) {
            table.text("งานบริการ").text(division.name).text(service.service_name).blank();
            add_group(table, group);
            if (service.standard_minutes) {
                table.number(*service.standard_minutes);
                const auto within = group.service_times.within(*service.standard_minutes * 60'000);
                if (within) add_number(table, *within);
            }
            table.end_row();
        }
    }
    for (const auto& [name, group] : queue_counters(report)) row("ช่องบริการ", "", name, group);
    for (const auto& [hour, group] : report.figures.hours) row("ช่วงเวลา", "", hour_name(hour), group);
    row("พักกลางวัน", "", hour_name(figures::kLunchHour), report.figures.lunch());
    row("พักกลางวัน", "", "เวลาอื่น", report.figures.other_hours());
    for (const auto& [kind, group] : report.figures.day_kinds) {
        add_number(table.text("ประเภทวัน").blank().text(day_kind_name(kind)), days_of(report, kind));
        add_group(table, group);
        table.end_row();
    }
    constexpr std::size_t kBetween = std::size(kHeadings) - 4;
    for (const auto& [of, n] : report.figures.reasons) {
        table.text(reason_group_name(of.first)).blank().text(reason_name(of.first, of.second));
        add_number(table.blank(kBetween), n).end_row();
    }
    return table.bytes();
}

std::string queue_json(const QueueReport& report) {
    std::string kinds, standards;
    for (const auto& [kind, group] : report.figures.day_kinds) {
        kinds += fmt::format("{}{{\"kind\":\"{}\",\"days\":{},{}}}", kinds.empty() ? "" : ",", word(kind),
                             days_of(report, kind), figures::group_json(group));
    }
    for (const QueueService& service : report.catalogue) {
        if (!service.standard_minutes) continue;
        const auto found = report.figures.services.find(service.place);
        const Times times = found == report.figures.services.end() ? Times{} : found->second.service_times;
        const auto within = times.within(*service.standard_minutes * 60'000);
        standards += fmt::format(
            "{}{{\"place\":{},\"standard_minutes\":{},\"n\":{},\"within\":{}}}", standards.empty() ? "" : ",",
            json_string("/" + service.place.division + "/" + service.place.service),
            *service.standard_minutes, times.known(), within ? std::to_string(*within) : "null");
    }
    return fmt::format(
        "{{\"first\":\"{}\",\"last\":\"{}\",\"queue\":{},\"hours_known\":{},\"holidays_known\":{},"
        "\"day_kinds\":[{}],\"standards\":[{}]}}\n",
        record::iso_date(report.period.first), record::iso_date(report.period.last), report.figures.json(),
        report.hours_known, report.holidays_known, kinds, standards);
}

}  // namespace sala::report
