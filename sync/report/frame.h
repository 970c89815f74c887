// What stands around the tables of every report: title, notes, a place for a signature. One look for all.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sync/report/sheet.h"

namespace sala::report {

inline constexpr paint::Ink kInk = {0.07, 0.07, 0.09};
inline const paint::PdfStyle kBody = {.pt = 13, .ink = kInk, .line_height = 1.45};
inline const paint::PdfStyle kNote = {.pt = 10, .ink = {0.25, 0.25, 0.29}, .line_height = 1.4};

struct Title {
    std::vector<std::string> name;  // lines
    std::string year;               // "๒๕๗๐"
    std::string period;
    std::string office;
};
void write_title(Sheet& sheet, const Title& title);

// Numbered, under "หมายเหตุ"; their digits become the chosen ones.
void write_notes(Sheet& sheet, Digits digits, std::span<const char* const> notes);

// Dots to be filled in by hand: name, position, date.
void write_signature(Sheet& sheet);

}  // namespace sala::report
