// What the programs of tests/bench and tests/tamper share: they measure something that works, or end with a
// sentence, and then too everything that they started ends. Not from a thread of their own.
#pragma once

#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <utility>

#include "platform/base/result.h"

namespace sala::bench {

[[noreturn]] inline void give_up(const std::string& why) { throw std::runtime_error(why); }

template <typename Measurement>
int exit_code_of(const Measurement& measurement) {
    try {
        measurement();
        return 0;
    } catch (const std::exception& failure) {
        std::fputs((std::string(failure.what()) + "\n").c_str(), stderr);
        return 1;
    }
}

template <typename T>
T take(Result<T> result) {
    if (!result) give_up(result.error().line());
    return *std::move(result);
}
inline void take(const Result<void>& result) {
    if (!result) give_up(result.error().line());
}

inline double now_ms() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double, std::milli>(since).count();
}

template <typename Deed>
double seconds_of(const Deed& deed) {
    const double begun = now_ms();
    deed();
    return (now_ms() - begun) / 1000;
}

}  // namespace sala::bench
