// The queue's figures in the order and by the names in which they are reported.
#include <fmt/format.h>

#include <algorithm>

#include "sync/record/ticket_reasons.h"
#include "sync/report/queue.h"

namespace sala::report {
namespace {

using figures::Group;
using figures::ReasonOf;

QueueDivisionRow& division_named(std::vector<QueueDivisionRow>& rows, const std::string& name) {
    const auto found = std::ranges::find(rows, name, &QueueDivisionRow::name);
    return found != rows.end() ? *found : rows.emplace_back(QueueDivisionRow{name, {}, {}});
}

std::span<const record::Reason> reasons_of(ReasonOf of) {
    switch (of) {
        case ReasonOf::kChosen:
            return record::reasons_to_choose();
        case ReasonOf::kParked:
            return record::reasons_to_park();
        case ReasonOf::kTransferred:
            return record::reasons_to_transfer();
        case ReasonOf::kCancelled:
            return record::reasons_to_cancel();
        case ReasonOf::kDelayed:
            return record::reasons_of_delay();
        case ReasonOf::kPrint:
            break;
    }
    return {};
}

}  // namespace

std::vector<QueueDivisionRow> queue_rows(const QueueReport& report) {
    std::vector<QueueDivisionRow> rows;
    std::map<figures::ServicePlace, Group> left = report.figures.services;
    std::map<std::string, std::string> divisions;
    const auto add = [&](const QueueService& service, const Group& group) {
        QueueDivisionRow& division = division_named(rows, service.division_name);
        division.sum += group;
        division.services.push_back({service, group});
    };
    for (const QueueService& service : report.catalogue) {
        add(service, left[service.place]);
        left.erase(service.place);
        divisions[service.place.division] = service.division_name;
    }
    for (const auto& [place, group] : left) {
        const auto known = divisions.find(place.division);
        add({place, known == divisions.end() ? place.division : known->second, place.service, {}}, group);
    }
    return rows;
}

std::vector<std::pair<std::string, Group>> queue_counters(const QueueReport& report) {
    std::vector<std::pair<std::string, Group>> rows;
    std::map<std::string, Group> left = report.figures.counters;
    for (const auto& [id, name] : report.counters) {
        rows.emplace_back(name, left[id]);
        left.erase(id);
    }
    for (const auto& [id, group] : left) rows.emplace_back(id, group);
    return rows;
}

const char* reason_group_name(ReasonOf of) {
    constexpr const char* kNames[] = {"เรียกก่อนลำดับ",          "พักคิวไว้ก่อน",
                                      "โอนไปงานบริการอื่น",      "ยกเลิกบัตรคิว",
                                      "แจ้งว่าใช้เวลานานกว่าปกติ", "พิมพ์บัตรคิวไม่สำเร็จ"};
    return kNames[static_cast<int>(of)];
}

std::string reason_name(ReasonOf of, const std::string& reason) {
    constexpr std::pair<const char*, const char*> kPrint[] = {{"paper", "กระดาษหมด"},
                                                              {"cover", "ฝาเครื่องพิมพ์เปิดอยู่"},
                                                              {"offline", "ติดต่อเครื่องพิมพ์ไม่ได้"},
                                                              {"failed", "เครื่องพิมพ์ขัดข้อง"}};
    for (const auto& [why, name] : kPrint) {
        if (of == ReasonOf::kPrint && reason == why) return name;
    }
    if (of == ReasonOf::kCancelled && reason == "close") return "ยังไม่ได้รับบริการเมื่อปิดทำการ";
    const record::Reason* known = record::find_reason(reasons_of(of), reason);
    return known == nullptr ? reason : std::string(known->thai);
}

std::string hour_name(int hour) {
    if (hour == figures::kUnknownHour) return "ไม่ทราบเวลา";
    return fmt::format("{:02}.00 – {:02}.00 น.", hour, hour + 1);
}

const char* day_kind_name(figures::DayKind kind) {
    constexpr const char* kNames[] = {"วันทำการ", "วันหยุดราชการ", "วันหยุดประจำสัปดาห์", "ไม่ทราบว่าเป็นวันหยุดหรือไม่"};
    return kNames[static_cast<int>(kind)];
}

}  // namespace sala::report
