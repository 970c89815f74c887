// What an audit has to say of a log: a sentence with a stable code and the lines it speaks of.
//
// A break is something that cannot be in a log that nobody touched. A remark is what an auditor should know
// and an honest office can explain: dark time, a day closed late, a kiosk replaced.
#pragma once

#include <cstdint>
#include <string>

#include "platform/base/result.h"

namespace sala::audit {

enum class Weight { kRemark, kBreak };

struct Finding {
    Weight weight = Weight::kBreak;
    std::string device;  // code; empty: the office as a whole
    // Lines [first, end); end 0: it speaks of no lines. The first offending line is `first`; where it can
    // only be narrowed down to several, it is among them.
    std::uint64_t first = 0;
    std::uint64_t end = 0;
    Error what;
};

}  // namespace sala::audit
