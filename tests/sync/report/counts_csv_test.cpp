#include <gtest/gtest.h>

#include "sync/report/counts.h"
#include "sync/report/csv.h"

namespace sala::report {
namespace {

using namespace std::chrono;

const std::string kHeadings =
    "\xEF\xBB\xBFประเภทข้อมูล,วันที่เริ่ม,วันที่สิ้นสุด,วันที่ (พ.ศ.),กอง,บริการ,ประเภทการประเมิน,ออกบัตร,ให้บริการแล้ว,"
    "ผู้ประเมิน,5 ดีมาก,4 ดี,3 ปานกลาง,2 พอใช้,1 ควรปรับปรุง,ไม่ตอบ\r\n";

CountsReport sample() {
    CountsReport report;
    report.period = {2027y / January / 1, 2027y / January / 31};
    report.tickets = {{2027y / January / 15, "กองคลัง", "=ค่าขยะ", 3, 2}};
    report.envelopes = {{2027y / January / 14,
                         2027y / January / 15,
                         "สำนักปลัด",
                         "แจ้งเกิด, ย้าย \"ด่วน\"",
                         "walk_up",
                         21,
                         {6, 1, 2, 3, 4, 5}}};
    report.envelopes.push_back(
        {2027y / January / 15, 2027y / January / 15, "", "", "flagged", 7, {0, 0, 0, 0, 0, 7}});
    report.balance = {2, 31, 28, 5};
    report.casts = {{2027y / January / 14, 20}, {2027y / January / 15, 11}};
    return report;
}

TEST(CountsCsv, SaysEveryFigureInItsColumn) {
    const std::string period = "2027-01-01,2027-01-31,๑ มกราคม ๒๕๗๐ – ๓๑ มกราคม ๒๕๗๐,,,,,,";
    EXPECT_EQ(
        counts_csv(sample()),
        kHeadings +
            "บัตรคิว,2027-01-15,2027-01-15,๑๕ มกราคม ๒๕๗๐,กองคลัง,'=ค่าขยะ,,3,2,,,,,,,\r\n"
            "ซองคะแนน,2027-01-14,2027-01-15,๑๔ มกราคม ๒๕๗๐ – ๑๕ มกราคม ๒๕๗๐,สำนักปลัด,"
            "\"แจ้งเกิด, ย้าย \"\"ด่วน\"\"\",ประเมินทั่วไป,,,21,5,4,3,2,1,6\r\n"
            "ซองคะแนน,2027-01-15,2027-01-15,๑๕ มกราคม ๒๕๗๐,,,แยกนับตามกติกา (นอกเวลาหรือถี่ผิดปกติ),,,7,7,0,0,0,0,0"
            "\r\n"
            "คะแนนเทียบผู้รับบริการ,2027-01-15,2027-01-15,๑๕ มกราคม ๒๕๗๐,,,,,2,11,,,,,,\r\n"
            "คะแนนรอซอง ยกมา," +
            period +
            "2,,,,,,\r\n"
            "คะแนนที่ลงในช่วงนี้," +
            period +
            "31,,,,,,\r\n"
            "คะแนนที่อยู่ในซองแล้ว," +
            period +
            "28,,,,,,\r\n"
            "ในซอง: แยกนับตามกติกา," +
            period +
            "7,,,,,,\r\n"
            "ในซอง: ที่นับ," +
            period +
            "21,,,,,,\r\n"
            "คะแนนที่รอซอง," +
            period + "5,,,,,,\r\n");
}

TEST(CsvTable, DefusesWhatASpreadsheetWouldRun) {
    for (const std::string cell : {"=1+1", "+66", "-1", "@SUM(A1)", "\t=1"}) {
        CsvTable table;
        table.text(cell).end_row();
        EXPECT_EQ(table.bytes(), "\xEF\xBB\xBF'" + cell + "\r\n");
    }
    CsvTable quoted;
    quoted.text("=HYPERLINK(\"x\",1)").end_row();
    EXPECT_EQ(quoted.bytes(), "\xEF\xBB\xBF\"'=HYPERLINK(\"\"x\"\",1)\"\r\n");
    CsvTable harmless;
    harmless.text("a=b").number(-3).end_row();
    EXPECT_EQ(harmless.bytes(),
              "\xEF\xBB\xBF"
              "a=b,-3\r\n");
}

TEST(CsvTable, FillsEveryRowUpToTheWidthOfTheFirst) {
    CsvTable table;
    table.text("a").text("b").text("c").end_row();
    table.number(1).end_row();
    table.blank().number(2).end_row();
    EXPECT_EQ(table.bytes(),
              "\xEF\xBB\xBF"
              "a,b,c\r\n1,,\r\n,2,\r\n");
}

}  // namespace
}  // namespace sala::report
