// What the fault tests share: how thorough to be, and a run of the script in a process that may be killed.
#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "tests/faults/script.h"
#include "tests/faults/system_calls.h"

namespace sala::faults {

// The long versions try every fault, the short ones some of them: SALA_FAULTS=long.
bool thorough();

// Enough differing findings to see what is wrong.
inline constexpr int kFindingsMax = 5;

// Says what is wrong in this case; false: enough is known.
bool report(const std::string& which, const std::vector<std::string>& problems);

struct Run {
    std::vector<Ack> acks;
    bool killed = false;
};

// What a child process plays: it says its acknowledgements, and answers 0 where it came to its end.
using Say = std::function<void(const Ack&)>;
Run in_child(const std::function<int(const Say&)>& play);

// Plays `acts` acts below `root` in a process of its own, with the fault.
Run play_in_child(const std::filesystem::path& root, const Plan& plan, std::size_t acts);

}  // namespace sala::faults
