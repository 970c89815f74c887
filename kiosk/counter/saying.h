// How a call is spoken: "ขอเชิญหมายเลข เอ ศูนย์ ศูนย์ หนึ่ง ที่ช่องบริการ หนึ่ง ค่ะ".
//
// The one source of the words, for the recorded clips (assets/voice/README.md) and for a browser's own voice.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/record/office.h"

namespace sala::kiosk {

struct Saying {
    std::string text;                // Thai words with a blank between them
    std::vector<std::string> clips;  // names of clips, in their order
    friend bool operator==(const Saying&, const Saying&) = default;
};

// `number` as printed, "A001". Letters and digits are spoken one by one; a counter by the one number in its
// Thai name (Arabic or Thai digits, 1 to 99: "ยี่สิบเอ็ด"), else by its name, for which the office may record
// `counter-<id>`.
Saying saying_of(std::string_view number, const record::Counter& counter);

// Every clip that a call of this office may need, sorted.
std::vector<std::string> clips_of(const record::Office& office);

// The same with what each says, as it is recorded.
struct ClipWords {
    std::string clip, words;
    friend auto operator<=>(const ClipWords&, const ClipWords&) = default;
};
std::vector<ClipWords> words_of_clips(const record::Office& office);

}  // namespace sala::kiosk
