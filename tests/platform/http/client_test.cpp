#include "platform/http/client.h"

#include <cstdlib>
#include <future>

#include "tests/platform/http/peers.h"

namespace sala::http {
namespace {

const std::string kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

// The code of a call that fails; what the server surely lacks is asserted with it.
std::string code_of(const Result<Reply>& reply, Delivery expected) {
    if (reply) return "answered " + std::to_string(reply->status);
    EXPECT_EQ(delivery_of(reply.error()), expected) << reply.error().line();
    EXPECT_FALSE(reply.error().thai.empty());
    return reply.error().code;
}

TEST(HttpClient, AnExpiredCertificateWithThePinnedKeyIsTrusted) {
    const Identity old = expired(test_identity());
    const Peer peer(over_tls(
        [](Tls& tls) {
            tls.hear("\r\n\r\nhello");
            tls.say(kOk);
        },
        old));
    const Result<Reply> reply = send(call_to(peer.port(), "hello"));
    ASSERT_TRUE(reply) << reply.error().line();
    EXPECT_EQ(reply->body, "ok");
}

TEST(HttpClient, AnotherKeyGetsNoByteOfTheRequest) {
    const Identity other = make_identity().value();
    std::promise<std::string> heard;
    const Peer peer(over_tls([&heard](Tls& tls) { heard.set_value(tls.hear()); }, other));
    EXPECT_EQ(code_of(send(call_to(peer.port(), "secret")), Delivery::kNotReceived), "HTTP-WRONG-KEY");
    EXPECT_EQ(heard.get_future().get(), "");
}

// Anybody can have the office's certificate: the gateway shows it to whoever calls.
TEST(HttpClient, ThePinnedCertificateWithoutItsKeyGetsNoByteOfTheRequest) {
    const Identity thief{test_identity().certificate_pem, make_identity().value().key_pem};
    std::promise<bool> hands_shaken;
    const Peer peer([&](Descriptor socket) {
        Tls tls(std::move(socket), GNUTLS_SERVER, kTls13, thief);
        hands_shaken.set_value(tls.shake_hands());
    });
    EXPECT_EQ(code_of(send(call_to(peer.port(), "secret")), Delivery::kNotReceived), "HTTP-NO-TLS");
    EXPECT_FALSE(hands_shaken.get_future().get());
}

TEST(HttpClient, APeerWithoutTlsGetsNoByteOfTheRequest) {
    std::promise<std::string> heard;
    const Peer peer([&heard](Descriptor socket) {
        ::send(socket.get(), kOk.data(), kOk.size(), MSG_NOSIGNAL);
        std::array<char, 4096> room;
        std::string all;
        ssize_t count = 0;
        while ((count = ::recv(socket.get(), room.data(), room.size(), 0)) > 0) {
            all.append(room.data(), static_cast<std::size_t>(count));
        }
        heard.set_value(all);
    });
    EXPECT_EQ(code_of(send(call_to(peer.port(), "secret")), Delivery::kNotReceived), "HTTP-NO-TLS");
    EXPECT_EQ(heard.get_future().get().find("secret"), std::string::npos);
}

TEST(HttpClient, AnOlderTlsIsRefused) {
    const Peer peer(over_tls([](Tls& tls) { tls.say(kOk); }, test_identity(), kTls12));
    EXPECT_EQ(code_of(send(call_to(peer.port(), "x")), Delivery::kNotReceived), "HTTP-NO-TLS");
}

TEST(HttpClient, APeerThatGoesInTheMiddleOfTheHandshakeGetsNoByteOfTheRequest) {
    const Peer peer([](Descriptor socket) {
        char byte = 0;
        ::recv(socket.get(), &byte, 1, 0);
        ::send(socket.get(), "\x16\x03\x03", 3, MSG_NOSIGNAL);  // a record's first bytes
    });
    EXPECT_EQ(code_of(send(call_to(peer.port(), "x")), Delivery::kNotReceived), "HTTP-NO-TLS");
}

TEST(HttpClient, APeerWhoseHandshakeIsGarbageGetsNoByteOfTheRequest) {
    std::promise<std::string> heard;
    const Peer peer([&heard](Descriptor socket) {
        const std::string record = "\x16\x03\x03" + std::string("\0\x40", 2) + std::string(0x40, '\x5a');
        ::send(socket.get(), record.data(), record.size(), MSG_NOSIGNAL);
        std::array<char, 4096> room;
        std::string all;
        ssize_t count = 0;
        while ((count = ::recv(socket.get(), room.data(), room.size(), 0)) > 0)
            all.append(room.data(), static_cast<std::size_t>(count));
        heard.set_value(all);
    });
    EXPECT_EQ(code_of(send(call_to(peer.port(), "secret")), Delivery::kNotReceived), "HTTP-NO-TLS");
    EXPECT_EQ(heard.get_future().get().find("secret"), std::string::npos);
}

// Somebody on the line puts an answer of his own in the place of the peer's.
TEST(HttpClient, AnAnswerThatIsNotThePeersIsUnknown) {
    const Peer peer(over_tls([](Tls& tls) {
        tls.hear("\r\n\r\nhello");
        const std::string record = "\x17\x03\x03" + std::string("\0\x60", 2) + std::string(0x60, '\x5a');
        ::send(tls.socket().get(), record.data(), record.size(), MSG_NOSIGNAL);
        tls.hear();
    }));
    EXPECT_EQ(code_of(send(call_to(peer.port(), "hello")), Delivery::kUnknown), "HTTP-CUT-UNKNOWN");
}

TEST(HttpClient, NobodyListeningIsNoAnswer) {
    std::uint16_t port = 0;
    {
        const Descriptor gone = listen_on("127.0.0.1", 0).value();
        port = port_of(gone);
    }
    EXPECT_EQ(code_of(send(call_to(port, "x")), Delivery::kNotReceived), "HTTP-NO-ANSWER");
}

TEST(HttpClient, ACutAfterTheBodyIsUnknown) {
    const Peer peer(over_tls([](Tls& tls) { tls.hear("\r\n\r\nhello"); }));
    EXPECT_EQ(code_of(send(call_to(peer.port(), "hello")), Delivery::kUnknown), "HTTP-CUT-UNKNOWN");
}

TEST(HttpClient, ACutOfARequestWithoutABodyIsUnknown) {
    const Peer peer(over_tls([](Tls& tls) { tls.hear("\r\n\r\n"); }));
    Call call = call_to(peer.port());
    call.method = "GET";
    EXPECT_EQ(code_of(send(call), Delivery::kUnknown), "HTTP-CUT-UNKNOWN");
}

TEST(HttpClient, ACutReplyIsUnknown) {
    const Peer peer(over_tls([](Tls& tls) {
        tls.hear("\r\n\r\nhello");
        tls.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly the beginning");
    }));
    EXPECT_EQ(code_of(send(call_to(peer.port(), "hello")), Delivery::kUnknown), "HTTP-CUT-UNKNOWN");
}

// Far more than the sockets hold, so that the end of the body cannot have left. It also ends the program if
// libcurl lets SIGPIPE through.
TEST(HttpClient, ACutWithinTheBodyIsSurelyNotReceived) {
    const Peer peer(over_tls([](Tls& tls) {
        tls.hear("\r\n\r\n");
        tls.say("HTTP/1.1 100 Continue\r\n\r\n");
        tls.hear("a");
    }));
    const std::string body(std::size_t{64} << 20, 'a');
    EXPECT_EQ(code_of(send(call_to(peer.port(), body)), Delivery::kNotReceived), "HTTP-CUT");
}

// The kernel takes the connection, and nobody ever speaks on it.
TEST(HttpClient, ASilentPeerEndsWithTheTotalTime) {
    const Descriptor silent = listen_on("127.0.0.1", 0).value();
    Call call = call_to(port_of(silent), "hello");
    call.total_ms = 300;
    EXPECT_EQ(code_of(send(call), Delivery::kNotReceived), "HTTP-NO-ANSWER");
}

TEST(HttpClient, APeerThatStopsReadingEndsWithTheTotalTime) {
    std::promise<void> given_up;
    const Peer peer(over_tls([&given_up](Tls& tls) {
        tls.hear("\r\n\r\n");
        tls.say("HTTP/1.1 100 Continue\r\n\r\n");
        given_up.get_future().wait();
    }));
    Call call = call_to(peer.port(), std::string(std::size_t{64} << 20, 'a'));
    call.total_ms = 2000;
    EXPECT_EQ(code_of(send(call), Delivery::kNotReceived), "HTTP-TIMEOUT");
    given_up.set_value();
}

TEST(HttpClient, APeerThatTakesTheBodyAndIsSilentIsUnknown) {
    std::promise<void> given_up;
    const Peer peer(over_tls([&given_up](Tls& tls) {
        tls.hear("\r\n\r\nhello");
        given_up.get_future().wait();
    }));
    Call call = call_to(peer.port(), "hello");
    call.total_ms = 2000;
    EXPECT_EQ(code_of(send(call), Delivery::kUnknown), "HTTP-TIMEOUT-UNKNOWN");
    given_up.set_value();
}

// No byte is late, and there is no end: only a total time ends this.
TEST(HttpClient, AReplyThatDripsForEverEndsWithTheTotalTime) {
    const Peer peer(over_tls([](Tls& tls) {
        tls.hear("\r\n\r\nhello");
        tls.say("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        while (tls.say("x")) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }));
    Call call = call_to(peer.port(), "hello");
    call.total_ms = 2000;
    EXPECT_EQ(code_of(send(call), Delivery::kUnknown), "HTTP-TIMEOUT-UNKNOWN");
}

TEST(HttpClient, AGiantReplyIsRefused) {
    const Peer peer(over_tls([](Tls& tls) {
        tls.hear("\r\n\r\nhello");
        tls.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (tls.say("400\r\n" + std::string(1024, 'x') + "\r\n")) continue;
    }));
    Call call = call_to(peer.port(), "hello");
    call.reply_bytes_max = 100'000;
    EXPECT_EQ(code_of(send(call), Delivery::kUnknown), "HTTP-REPLY-TOO-LARGE");
}

TEST(HttpClient, AReplyOfExactlyTheLimitIsTaken) {
    const Peer peer(over_tls([](Tls& tls) {
        tls.hear("\r\n\r\nhello");
        tls.say(kOk);
    }));
    Call call = call_to(peer.port(), "hello");
    call.reply_bytes_max = 2;
    const Result<Reply> reply = send(call);
    ASSERT_TRUE(reply) << reply.error().line();
    EXPECT_EQ(reply->body, "ok");
}

TEST(HttpClient, EndlessHeadersAreRefused) {
    const Peer peer(over_tls([](Tls& tls) {
        tls.hear("\r\n\r\nhello");
        tls.say("HTTP/1.1 200 OK\r\n");
        while (tls.say("X: " + std::string(1000, 'x') + "\r\n")) continue;
    }));
    EXPECT_EQ(code_of(send(call_to(peer.port(), "hello")), Delivery::kUnknown), "HTTP-REPLY-TOO-LARGE");
}

TEST(HttpClient, AnAnswerThatIsNotHttpIsUnknown) {
    const Peer peer(over_tls([](Tls& tls) {
        tls.hear("\r\n\r\nhello");
        tls.say("220 mail.example ESMTP\r\n");
    }));
    EXPECT_EQ(code_of(send(call_to(peer.port(), "hello")), Delivery::kUnknown), "HTTP-BAD-REPLY");
}

TEST(HttpClient, ARedirectIsAReplyAndNotFollowed) {
    const Peer peer(over_tls([](Tls& tls) {
        tls.hear("\r\n\r\nhello");
        tls.say("HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
    }));
    const Result<Reply> reply = send(call_to(peer.port(), "hello"));
    ASSERT_TRUE(reply) << reply.error().line();
    EXPECT_EQ(reply->status, 302);
    EXPECT_EQ(reply->headers.find("LOCATION"), "https://127.0.0.1:1/");
}

TEST(HttpClient, AnEarlyRefusalOfABodyIsAReply) {
    const Peer peer(over_tls([](Tls& tls) {
        tls.hear("\r\n\r\n");
        tls.say("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
    }));
    const Result<Reply> reply = send(call_to(peer.port(), std::string(std::size_t{1} << 20, 'a')));
    ASSERT_TRUE(reply) << reply.error().line();
    EXPECT_EQ(reply->status, 413);
}

TEST(HttpClient, StopsBeforeTheRequestIsSent) {
    const Descriptor silent = listen_on("127.0.0.1", 0).value();
    Call call = call_to(port_of(silent), "hello");
    call.go_on = [](const Progress&) { return false; };
    EXPECT_EQ(code_of(send(call), Delivery::kNotReceived), "HTTP-STOPPED");
}

TEST(HttpClient, StoppedAfterTheBodyIsUnknown) {
    std::promise<void> given_up;
    const Peer peer(over_tls([&given_up](Tls& tls) {
        tls.hear("\r\n\r\nhello");
        given_up.get_future().wait();
    }));
    Call call = call_to(peer.port(), "hello");
    call.go_on = [](const Progress& progress) { return progress.sent_bytes < 5; };
    EXPECT_EQ(code_of(send(call), Delivery::kUnknown), "HTTP-STOPPED-UNKNOWN");
    given_up.set_value();
}

TEST(HttpClient, UsesNoProxyOfTheEnvironment) {
    ::setenv("https_proxy", "http://127.0.0.1:1", 1);
    ::setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
    const Peer peer(over_tls([](Tls& tls) {
        tls.hear("\r\n\r\nhello");
        tls.say(kOk);
    }));
    const Result<Reply> reply = send(call_to(peer.port(), "hello"));
    ::unsetenv("https_proxy");
    ::unsetenv("ALL_PROXY");
    EXPECT_TRUE(reply) << reply.error().line();
}

TEST(HttpClient, RefusesACallThatIsNotSafeToMake) {
    const Call good = call_to(1, "hello");
    const auto refused = [&good](auto change) {
        Call call = good;
        change(call);
        return code_of(send(call), Delivery::kNotReceived);
    };
    EXPECT_EQ(refused([](Call&) {}), "HTTP-NO-ANSWER");
    EXPECT_EQ(refused([](Call& call) { call.url = "http://127.0.0.1:1/"; }), "HTTP-BAD-CALL");
    EXPECT_EQ(refused([](Call& call) { call.url = "127.0.0.1:1/"; }), "HTTP-BAD-CALL");
    EXPECT_EQ(refused([](Call& call) { call.url = "https://user:word@127.0.0.1:1/"; }), "HTTP-BAD-CALL");
    EXPECT_EQ(refused([](Call& call) { call.url = "https://127.0.0.1:99999/"; }), "HTTP-BAD-CALL");
    EXPECT_EQ(refused([](Call& call) { call.pin.clear(); }), "HTTP-BAD-CALL");
    EXPECT_EQ(refused([](Call& call) { call.pin += ";" + call.pin; }), "HTTP-BAD-CALL");
    EXPECT_EQ(refused([](Call& call) { call.method = "POST /x"; }), "HTTP-BAD-CALL");
    EXPECT_EQ(refused([](Call& call) { call.method = "GET"; }), "HTTP-BAD-CALL");
    EXPECT_EQ(refused([](Call& call) { call.content_type = "a\r\nX: y"; }), "HTTP-BAD-CALL");
    EXPECT_EQ(refused([](Call& call) { call.total_ms = 0; }), "HTTP-BAD-CALL");
    EXPECT_EQ(refused([](Call& call) { call.connect_ms = 0; }), "HTTP-BAD-CALL");
}

}  // namespace
}  // namespace sala::http
