#include "kiosk/counter/counter_server.h"

#include "kiosk/counter/ways.h"
#include "platform/http/server.h"

namespace sala::kiosk {
namespace {

constexpr std::size_t kBodyBytesMax = 4 << 10;
constexpr std::size_t kBodiesBytesMax = 1 << 20;
constexpr std::size_t kConnectionsMax = 200;
constexpr std::size_t kQueueMax = 64;
constexpr std::size_t kCounterStreamsMax = 200;

http::ServerSettings settings_of(const CounterSetup& setup) {
    http::ServerSettings settings;
    settings.address = setup.listen.address;
    settings.port = setup.listen.port;
    settings.identity = setup.identity;
    settings.body_bytes_max = kBodyBytesMax;
    settings.bodies_bytes_max = kBodiesBytesMax;
    settings.connections_max = kConnectionsMax;
    settings.queue_max = kQueueMax;
    settings.streams_max =
        Broadcast::kBoardsMax +
        std::min(kCounterStreamsMax, Broadcast::kPerCounterMax * setup.office.counters.size());
    return settings;
}

}  // namespace

// In the order that ends them safely: the server first, whose handlers use the ways.
class CounterServer::Machine {
  public:
    explicit Machine(CounterSetup setup) : ways(std::move(setup)) {}
    Ways ways;
    std::unique_ptr<http::Server> server;
};

Result<std::unique_ptr<CounterServer>> CounterServer::start(CounterSetup setup) {
    http::ServerSettings settings = settings_of(setup);
    auto machine = std::make_unique<Machine>(std::move(setup));
    Result<std::unique_ptr<http::Server>> server = http::Server::start(
        std::move(settings),
        [&ways = machine->ways](const http::Request& request) { return ways.answer(request); });
    if (!server) return server.error();
    machine->server = *std::move(server);
    return std::make_unique<CounterServer>(std::move(machine));
}

CounterServer::CounterServer(std::unique_ptr<Machine> machine) : machine_(std::move(machine)) {}

CounterServer::~CounterServer() = default;

std::uint16_t CounterServer::port() const { return machine_->server->port(); }

const std::vector<Error>& CounterServer::voice_problems() const { return machine_->ways.voice_problems(); }

}  // namespace sala::kiosk
