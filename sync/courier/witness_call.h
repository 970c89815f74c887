// One checkpoint to a witness over HTTPS, and what the witness made of it: the log's side of C2SP
// tlog-witness.
//
// The trap: no answer is no failure. The witness may have kept the checkpoint; then it answers the next one
// with the size that it holds, and is asked again with the proof from there.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>

#include "platform/http/client.h"

namespace sala::courier {

struct WitnessAddress {
    std::string url;  // https://host[:port][/path]
    std::string pin;
};

// Nothing of this is checked: signature lines, to be put under the checkpoint.
struct Vouched {
    std::string signatures;
};

// It holds the log's first `size` lines, not those it was asked to go on from.
struct Holds {
    std::uint64_t size = 0;
};

// It will not vouch for this, however often it is asked.
struct WontVouch {
    Error error;
};

// Later again: it was not reached, is busy, or what it answered was lost.
struct NotVouched {
    Error error;
    std::uint32_t wait_s = 0;  // what it asked for; 0: nothing
};

using WitnessVerdict = std::variant<Vouched, Holds, WontVouch, NotVouched>;

// `request`: ledger::WitnessRequest::bytes(). Blocks, for kWitnessTotalMs at most; `go_on` is asked about
// once a second, and false stops. Any thread.
WitnessVerdict ask_witness(const WitnessAddress& witness, std::string request,
                           const std::function<bool()>& go_on);

inline constexpr std::uint32_t kWitnessTotalMs = 20'000;

// WITNESS-OTHER-HISTORY: it holds another log under this kiosk's key.
Error other_history();

// What ask_witness() makes of how the call ended.
WitnessVerdict witness_verdict_of(const Result<http::Reply>& reply);

}  // namespace sala::courier
