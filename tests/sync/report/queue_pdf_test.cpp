// The queue's document as another program reads it back.
#include "sync/report/queue.h"
#include "tests/platform/paint/pdf_reader.h"
#include "tests/sync/report/sample_queue_report.h"

namespace sala::report {
namespace {

using paint::joined;
using paint::pdf_text;

const std::string kOffice = "องค์การบริหารส่วนตำบลบ้านใหม่";

std::string text_of(const QueueReport& report, Digits digits) {
    const Result<std::string> bytes = queue_pdf(report, kOffice, digits);
    EXPECT_TRUE(bytes) << bytes.error().line();
    return bytes ? pdf_text(*bytes) : "";
}

void expect_in_order(const std::string& read, const std::vector<std::string>& rows) {
    std::size_t at = 0;
    for (const std::string& row : rows) {
        const std::size_t found = read.find(row, at);
        ASSERT_NE(found, read.npos) << row << "\nis not in, or stands before its place in\n" << read;
        at = found + row.size();
    }
}

// Read without blanks, row after row: name, then its figures in the order of the columns.
TEST(QueuePdf, HoldsEveryFigureOfEveryRowInItsOrder) {
    expect_in_order(
        joined(text_of(sample_queue_report(), Digits::kArabic)),
        {"รายงานสถิติการให้บริการตามบัตรคิว",
         "ประจำปีงบประมาณพ.ศ.2570",
         "ประจำเดือนมกราคม2570",
         "มีการออกบัตรคิว11ใบผู้รับบริการที่ไม่มีบัตรคิว1รายให้บริการแล้ว9รายครึ่งหนึ่งของผู้รับบริการรอเรียกคิวไม่เกิน2.0นาที",
         "ตารางที่1",
         "1.สำนักปลัด—————",
         "1.1ขอรับน้ำอุปโภคบริโภค—————",
         "2.กองคลัง111911",
         "2.1ชำระภาษีที่ดินและสิ่งปลูกสร้าง8—611",
         "2.2ชำระภาษีป้าย212——",
         "2.3gone1—1——",
         "รวมทั้งสิ้น(ราย)111911",
         "ตารางที่2",
         "1.1ขอรับน้ำอุปโภคบริโภค————10—",
         "2.1ชำระภาษีที่ดินและสิ่งปลูกสร้าง3.0จาก731.06.0จาก612.0866.67",
         "2.2ชำระภาษีป้ายน้อยเกินไปจาก1น้อยเกินไปน้อยเกินไปจาก2น้อยเกินไป——",
         "ตารางที่3",
         "10.00–11.00น.763.0จาก631.06.0จาก510.0",
         "ตารางที่4",
         "ช่องบริการ16—6—6.0จาก612.0",
         "=ช่องบริการ22121น้อยเกินไปจาก2น้อยเกินไป",
         "ตารางที่5",
         "12.00–13.00น.",
         "ไม่ทราบว่าเป็นวันหยุดหรือไม่21192.0จาก831.06.0จาก812.0",
         "ไม่มีข้อมูลวันหยุดราชการของปีนี้",
         "ตารางที่6",
         "เรียกก่อนลำดับ1เหตุฉุกเฉินหรือเร่งด่วน1",
         "ยกเลิกบัตรคิว1ผู้รับบริการไม่ประสงค์จะรอต่อ1",
         "แจ้งว่าใช้เวลานานกว่าปกติ1ระบบคอมพิวเตอร์หรือเครือข่ายขัดข้อง1",
         "พิมพ์บัตรคิวไม่สำเร็จ1กระดาษหมด1",
         "ตารางที่7",
         "ออกบัตรคิว11",
         "ยกไปวันหลังช่วงนี้1",
         "รวม12รวม12",
         "ยอดที่มาและยอดที่ไปตรงกันทุกงานบริการ",
         "มี1วันที่มีการออกบัตรคิวโดยไม่ได้เรียกคิวผ่านระบบ"});
}

TEST(QueuePdf, WritesThaiDigitsUnlessToldOtherwise) {
    std::string thai = joined(text_of(sample_queue_report(), Digits::kThai));
    for (const std::string kept : {"ช่องบริการ1", "ช่องบริการ2"}) {
        ASSERT_NE(thai.find(kept), thai.npos) << kept;
        while (thai.find(kept) != thai.npos) thai.erase(thai.find(kept), kept.size());
    }
    EXPECT_EQ(thai.find_first_of("0123456789"), thai.npos)
        << thai.substr(thai.find_first_of("0123456789"), 40);
}

TEST(QueuePdf, SaysThatNothingHappened) {
    QueueReport nothing;
    nothing.period = *fiscal_round(2570, 6);
    const std::string read = joined(text_of(nothing, Digits::kThai));
    expect_in_order(
        read, {"ไม่มีการออกบัตรคิวและไม่มีผู้รับบริการ", "ไม่มีข้อมูลในช่วงเวลานี้", "รวม—รวม—", "ยอดที่มาและยอดที่ไปตรงกัน"});
}

TEST(QueuePdf, SaysWhenTheSumsDisagree) {
    QueueReport report = sample_queue_report();
    ++report.figures.services.begin()->second.issued;
    EXPECT_NE(joined(text_of(report, Digits::kThai)).find("ยอดที่มาและยอดที่ไปไม่ตรงกัน"), std::string::npos);
}

TEST(QueuePdf, IsTheSameBytesForTheSameFigures) {
    const std::string one = *queue_pdf(sample_queue_report(), kOffice, Digits::kThai);
    EXPECT_EQ(one, *queue_pdf(sample_queue_report(), kOffice, Digits::kThai));
    QueueReport other = sample_queue_report();
    other.figures.hours.begin()->second.wait_times.add(5);
    EXPECT_NE(one, *queue_pdf(other, kOffice, Digits::kThai));
}

TEST(QueuePdf, StaysOnThePaper) {
    QueueReport report = sample_queue_report();
    report.catalogue[1].service_name = "ต่อใบอนุญาตก่อสร้าง ดัดแปลง รื้อถอน หรือเคลื่อนย้ายอาคาร";
    figures::Group& tax = report.figures.services.at({"finance", "tax"});
    tax.issued += 1'234'567;
    tax.wait_times.add(500 * figures::kMinute_ms);
    const std::string bytes = *queue_pdf(report, kOffice, Digits::kThai);
    EXPECT_EQ(joined(paint::ask_poppler(bytes, "pdftotext -raw -nopgbrk -x 56 -y 20 -W 487 -H 812")),
              joined(pdf_text(bytes)));
}

}  // namespace
}  // namespace sala::report
