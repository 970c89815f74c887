// What the EIT card says instead of a code.
#pragma once

#include <optional>
#include <string>

#include "kiosk/ui/view.h"

namespace sala::kiosk {

// Nothing on the days on which the link is shown; then view.office.eit exists.
std::optional<std::string> eit_notice(const View& view);

}  // namespace sala::kiosk
