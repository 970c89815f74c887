// Who is signed in, who asks too often, and what a page may send.
#include "kiosk/counter/sessions.h"

#include <gtest/gtest.h>

#include "kiosk/counter/form.h"
#include "kiosk/counter/peer_limit.h"
#include "tests/fakes/hand_clock.h"

namespace sala::kiosk {
namespace {

constexpr std::int64_t kNow = 1'800'000'000'000;

TEST(Sessions, KnowTheirSecretAndNoOther) {
    HandClock clock(kNow);
    Sessions sessions(clock);
    const std::string one = sessions.open("counter-1"), two = sessions.open("counter-2");
    EXPECT_EQ(one.size(), 64u);
    EXPECT_EQ(sessions.counter_of(one), "counter-1");
    EXPECT_EQ(sessions.counter_of(two), "counter-2");
    EXPECT_FALSE(sessions.counter_of(""));
    EXPECT_FALSE(sessions.counter_of(one.substr(1)));
    EXPECT_FALSE(sessions.counter_of(Sessions::token_of(one)));
    EXPECT_NE(Sessions::token_of(one), Sessions::token_of(two));
    sessions.close(one);
    EXPECT_FALSE(sessions.counter_of(one));
    EXPECT_EQ(sessions.counter_of(two), "counter-2");
}

TEST(Sessions, EndAfterTenHoursUsedOrNot) {
    HandClock clock(kNow);
    Sessions sessions(clock);
    const std::string secret = sessions.open("counter-1");
    clock.pass_ms(Sessions::kSessionMs - 1);
    EXPECT_TRUE(sessions.counter_of(secret));
    clock.pass_ms(1);
    EXPECT_FALSE(sessions.counter_of(secret));
}

TEST(Sessions, AClockThatIsSetEndsNone) {
    HandClock clock(kNow);
    Sessions sessions(clock);
    const std::string secret = sessions.open("counter-1");
    clock.set_wall(kNow * 2);
    EXPECT_TRUE(sessions.counter_of(secret));
}

TEST(Sessions, OneMoreEndsTheOldestOfItsOwnCounter) {
    HandClock clock(kNow);
    Sessions sessions(clock);
    const std::string other = sessions.open("counter-2"), first = sessions.open("counter-1");
    std::string last;
    for (std::size_t i = 0; i < Sessions::kPerCounterMax; ++i) last = sessions.open("counter-1");
    EXPECT_FALSE(sessions.counter_of(first));
    EXPECT_TRUE(sessions.counter_of(last));
    EXPECT_TRUE(sessions.counter_of(other));
}

TEST(PeerLimit, LetsSoManyThroughAtOnceAndThenOneAtATime) {
    HandClock clock(kNow);
    PeerLimit limit(clock, 3, 1'000);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.admits("a"));
    EXPECT_FALSE(limit.admits("a"));
    EXPECT_TRUE(limit.admits("b"));
    clock.pass_ms(999);
    EXPECT_FALSE(limit.admits("a"));
    clock.pass_ms(1);
    EXPECT_TRUE(limit.admits("a"));
    EXPECT_FALSE(limit.admits("a"));
    clock.pass_ms(1'000'000);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.admits("a"));
    EXPECT_FALSE(limit.admits("a"));
}

TEST(PeerLimit, ManyOtherAddressesDoNotFreeTheOneThatAsksTooOften) {
    HandClock clock(kNow);
    PeerLimit limit(clock, 2, 1'000);
    for (std::size_t i = 0; i < 3 * PeerLimit::kPeersMax; ++i) {
        limit.admits("busy");
        limit.admits("busy");
        EXPECT_FALSE(limit.admits("busy"));
        EXPECT_TRUE(limit.admits(std::to_string(i)));
    }
}

TEST(Form, IsPairsOfPlainText) {
    EXPECT_EQ(parse_form("do=next&seen=12"), (Form{{"do", "next"}, {"seen", "12"}}));
    EXPECT_EQ(parse_form("to=/finance/land-tax&reason="),
              (Form{{"to", "/finance/land-tax"}, {"reason", ""}}));
}

TEST(Form, EverythingElseIsNone) {
    for (const char* text : {"", "=", "do", "&", "do=next&", "&do=next", "do=next&&seen=1", "do=a&do=b",
                             "do=a%20b", "do=a+b", "Do=a", "do=A", "do=a=b", "do=a\n", "do=ก",
                             "{\"do\":\"next\"}", "a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1"}) {
        EXPECT_FALSE(parse_form(text)) << text;
    }
    EXPECT_FALSE(parse_form("do=" + std::string(65, 'a')));
}

TEST(Cookie, IsFoundByItsWholeName) {
    EXPECT_EQ(cookie_of("__Host-sala=abc", "__Host-sala"), "abc");
    EXPECT_EQ(cookie_of("a=b; __Host-sala=abc; c=d", "__Host-sala"), "abc");
    EXPECT_FALSE(cookie_of("", "__Host-sala"));
    EXPECT_FALSE(cookie_of("x__Host-sala=abc", "__Host-sala"));
    EXPECT_FALSE(cookie_of("__Host-sala2=abc", "__Host-sala"));
    EXPECT_FALSE(cookie_of("__Host-sala=abc; __Host-sala=def", "__Host-sala"));
}

}  // namespace
}  // namespace sala::kiosk
