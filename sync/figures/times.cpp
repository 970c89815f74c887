#include "sync/figures/times.h"

#include <algorithm>

namespace sala::figures {

void Times::add(std::optional<std::int64_t> ms) {
    if (ms) {
        ms_.push_back(*ms);
    } else {
        ++unknown_;
    }
}

Times& Times::operator+=(const Times& more) {
    ms_.insert(ms_.end(), more.ms_.begin(), more.ms_.end());
    unknown_ += more.unknown_;
    return *this;
}

std::optional<std::int64_t> Times::percentile(int percent) const {
    if (known() < kTimesMin) return {};
    const std::size_t rank = (static_cast<std::size_t>(percent) * ms_.size() + 99) / 100;
    std::vector<std::int64_t> sorted = ms_;
    const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(sorted.begin(), at, sorted.end());
    return *at;
}

std::optional<std::uint64_t> Times::within(std::int64_t limit_ms) const {
    if (known() < kTimesMin) return {};
    return static_cast<std::uint64_t>(
        std::count_if(ms_.begin(), ms_.end(), [&](std::int64_t ms) { return ms <= limit_ms; }));
}

}  // namespace sala::figures
