#include "kiosk/ui/table.h"

#include <cmath>

namespace sala::kiosk {
namespace {

constexpr float kHead = 56, kLine = 2, kCellGap = 12, kTwoLines = 56;

void draw_row(Ui& ui, const Rect& row, const Table& table, const std::vector<std::string>& cells, bool bold,
              Rgba colour) {
    float x = row.x;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const float w = row.w * table.columns[i].share;
        const Rect cell{x + (i > 0 ? kCellGap : 0), row.y + 2, w - (i > 0 ? kCellGap : 0), row.h - 4};
        TextLook look{.size = std::min(static_cast<int>(row.h * 0.6F), ui.type(theme::kBody1)),
                      .bold = bold,
                      .colour = colour,
                      .align = i == 0 ? Align::kLeft : Align::kRight,
                      .valign = Valign::kMiddle,
                      .line_height = 1.45,
                      .min = 13,
                      .one_line = 20};
        // A low row has room for one line only.
        const bool low = row.h < kTwoLines;
        if (low) look.one_line = 0;
        ui.text(cell, low ? ui.cut(cells[i], cell.w, look) : cells[i], look);
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
    draw_row(ui, area.top(kHead), table, heads, false, ui.palette().muted);
    const float count = static_cast<float>(std::max<std::size_t>(table.rows.size(), 1));
    const float row_height =
        std::min(kTableRowMax, std::max(table.row_min, std::floor((area.h - kHead) / count)));
    float y = area.y + kHead;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        ui.fill({area.x, y, area.w, kLine}, ui.palette().rule);
        const bool bold = table.last_row_bold && i + 1 == table.rows.size();
        draw_row(ui, {area.x, y + kLine, area.w, row_height - kLine}, table, table.rows[i], bold, 0);
        y += row_height;
    }
    return y - area.y;
}

}  // namespace sala::kiosk
