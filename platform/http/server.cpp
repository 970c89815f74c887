#include "platform/http/server.h"

#include <fmt/format.h>
#include <microhttpd.h>
#include <sys/resource.h>

#include <string_view>
#include <utility>

#include "platform/base/handle.h"
#include "platform/http/deadlines.h"
#include "platform/http/exchange.h"
#include "platform/http/listener.h"
#include "platform/http/open_streams.h"
#include "platform/http/workers.h"

namespace sala::http {
namespace {

constexpr char kTlsOnly13[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3";
constexpr int kRetryAfterSeconds = 30;
constexpr std::size_t kCutAtOnce = 64;    // connections that were cut and are not closed yet
constexpr std::size_t kOtherFiles = 128;  // what the process has open besides its connections
constexpr std::size_t kConnectionsLimit = 100'000;
constexpr std::size_t kWorkersLimit = 256;
constexpr std::size_t kStreamsLimit = 1'000;
constexpr std::uint32_t kDeadlineLimitMs = 3'600'000;

Result<void> check(const ServerSettings& settings, const Handler& handler) {
    const auto within = [](std::size_t value, std::size_t limit) { return value >= 1 && value <= limit; };
    if (handler && within(settings.total_deadline_ms, kDeadlineLimitMs) && settings.queue_max >= 1 &&
        within(settings.connections_max, kConnectionsLimit) && within(settings.workers, kWorkersLimit) &&
        settings.streams_max <= kStreamsLimit && within(settings.stream_write_ms, kDeadlineLimitMs)) {
        return {};
    }
    return Error{
        "HTTP-BAD-SETTINGS", "ค่าที่ตั้งของเครื่องแม่ข่ายไม่ถูกต้อง โปรดตรวจสอบขีดจำกัดทุกค่า",
        fmt::format("The server's limits must be at least 1, and at most {} connections, {} workers, "
                    "{} streams (or none) and {} ms.",
                    kConnectionsLimit, kWorkersLimit, kStreamsLimit, kDeadlineLimitMs)};
}

Result<void> make_room_for_files(std::size_t connections) {
    const rlim_t needed = connections + kOtherFiles;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= needed) return {};
    if (limit.rlim_max >= needed) {
        limit.rlim_cur = needed;
        if (::setrlimit(RLIMIT_NOFILE, &limit) == 0) return {};
    }
    return Error{"HTTP-TOO-FEW-FILES",
                 fmt::format("ระบบอนุญาตให้เปิดไฟล์น้อยเกินไปสำหรับ {} การเชื่อมต่อ โปรดเพิ่ม LimitNOFILE", connections),
                 fmt::format("The system allows too few open files for {} connections; raise LimitNOFILE.",
                             connections)};
}

char* as_sent(Exchange& exchange, const char* target) {
    const std::string_view text = target != nullptr ? target : "";
    const std::size_t question = text.find('?');
    exchange.request.path = text.substr(0, question);
    if (question != text.npos) exchange.request.query = text.substr(question + 1);
    return nullptr;
}

}  // namespace

// What libmicrohttpd's one thread, the workers and the deadlines share. Its members go in the order that ends
// them safely: the workers first (stop()), then the daemon, which still tells the deadlines of each close.
class Server::Machine {
  public:
    Machine(ServerSettings settings, Handler handler)
        : settings_(std::move(settings)),
          handler_(std::move(handler)),
          deadlines_(std::chrono::milliseconds(settings_.total_deadline_ms), settings_.connections_max,
                     std::chrono::milliseconds(settings_.stream_write_ms)),
          streams_(settings_.streams_max, deadlines_),
          workers_(settings_.workers, settings_.queue_max) {}
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;
    // After these two nothing is suspended for longer than a turn of the daemon, which must not end before.
    ~Machine() {
        workers_.stop();
        streams_.stop();
        daemon_.reset();
    }

    Result<void> start();
    std::uint16_t port() const { return port_; }

  private:
    static MHD_Result on_accept(void* self, const sockaddr* address, socklen_t) {
        return static_cast<Machine*>(self)->deadlines_.admits(network_of(address)) ? MHD_YES : MHD_NO;
    }
    static void on_connection(void* self, MHD_Connection*, void** context,
                              MHD_ConnectionNotificationCode what);
    static void* on_first_line(void* self, const char* target, MHD_Connection*);
    static MHD_Result on_request(void* self, MHD_Connection*, const char* url, const char* method,
                                 const char*, const char* data, std::size_t* size, void** context);
    static void on_completed(void* self, MHD_Connection*, void** context, MHD_RequestTerminationCode);

    MHD_Result begin(MHD_Connection* connection, const char* method, Exchange& exchange);
    MHD_Result take(const char* data, std::size_t* size, Exchange& exchange);
    void hand_over(MHD_Connection* connection, Exchange& exchange);
    MHD_Result answer(MHD_Connection* connection, Exchange& exchange);

    ServerSettings settings_;
    const Handler handler_;
    std::uint16_t port_ = 0;
    std::size_t bodies_bytes_ = 0;  // of all exchanges; only the daemon's thread looks at it
    Deadlines deadlines_;
    OpenStreams streams_;
    Workers workers_;
    Handle<MHD_Daemon, MHD_stop_daemon> daemon_;
};

// poll(), not epoll: with epoll libmicrohttpd 0.9.75 turns in circles, at a whole processor, while a client
// is in the middle of a TLS record of its handshake; up to a thousand connections poll() is as fast. The
// daemon's own limit of connections stays above ours: at its limit it would leave newcomers waiting in the
// kernel instead of telling them, and what was cut for a newcomer is closed a turn later.
Result<void> Server::Machine::start() {
    Result<Descriptor> listener = listen_on(settings_.address, settings_.port);
    if (!listener) return listener.error();
    port_ = port_of(*listener);
    const unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_TLS | MHD_ALLOW_SUSPEND_RESUME;
    daemon_.reset(MHD_start_daemon(
        flags, port_, on_accept, this, on_request, this,                        //
        MHD_OPTION_LISTEN_SOCKET, listener->get(),                              //
        MHD_OPTION_HTTPS_MEM_CERT, settings_.identity.certificate_pem.c_str(),  //
        MHD_OPTION_HTTPS_MEM_KEY, settings_.identity.key_pem.c_str(),           //
        MHD_OPTION_HTTPS_PRIORITIES, kTlsOnly13,                                //
        MHD_OPTION_CONNECTION_LIMIT,
        static_cast<unsigned>(settings_.connections_max + settings_.streams_max + kCutAtOnce),
        MHD_OPTION_STRICT_FOR_CLIENT, 1,                    //
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, this,  //
        MHD_OPTION_URI_LOG_CALLBACK, on_first_line, this,   //
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, this, MHD_OPTION_END));
    if (!daemon_) {
        return Error{"HTTP-NO-SERVER", "เริ่มเครื่องแม่ข่ายไม่สำเร็จ หน่วยความจำอาจไม่พอ โปรดลองใหม่",
                     "Could not start the server, perhaps for lack of memory; try again."};
    }
    listener->release();  // the daemon closes it
    return {};
}

void Server::Machine::on_connection(void* self, MHD_Connection* connection, void** context,
                                    MHD_ConnectionNotificationCode what) {
    auto* machine = static_cast<Machine*>(self);
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const int socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        const auto* peer = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        *context = machine->deadlines_.start(socket, network_of(peer->client_addr));
    } else if (*context != nullptr) {
        machine->deadlines_.end(static_cast<Deadlines::Watch*>(std::exchange(*context, nullptr)));
    }
}

// The only place where libmicrohttpd shows the target before it decodes it.
void* Server::Machine::on_first_line(void*, const char* target, MHD_Connection*) {
    auto exchange = std::make_unique<Exchange>();
    as_sent(*exchange, target);
    return exchange.release();
}

void Server::Machine::on_completed(void* self, MHD_Connection*, void** context, MHD_RequestTerminationCode) {
    const std::unique_ptr<Exchange> exchange(static_cast<Exchange*>(std::exchange(*context, nullptr)));
    if (!exchange) return;
    auto* machine = static_cast<Machine*>(self);
    machine->bodies_bytes_ -= exchange->request.body.size();
    if (exchange->stream) machine->streams_.remove(*exchange->stream);
}

// Called with the head, with each piece of the body, at its end, and again when a worker has resumed the
// connection.
MHD_Result Server::Machine::on_request(void* self, MHD_Connection* connection, const char*,
                                       const char* method, const char*, const char* data, std::size_t* size,
                                       void** context) {
    auto* machine = static_cast<Machine*>(self);
    auto& exchange = *static_cast<Exchange*>(*context);
    switch (exchange.stage) {
        case Exchange::Stage::kHeaders:
            return machine->begin(connection, method, exchange);
        case Exchange::Stage::kBody:
            if (*size > 0) return machine->take(data, size, exchange);
            machine->hand_over(connection, exchange);
            return MHD_YES;
        case Exchange::Stage::kAnswered:
            return machine->answer(connection, exchange);
    }
    return MHD_NO;
}

MHD_Result Server::Machine::answer(MHD_Connection* connection, Exchange& exchange) {
    const std::shared_ptr<Stream> stream = exchange.response.stream;
    if (!stream) return queue_reply(connection, std::move(exchange.response));
    if (!streams_.add(stream, connection, exchange.watch)) {
        return queue_reply(connection, refusal(MHD_HTTP_SERVICE_UNAVAILABLE, "Busy.", kRetryAfterSeconds));
    }
    exchange.stream = stream;
    return queue_stream(connection, std::move(exchange.response), OpenStreams::read);
}

MHD_Result Server::Machine::begin(MHD_Connection* connection, const char* method, Exchange& exchange) {
    read_head(connection, method, exchange.request);
    const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    exchange.watch = static_cast<Deadlines::Watch*>(info->socket_context);
    exchange.deadline = exchange.watch->deadline;
    const std::optional<std::size_t> length = body_length(exchange.request);
    if (!length) {
        return queue_reply(connection, refusal(MHD_HTTP_LENGTH_REQUIRED, "Send a Content-Length."));
    }
    if (*length > settings_.body_bytes_max) {
        const std::string limit = fmt::format("At most {} bytes are taken.", settings_.body_bytes_max);
        return queue_reply(connection, refusal(MHD_HTTP_CONTENT_TOO_LARGE, limit));
    }
    if (*length > 0 && bodies_bytes_ >= settings_.bodies_bytes_max) {
        return queue_reply(connection, refusal(MHD_HTTP_SERVICE_UNAVAILABLE, "Busy.", kRetryAfterSeconds));
    }
    exchange.body_expected = *length;
    exchange.stage = Exchange::Stage::kBody;
    return MHD_YES;
}

// Bytes are counted as they come, not as they are announced: who announces much and sends little takes
// nobody's place. In the middle of a body there is no way to answer, only to cut.
MHD_Result Server::Machine::take(const char* data, std::size_t* size, Exchange& exchange) {
    std::string& body = exchange.request.body;
    if (*size > exchange.body_expected - body.size()) return MHD_NO;
    const std::size_t all = bodies_bytes_ + *size;
    if (all > settings_.bodies_bytes_max) return MHD_NO;
    body.append(data, *size);
    bodies_bytes_ = all;
    *size = 0;
    return MHD_YES;
}

// Suspended first: a worker may be done before this function is.
void Server::Machine::hand_over(MHD_Connection* connection, Exchange& exchange) {
    exchange.stage = Exchange::Stage::kAnswered;
    deadlines_.at_work(exchange.watch);
    MHD_suspend_connection(connection);
    const bool taken = workers_.offer([this, connection, &exchange](bool its_turn) {
        if (its_turn && Deadlines::Clock::now() < exchange.deadline) {
            exchange.response = handler_(exchange.request);
        } else {
            exchange.response = refusal(MHD_HTTP_SERVICE_UNAVAILABLE, "Too late.", kRetryAfterSeconds);
        }
        MHD_resume_connection(connection);
    });
    if (taken) return;
    exchange.response = refusal(MHD_HTTP_SERVICE_UNAVAILABLE, "Busy.", kRetryAfterSeconds);
    MHD_resume_connection(connection);
}

Server::Server(std::unique_ptr<Machine> machine) : machine_(std::move(machine)) {}

Server::~Server() = default;

std::uint16_t Server::port() const { return machine_->port(); }

Result<std::unique_ptr<Server>> Server::start(ServerSettings settings, Handler handler) {
    if (Result<void> fit = check(settings, handler); !fit) return fit.error();
    if (Result<void> mine = check_identity(settings.identity); !mine) return mine.error();
    if (Result<void> room = make_room_for_files(settings.connections_max + settings.streams_max); !room)
        return room.error();
    auto machine = std::make_unique<Machine>(std::move(settings), std::move(handler));
    if (Result<void> started = machine->start(); !started) return started.error();
    return std::make_unique<Server>(std::move(machine));
}

}  // namespace sala::http
