// Who gets in, what an order needs, and what it does.
#include "kiosk/counter/counter_server.h"

#include <unistd.h>

#include <filesystem>

#include "kiosk/counter/saying.h"
#include "platform/base/files.h"
#include "platform/base/wav.h"
#include "tests/kiosk/counter/counter_client.h"

namespace sala::kiosk {
namespace {

class CounterServerTest : public CounterHouse {};

TEST_F(CounterServerTest, SignsInByPinAndOrdersAreDone) {
    start();
    const std::string number = desk.issue("finance", "tax", 'B');
    Client two = officer("counter-2");
    EXPECT_EQ(two.order("do=next&seen=0").status, 200);
    EXPECT_NE(with("counter-2"), 0u);
    EXPECT_EQ(two.order(fmt::format("do=recall&seen={}", with("counter-2"))).status, 200);
    EXPECT_TRUE(served.empty());
    EXPECT_EQ(two.order(fmt::format("do=done&seen={}", with("counter-2"))).status, 200);
    EXPECT_EQ(served, std::vector<std::string>{"/finance/tax"});
    EXPECT_EQ(with("counter-2"), 0u);
}

TEST_F(CounterServerTest, NextEndsWhatIsUnderWayAndInvitesItsRating) {
    start();
    desk.issue("finance", "tax", 'B');
    desk.issue("finance", "sign-tax", 'B');
    Client two = officer("counter-2");
    two.order("do=next&seen=0");
    EXPECT_EQ(two.order(fmt::format("do=next&seen={}", with("counter-2"))).status, 200);
    EXPECT_EQ(served, std::vector<std::string>{"/finance/tax"});
    // Who did not come, was parked, or whose order was refused rates nothing.
    EXPECT_EQ(two.order("do=next&seen=1").status, 409);
    EXPECT_EQ(two.order(fmt::format("do=no-show&seen={}", with("counter-2"))).status, 200);
    EXPECT_EQ(served.size(), 1u);
}

TEST_F(CounterServerTest, EveryOrderOfThePageIsUnderstood) {
    start();
    for (int i = 0; i < 4; ++i) desk.issue("finance", "tax", 'B');
    Client two = officer("counter-2");
    const auto obeyed = [&](const std::string& fields) {
        const Answer answer = two.order(fields);
        EXPECT_EQ(answer.status, 200) << fields << " " << answer.body;
    };
    obeyed("do=next&seen=0");
    const queue::TicketId first = with("counter-2");
    obeyed(fmt::format("do=delay&seen={}&reason=complex", first));
    obeyed(fmt::format("do=park&seen={}&reason=copies", first));
    obeyed(fmt::format("do=call&ticket={}&reason=", first));
    obeyed(fmt::format("do=no-show&seen={}", first));
    obeyed(fmt::format("do=back&ticket={}", first));
    obeyed(fmt::format("do=transfer&ticket={}&to=/finance/sign-tax&reason=wrong-service", first));
    obeyed(fmt::format("do=cancel&ticket={}&reason=went-home", first));
    obeyed("do=walk-in&service=tax");
    obeyed(fmt::format("do=done&seen={}", with("counter-2")));
}

TEST_F(CounterServerTest, AnOrderThatIsNoneIsRefused) {
    start();
    desk.issue("finance", "tax", 'B');
    const Client two = officer("counter-2");
    for (const char* fields :
         {"do=fly&seen=0", "do=next", "seen=0", "do=next&seen=", "do=next&seen=x", "do=next&seen=-1",
          "do=next&seen=0&reason=x", "do=next&seen=99999999999999999999999", "do=walk-in&service=water",
          "do=walk-in&service=nothing", "do=transfer&ticket=1&to=/finance&reason=other",
          "do=transfer&ticket=1&to=/finance/nothing&reason=other", "do=park&seen=0", "do=call&ticket=1"}) {
        const Answer answer = two.order(fields);
        EXPECT_EQ(answer.status, 400) << fields;
        EXPECT_TRUE(answer.says("COUNTER-BAD-REQUEST")) << fields;
    }
    EXPECT_EQ(with("counter-2"), 0u);
}

TEST_F(CounterServerTest, WhatTheQueueRefusesIsSaidInThaiAndEnglish) {
    start();
    const Answer answer = officer("counter-2").order("do=next&seen=0");
    EXPECT_EQ(answer.status, 409);
    EXPECT_TRUE(answer.says("\"code\":\"QUEUE-EMPTY\"")) << answer.body;
    EXPECT_TRUE(answer.says("ไม่มีผู้รอคิว"));
    desk.failure = "DB-FULL";
    EXPECT_EQ(officer("counter-2").order("do=next&seen=0").status, 503);
}

TEST_F(CounterServerTest, TicketsOfAnotherDivisionAreOutOfReach) {
    start();
    desk.issue("clerk", "water", 'A');
    const queue::TicketId foreign = desk.hall()->queue().tickets().begin()->first;
    const Client two = officer("counter-2");
    for (const char* fields : {"do=call&ticket={}&reason=brief", "do=cancel&ticket={}&reason=twice",
                               "do=transfer&ticket={}&to=/finance/tax&reason=other"}) {
        const Answer answer = two.order(fmt::format(fmt::runtime(fields), foreign));
        EXPECT_TRUE(answer.says("COUNTER-OTHER-DIVISION")) << answer.body;
    }
    EXPECT_EQ(officer("counter-1").order(fmt::format("do=call&ticket={}&reason=brief", foreign)).status, 200);
}

// Each line is what another site, or a program, can or cannot send.
TEST_F(CounterServerTest, AnOrderNeedsAllThatOnlyItsOwnPageSends) {
    start();
    desk.issue("finance", "tax", 'B');
    const Client two = officer("counter-2");
    struct Case {
        const char* without;
        const char* instead;
        int status;
    };
    const Case cases[] = {{"Origin", "", 403},
                          {"Origin", "Origin: null\r\n", 403},
                          {"Origin", "Origin: https://evil.example\r\n", 403},
                          {"Origin", "Origin: https://127.0.0.1:1\r\n", 403},
                          {"Sec-Fetch-Site", "Sec-Fetch-Site: same-site\r\n", 403},
                          {"Sec-Fetch-Site", "Sec-Fetch-Site: cross-site\r\n", 403},
                          {"X-Sala-Token", "", 403},
                          {"X-Sala-Token", "X-Sala-Token: 0\r\n", 403},
                          {"Cookie", "", 401},
                          {"Cookie", "Cookie: __Host-sala=0\r\n", 401},
                          {"Content-Type", "", 400},
                          {"Content-Type", "Content-Type: text/plain\r\n", 400},
                          {"Host", "Host: kiosk.evil.example\r\n", 421},
                          {"Host", "Host: 127.0.0.11\r\n", 421}};
    for (const auto& [without, instead, status] : cases) {
        EXPECT_EQ(two.post("/order", "do=next&seen=0", without, instead).status, status)
            << without << instead;
    }
    EXPECT_EQ(with("counter-2"), 0u);
    EXPECT_EQ(two.post("/order", "do=next&seen=0", "Sec-Fetch-Site").status, 200);  // older browsers
}

TEST_F(CounterServerTest, ATokenOfAnotherSessionIsNone) {
    start();
    desk.issue("finance", "tax", 'B');
    Client two = officer("counter-2");
    two.token = officer("counter-3").token;
    EXPECT_EQ(two.order("do=next&seen=0").status, 403);
}

TEST_F(CounterServerTest, SigningOutEndsTheSession) {
    start();
    const Client two = officer("counter-2");
    EXPECT_EQ(two.get("/session").status, 200);
    EXPECT_EQ(two.post("/sign-out", "do=out").status, 200);
    EXPECT_EQ(two.get("/session").status, 401);
    EXPECT_EQ(two.order("do=next&seen=0").status, 401);
}

TEST_F(CounterServerTest, TheCookieIsForThisPageAlone) {
    start();
    const std::string cookie = client().sign_in("counter-2").header("Set-Cookie");
    for (const char* part : {"__Host-sala=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"}) {
        EXPECT_NE(cookie.find(part), std::string::npos) << cookie;
    }
    EXPECT_EQ(cookie.find("Domain"), std::string::npos);
}

TEST_F(CounterServerTest, WrongPinsWaitAndOneAddressMayNotTryForEver) {
    start();
    for (int i = 0; i < 4; ++i) {
        EXPECT_TRUE(client().sign_in("counter-2", "111222").says("COUNTER-PIN-WRONG"));
    }
    EXPECT_TRUE(client().sign_in("counter-2", "111222").says("COUNTER-PIN-WAIT"));
    EXPECT_TRUE(client().sign_in("counter-2").says("COUNTER-PIN-WAIT"));
    EXPECT_TRUE(client().sign_in("counter-4").says("COUNTER-PIN-NOT-SET"));
    EXPECT_EQ(client().sign_in("counter-99").status, 400);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(client().sign_in("counter-3", "111222").status, 403);
    // Ten tries are spent; the right PIN of another counter is not looked at either, from here.
    EXPECT_EQ(client().sign_in("counter-1").status, 429);
    EXPECT_EQ(client(2).sign_in("counter-1").status, 200);
}

TEST_F(CounterServerTest, OneAddressThatAsksTooOftenIsTold429AndOthersAreNot) {
    start({.requests_at_once = 5});
    for (int i = 0; i < 5; ++i) EXPECT_EQ(client().get("/office").status, 200);
    const Answer answer = client().get("/office");
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.header("Retry-After"), "30");
    EXPECT_EQ(client(2).get("/office").status, 200);
}

TEST_F(CounterServerTest, EveryAnswerForbidsWhatThePageDoesNotNeed) {
    start();
    for (const char* path : {"/", "/board", "/counter.js", "/style.css", "/office", "/nothing", "/session"}) {
        const Answer answer = client().get(path);
        EXPECT_TRUE(
            answer.header("Content-Security-Policy").starts_with("default-src 'none'; script-src 'self'"));
        EXPECT_EQ(answer.header("Content-Security-Policy").find("unsafe"), std::string::npos);
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(answer.header("Cache-Control"), "no-store");
        EXPECT_EQ(answer.header("Referrer-Policy"), "no-referrer");
    }
    EXPECT_EQ(client().get("/").header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(client().get("/counter-events").status, 401);
    EXPECT_EQ(client().get("/../etc/passwd").status, 404);
    EXPECT_EQ(client().ask("DELETE / HTTP/1.1\r\nHost: " + client().host() + "\r\n\r\n").status, 405);
    EXPECT_EQ(client().post("/order", std::string(5'000, 'a')).status, 413);
}

TEST_F(CounterServerTest, NoScriptAndNoStyleStandsInThePages) {
    start();
    for (const char* path : {"/", "/board"}) {
        const std::string html = client().get(path).body;
        EXPECT_EQ(html.find(" style="), std::string::npos);
        EXPECT_EQ(html.find("<style"), std::string::npos);
        EXPECT_EQ(html.find(" onclick"), std::string::npos);
        EXPECT_EQ(html.find("<script>"), std::string::npos);
    }
}

TEST_F(CounterServerTest, ACallIsSpokenFromItsClipsAndOnlyACallOfToday) {
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("sala-voice-{}", ::getpid());
    std::filesystem::create_directories(folder);
    std::int16_t sample = 1;
    std::map<std::string, std::int16_t> sound_of;
    for (const std::string& clip : clips_of(office)) {
        sound_of[clip] = sample++;
        ASSERT_TRUE(write_file_durably(folder / (clip + ".wav"), write_wav({22'050, {sound_of[clip]}})));
    }
    start({}, folder);
    EXPECT_TRUE(server->voice_problems().empty());
    const std::string number = desk.issue("finance", "tax", 'B');
    officer("counter-2").order("do=next&seen=0");
    const std::uint64_t seq = desk.hall()->calls().back().seq;
    const Answer answer = client().get(fmt::format("/voice/{}.wav", seq));
    EXPECT_EQ(answer.header("Content-Type"), "audio/wav");
    const Saying saying =
        saying_of(number, *std::ranges::find(office.counters, "counter-2", &record::Counter::id));
    std::vector<std::int16_t> expected;
    for (const std::string& clip : saying.clips) expected.push_back(sound_of[clip]);
    EXPECT_EQ(read_wav(answer.body).value().samples, expected);
    for (const char* path : {"/voice/1.wav", "/voice/x.wav", "/voice/.wav", "/voice/1", "/voice/"}) {
        EXPECT_EQ(client().get(path).status, 404) << path;
    }
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace sala::kiosk
