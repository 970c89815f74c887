// The HTTPS road at the office: every verdict, over real sockets where a socket matters.
#include "sync/office/gateway.h"

#include <sys/stat.h>

#include <latch>
#include <thread>

#include "sync/ledger/answer.h"
#include "sync/office/serve.h"
#include "tests/platform/http/peers.h"
#include "tests/sync/office/gateway_fixture.h"

namespace sala::office {
namespace {

namespace fs = std::filesystem;

std::string header(const http::Response& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or(""));
}

TEST_P(GatewayTest, ABundleIsTakenInAndAnsweredAsFromAFile) {
    LogBuilder log;
    log.whole_day(20270115);
    enrol_kiosk(log);
    const http::Response accepted = ask(log.bundle());
    EXPECT_EQ(accepted.status, 200) << accepted.body;
    EXPECT_EQ(header(accepted, "Sala-Verdict"), "accepted");
    EXPECT_EQ(header(accepted, "Sala-Office-Key"), key_->verifier().text());
    const auto note = ledger::parse_note(accepted.body);
    ASSERT_TRUE(note);
    EXPECT_EQ(ledger::check_note(*note, key_->verifier()), ledger::NoteCheck::kValid);
    EXPECT_EQ(ledger::check_note(*note, log.verifier()), ledger::NoteCheck::kValid);
    const std::string before = dump(url_);
    const http::Response again = ask(log.bundle());
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(header(again, "Sala-Verdict"), "already-had");
    EXPECT_EQ(again.body, accepted.body);
    EXPECT_EQ(dump(url_), before) << "counted once";
}

TEST_P(GatewayTest, AGapAndAForkAreToldWhatTheOfficeHas) {
    LogBuilder log, other;
    log.whole_day(20270115);
    const std::uint64_t day = log.size();
    log.whole_day(20270118);
    other.whole_day(20270115, 9);
    enrol_kiosk(log);
    const http::Response nothing = ask(log.bundle(day, log.size()));
    EXPECT_EQ(nothing.status, 409);
    EXPECT_EQ(ledger::parse_refusal(nothing.body)->held, 0u);
    ASSERT_EQ(ask(log.bundle(0, day - 1)).status, 200);
    const http::Response gap = ask(log.bundle(day, log.size()));
    EXPECT_EQ(gap.status, 409);
    EXPECT_EQ(ledger::parse_refusal(gap.body)->error.code, "BUNDLE-GAP");
    EXPECT_EQ(ledger::parse_refusal(gap.body)->held, day - 1);
    EXPECT_EQ(quarantined("enrolled"), 0u) << "a gap is nothing bad";
    const http::Response fork = ask(other.bundle());
    EXPECT_EQ(fork.status, 409);
    EXPECT_EQ(ledger::parse_refusal(fork.body)->error.code, "BUNDLE-FORK");
    EXPECT_EQ(ledger::parse_refusal(fork.body)->held, day - 1);
    EXPECT_EQ(quarantined("enrolled"), 1u);
    EXPECT_EQ(ask(log.bundle(day - 1, log.size())).status, 200) << "neither is in the way of a good one";
}

TEST_P(GatewayTest, ARefusalIsAnObjectWithItsCodeAndBothSentences) {
    LogBuilder log, strangers(1, "elsewhere", "elsewhere.example");
    log.whole_day(20270115);
    strangers.whole_day(20270115);
    const auto code = [&](const http::Response& response) {
        const auto refusal = ledger::parse_refusal(response.body);
        return refusal ? refusal->error.code : response.body;
    };
    const http::Response unknown = ask(log.bundle());
    EXPECT_EQ(unknown.status, 403);
    EXPECT_EQ(code(unknown), "BUNDLE-NOT-ENROLLED");
    enrol_kiosk(log);
    EXPECT_EQ(code(ask(strangers.bundle())), "BUNDLE-OTHER-OFFICE");
    const http::Response cut = ask(log.bundle().substr(0, 900));
    EXPECT_EQ(cut.status, 422);
    EXPECT_EQ(code(cut), "BUNDLE-CUT");
    EXPECT_EQ(ask("", "GET").status, 405);
    EXPECT_EQ(code(ask("", "GET", "/../etc")), "GATEWAY-NO-SUCH-PAGE");
    EXPECT_EQ(log_.back().find("etc"), std::string::npos) << "the client's own words stand in no log";
    EXPECT_EQ(held(log), 0u);
}

TEST_P(GatewayTest, ADatabaseThatCannotIsTriedLaterAndFoundAgain) {
    LogBuilder log;
    log.whole_day(20270115);
    enrol_kiosk(log);
    ASSERT_EQ(ask(log.bundle(0, 3)).status, 200);
    database_.reset();
    owner_.reset();
    start_gateway();  // with no connection open yet
    place_.take_away();
    const http::Response away = ask(log.bundle());
    EXPECT_EQ(away.status, 503);
    EXPECT_EQ(header(away, "Retry-After"), "60");
    EXPECT_EQ(quarantined("others"), 0u);
    place_.bring_back();
    EXPECT_EQ(ask(log.bundle()).status, 200);
}

TEST_P(GatewayTest, QuarantineKeepsWhatLooksLikeABundleWithItsReasonAndIsBounded) {
    LogBuilder log;
    log.whole_day(20270115);
    enrol_kiosk(log);
    EXPECT_EQ(ask("GET / HTTP/1.1").status, 422);
    EXPECT_EQ(quarantined("others"), 0u) << "what is no bundle at all is not kept";
    for (std::size_t cut = 1; cut <= 5; ++cut) {
        const std::string bytes = log.bundle();
        ask(bytes.substr(0, bytes.size() - cut));
        ask(bytes.substr(0, bytes.size() - cut));
    }
    EXPECT_EQ(quarantined("others"), 3u) << "the limit of this fixture";
    EXPECT_NE(log_.back().find("QUARANTINE-FULL"), std::string::npos);
    LogBuilder other;
    other.whole_day(20270115, 9);
    ASSERT_EQ(ask(log.bundle()).status, 200);
    ask(other.bundle());
    EXPECT_EQ(quarantined("enrolled"), 1u) << "what strangers fill leaves room for proof";

    const fs::path folder = keys_ / "quarantine" / "enrolled";
    const std::string name = to_hex(crypto::sha256(bytes_of(other.bundle())));
    EXPECT_EQ(*read_file(folder / (name + ".bundle"), 1 << 20), other.bundle());
    EXPECT_TRUE(read_file(folder / (name + ".reason"), 1 << 20)->starts_with("BUNDLE-FORK: "));
    for (const fs::path& path : {keys_ / "quarantine", folder, folder / (name + ".bundle")}) {
        struct stat info {};
        ASSERT_EQ(::stat(path.c_str(), &info), 0);
        EXPECT_EQ(info.st_mode & 077, 0u) << path;
    }
}

TEST_P(GatewayTest, ManyKiosksAtOnceAreEachCountedOnce) {
    constexpr std::uint8_t kKiosks = 12;
    const courier::Road road = listen();
    std::vector<LogBuilder> logs;
    for (std::uint8_t who = 1; who <= kKiosks; ++who) {
        logs.emplace_back(who).whole_day(20270115);
        enrol_kiosk(logs.back());
    }
    std::vector<std::thread> senders;
    std::array<int, kKiosks> delivered{};
    for (std::size_t i = 0; i < kKiosks; ++i) {
        senders.emplace_back([&, i] {
            for (int twice = 0; twice < 2; ++twice)
                delivered[i] += std::holds_alternative<courier::Delivered>(send(road, logs[i].bundle()));
        });
    }
    for (std::thread& sender : senders) sender.join();
    for (std::size_t i = 0; i < kKiosks; ++i) {
        EXPECT_EQ(delivered[i], 2) << i;
        EXPECT_EQ(held(logs[i]), logs[i].size());
    }
    EXPECT_EQ(database_->status()->figures.ratings_cast, 7 * kKiosks);
}

// Every place is taken by a client that is silent or sends a byte now and then, for as long as it is let.
TEST_P(GatewayTest, SlowAndSilentClientsDoNotKeepAGoodOneOut) {
    LogBuilder log;
    log.whole_day(20270115);
    enrol_kiosk(log);
    http::ServerSettings limits = gateway_limits();
    limits.connections_max = 6;
    limits.total_deadline_ms = 1'500;
    const courier::Road road = listen(limits);
    std::atomic<bool> over = false;
    std::latch all_there(6);
    std::vector<std::thread> bad;
    for (int i = 0; i < 6; ++i) {
        bad.emplace_back([&, i] {
            const Descriptor socket = http::connect_to(server_->port());
            all_there.count_down();
            // How a handshake begins; the rest of it would take an hour.
            static constexpr char kHello[] = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";
            for (std::size_t at = 0; !over; ++at) {
                const char byte = at < sizeof kHello - 1 ? kHello[at] : 'x';
                if (i % 2 == 0 && ::send(socket.get(), &byte, 1, MSG_NOSIGNAL) != 1) break;
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
            }
        });
    }
    all_there.wait();
    courier::Verdict verdict = send(road, log.bundle());
    EXPECT_TRUE(std::holds_alternative<courier::NotReceived>(verdict)) << "every place is taken";
    for (int tries = 0; tries < 500 && !std::holds_alternative<courier::Delivered>(verdict); ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));  // as a back-off does
        verdict = send(road, log.bundle());
    }
    over = true;
    for (std::thread& one : bad) one.join();
    EXPECT_TRUE(std::holds_alternative<courier::Delivered>(verdict));
    EXPECT_EQ(held(log), log.size());
}

TEST_P(GatewayTest, ItsKeyIsMadeOnceAndAKeyThatIsLostIsNotMadeAnew) {
    const auto first = gateway_identity(keys_);
    ASSERT_TRUE(first);
    EXPECT_EQ(gateway_identity(keys_)->certificate_pem, first->certificate_pem);
    struct stat info {};
    ASSERT_EQ(::stat((keys_ / "gateway.key").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    fs::permissions(keys_ / "gateway.key", fs::perms(0640));
    EXPECT_EQ(gateway_identity(keys_).error().code, "KEYS-OPEN");
    fs::remove(keys_ / "gateway.key");
    EXPECT_EQ(gateway_identity(keys_).error().code, "KEYS-GATEWAY-LOST");
    fs::remove(keys_ / "gateway.crt");
    EXPECT_NE(gateway_identity(keys_)->key_pem, first->key_pem);
}

SALA_ON_BOTH_ENGINES(GatewayTest);

TEST(ListenAddress, IsAnAddressAndAPort) {
    EXPECT_EQ(parse_listen("192.168.1.5:8443")->host, "192.168.1.5");
    EXPECT_EQ(parse_listen("[::1]:0")->host, "::1");
    EXPECT_EQ(parse_listen("localhost:65535")->port, 65535);
    for (const char* wrong :
         {"", "8443", ":8443", "a:", "a:x", "a:65536", "a:-1", "::1:8443", "[]:1", "a: 1"})
        EXPECT_FALSE(parse_listen(wrong)) << wrong;
}

}  // namespace
}  // namespace sala::office
