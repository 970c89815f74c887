// The flow of a document down its A4 pages: paragraphs, tables that break between rows, page numbers.
//
// Margins are those of a Thai official document (left 30 mm for the binding, right 20 mm). The trap: finish()
// writes the running heads and "หน้า x จาก y", so it comes last.
#pragma once

#include <string>
#include <vector>

#include "platform/paint/pdf.h"
#include "sync/report/figures_text.h"

namespace sala::report {

struct Column {
    std::string heading;
    double width_pt;
    paint::Align align = paint::Align::kRight;
};

struct Cell {
    std::string text;
    std::string under = {};  // small, in a line below
    std::size_t span = 1;    // columns
};

enum class RowKind {
    kPlain,
    kGroup,  // what the rows after it belong to: bold, tinted, said again with "(ต่อ)" after a break
    kTotal,  // bold, never alone on a page
};

struct Row {
    std::vector<Cell> cells;
    RowKind kind = RowKind::kPlain;
};

// The spans of each row add up to the number of columns, the widths to Sheet::width_pt().
struct Table {
    std::vector<Column> columns;
    std::vector<Row> rows;
};

class Sheet {
  public:
    // `head_left` and `head_right` stand over every page but the first, `foot` under each.
    Sheet(paint::PdfDocument& pdf, Digits digits, std::string head_left, std::string head_right,
          std::string foot);

    static double width_pt();

    // `before_pt`: room above; none at the top of a page.
    void paragraph(std::string_view text, const paint::PdfStyle& style, double before_pt = 0);
    // A heading stays with what follows it, for which it needs 100 pt.
    void heading(std::string_view text);
    void table(const Table& table);
    // A new page unless this much is left.
    void keep(double height_pt);
    void space(double height_pt) { y_ += height_pt; }
    // Around `x_pt`, which counts from the left margin.
    void centred(std::string_view text, const paint::PdfStyle& style, double x_pt, double width_pt);
    // A line across the width.
    void rule(double width_pt);

    void finish();

  private:
    double left_pt() const;
    void break_page();
    double height_of(const Table& table, const Row& row) const;
    double head_height(const Table& table) const;
    void draw_head(const Table& table);
    void draw_row(const Table& table, const Row& row);
    void close();
    // As wide as its figures need; what they take comes from the widest column of texts.
    Table fitted(Table table) const;
    void place(const std::string& text, const paint::PdfStyle& style, double x, double y, double width);

    paint::PdfDocument& pdf_;
    Digits digits_;
    std::string head_left_;
    std::string head_right_;
    std::string foot_;
    double y_ = 0;
    double table_top_ = 0;  // of the part of the table that stands on this page
};

}  // namespace sala::report
