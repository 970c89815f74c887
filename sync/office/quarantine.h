// What `serve` received and refused, kept for whoever asks later what it was.
//
// A folder of mode 0700: each bundle under the SHA-256 of its bytes, and beside it, as .reason, why it was
// refused. What looks like no bundle at all is not kept: it names no device and proves nothing, and anybody
// could fill the folder with it. The trap: strangers can write well-formed bundles too, so the bundles of
// enrolled kiosks, whose forks are proof, have a room of their own that no stranger can fill.
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace sala::office {

struct QuarantineLimits {  // of each of the two rooms
    std::size_t bundles = 200;
    std::uint64_t bytes = std::uint64_t{256} << 20;
};

class Quarantine {
  public:
    explicit Quarantine(std::filesystem::path folder, QuarantineLimits limits = {})
        : folder_(std::move(folder)), limits_(limits) {}

    // Whether what is refused for this reason belongs here: not garbage, not a gap (the kiosk sends it again)
    // and no failure of this machine.
    static bool wants(const Error& reason);

    // `note`: one line about where it came from. The same bytes again are kept already. QUARANTINE-FULL:
    // nothing is thrown away for it, and it was not kept. Any thread.
    Result<void> keep(std::string_view bytes, const Error& reason, const std::string& note);

  private:
    std::filesystem::path folder_;
    QuarantineLimits limits_;
    std::mutex mutex_;
};

}  // namespace sala::office
