// A table of figures: the first column says what, the others stand right-aligned under their heads.
#pragma once

#include "kiosk/ui/ui.h"

namespace sala::kiosk {

struct TableColumn {
    std::string head;
    float share;  // of the width; all shares together are 1
};

struct Table {
    std::vector<TableColumn> columns;
    std::vector<std::vector<std::string>> rows;  // as many cells as columns
    bool last_row_bold = false;
    float row_min = 60;
};

inline constexpr float kTableRowMax = 76;

// How many rows fit a height, the head not counted.
std::size_t table_rows(float height, const Table& table);

// Draws into `area`, rows as high as fits, at most kTableRowMax; the height it took.
float draw_table(Ui& ui, const Rect& area, const Table& table);

}  // namespace sala::kiosk
