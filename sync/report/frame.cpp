#include "sync/report/frame.h"

#include <fmt/format.h>

namespace sala::report {

void write_title(Sheet& sheet, const Title& title) {
    constexpr paint::Ink kNavy = {0.08, 0.16, 0.33};
    const auto line = [&](const std::string& text, int pt, bool bold) {
        sheet.centred(text, {.pt = pt, .bold = bold, .ink = bold ? kNavy : kInk, .line_height = 1.4},
                      Sheet::width_pt() / 2, Sheet::width_pt());
    };
    for (const std::string& name : title.name) line(name, 17, true);
    line("ประจำปีงบประมาณ พ.ศ. " + title.year, 15, true);
    line(title.period, 13, false);
    line(title.office, 15, true);
    sheet.space(8);
    sheet.rule(1.0);
    sheet.space(10);
}

void write_notes(Sheet& sheet, Digits digits, std::span<const char* const> notes) {
    sheet.keep(110);
    sheet.paragraph("หมายเหตุ", {.pt = 11, .bold = true, .ink = kInk, .line_height = 1.4}, 10);
    std::size_t i = 0;
    for (const char* note : notes)
        sheet.paragraph(in_digits(fmt::format("{}. {}", ++i, note), digits), kNote, 1);
}

void write_signature(Sheet& sheet) {
    constexpr double kHeight = 130, kWidth = 290;
    sheet.keep(kHeight);
    sheet.space(34);
    const std::string dots(48, '.');
    for (const std::string& line : {"ลงชื่อ " + dots + " ผู้รับรองข้อมูล", "(" + dots + ")", "ตำแหน่ง " + dots,
                                    "วันที่ " + std::string(12, '.') + " เดือน " + std::string(26, '.') +
                                        " พ.ศ. " + std::string(14, '.')}) {
        sheet.centred(line, {.pt = 13, .ink = kInk, .line_height = 1.7}, Sheet::width_pt() - kWidth / 2,
                      kWidth);
    }
}

}  // namespace sala::report
