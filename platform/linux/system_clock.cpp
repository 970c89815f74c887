#include "platform/linux/system_clock.h"

#include <algorithm>
#include <ctime>
#include <fstream>

namespace sala {
namespace {

std::int64_t read_ms(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

}  // namespace

std::int64_t SystemClock::wall_ms() const { return read_ms(CLOCK_REALTIME); }

std::int64_t SystemClock::monotonic_ms() const { return read_ms(CLOCK_BOOTTIME); }

std::string SystemClock::boot_id() const {
    std::string id;
    std::getline(std::ifstream("/proc/sys/kernel/random/boot_id"), id);
    std::erase(id, '-');
    // Without /proc every boot looks the same, which is said by an id that no kernel makes.
    return id.size() == 32 ? id : std::string(32, '0');
}

}  // namespace sala
