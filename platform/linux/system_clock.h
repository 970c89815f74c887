// The machine's own clocks.
#pragma once

#include "platform/clock.h"

namespace sala {

class SystemClock final : public Clock {
  public:
    std::int64_t wall_ms() const override;
    std::int64_t monotonic_ms() const override;
    std::string boot_id() const override;
};

}  // namespace sala
