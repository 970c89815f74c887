#include "kiosk/queue/expected_wait.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace sala::queue {
namespace {

constexpr std::size_t kRecent = 40;    // of today: how it moves now, not how it did in the morning
constexpr std::size_t kEarlier = 200;  // of days before: whole days, with their noons
constexpr int kTrials = 400;
constexpr std::size_t kPlayed = 64;  // calls of a trial
constexpr int kStepMinutes = 5;
constexpr std::int64_t kMinuteMs = 60'000;

// In which `ahead` + 1 calls come, once for each trial. Times follow each other as they did: a slow hour
// stays slow.
std::vector<std::int64_t> trials(const std::vector<std::int64_t>& times, std::size_t ahead) {
    std::mt19937_64 chance(ahead + 1);
    const auto below = [&](std::uint64_t n) { return chance() % n; };
    std::vector<std::int64_t> waits;
    for (int trial = 0; trial < kTrials; ++trial) {
        std::size_t at = below(times.size());
        // The first of them has begun already.
        std::int64_t wait = static_cast<std::int64_t>(below(static_cast<std::uint64_t>(times[at]) + 1));
        for (std::size_t i = 0; i < ahead; ++i) {
            constexpr std::uint64_t kRunMean = 5;
            at = below(kRunMean) == 0 ? below(times.size()) : (at + 1) % times.size();
            wait += times[at];
        }
        waits.push_back(wait);
    }
    std::sort(waits.begin(), waits.end());
    return waits;
}

// Trials of `played` calls as those of `ahead`: a sum of many spreads as the root of their number, so playing
// every one of some hundred calls would tell no more, and cost the visitor more than the disk does.
void stretch(std::vector<std::int64_t>& waits, const std::vector<std::int64_t>& times, std::size_t played,
             std::size_t ahead) {
    const auto mean = [](const std::vector<std::int64_t>& of) {
        return static_cast<double>(std::accumulate(of.begin(), of.end(), std::int64_t{0})) /
               static_cast<double>(of.size());
    };
    const double middle = mean(waits), later = mean(times) * static_cast<double>(ahead - played);
    const double wider = std::sqrt(static_cast<double>(ahead) / static_cast<double>(played));
    for (std::int64_t& wait : waits) {
        const double off = static_cast<double>(wait) - middle;
        wait = static_cast<std::int64_t>(middle + later + off * wider);
    }
}

}  // namespace

void CallTimes::take(const Queue& before, const ledger::Line& line) {
    if (std::holds_alternative<ledger::DayClosed>(line.happening)) series_.clear();
    const auto* called = std::get_if<ledger::TicketCalled>(&line.happening);
    const Ticket* ticket = called == nullptr ? nullptr : before.find(called->ticket);
    // Who was parked comes beside the queue.
    if (ticket == nullptr || called->how == "parked") return;
    Series& series = series_[ticket->service.division];
    const Moment now = ledger::moment_of(line.stamp);
    if (series.last) {
        if (const auto between = elapsed_ms(*series.last, now)) series.between_ms.push_back(*between);
    }
    series.last.reset();
    if (before.waiting_count(ticket->service.division) > 1) series.last = now;
}

std::span<const std::int64_t> CallTimes::of(std::string_view division) const {
    const auto found = series_.find(division);
    return found == series_.end() ? std::span<const std::int64_t>() : found->second.between_ms;
}

std::optional<WaitRange> expected_wait(std::span<const std::int64_t> today_ms,
                                       std::span<const std::int64_t> earlier_ms, std::size_t ahead) {
    const auto recent = today_ms.last(std::min(today_ms.size(), kRecent));
    std::vector<std::int64_t> times(recent.begin(), recent.end());
    if (times.size() < kCallTimesToday) {
        const std::size_t more = std::min(earlier_ms.size(), kEarlier);
        times.insert(times.end(), earlier_ms.begin(), earlier_ms.begin() + static_cast<std::ptrdiff_t>(more));
    }
    if (times.size() < kCallTimesMin || ahead > 500) return {};
    std::vector<std::int64_t> waits = trials(times, std::min(ahead, kPlayed));
    if (ahead > kPlayed) stretch(waits, times, kPlayed, ahead);
    const auto minutes = [&](std::size_t tenth) { return waits[waits.size() * tenth / 10] / kMinuteMs; };
    const auto from = static_cast<int>(minutes(1) / kStepMinutes * kStepMinutes);
    const auto to = static_cast<int>((minutes(9) / kStepMinutes + 1) * kStepMinutes);
    if (to > kWaitMinutesMax) return {};
    return WaitRange{from, to};
}

}  // namespace sala::queue
