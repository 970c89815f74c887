// Which USB stick is plugged in, as the kernel has mounted it.
//
// A stick is somebody else's file system: only one that is mounted nodev, noexec and nosuid is touched. The
// trap: a second disk mounted below /mnt looks like a stick; what holds the system or the kiosk's data
// never is one.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace sala {

struct StickPlaces {
    std::vector<std::filesystem::path> below = {"/media", "/run/media", "/mnt"};
    bool devices_only = true;                  // mounts of /dev/... alone
    std::vector<std::filesystem::path> never;  // whatever file system holds one of these is no stick
};

// Every mount below one folder, of devices or not: for tests, which mount in memory.
StickPlaces stick_places_below(const std::filesystem::path& folder);

// The folder of the one stick. Refuses: STICK-NONE, STICK-MANY, STICK-MOUNTED-UNSAFE.
Result<std::filesystem::path> find_stick(const StickPlaces& places);

// The same from the text of /proc/self/mountinfo. `never_devices`: "8:1", as mountinfo writes a device.
Result<std::filesystem::path> find_stick_in(std::string_view mountinfo, const StickPlaces& places,
                                            const std::vector<std::string>& never_devices);

}  // namespace sala
