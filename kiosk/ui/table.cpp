#include "kiosk/ui/table.h"

#include <algorithm>
#include <cmath>

namespace sala::kiosk {
namespace {

constexpr float kHead = 56, kLine = 2, kCellGap = 12, kTwoLines = 56;

// Names that need a smaller type than this take two lines of a smaller one yet.
constexpr int kNameMin = 22;

TextLook cell_look(const Ui& ui, const Rect& row, std::size_t column) {
    TextLook look{.size = std::min(static_cast<int>(row.h * 0.6F), ui.type(theme::kBody1)),
                  .align = column == 0 ? Align::kLeft : Align::kRight,
                  .valign = Valign::kMiddle,
                  .line_height = 1.45,
                  .min = 13,
                  .one_line = kNameMin};
    // A low row has room for one line only.
    if (row.h < kTwoLines) look.one_line = 0;
    return look;
}

Rect name_cell(const Rect& row, const Table& table) {
    return {row.x, row.y + 2, row.w * table.columns[0].share, row.h - 4};
}

// The type in which every name of the first column stands, as names of many sizes look like many importances.
int name_size(Ui& ui, const Rect& row, const Table& table) {
    TextLook look = cell_look(ui, row, 0);
    int size = look.size;
    for (const auto& cells : table.rows) {
        look.bold = table.last_row_bold && &cells == &table.rows.back();
        size = std::min(size, ui.text_size(name_cell(row, table), cells[0], look));
    }
    return row.h < kTwoLines ? look.size : std::max(size, kNameMin);
}

void draw_row(Ui& ui, const Rect& row, const Table& table, const std::vector<std::string>& cells, bool bold,
              Rgba colour, int names) {
    float x = row.x;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const float w = row.w * table.columns[i].share;
        const Rect cell =
            i == 0 ? name_cell(row, table) : Rect{x + kCellGap, row.y + 2, w - kCellGap, row.h - 4};
        TextLook look = cell_look(ui, row, i);
        look.bold = bold;
        look.colour = colour;
        if (i == 0) look.size = std::min(look.size, names);
        ui.text(cell, row.h < kTwoLines ? ui.cut(cells[i], cell.w, look) : cells[i], look);
        x += w;
    }
}

}  // namespace

std::size_t table_rows(float height, const Table& table) {
    return height <= kHead ? 0 : static_cast<std::size_t>((height - kHead) / table.row_min);
}

float draw_table(Ui& ui, const Rect& area, const Table& table) {
    std::vector<std::string> heads;
    for (const TableColumn& column : table.columns) heads.push_back(column.head);
    draw_row(ui, area.top(kHead), table, heads, false, ui.palette().muted, theme::kBody1);
    const float count = static_cast<float>(std::max<std::size_t>(table.rows.size(), 1));
    const float row_height =
        std::min(kTableRowMax, std::max(table.row_min, std::floor((area.h - kHead) / count)));
    const int names = name_size(ui, {area.x, area.y, area.w, row_height - kLine}, table);
    float y = area.y + kHead;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        ui.fill({area.x, y, area.w, kLine}, ui.palette().rule);
        const bool bold = table.last_row_bold && i + 1 == table.rows.size();
        draw_row(ui, {area.x, y + kLine, area.w, row_height - kLine}, table, table.rows[i], bold, 0, names);
        y += row_height;
    }
    return y - area.y;
}

}  // namespace sala::kiosk
