// [printer] of office.toml.
#include <gtest/gtest.h>

#include "sync/record/office.h"
#include "tests/sync/record/smallest_office.h"

namespace sala::record {
namespace {

LoadedOffice with(const std::string& table) { return parse_office(kSmallestOffice + table, "f"); }

// Every problem of a file, one a line; empty where there is none.
std::string problems(const std::string& table) {
    const LoadedOffice loaded = with("[printer]\n" + table);
    EXPECT_EQ(loaded.problems.empty(), loaded.office.has_value());
    std::string all;
    for (const Problem& problem : loaded.problems) all += problem.text() + "\n";
    return all;
}

TEST(PrinterSettingsOf, AnOfficeWithoutPaperAreNone) { EXPECT_FALSE(with("").office->printer); }

TEST(PrinterSettingsOf, EachRoadNameItsPlace) {
    struct Case {
        const char* table;
        PrinterSettings settings;
    };
    using Road = PrinterSettings::Road;
    const Case cases[] = {
        {"road = \"usb\"\ndevice = \"/dev/usb/lp0\"\npaper_mm = 80\n",
         {Road::kUsb, "/dev/usb/lp0", 80, true}},
        {"road = \"usb\"\ndevice = \"/dev/usb/lp1\"\npaper_mm = 58\nanswers = false\n",
         {Road::kUsb, "/dev/usb/lp1", 58, false}},
        {"road = \"tcp\"\naddress = \"192.168.1.50:9100\"\npaper_mm = 58\nanswers = true\n",
         {Road::kTcp, "192.168.1.50:9100", 58, true}},
        {"road = \"tcp\"\naddress = \"[fd00::50]:9100\"\npaper_mm = 80\n",
         {Road::kTcp, "[fd00::50]:9100", 80, true}},
        {"road = \"cups\"\nqueue = \"TICKET_1\"\npaper_mm = 80\n", {Road::kCups, "TICKET_1", 80, true}},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(one.table);
        EXPECT_EQ(problems(one.table), "");
        const PrinterSettings printer = with(std::string("[printer]\n") + one.table).office->printer.value();
        EXPECT_EQ(printer.road, one.settings.road);
        EXPECT_EQ(printer.place, one.settings.place);
        EXPECT_EQ(printer.paper_mm, one.settings.paper_mm);
        EXPECT_EQ(printer.answers, one.settings.answers);
    }
}

TEST(PrinterSettingsOf, ADeviceIsAFileBelowDev) {
    for (const char* device : {"", "lp0", "/dev/", "/dev", "/etc/passwd", "/dev/../etc/passwd", "/dev/usb/",
                               "/dev/usb/lp 0", "/dev/ü"}) {
        const std::string found =
            problems(std::string("road = \"usb\"\ndevice = \"") + device + "\"\npaper_mm = 80\n");
        EXPECT_TRUE(found.starts_with("f:19: CONFIG-PRINTER-DEVICE: ")) << device << ": " << found;
    }
}

TEST(PrinterSettingsOf, AnAddressIsNumbersAndAPort) {
    for (const char* address :
         {"", "printer.local:9100", "192.168.1.50", "192.168.1.50:", "192.168.1.50:0", "192.168.1.50:65536",
          "192.168.1.50:9100x", "192.168.1.256:9100", "192.168.1:9100", "fd00::50:9100",
          "[192.168.1.50]:9100", "[fd00::50]", ":9100", "1.2.3.4:+9100"}) {
        const std::string found =
            problems(std::string("road = \"tcp\"\naddress = \"") + address + "\"\npaper_mm = 80\n");
        EXPECT_TRUE(found.starts_with("f:19: CONFIG-PRINTER-ADDRESS: ")) << address << ": " << found;
    }
}

TEST(PrinterSettingsOf, AQueueIsAPlainName) {
    for (const char* queue : {"", "-d", "a b", "a/b", "คิว", "a;b"}) {
        const std::string found =
            problems(std::string("road = \"cups\"\nqueue = \"") + queue + "\"\npaper_mm = 80\n");
        EXPECT_TRUE(found.starts_with("f:19: CONFIG-PRINTER-QUEUE: ")) << queue << ": " << found;
    }
}

TEST(PrinterSettingsOf, EveryProblemIsToldAtOnce) {
    const std::string found = problems("road = \"usb\"\ndevice = \"lp0\"\npaper_mm = 76\nqueue = \"T\"\n");
    EXPECT_NE(found.find("f:19: CONFIG-PRINTER-DEVICE"), std::string::npos) << found;
    EXPECT_NE(found.find("f:20: CONFIG-PRINTER-PAPER: found «76»"), std::string::npos) << found;
    EXPECT_NE(found.find("f:21: CONFIG-KEY-UNKNOWN"), std::string::npos) << found;
}

TEST(PrinterSettingsOf, WhatIsMissingIsNamed) {
    EXPECT_NE(problems("paper_mm = 80\n").find("CONFIG-KEY-MISSING"), std::string::npos);
    EXPECT_NE(problems("road = \"tcp\"\npaper_mm = 80\n").find("CONFIG-KEY-MISSING"), std::string::npos);
    EXPECT_NE(problems("road = \"cups\"\nqueue = \"T\"\n").find("CONFIG-KEY-MISSING"), std::string::npos);
    EXPECT_NE(problems("road = \"lpt\"\npaper_mm = 80\n").find("CONFIG-PRINTER-ROAD"), std::string::npos);
    EXPECT_NE(problems("road = \"cups\"\nqueue = \"T\"\npaper_mm = 80\nanswers = true\n")
                  .find("CONFIG-KEY-UNKNOWN"),
              std::string::npos);
}

}  // namespace
}  // namespace sala::record
