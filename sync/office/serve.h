// `sala-office serve`: the gateway on a port, until the program is asked to end.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "sync/courier/courier.h"

namespace sala::office {

struct ListenAddress {
    std::string host;  // an IP literal, or localhost
    std::uint16_t port = 0;
};

// "192.168.1.5:8443", "[::]:8443", "localhost:0" (any free port).
std::optional<ListenAddress> parse_listen(const std::string& text);

struct ServeSettings {
    std::string db;
    std::filesystem::path keys;
    ListenAddress listen;
    std::optional<courier::Road> forward = {};  // the province's gateway
};

// Where the office forwards to; nothing where the address or the pin is not written as in [sync].
std::optional<courier::Road> parse_road(const std::string& url, const std::string& pin);

// Prints where it listens and the gateway's pin to stdout, then one line a request to stderr. Ends at SIGTERM
// or SIGINT, when the requests under way are done. The main thread's, before there is another: it blocks
// those signals. Refuses what the database, the keys and the server do.
Result<void> serve(const ServeSettings& settings);

}  // namespace sala::office
