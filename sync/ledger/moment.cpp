#include "sync/ledger/moment.h"

#include "sync/ledger/line.h"

namespace sala::ledger {

Moment moment_of(const Stamp& stamp) {
    return {stamp.utc_ms, stamp.mono_ms, stamp.boot, stamp.clock_trusted};
}

std::optional<std::int64_t> elapsed_ms(const Moment& from, const Moment& to) {
    const bool one_boot = from.boot == to.boot;
    if (!one_boot && !(from.clock_trusted && to.clock_trusted)) return {};
    const std::int64_t elapsed = one_boot ? to.mono_ms - from.mono_ms : to.utc_ms - from.utc_ms;
    return elapsed >= 0 ? std::optional(elapsed) : std::nullopt;
}

}  // namespace sala::ledger
