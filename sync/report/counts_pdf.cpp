// The counts report as a document for an officer to sign: what was issued, served and answered, and that
// none of it is missing.
#include <algorithm>
#include <utility>

#include "sync/ledger/tally.h"
#include "sync/report/counts.h"
#include "sync/report/frame.h"
#include "sync/report/period.h"
#include "sync/report/sheet.h"

namespace sala::report {
namespace {

using paint::Align;

constexpr const char* kTitle = "รายงานสรุปจำนวนผู้ใช้บริการและผลการประเมินความพึงพอใจ ณ จุดบริการประชาชน";
constexpr const char* kForm = "แบบประเมินความพึงพอใจ ณ จุดบริการประชาชน";
// The order of the columns: value, what it is called, and how much wider its column must be than the others.
struct Face {
    std::size_t value;
    const char* heading;
    double extra_pt;
};
constexpr Face kFaces[] = {{5, "5\nดีมาก", 0}, {4, "4\nดี", 0},         {3, "3\nปาน\nกลาง", 0},
                           {2, "2\nพอใช้", 0}, {1, "1\nควรปรับปรุง", 8}, {0, "ไม่ตอบ", 1}};

struct Issued {
    std::int64_t issued = 0;
    std::int64_t served = 0;
};

struct ServiceTotal {
    std::string service;
    Issued sum;
};

struct DivisionTotal {
    std::string division;
    Issued sum;
    std::vector<ServiceTotal> services;
};

// The element whose `member` is `name`, added at the end where there is none.
template <typename T>
T& named(std::vector<T>& all, std::string T::*member, const std::string& name) {
    const auto found = std::ranges::find(all, name, member);
    if (found != all.end()) return *found;
    T& added = all.emplace_back();
    added.*member = name;
    return added;
}

void add(Issued& to, const TicketFigures& row) {
    to.issued += row.issued;
    to.served += row.served;
}

// In the order of the catalogue; after it what is in none any more.
std::vector<DivisionTotal> by_service(const CountsReport& report) {
    std::vector<DivisionTotal> divisions;
    for (const auto& [division, service] : report.catalogue)
        named(named(divisions, &DivisionTotal::division, division).services, &ServiceTotal::service, service);
    for (const TicketFigures& row : report.tickets) {
        DivisionTotal& division = named(divisions, &DivisionTotal::division, row.division);
        add(division.sum, row);
        add(named(division.services, &ServiceTotal::service, row.service).sum, row);
    }
    return divisions;
}

constexpr double kRatersExtra = 6;

// Of the columns of raters and faces, where the narrowest is `face_pt` wide.
double faces_width(double face_pt) {
    double width = face_pt + kRatersExtra;
    for (const Face& face : kFaces) width += face_pt + face.extra_pt;
    return width;
}

class CountsDocument {
  public:
    CountsDocument(const CountsReport& report, const std::string& office, Digits digits,
                   paint::PdfDocument& pdf)
        : report_(report),
          digits_(digits),
          period_(in_digits(period_text(report.period), digits)),
          year_(in_digits(std::to_string(record::fiscal_year_be(report.period.last)), digits)),
          office_(office),
          sheet_(pdf, digits, office, "รายงานสรุปจำนวนฯ ปีงบประมาณ พ.ศ. " + year_,
                 fmt::format("{} (แบบ {})", kForm, ledger::face_page().id)) {}

    void write() {
        title();
        overview();
        tickets();
        classes();
        envelopes();
        balance();
        set_apart();
        against_served();
        notes();
        write_signature(sheet_);
        sheet_.finish();
    }

  private:
    std::string number(std::int64_t value) const { return number_text(value, digits_); }
    std::string ordinal(std::size_t index) const { return in_digits(std::to_string(index + 1), digits_); }
    std::string date(record::Date day) const {
        return in_digits(record::long_date_text(day, record::Language::kThai), digits_);
    }

    void title();
    void overview();
    void tickets();
    void classes();
    void envelopes();
    void balance();
    void set_apart();
    void against_served();
    void notes();
    void none(const char* text) { sheet_.paragraph(text, kBody); }
    std::string days(const EnvelopeFigures& envelope) const;
    std::vector<Column> face_columns(std::vector<Column> before, double face_pt, double mean_pt) const;
    void add_faces(Row& row, std::int64_t raters, const std::array<std::int64_t, 6>& faces) const;

    const CountsReport& report_;
    Digits digits_;
    std::string period_;
    std::string year_;
    std::string office_;
    Sheet sheet_;
};

void CountsDocument::title() {
    write_title(
        sheet_,
        {{"รายงานสรุปจำนวนผู้ใช้บริการ", "และผลการประเมินความพึงพอใจ ณ จุดบริการประชาชน"}, year_, period_, office_});
}

void CountsDocument::overview() {
    Issued all;
    for (const TicketFigures& row : report_.tickets) add(all, row);
    std::string said = "ไม่มีการออกบัตรคิว";
    if (all.issued != 0) {
        said = fmt::format("มีการออกบัตรคิว {} ใบ ", number(all.issued));
        said += all.served == 0 ? "ยังไม่มีการให้บริการ" : fmt::format("ให้บริการแล้ว {} ใบ", number(all.served));
    }
    if (report_.balance.cast == 0) {
        said += " และไม่มีการประเมินความพึงพอใจ";
    } else {
        said += fmt::format(" และมีการประเมินความพึงพอใจ {} ครั้ง ตาม{} (แบบ {})", number(report_.balance.cast),
                            kForm, ledger::face_page().id);
    }
    // Official paragraphs begin one tab in.
    sheet_.paragraph(fmt::format("\u2003\u2003\u2003ตั้งแต่วันที่ {} ถึงวันที่ {} {} รายละเอียดดังต่อไปนี้",
                                 date(report_.period.first), date(report_.period.last), said),
                     kBody);
}

void CountsDocument::tickets() {
    sheet_.heading(fmt::format("ตารางที่ {} บัตรคิวที่ออกและที่ให้บริการแล้ว จำแนกตามส่วนราชการและงานบริการ", ordinal(0)));
    const double rest = Sheet::width_pt() - 38 - 66 - 76 - 60;
    Table table{{{"ลำดับ", 38, Align::kCenter},
                 {"ส่วนราชการ / งานบริการ", rest, Align::kLeft},
                 {"ออกบัตรคิว\n(ใบ)", 66},
                 {"ให้บริการแล้ว\n(ใบ)", 76},
                 {"ร้อยละ", 60}},
                {}};
    const auto figures = [&](Row row, const Issued& sum) {
        row.cells.push_back({number(sum.issued)});
        row.cells.push_back({number(sum.served)});
        row.cells.push_back({percent_text(sum.served, sum.issued, digits_)});
        table.rows.push_back(std::move(row));
    };
    Issued all;
    const std::vector<DivisionTotal> divisions = by_service(report_);
    for (std::size_t d = 0; d < divisions.size(); ++d) {
        const DivisionTotal& division = divisions[d];
        figures({{{ordinal(d) + ". " + division.division, "", 2}}, RowKind::kGroup}, division.sum);
        for (std::size_t s = 0; s < division.services.size(); ++s)
            figures({{{ordinal(d) + "." + ordinal(s)}, {division.services[s].service}}},
                    division.services[s].sum);
        all.issued += division.sum.issued;
        all.served += division.sum.served;
    }
    if (divisions.empty()) return none("ไม่มีการออกบัตรคิวในช่วงเวลานี้");
    figures({{{"รวมทั้งสิ้น", "", 2}}, RowKind::kTotal}, all);
    sheet_.table(table);
}

std::vector<Column> CountsDocument::face_columns(std::vector<Column> before, double face_pt,
                                                 double mean_pt) const {
    before.push_back({"ผู้ประเมิน", face_pt + kRatersExtra});
    for (const Face& face : kFaces)
        before.push_back({in_digits(face.heading, digits_), face_pt + face.extra_pt});
    before.push_back({"ค่าเฉลี่ย", mean_pt});
    return before;
}

void CountsDocument::add_faces(Row& row, std::int64_t raters,
                               const std::array<std::int64_t, 6>& faces) const {
    row.cells.push_back({number(raters)});
    for (const auto& [value, heading, extra] : kFaces) {
        const bool some = faces[value] != 0;
        row.cells.push_back(
            {number(faces[value]), some ? percent_text(faces[value], raters, digits_) : std::string()});
    }
    row.cells.push_back({mean_text(faces, digits_)});
}

void CountsDocument::classes() {
    sheet_.heading(fmt::format("ตารางที่ {} ผลการประเมินความพึงพอใจ จำแนกตามประเภทการประเมิน", ordinal(1)));
    const std::vector<ClassTotal> classes = by_class(report_);
    if (classes.empty()) return none("ไม่มีซองคะแนนในช่วงเวลานี้");
    constexpr double kFace = 42, kMean = 40;
    Table table{
        face_columns({{"ประเภทการประเมิน", Sheet::width_pt() - faces_width(kFace) - kMean, Align::kLeft}},
                     kFace, kMean),
        {}};
    for (const ClassTotal& total : classes) {
        Row row{{{class_name(total.ballot_class)}}};
        add_faces(row, total.raters, total.faces);
        table.rows.push_back(std::move(row));
    }
    sheet_.table(table);
}

std::string CountsDocument::days(const EnvelopeFigures& envelope) const {
    const auto text = [&](record::Date day) {
        // "๑๕ ม.ค. ๗๐" of "ศุกร์ ๑๕ ม.ค. ๒๕๗๐"; a Thai digit has three bytes.
        const std::string full = record::short_date_text(day, record::Language::kThai);
        const std::size_t begin = full.find(' ') + 1;
        return in_digits(full.substr(begin, full.size() - begin - 12) + full.substr(full.size() - 6),
                         digits_);
    };
    if (envelope.first_day == envelope.last_day) return text(envelope.last_day);
    return text(envelope.first_day) + "\nถึง\n" + text(envelope.last_day);
}

void CountsDocument::envelopes() {
    sheet_.heading(fmt::format("ตารางที่ {} ผลการประเมินความพึงพอใจ รายซองคะแนน", ordinal(2)));
    if (report_.envelopes.empty()) return none("ไม่มีซองคะแนนในช่วงเวลานี้");
    constexpr double kOrdinal = 28, kDays = 56, kFace = 32, kMean = 31;
    const double place = Sheet::width_pt() - kOrdinal - kDays - faces_width(kFace) - kMean;
    Table table{face_columns({{"ซองที่", kOrdinal, Align::kCenter},
                              {"วันที่", kDays, Align::kCenter},
                              {"จุดบริการ", place, Align::kLeft}},
                             kFace, kMean),
                {}};
    for (std::size_t i = 0; i < report_.envelopes.size(); ++i) {
        const EnvelopeFigures& envelope = report_.envelopes[i];
        std::string where = envelope.division;
        if (!envelope.service.empty()) where += "\n" + envelope.service;
        Row row{{{ordinal(i)}, {days(envelope)}, {where, class_name(envelope.ballot_class)}}};
        add_faces(row, envelope.raters, envelope.faces);
        table.rows.push_back(std::move(row));
    }
    sheet_.table(table);
}

void CountsDocument::balance() {
    sheet_.heading(fmt::format("ตารางที่ {} การกระทบยอดจำนวนการประเมิน (ครั้ง)", ordinal(3)));
    const double figure = 70;
    const double name = Sheet::width_pt() / 2 - figure;
    Table table{
        {{"ที่มา", name, Align::kLeft}, {"จำนวน", figure}, {"ที่ไป", name, Align::kLeft}, {"จำนวน", figure}}, {}};
    const RatingBalance& is = report_.balance;
    table.rows.push_back(
        {{{"รอซองยกมาจากช่วงก่อน"}, {number(is.carried)}, {"อยู่ในซองแล้ว"}, {number(is.sealed)}}});
    table.rows.push_back({{{"ประเมินในช่วงนี้"}, {number(is.cast)}, {"รอซองยกไปช่วงหน้า"}, {number(is.waiting)}}});
    table.rows.push_back(
        {{{"รวม"}, {number(is.carried + is.cast)}, {"รวม"}, {number(is.sealed + is.waiting)}},
         RowKind::kTotal});
    sheet_.table(table);
}

void CountsDocument::set_apart() {
    const SealedFigures sealed = sealed_figures(report_);
    if (sealed.raw + report_.balance.waiting == 0) return;
    sheet_.heading(fmt::format("ตารางที่ {} จำนวนการประเมินในซอง ทั้งหมด ที่แยกนับตามกติกา และที่นับ (ครั้ง)", ordinal(4)));
    const double width = Sheet::width_pt() / 4;
    sheet_.table(
        {{{"ในซองทั้งหมด", width}, {"แยกนับตามกติกา", width}, {"ที่นับ", width}, {"รอซอง (ทุกประเภท)", width}},
         {{{{number(sealed.raw)},
            {number(sealed.flagged)},
            {number(sealed.counted())},
            {number(report_.balance.waiting)}}}}});
    sheet_.paragraph(
        in_digits(
            "แยกนับตามกติกา คือ การประเมินนอกเวลาทำการ หรือครั้งที่ 6 เป็นต้นไปภายใน 60 วินาที ระบบไม่ตัดทิ้ง แต่แสดงคู่กันเสมอ",
            digits_),
        kNote, 2);
}

// A month's report has its days; a longer one its months, each with the days on which more was rated than
// served.
void CountsDocument::against_served() {
    const std::vector<DayFigures> days = casts_against_served(report_);
    if (days.empty()) return;
    sheet_.heading(fmt::format("ตารางที่ {} จำนวนการประเมินเทียบกับผู้รับบริการ (เฉพาะวันที่มีทั้งสองอย่าง)", ordinal(5)));
    const bool by_day =
        std::chrono::sys_days(report_.period.last) - std::chrono::sys_days(report_.period.first) <
        std::chrono::days(31);
    constexpr double kFigure = 68;
    Table table{{{by_day ? "วันที่" : "เดือน", Sheet::width_pt() - 5 * kFigure, Align::kLeft},
                 {"จำนวนวัน", kFigure},
                 {"ให้บริการแล้ว\n(ใบ)", kFigure},
                 {"ประเมิน\n(ครั้ง)", kFigure},
                 {"ร้อยละ", kFigure},
                 {"วันที่ประเมิน\nมากกว่าบริการ", kFigure}},
                {}};
    for (const ServedSpan& span : served_spans(days, by_day)) {
        std::string name = date(span.first);
        if (!by_day) name = name.substr(name.find(' ') + 1);  // "มกราคม ๒๕๗๐"
        table.rows.push_back({{{name},
                               {number(span.days)},
                               {number(span.served)},
                               {number(span.cast)},
                               {percent_text(span.cast, span.served, digits_)},
                               {number(span.more)}}});
    }
    sheet_.table(table);
}

void CountsDocument::notes() {
    const char* const notes[] = {
        "ผลการประเมินแสดงเป็นซองคะแนน เพื่อมิให้ทราบได้ว่าผู้ใดตอบอย่างไร ซองหนึ่งมีผู้ประเมินไม่น้อยกว่า 5 คน (ซองของช่องบริการ"
        "ไม่น้อยกว่า 10 คน) การประเมินที่ยังไม่ครบจำนวนเป็นคะแนนรอซอง ซองที่รวมหลายวันนับในช่วงเวลาของวันสุดท้าย",
        "ตัวเลขเล็กใต้จำนวนคือร้อยละของผู้ประเมินทั้งหมดในแถวนั้น ค่าเฉลี่ยคิดจากผู้ที่ตอบ คะแนนเต็ม 5 ปัดเศษเป็นทศนิยมสองตำแหน่ง "
        "ผลรวมของร้อยละจึงอาจไม่เท่ากับ 100",
        "“—” หมายถึง ไม่มี (จำนวนเป็นศูนย์ หรือไม่มีข้อมูลให้คำนวณ)",
        "การประเมินต่างประเภทไม่นำมารวมกัน เพราะเป็นผู้ตอบต่างกลุ่ม",
    };
    write_notes(sheet_, digits_, notes);
}

}  // namespace

Result<std::string> counts_pdf(const CountsReport& report, const std::string& office, Digits digits) {
    Result<paint::PdfDocument> pdf = paint::PdfDocument::open(
        fmt::format("{} {} {}", kTitle, office, in_digits(period_text(report.period), digits)), office);
    if (!pdf) return pdf.error();
    CountsDocument(report, office, digits, *pdf).write();
    return pdf->bytes();
}

}  // namespace sala::report
