// What the office answers to a bundle over HTTPS, in the words that gateway and courier share.
//
// Taken in: 200, the cosigned note as the body, and two headers. Not taken in: one JSON object. The trap: an
// answer without such an object is not the office's, but the server's under it (busy, too late), and says
// nothing about the bundle.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace sala::ledger {

inline constexpr const char* kBundlePath = "/bundle";
inline constexpr const char* kBundleContentType = "application/octet-stream";

// "accepted", or "already-had": nothing in the bundle was new.
inline constexpr const char* kVerdictHeader = "Sala-Verdict";
inline constexpr const char* kAccepted = "accepted";
inline constexpr const char* kAlreadyHad = "already-had";

// The verifier key of the office's cosignature.
inline constexpr const char* kOfficeKeyHeader = "Sala-Office-Key";

struct Refusal {
    Error error;
    std::optional<std::uint64_t> held;  // lines of the device that the office has: of a gap and a fork
};

// {"code":"BUNDLE-GAP","thai":"...","english":"...","held":12}
std::string refusal_json(const Refusal& refusal);

// Nothing where it is no such object: a code of A-Z, 0-9 and '-', sentences of one line. Members that are not
// known are passed over.
std::optional<Refusal> parse_refusal(std::string_view json);

// On a stick: how far the office holds a log, where a bundle began behind that. It is signed by nobody; a
// kiosk that believes it sends lines again that it has sent before, and nothing else hangs on it.
struct HeldAnswer {
    std::string origin;
    std::uint64_t held = 0;
    friend bool operator==(const HeldAnswer&, const HeldAnswer&) = default;
};
inline constexpr std::size_t kHeldAnswerBytesMax = 512;

// "CODE.held": the file's name, by which the kiosk looks for it.
std::string held_answer_name(std::string_view device_code);

std::string held_answer_text(const HeldAnswer& answer);
// Nothing where it is no such text.
std::optional<HeldAnswer> parse_held_answer(std::string_view text);

}  // namespace sala::ledger
