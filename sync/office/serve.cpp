#include "sync/office/serve.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>

#include "sync/office/administration.h"
#include "sync/office/gateway.h"
#include "sync/office/gateway_identity.h"

namespace sala::office {
namespace {

std::uint64_t now_s() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

// Not fmt::print, which throws: where nobody reads the log any more, bundles are taken in all the same.
void say(FILE* out, const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), out);
    std::fflush(out);
}

sigset_t block_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return set;
}

std::string ready_text(const ListenAddress& listen, std::uint16_t port, const std::string& pin) {
    const bool six = listen.host.find(':') != std::string::npos;
    return fmt::format(
        "พร้อมรับข้อมูลที่ {0}{1}{2}:{3} ใส่ pin นี้ใน [sync] ของ office.toml ของทุกตู้ "
        "(ready on {0}{1}{2}:{3}; this pin belongs into [sync] of each kiosk's office.toml)\n"
        "pin = \"{4}\"\n",
        six ? "[" : "", listen.host, six ? "]" : "", port, pin);
}

}  // namespace

std::optional<ListenAddress> parse_listen(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return {};
    std::string host = text.substr(0, colon);
    if (host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string::npos) {
        return {};
    }
    ListenAddress listen{host, 0};
    const char* const end = text.data() + text.size();
    const auto [last, bad] = std::from_chars(text.data() + colon + 1, end, listen.port);
    if (host.empty() || bad != std::errc() || last != end) return {};
    return listen;
}

Result<void> serve(const ServeSettings& settings) {
    const sigset_t signals = block_signals();
    Result<ReportDb> database = ReportDb::open(settings.db, Access::kWrite);
    if (!database) return database.error();
    const Result<OfficeRow> office = database->office();
    if (!office) return office.error();
    Result<OfficeKey> key = keys_of(*office, settings.keys);
    if (!key) return key.error();
    const Result<http::Identity> identity = gateway_identity(settings.keys);
    if (!identity) return identity.error();
    const Result<std::string> pin = http::pin_of(identity->certificate_pem);
    if (!pin) return pin.error();

    Gateway gateway({.db = settings.db,
                     .key = *std::move(key),
                     .quarantine = settings.keys / "quarantine",
                     .now_s = now_s,
                     .log = [](const std::string& line) { say(stderr, line + "\n"); }});
    http::ServerSettings limits = gateway_limits();
    limits.address = settings.listen.host;
    limits.port = settings.listen.port;
    limits.identity = *identity;
    const auto server = http::Server::start(
        std::move(limits), [&gateway](const http::Request& request) { return gateway.answer(request); });
    if (!server) return server.error();
    say(stdout, ready_text(settings.listen, (*server)->port(), *pin));
    int signal = 0;
    sigwait(&signals, &signal);
    return {};
}

}  // namespace sala::office
