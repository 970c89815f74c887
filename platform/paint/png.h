// A mask as a picture to look at: black ink on white, gray.
#pragma once

#include <filesystem>

#include "platform/base/result.h"
#include "platform/paint/mask.h"

namespace sala::paint {

// Refuses: PNG-UNWRITABLE.
Result<void> write_png(const Mask& mask, const std::filesystem::path& path);

}  // namespace sala::paint
