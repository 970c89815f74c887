// Inside this room only: the files of pages/, which the build puts into the program.
#pragma once

#include <string_view>

namespace sala::kiosk {

struct PageFile {
    std::string_view path;  // "/board.js", as requested
    std::string_view type;  // its media type
    std::string_view bytes;
};

// nullptr where there is none. Made by embed.cmake.
const PageFile* page_file(std::string_view path);

}  // namespace sala::kiosk
