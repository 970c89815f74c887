#include "sync/report/csv.h"

#include <cassert>

namespace sala::report {

CsvTable& CsvTable::text(std::string_view cell) {
    separate();
    const bool formula = !cell.empty() && std::string_view("=+-@\t\r\n").find(cell.front()) != cell.npos;
    const bool quoted = cell.find_first_of(",\"\r\n") != cell.npos;
    if (quoted) bytes_ += '"';
    if (formula) bytes_ += '\'';
    for (const char c : cell) {
        if (c == '"') bytes_ += '"';
        bytes_ += c;
    }
    if (quoted) bytes_ += '"';
    return *this;
}

CsvTable& CsvTable::number(std::int64_t value) {
    separate();
    bytes_ += std::to_string(value);
    return *this;
}

CsvTable& CsvTable::blank(std::size_t cells) {
    for (std::size_t i = 0; i < cells; ++i) separate();
    return *this;
}

void CsvTable::end_row() {
    if (columns_ == 0) columns_ = cells_;
    assert(cells_ <= columns_);
    while (cells_ < columns_) separate();
    bytes_ += "\r\n";
    cells_ = 0;
}

void CsvTable::separate() {
    if (cells_++ > 0) bytes_ += ',';
}

}  // namespace sala::report
