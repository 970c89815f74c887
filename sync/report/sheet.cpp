#include "sync/report/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace sala::report {
namespace {

using paint::Align;
using paint::Ink;
using paint::kPointsPerMm;
using paint::PdfStyle;

constexpr double kLeft = 30 * kPointsPerMm;
constexpr double kRight = paint::kA4Width_pt - 20 * kPointsPerMm;
constexpr double kTop = 25 * kPointsPerMm;
constexpr double kBottom = paint::kA4Height_pt - 22 * kPointsPerMm;
constexpr double kHeadRule_y = 19 * kPointsPerMm;
constexpr double kFoot_y = paint::kA4Height_pt - 16 * kPointsPerMm;

constexpr double kPadX = 3.5;
constexpr double kPadY = 2;
constexpr Ink kBlack = {0.07, 0.07, 0.09};
constexpr Ink kGrey = {0.36, 0.36, 0.40};
constexpr Ink kHairline = {0.70, 0.70, 0.74};
constexpr Ink kHeadTint = {0.91, 0.92, 0.95};
constexpr Ink kGroupTint = {0.96, 0.965, 0.98};
constexpr double kThin = 0.4;
constexpr double kStrong = 0.9;

const PdfStyle kSmall = {.pt = 10, .ink = kGrey, .line_height = 1.3};

// What is aligned right is a figure, which is never broken.
PdfStyle cell_style(const Column& column, double width, bool bold, bool spanning) {
    const Align align = spanning ? Align::kLeft : column.align;
    const double wrapped = align == Align::kRight ? 0 : width - 2 * kPadX;
    return {.pt = 11, .bold = bold, .width_pt = wrapped, .align = align, .ink = kBlack, .line_height = 1.35};
}

PdfStyle under_style(const Column& column, double width) {
    const double wrapped = column.align == Align::kRight ? 0 : width - 2 * kPadX;
    return {.pt = 9, .width_pt = wrapped, .align = column.align, .ink = kGrey, .line_height = 1.3};
}

PdfStyle head_style(const Column& column) {
    return {.pt = 10,
            .bold = true,
            .width_pt = column.width_pt - 4,
            .align = Align::kCenter,
            .ink = kBlack,
            .line_height = 1.3};
}

// The row as it is said again at the top of a page: its name without its figures, which stand only once.
Row continued(const Row& group, std::size_t columns) {
    Row again{{{group.cells.front().text + " (ต่อ)", "", group.cells.front().span}}, RowKind::kGroup};
    if (group.cells.front().span < columns)
        again.cells.push_back({"", "", columns - group.cells.front().span});
    return again;
}

double span_width(const Table& table, std::size_t first, std::size_t span) {
    double width = 0;
    for (std::size_t i = first; i < first + span; ++i) width += table.columns[i].width_pt;
    return width;
}

}  // namespace

Sheet::Sheet(paint::PdfDocument& pdf, Digits digits, std::string head_left, std::string head_right,
             std::string foot)
    : pdf_(pdf),
      digits_(digits),
      head_left_(std::move(head_left)),
      head_right_(std::move(head_right)),
      foot_(std::move(foot)) {
    break_page();
}

double Sheet::width_pt() { return kRight - kLeft; }

double Sheet::left_pt() const { return kBottom - y_; }

void Sheet::break_page() {
    pdf_.add_page();
    y_ = kTop;
}

void Sheet::keep(double height_pt) {
    if (left_pt() < height_pt && y_ > kTop) break_page();
}

void Sheet::paragraph(std::string_view text, const PdfStyle& style, double before_pt) {
    PdfStyle wrapped = style;
    wrapped.width_pt = width_pt();
    const double height = pdf_.height_pt(text, wrapped);
    keep(height + before_pt);
    if (y_ > kTop) y_ += before_pt;
    pdf_.text(kLeft, y_, text, wrapped);
    y_ += height;
}

void Sheet::heading(std::string_view text) {
    keep(100);
    paragraph(text, {.pt = 13, .bold = true, .ink = kBlack, .line_height = 1.4}, 14);
    y_ += 3;
}

void Sheet::centred(std::string_view text, const PdfStyle& style, double x_pt, double width_pt) {
    PdfStyle inside = style;
    inside.width_pt = width_pt;
    inside.align = Align::kCenter;
    const double height = pdf_.height_pt(text, inside);
    pdf_.text(kLeft + x_pt - width_pt / 2, y_, text, inside);
    y_ += height;
}

void Sheet::rule(double width_pt) { pdf_.rule(kLeft, y_, kRight, y_, width_pt, kBlack); }

double Sheet::height_of(const Table& table, const Row& row) const {
    double height = 0;
    std::size_t at = 0;
    for (const Cell& cell : row.cells) {
        const double width = span_width(table, at, cell.span);
        const Column& column = table.columns[at];
        const bool bold = row.kind != RowKind::kPlain;
        double own = pdf_.height_pt(cell.text, cell_style(column, width, bold, cell.span > 1));
        if (!cell.under.empty()) own += pdf_.height_pt(cell.under, under_style(column, width));
        height = std::max(height, own);
        at += cell.span;
    }
    return height + 2 * kPadY;
}

double Sheet::head_height(const Table& table) const {
    double height = 0;
    for (const Column& column : table.columns)
        height = std::max(height, pdf_.height_pt(column.heading, head_style(column)));
    return height + 2 * kPadY;
}

void Sheet::draw_head(const Table& table) {
    const double height = head_height(table);
    table_top_ = y_;
    pdf_.tint(kLeft, y_, width_pt(), height, kHeadTint);
    pdf_.rule(kLeft, y_, kRight, y_, kStrong, kBlack);
    double x = kLeft;
    for (const Column& column : table.columns) {
        const double own = pdf_.height_pt(column.heading, head_style(column));
        pdf_.text(x + 2, y_ + (height - own) / 2, column.heading, head_style(column));
        if (x > kLeft) pdf_.rule(x, y_, x, y_ + height, kThin, kHairline);
        x += column.width_pt;
    }
    y_ += height;
    pdf_.rule(kLeft, y_, kRight, y_, kThin, kBlack);
}

void Sheet::place(const std::string& text, const PdfStyle& style, double x, double y, double width) {
    const double shift = style.width_pt > 0 ? kPadX : width - kPadX - pdf_.width_pt(text, style);
    pdf_.text(x + shift, y, text, style);
}

void Sheet::draw_row(const Table& table, const Row& row) {
    const double height = height_of(table, row);
    if (row.kind == RowKind::kGroup) pdf_.tint(kLeft, y_, width_pt(), height, kGroupTint);
    if (row.kind == RowKind::kTotal) pdf_.rule(kLeft, y_, kRight, y_, kThin, kBlack);
    double x = kLeft;
    std::size_t at = 0;
    for (const Cell& cell : row.cells) {
        const double width = span_width(table, at, cell.span);
        const Column& column = table.columns[at];
        const PdfStyle style = cell_style(column, width, row.kind != RowKind::kPlain, cell.span > 1);
        if (!cell.text.empty()) place(cell.text, style, x, y_ + kPadY, width);
        if (!cell.under.empty()) {
            const double above = pdf_.height_pt(cell.text, style);
            place(cell.under, under_style(column, width), x, y_ + kPadY + above, width);
        }
        if (at > 0) pdf_.rule(x, y_, x, y_ + height, kThin, kHairline);
        x += width;
        at += cell.span;
    }
    y_ += height;
    pdf_.rule(kLeft, y_, kRight, y_, kThin, kHairline);
}

Table Sheet::fitted(Table table) const {
    double grown = 0;
    for (const Row& row : table.rows) {
        std::size_t at = 0;
        for (const Cell& cell : row.cells) {
            Column& column = table.columns[at];
            at += cell.span;
            if (column.align != Align::kRight || cell.span > 1) continue;
            const double text =
                pdf_.width_pt(cell.text, cell_style(column, 0, row.kind != RowKind::kPlain, false));
            const double under = pdf_.width_pt(cell.under, under_style(column, 0));
            const double more = std::max(text, under) + 2 * kPadX - column.width_pt;
            if (more <= 0) continue;
            column.width_pt += more;
            grown += more;
        }
    }
    const auto widest = std::ranges::max_element(
        table.columns, {}, [](const Column& c) { return c.align == Align::kLeft ? c.width_pt : 0; });
    widest->width_pt -= grown;
    return table;
}

void Sheet::close() {
    pdf_.rule(kLeft, table_top_, kLeft, y_, kThin, kHairline);
    pdf_.rule(kRight, table_top_, kRight, y_, kThin, kHairline);
    pdf_.rule(kLeft, y_, kRight, y_, kStrong, kBlack);
}

void Sheet::table(const Table& asked) {
    const Table table = fitted(asked);
    const auto needed = [&](std::size_t i) {
        double height = height_of(table, table.rows[i]);
        const bool with_next = i + 1 < table.rows.size() && (table.rows[i].kind == RowKind::kGroup ||
                                                             table.rows[i + 1].kind == RowKind::kTotal);
        if (with_next) height += height_of(table, table.rows[i + 1]);
        return height;
    };
    if (table.rows.empty()) return;
    keep(head_height(table) + needed(0));
    draw_head(table);
    const Row* group = nullptr;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const Row& row = table.rows[i];
        if (needed(i) > left_pt()) {
            close();
            break_page();
            draw_head(table);
            if (group != nullptr && row.kind == RowKind::kPlain)
                draw_row(table, continued(*group, table.columns.size()));
        }
        draw_row(table, row);
        if (row.kind == RowKind::kGroup) group = &row;
    }
    close();
}

void Sheet::finish() {
    PdfStyle right = kSmall;
    right.width_pt = 220;
    right.align = Align::kRight;
    for (int page = 0; page < pdf_.pages(); ++page) {
        pdf_.turn_to(page);
        if (page > 0) {
            PdfStyle left = kSmall;
            left.width_pt = width_pt() - right.width_pt - 10;
            const double height = pdf_.height_pt(head_left_, left);
            pdf_.text(kLeft, kHeadRule_y - 2 - height, head_left_, left);
            pdf_.text(kRight - right.width_pt, kHeadRule_y - 2 - pdf_.height_pt(head_right_, right),
                      head_right_, right);
            pdf_.rule(kLeft, kHeadRule_y, kRight, kHeadRule_y, kThin, kHairline);
        }
        pdf_.rule(kLeft, kFoot_y, kRight, kFoot_y, kThin, kHairline);
        pdf_.text(kLeft, kFoot_y + 3, foot_, kSmall);
        const std::string number = in_digits(fmt::format("หน้า {} จาก {}", page + 1, pdf_.pages()), digits_);
        pdf_.text(kRight - right.width_pt, kFoot_y + 3, number, right);
    }
}

}  // namespace sala::report
