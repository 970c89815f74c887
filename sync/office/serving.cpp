#include "sync/office/serving.h"

#include <fmt/format.h>

#include <csignal>

#include "sync/office/gateway_identity.h"

namespace sala::office {

sigset_t block_stop_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return set;
}

void say(FILE* out, const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), out);
    std::fflush(out);
}

Result<void> serve_until_stopped(const sigset_t& stop, Serving serving) {
    const Result<http::Identity> identity = gateway_identity(serving.keys);
    if (!identity) return identity.error();
    const Result<std::string> pin = http::pin_of(identity->certificate_pem);
    if (!pin) return pin.error();
    const std::string& host = serving.listen.host;
    serving.limits.address = host;
    serving.limits.port = serving.listen.port;
    serving.limits.identity = *identity;
    const auto server = http::Server::start(std::move(serving.limits), std::move(serving.handler));
    if (!server) return server.error();
    const std::string shown = host.find(':') != std::string::npos ? "[" + host + "]" : host;
    say(stdout, serving.ready(fmt::format("{}:{}", shown, (*server)->port()), *pin));
    int signal = 0;
    sigwait(&stop, &signal);
    return {};
}

}  // namespace sala::office
