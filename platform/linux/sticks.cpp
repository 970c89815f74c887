#include "platform/linux/sticks.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <sstream>

namespace sala {
namespace {

struct Mount {
    std::string device;  // "8:17"
    std::filesystem::path folder;
    std::vector<std::string> options;
    std::string source;  // "/dev/sdb1"
};

// "\040" is a space: mountinfo writes space, tab, LF and backslash in octal.
std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto octal = [&](std::size_t at) {
            return at < text.size() && text[at] >= '0' && text[at] <= '7';
        };
        if (text[i] == '\\' && octal(i + 1) && octal(i + 2) && octal(i + 3)) {
            out +=
                static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0'));
            i += 3;
        } else {
            out += text[i];
        }
    }
    return out;
}

// "63 43 0:39 / /media/a rw,nosuid - vfat /dev/sdb1 rw": see proc(5).
std::optional<Mount> parse(const std::string& line) {
    std::istringstream in(line);
    std::string id, parent, root, folder, options, word, type;
    Mount mount;
    if (!(in >> id >> parent >> mount.device >> root >> folder >> options)) return {};
    while (in >> word && word != "-") {
    }
    if (!(in >> type >> mount.source)) return {};
    mount.folder = unescaped(folder);
    mount.source = unescaped(mount.source);
    std::istringstream parts(options);
    for (std::string option; std::getline(parts, option, ',');) mount.options.push_back(option);
    return mount;
}

bool lies_below(const std::filesystem::path& folder, const std::filesystem::path& above) {
    const auto [end, ignored] = std::mismatch(above.begin(), above.end(), folder.begin(), folder.end());
    return end == above.end() && folder != above;
}

bool is_safe(const Mount& mount) {
    return std::ranges::all_of(std::array{"nodev", "noexec", "nosuid"}, [&](const char* wanted) {
        return std::ranges::find(mount.options, wanted) != mount.options.end();
    });
}

std::string device_of(const std::filesystem::path& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return {};
    return fmt::format("{}:{}", major(info.st_dev), minor(info.st_dev));
}

}  // namespace

StickPlaces stick_places_below(const std::filesystem::path& folder) { return {{folder}, false, {}}; }

Result<std::filesystem::path> find_stick_in(std::string_view mountinfo, const StickPlaces& places,
                                            const std::vector<std::string>& never_devices) {
    // A later mount on the same folder hides the one before.
    std::map<std::filesystem::path, Mount> found;
    std::istringstream in{std::string(mountinfo)};
    for (std::string line; std::getline(in, line);) {
        std::optional<Mount> mount = parse(line);
        if (!mount) continue;
        const bool placed = std::ranges::any_of(
            places.below, [&](const auto& above) { return lies_below(mount->folder, above); });
        const bool of_device = !places.devices_only || mount->source.starts_with("/dev/");
        const bool ours = std::ranges::find(never_devices, mount->device) != never_devices.end();
        std::filesystem::path here = mount->folder;
        found.erase(here);
        if (placed && of_device && !ours) found.emplace(std::move(here), *std::move(mount));
    }
    // One stick in two places is one stick, and its safe place is the one to use.
    std::map<std::string, Mount> sticks;
    for (auto& [folder, mount] : found) {
        const auto known = sticks.find(mount.device);
        if (known == sticks.end()) {
            sticks.emplace(mount.device, mount);
        } else if (!is_safe(known->second)) {
            known->second = mount;
        }
    }
    if (sticks.empty()) {
        return Error{"STICK-NONE", "ไม่พบแฟลชไดรฟ์ โปรดเสียบแฟลชไดรฟ์ รอสักครู่ แล้วลองใหม่",
                     "there is no stick; plug one in, wait a moment and try again"};
    }
    if (sticks.size() > 1) {
        return Error{"STICK-MANY", "พบแฟลชไดรฟ์มากกว่าหนึ่งอัน โปรดเหลือไว้อันเดียวแล้วลองใหม่",
                     "there is more than one stick; leave one in and try again"};
    }
    const Mount& mount = sticks.begin()->second;
    if (!is_safe(mount)) {
        return Error{"STICK-MOUNTED-UNSAFE",
                     "แฟลชไดรฟ์ถูกเปิดใช้แบบไม่ปลอดภัย จึงไม่เขียน โปรดถอดแล้วเสียบใหม่ ถ้ายังเป็นอยู่ให้ผู้ดูแลระบบติดตั้งกฎ "
                     "80-sala-stick.rules",
                     "the stick is mounted in an unsafe way (it must be nodev, noexec and nosuid), so "
                     "nothing was written; "
                     "plug it in again, and if this stays let the administrator install 80-sala-stick.rules"};
    }
    return mount.folder;
}

Result<std::filesystem::path> find_stick(const StickPlaces& places) {
    std::ifstream file("/proc/self/mountinfo");
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    std::vector<std::string> never = {device_of("/")};
    for (const std::filesystem::path& path : places.never) never.push_back(device_of(path));
    return find_stick_in(text, places, never);
}

}  // namespace sala
