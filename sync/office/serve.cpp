#include "sync/office/serve.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstring>

#include "sync/office/administration.h"
#include "sync/office/forwarder.h"
#include "sync/office/gateway.h"
#include "sync/office/serving.h"
#include "sync/record/peer_rules.h"

namespace sala::office {
namespace {

std::string ready_text(const std::string& address, const std::string& pin) {
    return fmt::format(
        "พร้อมรับข้อมูลที่ {0} ใส่ pin นี้ใน [sync] ของ office.toml ของทุกตู้ "
        "(ready on {0}; this pin belongs into [sync] of each kiosk's office.toml)\n"
        "pin = \"{1}\"\n",
        address, pin);
}

std::int64_t monotonic_ms() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

void note(const std::string& line) { say(stderr, line + "\n"); }

std::unique_ptr<Forwarder> start_forwarder(const ServeSettings& settings, const OfficeRow& office) {
    if (!settings.forward) return nullptr;
    const auto dice = crypto::random_array<sizeof(std::uint64_t)>();
    std::uint64_t seed = 0;
    std::memcpy(&seed, dice.data(), sizeof seed);
    return std::make_unique<Forwarder>(ForwardSettings{.db = settings.db,
                                                       .notes = settings.keys / "forwarded",
                                                       .province = *settings.forward,
                                                       .office = office.domain,
                                                       .seed = seed,
                                                       .now_ms = monotonic_ms,
                                                       .log = note});
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

std::optional<courier::Road> parse_road(const std::string& url, const std::string& pin) {
    if (!record::is_gateway_url(url) || !record::is_pin(pin)) return {};
    return courier::Road{url, pin};
}

Result<void> serve(const ServeSettings& settings) {
    const sigset_t stop = block_stop_signals();
    Result<ReportDb> database = ReportDb::open(settings.db, Access::kWrite);
    if (!database) return database.error();
    const Result<OfficeRow> office = database->office();
    if (!office) return office.error();
    Result<OfficeKey> key = keys_of(*office, settings.keys);
    if (!key) return key.error();
    const std::unique_ptr<Forwarder> forwarder = start_forwarder(settings, *office);
    Gateway gateway({.db = settings.db,
                     .key = *std::move(key),
                     .quarantine = settings.keys / "quarantine",
                     .now_s = unix_now_s,
                     .log = note,
                     .taken_in = [&forwarder] {
                         if (forwarder) forwarder->nudge();
                     }});
    return serve_until_stopped(
        stop, {.listen = settings.listen,
               .keys = settings.keys,
               .limits = gateway_limits(),
               .handler = [&gateway](const http::Request& request) { return gateway.answer(request); },
               .ready = ready_text});
}

}  // namespace sala::office
