// `sala-office witness`: a plain witness on a port, for somebody outside the office: a province, a newspaper.
//
// POST /add-checkpoint is C2SP tlog-witness. GET /held/ORIGIN gives the newest checkpoint that it cosigned
// of a log, as an auditor passes it to `audit --witness`; the protocol leaves that to each witness. The trap:
// whoever runs it in the office's own hands is no witness.
#pragma once

#include "platform/http/server.h"
#include "sync/office/serve.h"
#include "sync/witness/witness.h"

namespace sala::office {

struct WitnessSettings {
    std::filesystem::path keys;  // the witness's folder (sync/witness/witness.h)
    ListenAddress listen;
    std::string name;  // needed the first time only
};

// Prints where it listens, its pin and its key to stdout, then one line a request to stderr. Ends as serve()
// does, and is the main thread's too. Refuses what Witness::open(), the TLS key and the server do.
Result<void> serve_witness(const WitnessSettings& settings);

// Any thread.
http::Response answer_witness(witness::Witness& witness, const http::Request& request, std::uint64_t now_s);

// What a witness allows: requests of a few kilobytes.
http::ServerSettings witness_limits();

}  // namespace sala::office
