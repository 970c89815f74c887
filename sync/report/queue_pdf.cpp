// The queue report as a document for an officer to sign.
#include <algorithm>
#include <utility>

#include "sync/report/frame.h"
#include "sync/report/period.h"
#include "sync/report/queue.h"

namespace sala::report {
namespace {

using figures::DayKind;
using figures::Group;
using figures::ReasonOf;
using figures::Times;
using paint::Align;

constexpr const char* kTitle = "รายงานสถิติการให้บริการตามบัตรคิวและระยะเวลาการให้บริการ";
constexpr double kFigure = 50;

class QueueDocument {
  public:
    QueueDocument(const QueueReport& report, const std::string& office, Digits digits,
                  paint::PdfDocument& pdf)
        : report_(report),
          figures_(report.figures),
          all_(figures_.whole()),
          rows_(queue_rows(report)),
          digits_(digits),
          period_(in_digits(period_text(report.period), digits)),
          year_(in_digits(std::to_string(record::fiscal_year_be(report.period.last)), digits)),
          office_(office),
          sheet_(pdf, digits, office, "รายงานสถิติการให้บริการฯ ปีงบประมาณ พ.ศ. " + year_,
                 "สถิติการให้บริการตามบัตรคิว") {}

    void write() {
        write_title(sheet_,
                    {{"รายงานสถิติการให้บริการตามบัตรคิว", "และระยะเวลาการให้บริการ"}, year_, period_, office_});
        overview();
        counts();
        times();
        hours();
        counters();
        lunch_and_holidays();
        reasons();
        balance();
        notes();
        write_signature(sheet_);
        sheet_.finish();
    }

  private:
    std::string number(std::uint64_t value) const {
        return number_text(static_cast<std::int64_t>(value), digits_);
    }
    std::string ordinal(std::size_t index) const { return in_digits(std::to_string(index + 1), digits_); }
    std::string ours(const std::string& text) const { return in_digits(text, digits_); }
    void heading(const char* name) { sheet_.heading(fmt::format("ตารางที่ {} {}", ordinal(tables_++), name)); }
    void table(const Table& table) {
        if (table.rows.empty()) return sheet_.paragraph("ไม่มีข้อมูลในช่วงเวลานี้", kBody);
        sheet_.table(table);
    }

    std::string time(const Times& times, int percent) const;
    void add_times(Row& row, const Times& times) const;
    void add_standard(Row& row, const QueueService* service, const Group& group) const;
    Row named(std::size_t division, std::size_t service) const;
    Row group_row(const char* name, std::size_t columns) const;
    void overview();
    void counts();
    void times();
    void hours();
    void counters();
    void lunch_and_holidays();
    void reasons();
    void balance();
    void say_what_is_unknown();
    void notes();

    const QueueReport& report_;
    const figures::QueueFigures& figures_;
    Group all_;
    std::vector<QueueDivisionRow> rows_;
    Digits digits_;
    std::string period_;
    std::string year_;
    std::string office_;
    Sheet sheet_;
    std::size_t tables_ = 0;
};

std::string QueueDocument::time(const Times& times, int percent) const {
    if (times.known() == 0) return std::string(kNothing);
    const auto ms = times.percentile(percent);
    return ms ? minutes_text(*ms, digits_) : "น้อยเกินไป";
}

// Two cells; under the median of how many.
void QueueDocument::add_times(Row& row, const Times& times) const {
    row.cells.push_back({time(times, 50), times.known() == 0 ? "" : "จาก " + number(times.known())});
    row.cells.push_back({time(times, 90)});
}

// Two cells.
void QueueDocument::add_standard(Row& row, const QueueService* service, const Group& group) const {
    if (service == nullptr || !service->standard_minutes) {
        row.cells.push_back({std::string(kNothing)});
        row.cells.push_back({std::string(kNothing)});
        return;
    }
    const auto within = group.service_times.within(*service->standard_minutes * 60'000);
    row.cells.push_back({ours(std::to_string(*service->standard_minutes))});
    if (!within) return row.cells.push_back({time(group.service_times, 50)});
    const auto known = static_cast<std::int64_t>(group.service_times.known());
    row.cells.push_back(
        {*within == 0 ? ours("0.00") : percent_text(static_cast<std::int64_t>(*within), known, digits_)});
}

// Ordinal and name of a service.
Row QueueDocument::named(std::size_t division, std::size_t service) const {
    return {{{ordinal(division) + "." + ordinal(service)},
             {rows_[division].services[service].service.service_name}}};
}

Row QueueDocument::group_row(const char* name, std::size_t columns) const {
    return {{{name, "", columns}}, RowKind::kGroup};
}

void QueueDocument::overview() {
    std::string said = "ไม่มีการออกบัตรคิวและไม่มีผู้รับบริการ";
    if (all_.came() != 0) {
        said = fmt::format("มีการออกบัตรคิว {} ใบ ", number(all_.issued));
        if (all_.walked_in != 0) said += fmt::format("ผู้รับบริการที่ไม่มีบัตรคิว {} ราย ", number(all_.walked_in));
        said += all_.served == 0 ? "ยังไม่มีการให้บริการ" : fmt::format("ให้บริการแล้ว {} ราย", number(all_.served));
        if (const auto median = all_.wait_times.median())
            said += fmt::format(" ครึ่งหนึ่งของผู้รับบริการรอเรียกคิวไม่เกิน {} นาที", minutes_text(*median, digits_));
    }
    const auto date = [&](record::Date day) {
        return ours(record::long_date_text(day, record::Language::kThai));
    };
    sheet_.paragraph(fmt::format("\u2003\u2003\u2003ตั้งแต่วันที่ {} ถึงวันที่ {} {} รายละเอียดดังต่อไปนี้",
                                 date(report_.period.first), date(report_.period.last), said),
                     kBody);
}

void QueueDocument::counts() {
    heading("จำนวนผู้รับบริการ จำแนกตามส่วนราชการและงานบริการ");
    Table out{{{"ลำดับ", 34, Align::kCenter},
               {"ส่วนราชการ / งานบริการ", Sheet::width_pt() - 34 - 5 * kFigure, Align::kLeft},
               {"ออก\nบัตรคิว", kFigure},
               {"ไม่มี\nบัตรคิว", kFigure},
               {"ให้บริการ\nแล้ว", kFigure},
               {"ไม่มา\nเมื่อเรียก", kFigure},
               {"ยกเลิก", kFigure}},
              {}};
    const auto add = [&](Row row, const Group& group, std::uint64_t served) {
        for (const std::uint64_t value :
             {group.issued, group.walked_in, served, group.missed, group.cancelled})
            row.cells.push_back({number(value)});
        out.rows.push_back(std::move(row));
    };
    for (std::size_t d = 0; d < rows_.size(); ++d) {
        const Group& sum = rows_[d].sum;
        add({{{ordinal(d) + ". " + rows_[d].name, "", 2}}, RowKind::kGroup}, sum, sum.served + sum.done);
        for (std::size_t s = 0; s < rows_[d].services.size(); ++s) {
            const Group& group = rows_[d].services[s].group;
            add(named(d, s), group, group.served + group.done);
        }
    }
    if (!rows_.empty()) add({{{"รวมทั้งสิ้น (ราย)", "", 2}}, RowKind::kTotal}, all_, all_.served);
    table(out);
}

void QueueDocument::times() {
    heading("ระยะเวลา (นาที) จำแนกตามส่วนราชการและงานบริการ");
    constexpr double kTime = 49;
    Table out{{{"ลำดับ", 30, Align::kCenter},
               {"ส่วนราชการ / งานบริการ", Sheet::width_pt() - 30 - 6 * kTime, Align::kLeft},
               {"รอเรียก\nค่ากลาง", kTime},
               {"รอเรียก\nร้อยละ 90\nไม่เกิน", kTime},
               {"บริการ\nค่ากลาง", kTime},
               {"บริการ\nร้อยละ 90\nไม่เกิน", kTime},
               {"เวลา\nมาตรฐาน", kTime},
               {"ไม่เกิน\nมาตรฐาน\n(ร้อยละ)", kTime}},
              {}};
    for (Column& column : out.columns) column.heading = ours(column.heading);
    const auto add = [&](Row row, const Group& group, const QueueService* service) {
        add_times(row, group.wait_times);
        add_times(row, group.service_times);
        add_standard(row, service, group);
        out.rows.push_back(std::move(row));
    };
    for (std::size_t d = 0; d < rows_.size(); ++d) {
        add({{{ordinal(d) + ". " + rows_[d].name, "", 2}}, RowKind::kGroup}, rows_[d].sum, nullptr);
        for (std::size_t s = 0; s < rows_[d].services.size(); ++s) {
            const QueueServiceRow& row = rows_[d].services[s];
            add(named(d, s), row.group, &row.service);
        }
    }
    if (!rows_.empty()) add({{{"ทั้งหน่วยงาน", "", 2}}, RowKind::kTotal}, all_, nullptr);
    table(out);
}

// What the next three tables have behind the name.
constexpr double kTimeWide = 53;
std::vector<Column> time_columns(std::vector<Column> before) {
    double used = 0;
    for (const Column& column : before) used += column.width_pt;
    before.front().width_pt = Sheet::width_pt() - used - 4 * kTimeWide;
    for (const char* heading :
         {"รอเรียก\nค่ากลาง", "รอเรียก\nร้อยละ 90\nไม่เกิน", "บริการ\nค่ากลาง", "บริการ\nร้อยละ 90\nไม่เกิน"})
        before.push_back({heading, kTimeWide});
    return before;
}

void QueueDocument::hours() {
    heading("ปริมาณงานและระยะเวลา (นาที) จำแนกตามช่วงเวลาของวัน");
    Table out{
        time_columns({{"ช่วงเวลา", 0, Align::kLeft}, {"ออก\nบัตรคิว", kFigure}, {"ให้บริการ\nแล้ว", kFigure}}), {}};
    for (Column& column : out.columns) column.heading = ours(column.heading);
    for (const auto& [hour, group] : figures_.hours) {
        Row row{{{ours(hour_name(hour))}, {number(group.issued)}, {number(group.served)}}};
        add_times(row, group.wait_times);
        add_times(row, group.service_times);
        out.rows.push_back(std::move(row));
    }
    table(out);
}

void QueueDocument::counters() {
    heading("ปริมาณงานและระยะเวลาให้บริการ (นาที) จำแนกตามช่องบริการ");
    Table out{{{"ช่องบริการ", Sheet::width_pt() - 4 * kFigure - 2 * kTimeWide, Align::kLeft},
               {"เรียก\n(ครั้ง)", kFigure},
               {"เรียกซ้ำ\n(ครั้ง)", kFigure},
               {"ให้บริการ\nแล้ว", kFigure},
               {"ไม่มา\nเมื่อเรียก", kFigure},
               {"บริการ\nค่ากลาง", kTimeWide},
               {ours("บริการ\nร้อยละ 90\nไม่เกิน"), kTimeWide}},
              {}};
    for (const auto& [name, group] : queue_counters(report_)) {
        Row row{{{name},
                 {number(group.calls)},
                 {number(group.recalls)},
                 {number(group.served + group.done)},
                 {number(group.missed)}}};
        add_times(row, group.service_times);
        out.rows.push_back(std::move(row));
    }
    table(out);
}

void QueueDocument::lunch_and_holidays() {
    heading("ช่วงพักกลางวันและวันหยุด ระยะเวลาเป็นนาที");
    Table out{time_columns({{"ช่วงเวลา / ประเภทวัน", 0, Align::kLeft},
                            {"จำนวน\nวัน", 40},
                            {"ออก\nบัตรคิว", 44},
                            {"ให้บริการ\nแล้ว", 46}}),
              {}};
    for (Column& column : out.columns) column.heading = ours(column.heading);
    const auto add = [&](const std::string& name, const std::string& days, const Group& group) {
        Row row{{{name}, {days}, {number(group.issued)}, {number(group.served)}}};
        add_times(row, group.wait_times);
        add_times(row, group.service_times);
        out.rows.push_back(std::move(row));
    };
    if (figures_.hours.empty()) return table(out);
    out.rows.push_back(group_row("ช่วงพักกลางวัน", out.columns.size()));
    add(ours(hour_name(figures::kLunchHour)), "", figures_.lunch());
    add("เวลาอื่น", "", figures_.other_hours());
    out.rows.push_back(group_row("ประเภทวัน", out.columns.size()));
    for (const auto& [kind, group] : figures_.day_kinds) {
        const auto days = figures_.days.find(kind);
        add(day_kind_name(kind), number(days == figures_.days.end() ? 0 : days->second.size()), group);
    }
    table(out);
    if (!report_.holidays_known)
        sheet_.paragraph("ไม่มีข้อมูลวันหยุดราชการของปีนี้ จึงแยกวันหยุดราชการออกจากวันทำการไม่ได้", kNote, 2);
    if (!report_.hours_known) sheet_.paragraph("ไม่มีข้อมูลวันทำการของหน่วยงานในฐานข้อมูลนี้", kNote, 2);
}

void QueueDocument::reasons() {
    heading("การเรียกก่อนลำดับและเหตุอื่นที่ต้องระบุเหตุผล");
    Table out{{{"รายการ / เหตุผล", Sheet::width_pt() - 70, Align::kLeft}, {"จำนวน (ครั้ง)", 70}}, {}};
    std::optional<ReasonOf> last;
    for (const auto& [of, n] : figures_.reasons) {
        if (last != of.first) {
            std::uint64_t sum = 0;
            for (const auto& [other, count] : figures_.reasons) sum += other.first == of.first ? count : 0;
            out.rows.push_back({{{reason_group_name(of.first)}, {number(sum)}}, RowKind::kGroup});
        }
        last = of.first;
        out.rows.push_back({{{reason_name(of.first, of.second)}, {number(n)}}});
    }
    table(out);
}

void QueueDocument::balance() {
    heading("การกระทบยอดจำนวนผู้รับบริการ (ราย)");
    const double figure = 64, name = Sheet::width_pt() / 2 - figure;
    Table out{
        {{"ที่มา", name, Align::kLeft}, {"จำนวน", figure}, {"ที่ไป", name, Align::kLeft}, {"จำนวน", figure}}, {}};
    std::vector<std::pair<const char*, std::uint64_t>> from = {
        {"ยกมาจากวันก่อนช่วงนี้", all_.carried_in}, {"ออกบัตรคิว", all_.issued}, {"ไม่มีบัตรคิว", all_.walked_in}};
    std::vector<std::pair<const char*, std::uint64_t>> to = {{"ให้บริการแล้ว", all_.served},
                                                             {"ไม่มาเมื่อเรียก", all_.missed},
                                                             {"ยกเลิก", all_.cancelled},
                                                             {"ยกไปวันหลังช่วงนี้", all_.carried_out}};
    if (all_.open != 0) to.emplace_back("อยู่ระหว่างรอหรือรับบริการ (ยังไม่ปิดวัน)", all_.open);
    if (all_.left != 0) to.emplace_back("ไม่ทราบผล (ไม่ได้บันทึกเมื่อปิดวัน)", all_.left);
    std::uint64_t came = 0, went = 0;
    for (std::size_t i = 0; i < to.size(); ++i) {
        Row row;
        row.cells = {{""}, {""}, {to[i].first}, {number(to[i].second)}};
        if (i < from.size()) {
            row.cells[0].text = from[i].first;
            row.cells[1].text = number(from[i].second);
            came += from[i].second;
        }
        went += to[i].second;
        out.rows.push_back(std::move(row));
    }
    out.rows.push_back({{{"รวม"}, {number(came)}, {"รวม"}, {number(went)}}, RowKind::kTotal});
    sheet_.table(out);
    const char* verdict = came == went && figures_.balanced()
                              ? "ยอดที่มาและยอดที่ไปตรงกันทุกงานบริการ"
                              : "ยอดที่มาและยอดที่ไปไม่ตรงกัน โปรดตรวจด้วยคำสั่ง audit";
    sheet_.paragraph(verdict, kBody, 4);
    say_what_is_unknown();
}

void QueueDocument::say_what_is_unknown() {
    const auto say = [&](std::uint64_t n, const char* text) {
        if (n != 0) sheet_.paragraph(fmt::format(fmt::runtime(text), number(n)), kNote, 2);
    };
    say(figures_.days_without_calls.size(),
        "มี {} วันที่มีการออกบัตรคิวโดยไม่ได้เรียกคิวผ่านระบบ วันเหล่านี้มีแต่จำนวน ไม่มีระยะเวลา");
    say(all_.unmeasured, "ผู้รับบริการ {} รายบันทึกว่าให้บริการแล้วโดยไม่ได้กดจบที่ช่องบริการ จึงไม่มีระยะเวลาให้บริการ");
    say(all_.wait_times.unknown() + all_.service_times.unknown(),
        "ระยะเวลา {} รายการไม่ทราบค่า เพราะเครื่องเปิดใหม่หรือนาฬิกาเชื่อถือไม่ได้ในระหว่างนั้น และไม่นำมาคำนวณ");
    say(figures_.unread, "บันทึก {} รายการเป็นของบัตรคิวที่ลบบันทึกแรกไปแล้วตามกำหนด และไม่นำมานับ");
}

void QueueDocument::notes() {
    constexpr const char* kNotes[] = {
        "เวลารอเรียก นับจากออกบัตรคิว (หรือโอนมา หรือเสร็จจากงานก่อน) จนถึงการเรียกครั้งแรกของงานนั้น "
        "ผู้ที่ยกมาจากวันก่อนนับจากเปิดวันใหม่ ผู้ที่ไม่ถูกเรียกและผู้ไม่มีบัตรคิวไม่มีเวลารอ",
        "เวลาให้บริการ นับจากการเรียกจนเสร็จงานนั้น ไม่รวมเวลาที่พักคิวไว้ งานที่โอนหรือยกเลิกกลางคันไม่นำมาคำนวณ",
        "ค่ากลาง (มัธยฐาน) คือค่าที่ครึ่งหนึ่งของรายการไม่เกินค่านี้ ร้อยละ 90 ไม่เกิน คือค่าที่รายการร้อยละ 90 ไม่เกินค่านี้ "
        "คิดจากรายการที่วัดได้จริงโดยวิธีลำดับใกล้สุด (nearest rank)",
        "“น้อยเกินไป” หมายถึง วัดได้ไม่ถึง 5 รายการ จึงไม่แสดงค่า เพื่อไม่ให้ทราบเวลาของผู้ใดผู้หนึ่ง",
        "ผู้ที่ขอหลายงานในบัตรเดียวนับในทุกงานที่รับบริการ แต่นับเป็นหนึ่งรายในแถวรวมทั้งสิ้น",
        "เวลารอนับในช่วงเวลาที่เริ่มรอ เวลาให้บริการนับในช่วงเวลาที่เรียก",
        "“—” หมายถึง ไม่มี (จำนวนเป็นศูนย์ หรือไม่มีข้อมูลให้คำนวณ)",
    };
    write_notes(sheet_, digits_, kNotes);
}

}  // namespace

Result<std::string> queue_pdf(const QueueReport& report, const std::string& office, Digits digits) {
    Result<paint::PdfDocument> pdf = paint::PdfDocument::open(
        fmt::format("{} {} {}", kTitle, office, in_digits(period_text(report.period), digits)), office);
    if (!pdf) return pdf.error();
    QueueDocument(report, office, digits, *pdf).write();
    return pdf->bytes();
}

}  // namespace sala::report
