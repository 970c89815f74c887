#include "sync/report/counts.h"
#include "sync/report/csv.h"

namespace sala::report {
namespace {

constexpr const char* kHeadings[] = {
    "ประเภทข้อมูล", "วันที่เริ่ม",  "วันที่สิ้นสุด", "วันที่ (พ.ศ.)", "กอง",       "บริการ",  "ประเภทการประเมิน", "ออกบัตร",
    "ให้บริการแล้ว", "ผู้ประเมิน", "5 ดีมาก",  "4 ดี",        "3 ปานกลาง", "2 พอใช้", "1 ควรปรับปรุง",     "ไม่ตอบ",
};

// The first four columns.
CsvTable& begin(CsvTable& table, const char* kind, record::Date first, record::Date last) {
    std::string shown = record::long_date_text(first, record::Language::kThai);
    if (first != last) shown += " – " + record::long_date_text(last, record::Language::kThai);
    return table.text(kind).text(record::iso_date(first)).text(record::iso_date(last)).text(shown);
}

void add_balance(CsvTable& table, const record::DateRange& period, const char* kind, std::int64_t raters) {
    begin(table, kind, period.first, period.last).blank(5).number(raters).end_row();
}

}  // namespace

std::string class_name(const std::string& ballot_class) {
    if (ballot_class == "after_service") return "หลังรับบริการ";
    if (ballot_class == "walk_up") return "ประเมินทั่วไป";
    if (ballot_class == "flagged") return "แยกนับตามกติกา (นอกเวลาหรือถี่ผิดปกติ)";
    if (ballot_class == "paper") return "แบบกระดาษ";
    return ballot_class;
}

std::string counts_csv(const CountsReport& report) {
    CsvTable table;
    for (const char* heading : kHeadings) table.text(heading);
    table.end_row();
    for (const TicketFigures& row : report.tickets) {
        begin(table, "บัตรคิว", row.day, row.day).text(row.division).text(row.service).blank();
        table.number(row.issued).number(row.served).end_row();
    }
    for (const EnvelopeFigures& row : report.envelopes) {
        begin(table, "ซองคะแนน", row.first_day, row.last_day).text(row.division).text(row.service);
        table.text(class_name(row.ballot_class)).blank(2).number(row.raters);
        for (const std::size_t value : {5U, 4U, 3U, 2U, 1U, 0U}) table.number(row.faces[value]);
        table.end_row();
    }
    for (const DayFigures& day : casts_against_served(report)) {
        begin(table, "คะแนนเทียบผู้รับบริการ", day.day, day.day).blank(4).number(day.served);
        table.number(day.cast).end_row();
    }
    add_balance(table, report.period, "คะแนนรอซอง ยกมา", report.balance.carried);
    add_balance(table, report.period, "คะแนนที่ลงในช่วงนี้", report.balance.cast);
    add_balance(table, report.period, "คะแนนที่อยู่ในซองแล้ว", report.balance.sealed);
    const SealedFigures sealed = sealed_figures(report);
    add_balance(table, report.period, "ในซอง: แยกนับตามกติกา", sealed.flagged);
    add_balance(table, report.period, "ในซอง: ที่นับ", sealed.counted());
    add_balance(table, report.period, "คะแนนที่รอซอง", report.balance.waiting);
    return table.bytes();
}

}  // namespace sala::report
