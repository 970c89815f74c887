// A counter server over a queue in memory, and a client that may send whatever it likes.
#pragma once

#include "kiosk/counter/counter_server.h"
#include "tests/fakes/hand_clock.h"
#include "tests/kiosk/counter/memory_desk.h"
#include "tests/kiosk/counter/memory_pins.h"
#include "tests/platform/http/peers.h"

namespace sala::kiosk {

inline constexpr const char* kPin = "246813";
inline constexpr const char* kForm = "application/x-www-form-urlencoded";

struct Answer {
    int status = 0;
    std::string head, body;
    bool says(std::string_view text) const { return body.find(text) != body.npos; }
    std::string header(const std::string& name) const {
        const std::size_t at = head.find("\r\n" + name + ": ");
        if (at == head.npos) return {};
        const std::size_t begin = at + name.size() + 4;
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
};

// `peer`: the last number of 127.0.0.x.
struct Client {
    std::uint16_t port = 0;
    std::uint32_t peer = 1;
    std::string cookie, token;
    std::string host() const { return "127.0.0.1:" + std::to_string(port); }

    std::unique_ptr<http::Tls> connect() const {
        auto tls = std::make_unique<http::Tls>(http::connect_to(port, peer), GNUTLS_CLIENT, http::kTls13);
        EXPECT_TRUE(tls->shake_hands());
        return tls;
    }
    Answer ask(const std::string& request) const {
        const auto tls = connect();
        EXPECT_TRUE(tls->say(request));
        const std::string all = tls->hear();
        const std::size_t blank = all.find("\r\n\r\n");
        if (!all.starts_with("HTTP/1.1 ") || blank == all.npos) return {};
        return {std::stoi(all.substr(9, 3)), all.substr(0, blank + 2), all.substr(blank + 4)};
    }
    std::string get_text(const std::string& path) const {
        return fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\n{}\r\n", path, host(),
                           cookie.empty() ? "" : "Cookie: __Host-sala=" + cookie + "\r\n");
    }
    Answer get(const std::string& path) const { return ask(get_text(path)); }

    // As the page sends it; `without` names a header that is left out, `instead` puts another line there.
    Answer post(const std::string& path, const std::string& body, const std::string& without = "",
                const std::string& instead = "") const {
        std::string head = fmt::format("POST {} HTTP/1.1\r\nContent-Length: {}\r\n", path, body.size());
        const auto add = [&](const std::string& name, const std::string& value) {
            if (name == without) head += instead;
            if (name != without && !value.empty()) head += name + ": " + value + "\r\n";
        };
        add("Host", host());
        add("Origin", "https://" + host());
        add("Sec-Fetch-Site", "same-origin");
        add("Content-Type", kForm);
        add("Cookie", cookie.empty() ? "" : "__Host-sala=" + cookie);
        add("X-Sala-Token", token);
        return ask(head + "\r\n" + body);
    }
    Answer order(const std::string& fields) const { return post("/order", fields); }

    Answer sign_in(const std::string& counter, const std::string& pin = kPin) {
        Answer answer = post("/sign-in", "counter=" + counter + "&pin=" + pin);
        const std::string set = answer.header("Set-Cookie");
        if (answer.status == 200) {
            cookie = set.substr(set.find('=') + 1, 64);
            token = answer.body.substr(answer.body.find("\"token\":\"") + 9, 64);
        }
        return answer;
    }
};

class CounterHouse : public testing::Test {
  protected:
    void start(CounterLimits limits = {}, const std::filesystem::path& voice = {}) {
        CounterSetup setup;
        setup.office = office;
        setup.listen = {"127.0.0.1", 0};
        setup.identity = http::test_identity();
        setup.desk = &desk;
        setup.pins = &pins;
        setup.clock = &clock;
        setup.limits = limits;
        setup.voice_folder = voice;
        setup.on_served = [this](const std::string& place) {
            const std::lock_guard lock(mutex);
            served.push_back(place);
        };
        auto started = CounterServer::start(std::move(setup));
        ASSERT_TRUE(started) << started.error().line();
        server = *std::move(started);
    }
    void SetUp() override {
        for (const char* counter : {"counter-1", "counter-2", "counter-3"}) pins.set(counter, kPin);
    }
    Client client(std::uint32_t peer = 1) const { return {server->port(), peer, "", ""}; }
    Client officer(const std::string& counter, std::uint32_t peer = 1) const {
        Client one = client(peer);
        const Answer answer = one.sign_in(counter);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return one;
    }
    queue::TicketId with(const std::string& counter) const {
        const HallShared hall = desk.hall();
        const queue::Ticket* ticket = hall->queue().with(counter);
        return ticket == nullptr ? 0 : ticket->id;
    }

    HandClock clock{1'800'000'000'000};
    MemoryDesk desk{clock};
    MemoryPins pins{clock};
    record::Office office = record::load_office(SALA_SOURCE_DIR "/assets/demo/office.toml").office.value();
    std::mutex mutex;
    std::vector<std::string> served;
    std::unique_ptr<CounterServer> server;  // ends before what it uses
};

}  // namespace sala::kiosk
