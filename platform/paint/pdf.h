// A4 pages as PDF: text, rules and tints, with the face embedded and the text there to be searched and
// copied.
//
// The trap: nothing is drawn before bytes(). Until then any page may be turned to and added to, so that the
// first can say how many there are. Lengths are points (1/72 inch), y runs downward from the page's top.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "platform/base/result.h"
#include "platform/paint/text.h"

namespace sala::paint {

inline constexpr double kPointsPerMm = 72.0 / 25.4;
inline constexpr double kA4Width_pt = 210 * kPointsPerMm;
inline constexpr double kA4Height_pt = 297 * kPointsPerMm;
inline constexpr int kPdfPagesMax = 2000;

// Red, green, blue from 0 to 1.
struct Ink {
    double red = 0;
    double green = 0;
    double blue = 0;
};

struct PdfStyle {
    int pt = 12;  // the em of Laksaman; another face is scaled to look as large
    bool bold = false;
    double width_pt = 0;         // 0: one line; else wrapped between words
    Align align = Align::kLeft;  // within width_pt
    Ink ink = {};
    double line_height = 1.25;  // of pt
};

// Use from one thread; movable. Equal calls with the same face give equal bytes: no time of making and
// no random tag stand in the file.
class PdfDocument {
  public:
    // The first of TH Sarabun New, TH SarabunPSK (the faces of Thai official documents) and Laksaman that is
    // there and can be trusted. Title and author are what a reader's window and an archive show.
    // Refuses: FACE-MISSING (names the Debian package), FACE-MARKS.
    static Result<PdfDocument> open(std::string_view title, std::string_view author);

    PdfDocument(PdfDocument&&) noexcept;
    PdfDocument& operator=(PdfDocument&&) noexcept;
    ~PdfDocument();

    // Adds an empty page and turns to it. Beyond kPdfPagesMax bytes() refuses.
    void add_page();
    int pages() const;
    // REQUIRES: 0 <= page < pages().
    void turn_to(int page);

    // How high a text is: its lines, each of line_height.
    double height_pt(std::string_view utf8, const PdfStyle& style) const;
    double width_pt(std::string_view utf8, const PdfStyle& style) const;

    // With its upper left corner at (x, y). REQUIRES: pages() > 0, here and below.
    void text(double x, double y, std::string_view utf8, const PdfStyle& style);
    void rule(double x0, double y0, double x1, double y1, double width_pt, Ink ink);
    void tint(double x, double y, double width, double height, Ink ink);

    // The whole file. Refuses: PDF-UNWRITABLE (too many pages).
    Result<std::string> bytes() const;

  private:
    struct Pages;
    explicit PdfDocument(std::unique_ptr<Pages> pages);

    std::unique_ptr<Pages> pages_;
};

}  // namespace sala::paint
