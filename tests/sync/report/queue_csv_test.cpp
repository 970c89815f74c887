#include <algorithm>
#include <sstream>

#include "tests/sync/report/sample_queue_report.h"

namespace sala::report {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line.substr(0, line.size() - 1));
    return lines;
}

TEST(QueueCsv, HasTheSameColumnsInEveryRow) {
    const std::vector<std::string> lines = lines_of(queue_csv(sample_queue_report()));
    ASSERT_EQ(lines.size(), 19U);
    for (const std::string& line : lines)
        EXPECT_EQ(std::ranges::count(line, ','), std::ranges::count(lines[0], ',')) << line;
}

TEST(QueueCsv, TellsSecondsAndLeavesOutWhatIsTooFew) {
    const std::string csv = queue_csv(sample_queue_report());
    const auto has = [&](const std::string& row) {
        EXPECT_NE(csv.find("\r\n" + row + "\r\n"), std::string::npos) << row << "\nis not in\n" << csv;
    };
    has("ทั้งหน่วยงาน,,,,0,11,1,0,9,0,0,1,1,1,0,0,8,1,1,0,1,1,1,8,0,120,1860,8,0,360,720,,,");
    has("งานบริการ,กองคลัง,ชำระภาษีที่ดินและสิ่งปลูกสร้าง,,0,8,0,0,6,0,0,1,1,0,0,0,7,1,0,0,0,1,0,7,0,180,1860,6,0,360,"
        "720,8,4,");
    has("งานบริการ,กองคลัง,ชำระภาษีป้าย,,0,2,1,0,2,0,0,0,0,1,0,0,1,0,1,0,1,0,0,1,0,,,2,0,,,,,");
    has("งานบริการ,สำนักปลัด,ขอรับน้ำอุปโภคบริโภค,,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,,,0,0,,,10,,");
    has("ช่องบริการ,,'=ช่องบริการ 2,,0,0,1,0,2,0,0,1,0,0,0,0,2,1,1,0,1,0,0,2,0,,,2,0,,,,,");
    has("เรียกก่อนลำดับ,,เหตุฉุกเฉินหรือเร่งด่วน" + std::string(31, ',') + "1");
    has("พิมพ์บัตรคิวไม่สำเร็จ,,กระดาษหมด" + std::string(31, ',') + "1");
}

TEST(QueueJson, HoldsTheFiguresAsTheKioskPrintsThem) {
    const QueueReport report = sample_queue_report();
    const std::string json = queue_json(report);
    EXPECT_TRUE(
        json.starts_with(R"({"first":"2027-01-01","last":"2027-01-31","queue":)" +
                         sample_queue_log().figures(report.period).json() +
                         R"(,"hours_known":true,"holidays_known":false,"day_kinds":[{"kind":"unknown",)"
                         R"("days":2,)"))
        << json;
    EXPECT_TRUE(
        json.ends_with(R"("standards":[{"place":"/clerk/water","standard_minutes":10,"n":0,"within":null},)"
                       R"({"place":"/finance/tax","standard_minutes":8,"n":6,"within":4}]})"
                       "\n"))
        << json;
}

TEST(QueueNames, AreThoseOfTheReasonsList) {
    using figures::ReasonOf;
    EXPECT_EQ(reason_name(ReasonOf::kDelayed, "complex"), "เรื่องมีรายละเอียดมากกว่าปกติ");
    EXPECT_EQ(reason_name(ReasonOf::kChosen, "complex"), "complex") << "is in no list of that";
    EXPECT_EQ(reason_name(ReasonOf::kCancelled, "close"), "ยังไม่ได้รับบริการเมื่อปิดทำการ");
    EXPECT_EQ(reason_name(ReasonOf::kPrint, "cover"), "ฝาเครื่องพิมพ์เปิดอยู่");
    EXPECT_EQ(hour_name(9), "09.00 – 10.00 น.");
}

}  // namespace
}  // namespace sala::report
