// What a server does when too much is asked of it, by too many, too slowly.
#include <algorithm>
#include <atomic>
#include <ctime>
#include <future>
#include <semaphore>

#include "platform/http/server.h"
#include "tests/platform/http/peers.h"

namespace sala::http {
namespace {

using Waiting = std::future<Result<Reply>>;

constexpr auto kPatience = std::chrono::seconds(kPatienceSeconds);
constexpr std::uint32_t kShortMs = 300;
constexpr std::uint32_t kLongerMs = 2'000;  // enough for what must have happened before it
constexpr std::uint32_t kNeverMs = 600'000;

// A handler that waits where the body says so; the body comes back.
class Gate {
  public:
    Handler handler() {
        return [this](const Request& request) {
            ++handled;
            if (request.body == "wait") {
                entered_.release();
                released_.wait_for(kPatience);
            }
            Response response;
            response.body = request.body;
            return response;
        };
    }
    void wait_until_entered() { EXPECT_TRUE(entered_.try_acquire_for(kPatience)); }
    void release() { release_.set_value(); }

    std::atomic<int> handled = 0;

  private:
    std::counting_semaphore<> entered_{0};
    std::promise<void> release_;
    std::shared_future<void> released_ = release_.get_future();
};

struct Limits {
    std::uint32_t deadline_ms = kNeverMs;
    std::size_t queue = 8;
    std::size_t workers = 1;
    std::size_t connections = 1000;
};

std::unique_ptr<Server> started(const Limits& limits, Handler handler) {
    ServerSettings settings;
    settings.identity = test_identity();
    settings.total_deadline_ms = limits.deadline_ms;
    settings.queue_max = limits.queue;
    settings.workers = limits.workers;
    settings.connections_max = limits.connections;
    Result<std::unique_ptr<Server>> server = Server::start(std::move(settings), std::move(handler));
    if (!server) ADD_FAILURE() << server.error().line();
    return std::move(server).value();
}

Waiting call_later(std::uint16_t port, const std::string& body) {
    return std::async(std::launch::async, [call = call_to(port, body)] { return send(call); });
}

// Tries again until the call is answered, at most for the tests' patience.
Result<Reply> call_until_answered(const Call& call) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (true) {
        Result<Reply> reply = send(call);
        if (reply || std::chrono::steady_clock::now() > until) return reply;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));  // leaves the processor to the server
    }
}

// Which of two is ready first; both may run out of patience.
bool first_is_ready(const Waiting& one, const Waiting& two) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < until) {
        if (one.wait_for(std::chrono::milliseconds(1)) == std::future_status::ready) return true;
        if (two.wait_for(std::chrono::milliseconds(1)) == std::future_status::ready) return false;
    }
    return true;
}

TEST(HttpServerLimits, AFullQueueAnswers503AndWhenToComeBack) {
    Gate gate;
    const auto server = started({.queue = 1, .workers = 1}, gate.handler());
    Waiting at_work = call_later(server->port(), "wait");
    gate.wait_until_entered();
    // Of two more, one has the only place in the queue, whichever is faster; the other is told at once.
    Waiting one = call_later(server->port(), "next");
    Waiting two = call_later(server->port(), "next");
    const bool one_is_told = first_is_ready(one, two);
    const Result<Reply> told = (one_is_told ? one : two).get();
    ASSERT_TRUE(told) << told.error().line();
    EXPECT_EQ(told->status, 503);
    EXPECT_EQ(told->headers.find("Retry-After"), "30");
    EXPECT_EQ(gate.handled, 1);
    gate.release();
    EXPECT_EQ(at_work.get()->status, 200);
    EXPECT_EQ((one_is_told ? two : one).get()->status, 200);
    EXPECT_EQ(gate.handled, 2);
}

// Half are silent before TLS begins; half say a byte of their request now and then.
class SlowCrowd {
  public:
    explicit SlowCrowd(std::uint16_t port) {
        for (int i = 0; i < 25; ++i) silent_.push_back(connect_to(port));
        for (int i = 0; i < 25; ++i) {
            slow_.push_back(std::make_unique<Tls>(connect_to(port), GNUTLS_CLIENT, kTls13));
            EXPECT_TRUE(slow_.back()->shake_hands());
            slow_.back()->say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n");
        }
        talker_ = std::thread([this] { talk(); });
    }
    ~SlowCrowd() {
        done_ = true;
        talker_.join();
    }

    // Waits until the server has ended all of them, or one of them for too long.
    bool all_cut() const {
        return std::all_of(silent_.begin(), silent_.end(), was_cut) &&
               std::all_of(slow_.begin(), slow_.end(),
                           [](const auto& tls) { return was_cut(tls->socket()); });
    }

  private:
    void talk() {
        while (!done_) {
            for (const auto& tls : slow_) tls->say("x");
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }

    std::vector<Descriptor> silent_;
    std::vector<std::unique_ptr<Tls>> slow_;
    std::atomic<bool> done_ = false;
    std::thread talker_;
};

// They would hold the server for ten minutes, if it waited for any of them.
TEST(HttpServerLimits, AGoodClientIsAnsweredBesideFiftySlowOnes) {
    Gate gate;
    const auto server = started({.deadline_ms = kNeverMs}, gate.handler());
    const SlowCrowd crowd(server->port());
    for (int i = 0; i < 10; ++i) {
        const Result<Reply> reply = send(call_to(server->port(), "good"));
        ASSERT_TRUE(reply) << reply.error().line();
        EXPECT_EQ(reply->body, "good");
    }
    EXPECT_EQ(gate.handled, 10);
}

TEST(HttpServerLimits, SilentAndSlowClientsAreCutAtTheDeadline) {
    Gate gate;
    const auto server = started({.deadline_ms = kLongerMs}, gate.handler());
    const SlowCrowd crowd(server->port());
    EXPECT_TRUE(crowd.all_cut());
    EXPECT_EQ(gate.handled, 0);
    EXPECT_EQ(call_until_answered(call_to(server->port(), "after"))->body, "after");
}

std::chrono::nanoseconds processor_time() {
    timespec used{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

// A server that turns in circles takes all of a processor; one that waits takes next to nothing.
TEST(HttpServerLimits, ClientsThatStopMidwayCostNoProcessor) {
    Gate gate;
    const auto server = started({}, gate.handler());
    const Descriptor within_the_handshake = connect_to(server->port());
    ASSERT_EQ(::send(within_the_handshake.get(), "\x16\x03\x01\x02\x00\x01", 6, 0), 6);
    std::vector<std::unique_ptr<Tls>> stopped;
    for (const char* said : {"", "POST / HT", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc"}) {
        stopped.push_back(std::make_unique<Tls>(connect_to(server->port()), GNUTLS_CLIENT, kTls13));
        ASSERT_TRUE(stopped.back()->shake_hands());
        stopped.back()->say(said);
    }
    EXPECT_EQ(send(call_to(server->port(), "good"))->body, "good");
    const auto before = processor_time();
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_LT(processor_time() - before, std::chrono::milliseconds(125));
}

TEST(HttpServerLimits, MoreConnectionsThanAllowedAreClosedAtOnce) {
    Gate gate;
    const auto server = started({.connections = 3}, gate.handler());
    std::vector<std::unique_ptr<Tls>> inside;
    for (int i = 0; i < 3; ++i) {
        inside.push_back(std::make_unique<Tls>(connect_to(server->port()), GNUTLS_CLIENT, kTls13));
        ASSERT_TRUE(inside.back()->shake_hands());
    }
    const Result<Reply> refused = send(call_to(server->port(), "one too many"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "HTTP-NO-TLS");
    EXPECT_EQ(delivery_of(refused.error()), Delivery::kNotReceived);
    inside.pop_back();
    const Result<Reply> reply = call_until_answered(call_to(server->port(), "now"));
    ASSERT_TRUE(reply) << reply.error().line();
    EXPECT_EQ(reply->body, "now");
}

// Whoever is cut and comes back at once is the newcomer then, and of the address that has the most.
TEST(HttpServerLimits, ACrowdFromOneAddressKeepsNoOtherOut) {
    Gate gate;
    const auto server = started({.connections = 4}, gate.handler());
    std::vector<Descriptor> crowd;
    for (int i = 0; i < 4; ++i) crowd.push_back(connect_to(server->port(), 2));
    for (std::size_t i = 0; i < 3; ++i) {
        const Result<Reply> reply = send(call_to(server->port(), "good"));
        ASSERT_TRUE(reply) << reply.error().line();
        EXPECT_EQ(reply->body, "good");
        EXPECT_TRUE(i > 0 || was_cut(crowd[0])) << "the oldest";
        crowd.push_back(connect_to(server->port(), 2));
    }
    EXPECT_EQ(gate.handled, 3);
}

TEST(HttpServerLimits, WhoseRequestIsCompleteKeepsItsPlace) {
    Gate gate;
    const auto server = started({.connections = 3}, gate.handler());
    Tls at_work(connect_to(server->port(), 2), GNUTLS_CLIENT, kTls13);
    ASSERT_TRUE(at_work.shake_hands());
    at_work.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nwait");
    gate.wait_until_entered();
    const Descriptor silent = connect_to(server->port(), 2), other = connect_to(server->port(), 2);
    const Descriptor newcomer = connect_to(server->port());
    EXPECT_TRUE(was_cut(silent));
    gate.release();
    EXPECT_NE(at_work.hear("wait").find("HTTP/1.1 200"), std::string::npos);
}

TEST(HttpServerLimits, WhoNeverReadsTheReplyLosesItsPlaceAtTheDeadline) {
    const std::size_t more_than_sockets_hold = std::size_t{64} << 20;
    const auto server = started({.deadline_ms = kShortMs, .connections = 1}, [=](const Request& request) {
        Response response;
        response.body = request.body == "much" ? std::string(more_than_sockets_hold, 'x') : request.body;
        return response;
    });
    Tls tls(connect_to(server->port()), GNUTLS_CLIENT, kTls13);
    ASSERT_TRUE(tls.shake_hands());
    tls.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nmuch");
    const Result<Reply> reply = call_until_answered(call_to(server->port(), "next"));
    ASSERT_TRUE(reply) << reply.error().line();
    EXPECT_EQ(reply->body, "next");
}

// Its client is gone and will ask again; doing it now would only be doing it twice.
TEST(HttpServerLimits, ARequestThatWaitedBeyondItsDeadlineIsNotHandled) {
    Gate gate;
    const auto server = started({.deadline_ms = kLongerMs, .workers = 1}, gate.handler());
    Waiting at_work = call_later(server->port(), "wait");
    gate.wait_until_entered();
    Waiting queued = call_later(server->port(), "queued");
    const Result<Reply> first = at_work.get();
    const Result<Reply> second = queued.get();
    EXPECT_FALSE(first);
    EXPECT_FALSE(second);
    EXPECT_EQ(delivery_of(first.error()), Delivery::kUnknown) << first.error().line();
    gate.release();
    const Result<Reply> after = call_until_answered(call_to(server->port(), "after"));
    ASSERT_TRUE(after) << after.error().line();
    EXPECT_EQ(after->body, "after");
    EXPECT_EQ(gate.handled, 2);
}

TEST(HttpServerLimits, EndsWithRequestsUnderWay) {
    Gate gate;
    auto server = started({.workers = 1}, gate.handler());
    Waiting at_work = call_later(server->port(), "wait");
    gate.wait_until_entered();
    const std::uint16_t port = server->port();
    Waiting queued = call_later(port, "queued");
    const Descriptor silent = connect_to(port);
    Tls begun(connect_to(port), GNUTLS_CLIENT, kTls13);
    ASSERT_TRUE(begun.shake_hands());
    begun.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf");

    std::future<void> ended = std::async(std::launch::async, [&server] { server.reset(); });
    const Result<Reply> of_queued = queued.get();  // told, or cut, while the handler still runs
    EXPECT_TRUE(!of_queued || of_queued->status == 503);
    EXPECT_EQ(gate.handled, 1);
    gate.release();
    ended.get();
    static_cast<void>(at_work.get());
    EXPECT_TRUE(was_cut(silent));
    EXPECT_EQ(begun.hear(), "");
    EXPECT_EQ(send(call_to(port, "late")).error().code, "HTTP-NO-ANSWER");
    EXPECT_EQ(gate.handled, 1);
}

TEST(HttpServerLimits, StartsAndEndsManyTimesUnderCalls) {
    for (int round = 0; round < 20; ++round) {
        Gate gate;
        auto server = started({.deadline_ms = 20, .workers = 2}, gate.handler());
        std::vector<Waiting> calls;
        for (int i = 0; i < 4; ++i) calls.push_back(call_later(server->port(), "x"));
        calls[0].wait();
        server.reset();
        for (Waiting& call : calls) static_cast<void>(call.get());
    }
}

}  // namespace
}  // namespace sala::http
