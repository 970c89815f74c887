// The reasons that an officer may give, each an id of the journal and a sentence for the office's people.
//
// Ids never change their meaning: the journal keeps them for ever. Free text is not asked for, as a name
// could stand in it.
#pragma once

#include <span>
#include <string_view>

namespace sala::record {

struct Reason {
    std::string_view id;
    std::string_view thai, english;
};

std::span<const Reason> reasons_to_choose();  // somebody before the turn
std::span<const Reason> reasons_to_park();
std::span<const Reason> reasons_to_transfer();
std::span<const Reason> reasons_to_cancel();
std::span<const Reason> reasons_of_delay();  // the waiting room may read these

const Reason* find_reason(std::span<const Reason> list, std::string_view id);

}  // namespace sala::record
