#include "sync/office/status_text.h"

#include <fmt/format.h>

#include "platform/base/json.h"

namespace sala::office {
namespace {

std::string figures_json(const Figures& figures) {
    return fmt::format(
        R"("lines":{},"tickets_issued":{},"tickets_served":{},"ratings_cast":{},"ratings_sealed":{},)"
        R"("ratings_flagged":{},"ratings_counted":{},"ratings_waiting":{},"envelopes":{})",
        figures.lines, figures.tickets_issued, figures.tickets_served, figures.ratings_cast,
        figures.ratings_sealed, figures.ratings_flagged, figures.ratings_counted(), figures.ratings_waiting(),
        figures.envelopes);
}

std::string figures_text(const Figures& figures) {
    return fmt::format(
        "    บัตรคิว (tickets): ออก (issued) {}, ให้บริการแล้ว (served) {}\n"
        "    คะแนน (ratings): ลงแล้ว (cast) {} = อยู่ในซอง (sealed) {} + รอซอง (waiting) {}; ซอง (envelopes) "
        "{}\n"
        "    คะแนนในซอง (sealed): ที่นับ (counted) {} + แยกนับตามกติกา (flagged) {}\n"
        "    รายการ (lines): {}\n",
        figures.tickets_issued, figures.tickets_served, figures.ratings_cast, figures.ratings_sealed,
        figures.ratings_waiting(), figures.envelopes, figures.ratings_counted(), figures.ratings_flagged,
        figures.lines);
}

std::string day_text(int yyyymmdd) {
    const std::optional<record::Date> date = record::date_of(yyyymmdd);
    return date ? record::iso_date(*date) : std::string();
}

std::string text_or_null(const std::string& text) { return text.empty() ? "null" : json_string(text); }

}  // namespace

std::string status_json(const Status& status) {
    std::string out = fmt::format(R"({{"office":{},"domain":{},"name":{},"vkey":{},{},"devices":[)",
                                  json_string(status.office.id), json_string(status.office.domain),
                                  json_string(status.office.name), json_string(status.office.vkey),
                                  figures_json(status.figures));
    const char* separator = "";
    for (const DeviceStatus& device : status.devices) {
        out += fmt::format(
            R"({}{{"device_code":{},"name":{},"replaced_by":{},"ended":{},"last_day_closed":{},{}}})",
            separator, json_string(device.device.code), json_string(device.device.name),
            text_or_null(device.device.replaced_by), device.ended, text_or_null(day_text(device.last_closed)),
            figures_json(device.figures));
        separator = ",";
    }
    out += R"(],"incidents":[)";
    separator = "";
    for (const Incident& incident : status.incidents) {
        out += fmt::format(R"({}{{"device_code":{},"at_s":{},"code":{},"detail":{}}})", separator,
                           text_or_null(incident.device), incident.at_s, json_string(incident.code),
                           json_string(incident.detail));
        separator = ",";
    }
    return out + "]}\n";
}

std::string status_text(const Status& status) {
    std::string out =
        fmt::format("{} ({}, {})\n", status.office.name, status.office.id, status.office.domain);
    out += figures_text(status.figures);
    for (const DeviceStatus& device : status.devices) {
        const std::string closed = day_text(device.last_closed);
        out += fmt::format("ตู้บริการ (device) {} {}\n", device.device.code, device.device.name);
        if (!device.device.replaced_by.empty()) {
            out += fmt::format("    ถูกแทนที่ด้วย (replaced by) {}\n", device.device.replaced_by);
        }
        if (device.ended) out += "    บันทึกจบแล้ว ต่อด้วยกุญแจใหม่ (the log has ended; another key goes on)\n";
        if (device.figures.lines == 0 && device.device.replaced_by.empty())
            out += "    ยังไม่เคยส่งข้อมูล โปรดส่งออกจากตู้บริการ (never sent; export from the kiosk)\n";
        out +=
            fmt::format("    ปิดวันล่าสุด (last day closed): {}\n", closed.empty() ? "ยังไม่มี (none yet)" : closed);
        out += figures_text(device.figures);
    }
    for (const Incident& incident : status.incidents) {
        out += fmt::format("เคยเกิดเหตุ (noted; see audit) {} {} {}\n", incident.code, incident.device,
                           incident.detail);
    }
    return out;
}

}  // namespace sala::office
