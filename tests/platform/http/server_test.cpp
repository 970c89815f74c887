#include "platform/http/server.h"

#include <atomic>
#include <future>

#include "tests/platform/http/peers.h"

namespace sala::http {
namespace {

ServerSettings settings() {
    ServerSettings settings;
    settings.identity = test_identity();
    settings.total_deadline_ms = 600'000;
    return settings;
}

Response echo(const Request& request) {
    Response response;
    response.content_type = "application/octet-stream";
    response.body = request.body;
    return response;
}

std::unique_ptr<Server> started(ServerSettings with, Handler handler) {
    Result<std::unique_ptr<Server>> server = Server::start(std::move(with), std::move(handler));
    if (!server) ADD_FAILURE() << server.error().line();
    return std::move(server).value();
}

// What is answered to a request written by hand.
std::string answer_to(std::uint16_t port, std::string_view request) {
    Tls tls(connect_to(port), GNUTLS_CLIENT, kTls13);
    if (!tls.shake_hands()) return "no TLS";
    tls.say(request);
    return tls.hear();
}

TEST(HttpServer, GivesBackABinaryBodyByteForByte) {
    std::string body;
    for (int i = 0; i < 1'000'000; ++i) body.push_back(static_cast<char>(i * 31 % 256));
    const auto server = started(settings(), echo);
    const Result<Reply> reply = send(call_to(server->port(), body));
    ASSERT_TRUE(reply) << reply.error().line();
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->headers.find("content-type"), "application/octet-stream");
    EXPECT_TRUE(reply->body == body);
}

TEST(HttpServer, HandsTheRequestOverAsItWasSent) {
    Request seen;
    const auto server = started(settings(), [&seen](const Request& request) {
        seen = request;
        Response response;
        response.status = 409;
        response.headers.add("X-Size", "7");
        return response;
    });
    const std::string answer = answer_to(
        server->port(),
        "PUT /a%2Fb%00/c?x=%41&x HTTP/1.1\r\nHost: h\r\nX-One: eins\r\nContent-Length: 3\r\n\r\nabc");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 409 ")) << answer;
    EXPECT_NE(answer.find("X-Size: 7\r\n"), answer.npos) << answer;
    EXPECT_NE(answer.find("Connection: close\r\n"), answer.npos) << answer;
    EXPECT_EQ(seen.method, "PUT");
    EXPECT_EQ(seen.path, "/a%2Fb%00/c");
    EXPECT_EQ(seen.query, "x=%41&x");
    EXPECT_EQ(seen.headers.find("x-oNE"), "eins");
    EXPECT_FALSE(seen.headers.find("X-Two"));
    EXPECT_EQ(seen.body, "abc");
    EXPECT_EQ(seen.peer, "127.0.0.1");
}

TEST(HttpServer, AnswersGetAndHead) {
    const auto server = started(settings(), [](const Request& request) {
        Response response;
        response.body = request.method;
        return response;
    });
    Call call = call_to(server->port());
    call.method = "GET";
    EXPECT_EQ(send(call)->body, "GET");
    call.method = "HEAD";
    EXPECT_EQ(send(call)->body, "");
}

TEST(HttpServer, TakesOneRequestAConnection) {
    const auto server = started(settings(), echo);
    const std::string one = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\none";
    const std::string answer = answer_to(server->port(), one + one);
    EXPECT_EQ(answer.find("HTTP/1.1 200"), 0U);
    EXPECT_EQ(answer.find("HTTP/1.1", 1), answer.npos) << answer;
}

TEST(HttpServer, AHandlerCannotPlantAHeader) {
    const auto server = started(settings(), [](const Request&) {
        Response response;
        response.headers.add("X-One", "a\r\nX-Two: b");
        return response;
    });
    const Result<Reply> reply = send(call_to(server->port()));
    ASSERT_TRUE(reply) << reply.error().line();
    EXPECT_EQ(reply->status, 500);
    EXPECT_FALSE(reply->headers.find("X-Two"));
}

TEST(HttpServer, RefusesABodyAsSoonAsItIsAnnouncedTooLarge) {
    std::atomic<int> handled = 0;
    ServerSettings small = settings();
    small.body_bytes_max = 1000;
    const auto server = started(std::move(small), [&handled](const Request& request) {
        ++handled;
        return echo(request);
    });
    // Not a byte of the body is sent, and the answer is there.
    const std::string answer =
        answer_to(server->port(), "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 413 ")) << answer;
    EXPECT_EQ(handled, 0);
    const Result<Reply> exact = send(call_to(server->port(), std::string(1000, 'x')));
    ASSERT_TRUE(exact) << exact.error().line();
    EXPECT_EQ(exact->body.size(), 1000U);
}

TEST(HttpServer, OurClientHearsThatItsBodyIsTooLarge) {
    const auto server = started(settings(), echo);
    const Result<Reply> reply = send(call_to(server->port(), std::string((std::size_t{4} << 20) + 1, 'x')));
    ASSERT_TRUE(reply) << reply.error().line();
    EXPECT_EQ(reply->status, 413);
}

TEST(HttpServer, WantsToKnowTheLengthOfABody) {
    const auto server = started(settings(), echo);
    const std::string chunked =
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    EXPECT_TRUE(answer_to(server->port(), chunked).starts_with("HTTP/1.1 411 "));
    for (const char* length : {"-1", "abc", "99999999999999999999999", "1 2"}) {
        const std::string head = std::string("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: ") + length;
        EXPECT_TRUE(answer_to(server->port(), head + "\r\n\r\n").starts_with("HTTP/1.1 4")) << length;
    }
}

// Bodies that have come in part count; what is only announced does not.
TEST(HttpServer, AllBodiesTogetherHaveALimit) {
    ServerSettings small = settings();
    small.bodies_bytes_max = 1000;
    const auto server = started(std::move(small), echo);
    Tls first(connect_to(server->port()), GNUTLS_CLIENT, kTls13);
    ASSERT_TRUE(first.shake_hands());
    first.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_TRUE(first.hear("\r\n\r\n").starts_with("HTTP/1.1 100 "));
    EXPECT_EQ(send(call_to(server->port(), "small"))->status, 200);
    first.say(std::string(1001, 'x'));
    EXPECT_EQ(first.hear(), "");
    EXPECT_EQ(send(call_to(server->port(), "small"))->status, 200);
}

TEST(HttpServer, RefusesTlsBefore13) {
    const auto server = started(settings(), echo);
    EXPECT_FALSE(Tls(connect_to(server->port()), GNUTLS_CLIENT, kTls12).shake_hands());
    EXPECT_TRUE(Tls(connect_to(server->port()), GNUTLS_CLIENT, kTls13).shake_hands());
}

TEST(HttpServer, SpeaksNoPlainHttp) {
    const auto server = started(settings(), echo);
    const Descriptor socket = connect_to(server->port());
    const std::string request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    ASSERT_EQ(::send(socket.get(), request.data(), request.size(), 0), static_cast<ssize_t>(request.size()));
    std::string heard;
    std::array<char, 4096> room;
    ssize_t count = 0;
    while ((count = ::recv(socket.get(), room.data(), room.size(), 0)) > 0) {
        heard.append(room.data(), static_cast<std::size_t>(count));
    }
    EXPECT_EQ(heard.find("HTTP/"), heard.npos);
    EXPECT_EQ(send(call_to(server->port(), "after"))->body, "after");
}

TEST(HttpServer, ListensOnIpv6AndSaysWhyItCannot) {
    ServerSettings six = settings();
    six.address = "::1";
    const Result<std::unique_ptr<Server>> server = Server::start(six, echo);
    ASSERT_TRUE(server) << server.error().line();
    Call call = call_to((*server)->port(), "six");
    call.url = "https://[::1]:" + std::to_string((*server)->port()) + "/";
    EXPECT_EQ(send(call)->body, "six");

    six.port = (*server)->port();
    EXPECT_EQ(Server::start(six, echo).error().code, "HTTP-CANNOT-LISTEN");
    six.address = "office.example";
    EXPECT_EQ(Server::start(six, echo).error().code, "HTTP-BAD-ADDRESS");
    six.address = "localhost";
    six.port = 0;
    six.identity.key_pem = make_identity()->key_pem;
    EXPECT_EQ(Server::start(six, echo).error().code, "HTTP-BAD-IDENTITY");
    EXPECT_EQ(Server::start(settings(), nullptr).error().code, "HTTP-BAD-SETTINGS");
    ServerSettings none = settings();
    none.workers = 0;
    EXPECT_EQ(Server::start(none, echo).error().code, "HTTP-BAD-SETTINGS");
}

TEST(HttpServer, AnswersManyAtOnceEachItsOwn) {
    const auto server = started(settings(), echo);
    std::vector<std::future<int>> callers;
    for (int caller = 0; caller < 8; ++caller) {
        callers.push_back(std::async(std::launch::async, [&server, caller] {
            int right = 0;
            for (int i = 0; i < 20; ++i) {
                const std::string body = std::to_string(caller) + "/" + std::to_string(i);
                const Result<Reply> reply = send(call_to(server->port(), body));
                if (reply && reply->body == body) ++right;
            }
            return right;
        }));
    }
    for (std::future<int>& caller : callers) EXPECT_EQ(caller.get(), 20);
}

}  // namespace
}  // namespace sala::http
