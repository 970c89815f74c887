// Lengths of time of one kind: how many, how many of them nobody can know, and where their middle lies.
//
// A percentile is by nearest rank: of n values in ascending order the one at place ceil(p / 100 * n),
// counted from 1; so it is always a value that was measured, and the median of two is the smaller one. The
// trap: under kTimesMin values there is none, as one visitor's time, or one officer's, could be read from
// it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace sala::figures {

inline constexpr std::uint64_t kTimesMin = 5;

class Times {
  public:
    // Nothing: the clocks do not tell. REQUIRES: not below zero.
    void add(std::optional<std::int64_t> ms);
    Times& operator+=(const Times& more);

    std::uint64_t known() const { return ms_.size(); }
    std::uint64_t unknown() const { return unknown_; }

    // In ms. REQUIRES: percent in 1..100.
    std::optional<std::int64_t> percentile(int percent) const;
    std::optional<std::int64_t> median() const { return percentile(50); }
    // How many took no longer than that; nothing under kTimesMin values.
    std::optional<std::uint64_t> within(std::int64_t limit_ms) const;

  private:
    std::vector<std::int64_t> ms_;  // in the order in which they came, which nothing tells
    std::uint64_t unknown_ = 0;
};

}  // namespace sala::figures
