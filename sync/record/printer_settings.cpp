#include "sync/record/printer_settings.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace sala::record {
namespace {

using Kind = TomlNode::Kind;
using Road = PrinterSettings::Road;

constexpr std::array<std::string_view, 3> kRoads = {"usb", "tcp", "cups"};
constexpr std::size_t kDeviceBytesMax = 100;
constexpr std::size_t kQueueBytesMax = 127;  // CUPS: IPP_MAX_NAME

bool plain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.';
}

bool is_device(std::string_view text) {
    constexpr std::string_view kFolder = "/dev/";
    return text.starts_with(kFolder) && text.size() > kFolder.size() && text.size() <= kDeviceBytesMax &&
           !text.ends_with('/') && text.find("..") == std::string_view::npos &&
           std::ranges::all_of(text, [](char c) { return plain(c) || c == '/'; });
}

// A number, never a name: nothing is looked up while a visitor waits.
bool is_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return false;
    const std::string_view digits = text.substr(colon + 1);
    int port = 0;
    const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (bad != std::errc() || end != digits.data() + digits.size() || port < 1 || port > 65'535) return false;
    std::string host(text.substr(0, colon));
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
        return ::inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
    }
    return ::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1;
}

bool is_queue(std::string_view text) {
    return !text.empty() && text.size() <= kQueueBytesMax && text.front() != '-' &&
           std::ranges::all_of(text, plain);
}

std::optional<Road> need_road(TomlSection& section) {
    const TomlNode* node = section.need("road", Kind::kText);
    if (node == nullptr) return {};
    const auto found = std::ranges::find(kRoads, node->text);
    if (found != kRoads.end()) return static_cast<Road>(found - kRoads.begin());
    section.problems().add(node->line, "CONFIG-PRINTER-ROAD", node->text,
                           fmt::format("road ต้องเป็นหนึ่งใน {}", fmt::join(kRoads, ", ")),
                           fmt::format("`road` is one of {}", fmt::join(kRoads, ", ")));
    return {};
}

std::string need_place(TomlSection& section, Road road) {
    if (road == Road::kUsb) {
        const TomlNode* node = section.need("device", Kind::kText);
        if (node != nullptr && !is_device(node->text)) {
            section.problems().add(node->line, "CONFIG-PRINTER-DEVICE", node->text,
                                   "ต้องเป็นชื่อแฟ้มอุปกรณ์ใต้ /dev เช่น /dev/usb/lp0",
                                   "must be a device file below /dev, such as /dev/usb/lp0");
        }
        return node != nullptr ? node->text : "";
    }
    if (road == Road::kTcp) {
        const TomlNode* node = section.need("address", Kind::kText);
        if (node != nullptr && !is_address(node->text)) {
            section.problems().add(
                node->line, "CONFIG-PRINTER-ADDRESS", node->text,
                "ต้องเป็นเลข IP:พอร์ต ไม่ใช้ชื่อ เช่น 192.168.1.50:9100",
                "must be a numeric address with its port, such as 192.168.1.50:9100; names "
                "are not looked up");
        }
        return node != nullptr ? node->text : "";
    }
    const TomlNode* node = section.need("queue", Kind::kText);
    if (node != nullptr && !is_queue(node->text)) {
        section.problems().add(
            node->line, "CONFIG-PRINTER-QUEUE", node->text,
            "ต้องเป็นชื่อคิวพิมพ์ของ CUPS ในเครื่องนี้ ใช้ a-z A-Z 0-9 . _ - เท่านั้น",
            "must be the name of a print queue of this machine's CUPS: letters, digits and ._-");
    }
    return node != nullptr ? node->text : "";
}

}  // namespace

void read_printer(TomlSection& root, Office& office) {
    const TomlNode* table = root.maybe("printer", Kind::kTable);
    if (table == nullptr) return;
    TomlSection section(*table, "[printer]", root.problems());
    PrinterSettings printer;
    const auto road = need_road(section);
    if (road) {
        printer.road = *road;
        printer.place = need_place(section, *road);
        const TomlNode* answers = *road == Road::kCups ? nullptr : section.maybe("answers", Kind::kBoolean);
        if (answers != nullptr) printer.answers = answers->text == "true";
    }
    if (const TomlNode* paper = section.need("paper_mm", Kind::kInteger)) {
        printer.paper_mm = paper->integer == 58 ? 58 : 80;
        if (paper->integer != 58 && paper->integer != 80) {
            section.problems().add(paper->line, "CONFIG-PRINTER-PAPER", paper->text,
                                   "ความกว้างกระดาษต้องเป็น 58 หรือ 80 มิลลิเมตร",
                                   "the paper is 58 or 80 millimetres wide");
        }
    }
    // Without a road nobody knows which of the other keys belong here.
    if (road) section.refuse_other_keys();
    office.printer = std::move(printer);
}

}  // namespace sala::record
