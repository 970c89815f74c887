#include "sync/record/board_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sala::record {
namespace {

using Kind = TomlNode::Kind;

constexpr std::size_t kNameBytesMax = 200;

bool yes(TomlSection& section, std::string_view key) {
    const TomlNode* node = section.need(key, Kind::kBoolean);
    return node != nullptr && node->text == "true";
}

// The two folders whose names stay the same when the machine starts again, and a name of one file in them.
bool is_lasting_device(std::string_view path) {
    for (const std::string_view folder : {"/dev/input/by-id/", "/dev/input/by-path/"}) {
        if (!path.starts_with(folder)) continue;
        const std::string_view name = path.substr(folder.size());
        return !name.empty() && name.size() <= kNameBytesMax && name[0] != '.' &&
               std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7f && c != '/'; });
    }
    return false;
}

void check_device(const TomlNode& device, ProblemList& problems, const Office& office) {
    if (!is_lasting_device(device.text)) {
        problems.add(device.line, "CONFIG-NUMBER-PAD-DEVICE", device.text,
                     "ต้องเป็นชื่อไฟล์ใน /dev/input/by-id/ หรือ /dev/input/by-path/ ซึ่งไม่เปลี่ยนเมื่อเปิดเครื่องใหม่ เช่น "
                     "/dev/input/by-id/usb-1234_Keypad-event-kbd",
                     "must be a file in /dev/input/by-id/ or /dev/input/by-path/, whose names outlast a "
                     "restart, such as /dev/input/by-id/usb-1234_Keypad-event-kbd");
    } else if (std::ranges::find(office.number_pads, device.text, &NumberPad::device) !=
               office.number_pads.end()) {
        problems.add(device.line, "CONFIG-NUMBER-PAD-TWICE", device.text,
                     "แป้นตัวเลขนี้มีอยู่แล้ว แป้นหนึ่งใช้ได้กับช่องบริการเดียว",
                     "this number pad stands here already; a pad is of one counter");
    }
}

void check_counter(const TomlNode& counter, ProblemList& problems, const Office& office) {
    if (std::ranges::find(office.counters, counter.text, &Counter::id) != office.counters.end()) return;
    std::vector<std::string_view> ids;
    for (const Counter& each : office.counters) ids.push_back(each.id);
    problems.add(
        counter.line, "CONFIG-NUMBER-PAD-COUNTER", counter.text,
        fmt::format("ไม่มีช่องบริการนี้ ต้องเป็น id ของ [[division.counter]]: {}", fmt::join(ids, ", ")),
        fmt::format("no such counter; must be the id of a [[division.counter]]: {}", fmt::join(ids, ", ")));
}

}  // namespace

void read_board(TomlSection& root, Office& office) {
    const TomlNode* table = root.maybe("board", Kind::kTable);
    if (table == nullptr) return;
    TomlSection section(*table, "[board]", root.problems());
    office.board.display = yes(section, "display");
    office.board.voice = yes(section, "voice");
    section.refuse_other_keys();
}

void read_number_pads(TomlSection& root, Office& office) {
    for (const TomlNode* table : list_of(root, "number_pad", Kind::kTable, 0, kNumberPadsMax)) {
        TomlSection section(*table, "[[number_pad]]", root.problems());
        const TomlNode* device = section.need("device", Kind::kText);
        const TomlNode* counter = section.need("counter", Kind::kText);
        if (device != nullptr) check_device(*device, section.problems(), office);
        if (counter != nullptr) check_counter(*counter, section.problems(), office);
        section.refuse_other_keys();
        if (device != nullptr && counter != nullptr)
            office.number_pads.push_back({device->text, counter->text});
    }
}

}  // namespace sala::record
