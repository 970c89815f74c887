// Whether the journal on disk still is the one that the kiosk has in mind: every line hashed again.
#pragma once

#include "kiosk/store/journal.h"

namespace sala::kiosk {

// Of all lines before `size`; any thread, over a connection of its own, in steps that hold nobody up. Ten
// years take seconds. `go_on` is asked between the steps. Refuses STORE-DAMAGED (a line is missing),
// TEST-STOPPED, and what the database does.
Result<crypto::Hash> recount_root(const std::filesystem::path& data, std::uint64_t size,
                                  const std::function<bool()>& go_on);

}  // namespace sala::kiosk
