// A table as CSV (RFC 4180) that Excel opens as Thai: UTF-8 with a byte order mark, lines ended by CR LF.
//
// The trap is what a spreadsheet does with a cell: one that begins with = + - @ or a control character is run
// as a formula, and its text came from outside. Such a cell gets an apostrophe in front; numbers are written
// by number().
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sala::report {

class CsvTable {
  public:
    // Every row has as many cells as the first one; shorter ones are filled up with blanks.
    CsvTable& text(std::string_view cell);
    CsvTable& number(std::int64_t value);
    CsvTable& blank(std::size_t cells = 1);
    void end_row();

    const std::string& bytes() const { return bytes_; }

  private:
    void separate();

    std::string bytes_ = "\xEF\xBB\xBF";
    std::size_t columns_ = 0;  // of the first row; 0 until it has ended
    std::size_t cells_ = 0;    // of this row so far
};

}  // namespace sala::report
