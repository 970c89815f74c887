// A microphone, as the rest of Sala sees it: one take, as long as whoever listens wants more.
#pragma once

#include <functional>

#include "platform/base/wav.h"

namespace sala {

// Of one thread.
class Microphone {
  public:
    virtual ~Microphone() = default;

    // Listens until `enough` says so of what was heard so far, asked a few times a second, or for `most_ms`.
    // Refuses MICROPHONE-NONE (no device can be opened), MICROPHONE-SILENT (it is open and delivers nothing).
    virtual Result<Sound> record(std::uint32_t samples_per_second, int most_ms,
                                 const std::function<bool(const Sound& so_far)>& enough) = 0;
};

}  // namespace sala
