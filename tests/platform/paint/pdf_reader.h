// What another program (poppler's) finds in a PDF.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace sala::paint {

// The output of `tool OPTIONS FILE -`; a tool that is not there fails the test.
inline std::string ask_poppler(const std::string& bytes, const std::string& command,
                               const std::string& after = "-") {
    std::string folder = (std::filesystem::temp_directory_path() / "sala-pdf-XXXXXX").string();
    EXPECT_NE(::mkdtemp(folder.data()), nullptr);
    const std::string file = folder + "/it.pdf";
    std::ofstream(file, std::ios::binary) << bytes;
    FILE* pipe = ::popen((command + " '" + file + "' " + after + " 2>&1").c_str(), "r");
    std::string output;
    char buffer[4096];
    while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, got);
    EXPECT_EQ(::pclose(pipe), 0) << command << ": " << output;
    std::filesystem::remove_all(folder);
    return output;
}

// The letters in the order in which they are drawn, a line for each line.
inline std::string pdf_text(const std::string& bytes) {
    return ask_poppler(bytes, "pdftotext -raw -nopgbrk");
}

// Without blanks and line breaks: a name that was wrapped reads as it was written.
inline std::string joined(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != '\n' && c != '\f' && c != '\r') out += c;
    }
    return out;
}

}  // namespace sala::paint
