#include "platform/paint/pdf.h"

#include "tests/platform/paint/pdf_reader.h"

namespace sala::paint {
namespace {

PdfDocument document() {
    auto pdf = PdfDocument::open("รายงาน", "อบต.บ้านใหม่");
    EXPECT_TRUE(pdf) << pdf.error().line();
    return *std::move(pdf);
}

// Every stack of marks that gives readers trouble: ำ with a tone, marks moved aside by tall letters, vowels
// under letters with a foot, letters that lose theirs.
const std::vector<std::string> kWords = {
    "น้ำ", "ทำ",  "ที่นี่",  "วันนี้",  "ค่ำ",  "ก้ำกึ่ง",    "ผู้ป่วย",       "ปู่",    "ปี่",  "ฟื้นฟู",   "ฝั่ง",
    "ฬ่อ", "ฎีกา", "ญาติ", "ฐานะ", "ฤๅษี", "สำนักปลัด", "องค์การ",     "กตัญญู", "ปฏิ", "บัญชี์",   "เก๊",
    "จ๋า", "โต๊ะ", "เสื่อ", "ตำบล", "ซ้ำ",  "จุดบริการ", "ช่องบริการ 1", "๑๒๓",  "—",  "ต่ำกว่า", "ใหญ่"};

TEST(PdfDocument, GivesBackEveryThaiWordAsItWasWritten) {
    for (const bool bold : {false, true}) {
        PdfDocument pdf = document();
        pdf.add_page();
        std::string expected;
        double y = 40;
        for (const std::string& word : kWords) {
            pdf.text(40, y, word, {.pt = 13, .bold = bold});
            expected += word + "\n";
            y += 22;
        }
        EXPECT_EQ(pdf_text(*pdf.bytes()), expected);
    }
}

TEST(PdfDocument, PutsNoBlankIntoAWordAfterAMarkThatMovedAside) {
    PdfDocument pdf = document();
    pdf.add_page();
    pdf.text(40, 40, "ผู้ป่วยฟื้นตัวที่ฝั่งนี้ ปู่ป้ายฟ้า", {.pt = 16});
    EXPECT_EQ(pdf_text(*pdf.bytes()), "ผู้ป่วยฟื้นตัวที่ฝั่งนี้ ปู่ป้ายฟ้า\n");
}

TEST(PdfDocument, WrapsBetweenWordsWithoutHyphens) {
    PdfDocument pdf = document();
    pdf.add_page();
    const PdfStyle style = {.pt = 13, .width_pt = 120};
    const std::string text = "ต่อใบอนุญาตก่อสร้าง ดัดแปลง รื้อถอน หรือเคลื่อนย้ายอาคาร";
    EXPECT_GE(pdf.height_pt(text, style), 3 * 13 * style.line_height);
    pdf.text(40, 40, text, style);
    const std::string found = pdf_text(*pdf.bytes());
    EXPECT_EQ(joined(found), joined(text));
    for (const char* word : {"ใบอนุญาต", "ก่อสร้าง", "ดัดแปลง", "เคลื่อนย้าย", "อาคาร"})
        EXPECT_NE(found.find(word), found.npos) << word << " was broken: " << found;
}

TEST(PdfDocument, EmbedsItsFaces) {
    PdfDocument pdf = document();
    pdf.add_page();
    pdf.text(40, 40, "ไทย 123 Thai", {});
    pdf.text(40, 80, "ไทย 123 Thai", {.bold = true});
    const std::string fonts = ask_poppler(*pdf.bytes(), "pdffonts", "");
    std::istringstream lines(fonts);
    std::string line;
    std::getline(lines, line);
    std::getline(lines, line);
    int count = 0;
    while (std::getline(lines, line)) {
        ++count;
        // emb, sub and uni: the columns after the encoding.
        EXPECT_NE(line.find("yes yes yes"), line.npos) << fonts;
    }
    EXPECT_GE(count, 2) << fonts;
}

TEST(PdfDocument, IsTheSameBytesWheneverItIsMade) {
    const auto made = [] {
        PdfDocument pdf = document();
        pdf.add_page();
        pdf.text(40, 40, "วันนี้ที่นี่", {});
        pdf.rule(40, 60, 200, 60, 0.5, {});
        return *pdf.bytes();
    };
    const std::string first = made();
    EXPECT_EQ(made(), first);
    const std::string info = ask_poppler(first, "pdfinfo", "");
    EXPECT_EQ(info.find("Date"), info.npos) << info;
    EXPECT_NE(info.find("Title:           รายงาน\n"), info.npos) << info;
    EXPECT_NE(info.find("Author:          อบต.บ้านใหม่\n"), info.npos) << info;
    EXPECT_NE(info.find("(A4)"), info.npos) << info;
}

TEST(PdfDocument, TurnsBackToAPageThatIsThere) {
    PdfDocument pdf = document();
    pdf.add_page();
    pdf.text(40, 40, "หนึ่ง", {});
    pdf.add_page();
    pdf.text(40, 40, "สอง", {});
    pdf.turn_to(0);
    pdf.text(40, 80, "จากสอง", {});
    EXPECT_EQ(pdf.pages(), 2);
    EXPECT_EQ(pdf_text(*pdf.bytes()), "หนึ่ง\nจากสอง\nสอง\n");
}

TEST(PdfDocument, RefusesToGrowWithoutEnd) {
    PdfDocument pdf = document();
    for (int i = 0; i <= kPdfPagesMax; ++i) pdf.add_page();
    const auto bytes = pdf.bytes();
    ASSERT_FALSE(bytes);
    EXPECT_EQ(bytes.error().code, "PDF-UNWRITABLE");
}

}  // namespace
}  // namespace sala::paint
