// Writing JSON text; reading it is simdjson's, in sync/ledger.
#pragma once

#include <string>
#include <string_view>

namespace sala {

// Appends `text` as a JSON string with its quotes. One spelling for each text: only `"`, `\` and the control
// characters below 0x20 are escaped (\" \\ \n and else \u00xx); UTF-8 passes as it is. REQUIRES: `text` is
// valid UTF-8.
void append_json_string(std::string& out, std::string_view text);

inline std::string json_string(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

}  // namespace sala
