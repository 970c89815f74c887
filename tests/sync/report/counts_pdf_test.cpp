// The document as another program reads it back: every figure, every name, every page.
#include "sync/report/counts.h"
#include "sync/report/period.h"
#include "tests/platform/paint/pdf_reader.h"

namespace sala::report {
namespace {

using namespace std::chrono;
using paint::joined;
using paint::pdf_text;

const std::string kOffice = "องค์การบริหารส่วนตำบลบ้านใหม่";
const std::string kPermit = "ต่อใบอนุญาตก่อสร้าง ดัดแปลง รื้อถอน หรือเคลื่อนย้ายอาคาร";

CountsReport sample() {
    CountsReport report;
    report.period = *fiscal_round(2570, 12);
    report.catalogue = {{"สำนักปลัด", "ขอรับน้ำอุปโภคบริโภค"}, {"สำนักปลัด", "ร้องเรียนการทุจริต"}, {"กองช่าง", kPermit}};
    report.tickets = {{2026y / October / 2, "กองช่าง", kPermit, 3, 1},
                      {2027y / January / 15, "สำนักปลัด", "ขอรับน้ำอุปโภคบริโภค", 1200, 900},
                      {2027y / January / 15, "กองช่าง", kPermit, 4, 4},
                      {2027y / January / 16, "gone", "ลงทะเบียนผู้ป่วย", 11, 0}};
    const record::Date first = 2027y / January / 14, second = 2027y / January / 15;
    report.envelopes = {
        {first, first, "กองช่าง", kPermit + " / ช่องบริการ 4", "after_service", 13, {0, 1, 0, 2, 3, 7}},
        {first, second, "(ทั้งหน่วยงาน)", "", "walk_up", 21, {6, 1, 2, 3, 4, 5}},
        {second, second, "(ทั้งหน่วยงาน)", "", "walk_up", 9, {0, 0, 0, 0, 0, 9}}};
    report.balance = {2, 54, 51, 5};
    report.envelopes.push_back({second, second, "(ทั้งหน่วยงาน)", "", "flagged", 8, {0, 0, 0, 0, 0, 8}});
    report.casts = {{2027y / January / 14, 3}, {2027y / January / 15, 1000}, {2027y / January / 16, 5}};
    return report;
}

std::string text_of(const CountsReport& report, Digits digits) {
    const Result<std::string> bytes = counts_pdf(report, kOffice, digits);
    EXPECT_TRUE(bytes) << bytes.error().line();
    return bytes ? pdf_text(*bytes) : "";
}

int count(const std::string& text, const std::string& part) {
    int found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++found;
    return found;
}

TEST(CountsPdf, SaysWhoseItIsAndOfWhichPeriod) {
    const std::string text = text_of(sample(), Digits::kThai);
    for (const char* line : {"รายงานสรุปจำนวนผู้ใช้บริการ\n", "ประจำปีงบประมาณ พ.ศ. ๒๕๗๐\n",
                             "รอบ ๑๒ เดือน (เดือนตุลาคม ๒๕๖๙ ถึง เดือนกันยายน ๒๕๗๐)\n",
                             "องค์การบริหารส่วนตำบลบ้านใหม่\n", "(แบบ face.1)", "ผู้รับรองข้อมูล", "ไม่น้อยกว่า ๕ คน"})
        EXPECT_NE(text.find(line), text.npos) << line << "\nis not in\n" << text;
    const std::string read = joined(text);
    EXPECT_NE(read.find("ตั้งแต่วันที่๑ตุลาคม๒๕๖๙ถึงวันที่๓๐กันยายน๒๕๗๐มีการออกบัตรคิว๑,๒๑๘ใบให้บริการแล้ว๙๐๕ใบ"
                        "และมีการประเมินความพึงพอใจ๕๔ครั้ง"),
              read.npos)
        << text;
}

// Read without blanks, row after row: name, then its figures in the order of the columns.
TEST(CountsPdf, HoldsEveryFigureOfEveryRowInItsOrder) {
    const std::string read = joined(text_of(sample(), Digits::kArabic));
    const std::vector<std::string> rows = {
        "1.สำนักปลัด1,20090075.00",
        "1.1ขอรับน้ำอุปโภคบริโภค1,20090075.00",
        "1.2ร้องเรียนการทุจริต———",
        "2.กองช่าง7571.43",
        "2.1" + joined(kPermit) + "7571.43",
        "3.gone11——",
        "3.1ลงทะเบียนผู้ป่วย11——",
        "รวมทั้งสิ้น1,21890574.30",
        "หลังรับบริการ13753.85323.08215.38—17.69—4.15",
        "ประเมินทั่วไป301446.67413.33310.0026.6713.33620.004.17",
        "114ม.ค.70กองช่าง" + joined(kPermit) + "/ช่องบริการ4หลังรับบริการ13753.85323.08215.38—17.69—4.15",
        "214ม.ค.70ถึง15ม.ค.70(ทั้งหน่วยงาน)ประเมินทั่วไป21523.81419.05314.2929.5214.76628.573.67",
        "315ม.ค.70(ทั้งหน่วยงาน)ประเมินทั่วไป99100.00—————5.00",
        "415ม.ค.70(ทั้งหน่วยงาน)แยกนับตามกติกา(นอกเวลาหรือถี่ผิดปกติ)88100.00—————5.00",
        "รอซองยกมาจากช่วงก่อน2อยู่ในซองแล้ว51",
        "ประเมินในช่วงนี้54รอซองยกไปช่วงหน้า5",
        "รวม56รวม56",
        "ในซองทั้งหมดแยกนับตามกติกาที่นับรอซอง(ทุกประเภท)518435",
        "มกราคม257019041,000110.621",
    };
    std::size_t at = 0;
    for (const std::string& row : rows) {
        const std::size_t found = read.find(row, at);
        ASSERT_NE(found, read.npos) << row << "\nis not in, or stands before its place in\n" << read;
        at = found + row.size();
    }
}

TEST(CountsPdf, WritesThaiDigitsUnlessToldOtherwise) {
    std::string thai = joined(text_of(sample(), Digits::kThai));
    // A form's code and a name stay as they are written.
    for (const std::string kept : {"face.1", "ช่องบริการ4"}) {
        ASSERT_NE(thai.find(kept), thai.npos) << kept;
        while (thai.find(kept) != thai.npos) thai.erase(thai.find(kept), kept.size());
    }
    EXPECT_EQ(thai.find_first_of("0123456789"), thai.npos)
        << thai.substr(thai.find_first_of("0123456789"), 40);
    const std::string arabic = text_of(sample(), Digits::kArabic);
    for (const char* digit : {"๐", "๑", "๒", "๓", "๔", "๕", "๖", "๗", "๘", "๙"})
        EXPECT_EQ(arabic.find(digit), arabic.npos) << digit;
}

TEST(CountsPdf, SaysThatNothingHappened) {
    CountsReport nothing;
    nothing.period = *fiscal_month(2570, 1);
    const std::string text = text_of(nothing, Digits::kThai);
    for (const char* said : {"ประจำเดือนมกราคม ๒๕๗๐\n", "ไม่มีการออกบัตรคิวในช่วงเวลานี้\n",
                             "ไม่มีซองคะแนนในช่วงเวลานี้\n", "และไม่มีการประเมินความพึงพอใจ", "หน้า ๑ จาก ๑"})
        EXPECT_NE(text.find(said), text.npos) << said << "\nis not in\n" << text;
    EXPECT_NE(joined(text).find("รวม—รวม—"), std::string::npos);
}

TEST(CountsPdf, RepeatsHeadingsAndGroupsOnEveryPageOfALongTable) {
    CountsReport report;
    report.period = *fiscal_round(2570, 6);
    for (int d = 1; d <= 12; ++d) {
        for (int s = 1; s <= 12; ++s) {
            report.tickets.push_back({2027y / January / 15, fmt::format("กองที่ {}", d),
                                      fmt::format("{} แบบที่ {}.{}", kPermit, d, s), 100000 + d * 100 + s,
                                      d * 10 + s});
        }
    }
    const std::string bytes = *counts_pdf(report, kOffice, Digits::kArabic);
    const std::string text = pdf_text(bytes);
    const std::string read = joined(text);
    for (const TicketFigures& row : report.tickets) {
        const std::string name = joined(row.service);
        EXPECT_EQ(count(read, name + number_text(row.issued, Digits::kArabic)), 1) << name;
    }
    const std::string info = paint::ask_poppler(bytes, "pdfinfo", "");
    const int pages = std::stoi(info.substr(info.find("Pages:") + 6));
    ASSERT_GE(pages, 5);
    const int with_table = count(text, "ออกบัตรคิว\n(ใบ)");
    EXPECT_GE(with_table, pages - 1);
    EXPECT_GE(count(text, "(ต่อ)"), 3);
    for (int page = 1; page <= pages; ++page)
        EXPECT_EQ(count(text, fmt::format("หน้า {} จาก {}\n", page, pages)), 1) << page;
    // Nothing hangs over an edge of the paper: what would, is not found inside of it.
    EXPECT_EQ(joined(paint::ask_poppler(bytes, "pdftotext -raw -nopgbrk -x 56 -y 20 -W 487 -H 812")), read);
}

TEST(CountsPdf, KeepsAFigureWholeHoweverLongItIs) {
    CountsReport report = sample();
    report.envelopes[0].faces = {0, 0, 0, 0, 0, 12345678};
    report.envelopes[0].raters = 12345678;
    const std::string text = text_of(report, Digits::kThai);
    EXPECT_GE(count(text, "๑๒,๓๔๕,๖๗๘"), 4) << text;
}

TEST(CountsPdf, IsTheSameBytesForTheSameFigures) {
    EXPECT_EQ(*counts_pdf(sample(), kOffice, Digits::kThai), *counts_pdf(sample(), kOffice, Digits::kThai));
    CountsReport other = sample();
    ++other.balance.cast;
    EXPECT_NE(*counts_pdf(other, kOffice, Digits::kThai), *counts_pdf(sample(), kOffice, Digits::kThai));
}

}  // namespace
}  // namespace sala::report
