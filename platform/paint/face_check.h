// Whether a face can be trusted with Thai: looks at the pixels, as some faces lose tone marks even when
// shaped properly.
//
// Noto Looped Thai of Debian 12 turns วันนี้ที่นี่ into วันนืทีนี: other words, not just ugly ones.
#pragma once

#include <string>

#include "platform/base/result.h"

namespace sala::paint {

// Draws consonants with stacked marks in regular and bold, and measures that no mark vanishes or touches
// another. Refuses: FACE-MISSING (no such family; names the Debian package), FACE-MARKS (names the first text
// that fails).
Result<void> check_face(const std::string& family);

}  // namespace sala::paint
