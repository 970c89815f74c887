// Inside this room only: what the servers of `sala-office` share, from the blocked signals to the end.
//
// The trap: a thread that was started before block_stop_signals() may take the signal, and end the program in
// the middle of a request.
#pragma once

#include <signal.h>

#include <cstdio>
#include <functional>

#include "platform/http/server.h"
#include "sync/office/serve.h"

namespace sala::office {

// SIGTERM and SIGINT, blocked from now on in this thread and those it starts. SIGPIPE is ignored.
sigset_t block_stop_signals();

// Never throws: where nobody reads the log any more, requests are answered all the same.
void say(FILE* out, const std::string& text);

struct Serving {
    ListenAddress listen;
    std::filesystem::path keys;   // the TLS key lies there, or is made there
    http::ServerSettings limits;  // address, port and identity are filled in
    http::Handler handler;
    // What is printed when it listens. `address`: "192.168.1.5:8443".
    std::function<std::string(const std::string& address, const std::string& pin)> ready;
};

// Until one of `stop` comes; then the requests under way are done. Refuses what the key and the server do.
Result<void> serve_until_stopped(const sigset_t& stop, Serving serving);

}  // namespace sala::office
