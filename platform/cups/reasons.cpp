#include "platform/cups/reasons.h"

#include <algorithm>
#include <array>

namespace sala {
namespace {

struct Meaning {
    std::string_view reason;
    PrinterState state;
};
constexpr std::array kMeanings = {
    Meaning{"media-empty", PrinterState::kPaperOut},
    Meaning{"media-needed", PrinterState::kPaperOut},
    Meaning{"media-low", PrinterState::kPaperLow},
    Meaning{"cover-open", PrinterState::kCoverOpen},
    Meaning{"door-open", PrinterState::kCoverOpen},
    Meaning{"interlock-open", PrinterState::kCoverOpen},
    Meaning{"offline", PrinterState::kOffline},
    Meaning{"paused", PrinterState::kOffline},
    Meaning{"shutdown", PrinterState::kOffline},
    Meaning{"timed-out", PrinterState::kOffline},
    Meaning{"connecting-to-device", PrinterState::kOffline},
};

}  // namespace

PrinterState state_of_reason(std::string_view reason) {
    bool error = false;
    for (const std::string_view weight : {"-error", "-warning", "-report"}) {
        if (!reason.ends_with(weight)) continue;
        error = weight == "-error";
        reason.remove_suffix(weight.size());
    }
    const auto found = std::ranges::find(kMeanings, reason, &Meaning::reason);
    if (found != kMeanings.end()) return found->state;
    return error ? PrinterState::kFault : PrinterState::kReady;
}

}  // namespace sala
