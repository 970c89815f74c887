// Replies that stay open, and readers that are slow, gone or too many.
#include "platform/http/stream.h"

#include <netinet/tcp.h>

#include <condition_variable>
#include <mutex>

#include "platform/http/server.h"
#include "tests/platform/http/peers.h"

namespace sala::http {
namespace {

constexpr auto kPatience = std::chrono::seconds(kPatienceSeconds);

// Answers /stream with a stream of its own, everything else with "good".
class Streams {
  public:
    Handler handler() {
        return [this](const Request& request) {
            Response response;
            response.body = "good";
            if (request.path != "/stream") return response;
            response.content_type = "text/event-stream";
            response.stream = std::make_shared<Stream>();
            response.stream->push("hello ");
            const std::lock_guard lock(mutex_);
            all_.push_back(response.stream);
            changed_.notify_all();
            return response;
        };
    }
    std::shared_ptr<Stream> wait_for(std::size_t number) {
        std::unique_lock lock(mutex_);
        EXPECT_TRUE(changed_.wait_for(lock, kPatience, [&] { return all_.size() >= number; }));
        return all_.at(number - 1);
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::shared_ptr<Stream>> all_;
};

struct Limits {
    std::size_t streams = 8;
    std::uint32_t deadline_ms = 600'000;
    std::uint32_t write_ms = 600'000;
};

std::unique_ptr<Server> started(Handler handler, const Limits& limits = {}) {
    ServerSettings settings;
    settings.identity = test_identity();
    settings.streams_max = limits.streams;
    settings.total_deadline_ms = limits.deadline_ms;
    settings.stream_write_ms = limits.write_ms;
    auto server = Server::start(std::move(settings), std::move(handler));
    if (!server) ADD_FAILURE() << server.error().line();
    return std::move(server).value();
}

// `narrow`: with segments and a window so small that the kernel holds little for it.
std::unique_ptr<Tls> reader_of(const Server& server, bool narrow = false) {
    Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    be_patient(socket.get());
    const int little = 1'000;
    if (narrow) {
        EXPECT_EQ(::setsockopt(socket.get(), IPPROTO_TCP, TCP_MAXSEG, &little, sizeof little), 0);
        EXPECT_EQ(::setsockopt(socket.get(), SOL_SOCKET, SO_RCVBUF, &little, sizeof little), 0);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    auto reader = std::make_unique<Tls>(std::move(socket), GNUTLS_CLIENT, kTls13);
    EXPECT_TRUE(reader->shake_hands());
    EXPECT_TRUE(reader->say("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n"));
    return reader;
}

bool ends_soon(const Stream& stream) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (!stream.over() && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return stream.over();
}

TEST(HttpStream, WhatIsPushedArrivesPieceByPiece) {
    Streams streams;
    const auto server = started(streams.handler());
    const auto reader = reader_of(*server);
    const std::string head = reader->hear("hello ");
    EXPECT_NE(head.find("200 OK"), std::string::npos);
    EXPECT_NE(head.find("Content-Type: text/event-stream"), std::string::npos);
    const auto stream = streams.wait_for(1);
    for (const std::string piece : {"one", "two", "three"}) {
        EXPECT_TRUE(stream->push(piece));
        EXPECT_NE(reader->hear(piece).find(piece), std::string::npos);
    }
    stream->end();
    EXPECT_FALSE(stream->push("late"));
    reader->hear();
    EXPECT_TRUE(was_cut(reader->socket()));
}

TEST(HttpStream, TheTotalDeadlineDoesNotEndOne) {
    Streams streams;
    const auto server = started(streams.handler(), {.deadline_ms = 2'000});
    const auto reader = reader_of(*server);
    reader->hear("hello ");
    // A silent connection that came later is cut at the deadline, so the stream is older than that.
    EXPECT_TRUE(was_cut(connect_to(server->port())));
    EXPECT_TRUE(streams.wait_for(1)->push("later"));
    EXPECT_NE(reader->hear("later").find("later"), std::string::npos);
}

TEST(HttpStream, OneMoreThanThereArePlacesForIsTold503) {
    Streams streams;
    const auto server = started(streams.handler(), {.streams = 1});
    auto first = reader_of(*server);
    first->hear("hello ");
    const auto second = reader_of(*server);
    EXPECT_NE(second->hear("Busy.").find("503"), std::string::npos);
    EXPECT_TRUE(streams.wait_for(2)->over());
    // Who leaves gives the place back, once a push has found that out.
    first.reset();
    const auto left = streams.wait_for(1);
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (left->push("beat") && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_TRUE(left->over());
    EXPECT_NE(reader_of(*server)->hear("hello ").find("hello "), std::string::npos);
}

TEST(HttpStream, AServerWithoutPlacesHasNone) {
    Streams streams;
    const auto server = started(streams.handler(), {.streams = 0});
    EXPECT_NE(reader_of(*server)->hear("Busy.").find("503"), std::string::npos);
}

// It reads nothing: what the kernel and TLS hold for it fills first, then the backlog, then it is cut.
TEST(HttpStream, WhoReadsNothingIsCutAndDelaysNobody) {
    Streams streams;
    const auto server = started(streams.handler());
    const auto lazy = reader_of(*server);
    const auto keen = reader_of(*server);
    lazy->hear("hello ");
    keen->hear("hello ");
    const std::string much(64 << 10, 'x');
    const auto stream = streams.wait_for(1);
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (stream->push(much) && std::chrono::steady_clock::now() < until) {
    }
    EXPECT_TRUE(stream->over());
    EXPECT_TRUE(streams.wait_for(2)->push("still here"));
    EXPECT_NE(keen->hear("still here").find("still here"), std::string::npos);
    EXPECT_EQ(send(call_to(server->port()))->body, "good");
}

// Less than a backlog is pushed, so only the time can end it.
TEST(HttpStream, WhoTakesTooLongIsCut) {
    Streams streams;
    const auto server = started(streams.handler(), {.write_ms = 300});
    const auto lazy = reader_of(*server, true);
    lazy->hear("hello ");
    const auto stream = streams.wait_for(1);
    EXPECT_TRUE(stream->push(std::string(Stream::kWaitingBytesMax - 1'000, 'x')));
    EXPECT_TRUE(ends_soon(*stream));
}

TEST(HttpStream, AServerThatEndsEndsThem) {
    Streams streams;
    auto server = started(streams.handler());
    const auto reader = reader_of(*server);
    reader->hear("hello ");
    const auto stream = streams.wait_for(1);
    server.reset();
    EXPECT_TRUE(stream->over());
    EXPECT_FALSE(stream->push("x"));
    reader->hear();
    EXPECT_TRUE(was_cut(reader->socket()));
}

TEST(HttpStream, ManyThreadsPushWhileReadersComeAndGo) {
    Streams streams;
    auto server = started(streams.handler());
    std::atomic<bool> done = false;
    std::vector<std::thread> pushers;
    for (int i = 0; i < 4; ++i) {
        pushers.emplace_back([&, i] {
            while (!done) {
                const auto stream = streams.wait_for(static_cast<std::size_t>(i % 2 + 1));
                // A flood would rightly cut a reader before it is there.
                if (stream->rests() || stream->over()) stream->push("beat\n");
            }
        });
    }
    for (int i = 0; i < 10; ++i) {
        const auto reader = reader_of(*server);
        EXPECT_NE(reader->hear("hello ").find("hello "), std::string::npos);
    }
    EXPECT_EQ(send(call_to(server->port()))->body, "good");
    server.reset();
    done = true;
    for (std::thread& pusher : pushers) pusher.join();
}

}  // namespace
}  // namespace sala::http
