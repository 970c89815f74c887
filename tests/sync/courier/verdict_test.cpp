// What the courier makes of each answer, and of none.
#include <gtest/gtest.h>

#include "sync/courier/courier.h"
#include "sync/ledger/answer.h"
#include "tests/sync/office/log_builder.h"

namespace sala::courier {
namespace {

http::Reply reply(int status, std::string body) {
    http::Reply made;
    made.status = status;
    made.body = std::move(body);
    return made;
}

http::Reply refusal(int status, const char* code, std::optional<std::uint64_t> held = {}) {
    return reply(status, ledger::refusal_json({{code, "ไทย", "English \"quoted\""}, held}));
}

TEST(Verdict, ANoteIsDelivered) {
    const std::string note = office::LogBuilder().checkpoint(3).bytes();
    http::Reply taken = reply(200, note);
    taken.headers.add("sala-verdict", "already-had");
    taken.headers.add("Sala-Office-Key", "banmai.example/sala/office+x");
    const Verdict verdict = verdict_of(taken);
    ASSERT_TRUE(std::holds_alternative<Delivered>(verdict));
    EXPECT_EQ(std::get<Delivered>(verdict).cosigned, note);
    EXPECT_EQ(std::get<Delivered>(verdict).office_key, "banmai.example/sala/office+x");
    EXPECT_TRUE(std::get<Delivered>(verdict).already_had);
    EXPECT_FALSE(std::get<Delivered>(verdict_of(reply(200, note))).already_had);
}

TEST(Verdict, AnotherAnswerThanANoteIsUnknown) {
    EXPECT_TRUE(std::holds_alternative<Unknown>(verdict_of(reply(200, ""))));
    EXPECT_TRUE(std::holds_alternative<Unknown>(verdict_of(reply(200, "<html>welcome</html>"))));
}

TEST(Verdict, AGapTellsFromWhereToSend) {
    const Verdict verdict = verdict_of(refusal(409, "BUNDLE-GAP", 12));
    ASSERT_TRUE(std::holds_alternative<Gap>(verdict));
    EXPECT_EQ(std::get<Gap>(verdict).held, 12u);
    EXPECT_TRUE(std::holds_alternative<Refused>(verdict_of(refusal(409, "BUNDLE-GAP"))));
    EXPECT_TRUE(std::holds_alternative<Refused>(verdict_of(refusal(422, "BUNDLE-GAP", 12))));
}

TEST(Verdict, ARefusalKeepsItsWords) {
    const Verdict verdict = verdict_of(refusal(409, "BUNDLE-FORK", 12));
    ASSERT_TRUE(std::holds_alternative<Refused>(verdict));
    EXPECT_EQ(std::get<Refused>(verdict).error.line(), "BUNDLE-FORK: ไทย (English \"quoted\")");
    EXPECT_TRUE(std::holds_alternative<Refused>(verdict_of(refusal(403, "BUNDLE-NOT-ENROLLED"))));
}

TEST(Verdict, ABusyOfficeIsAskedLater) {
    http::Reply busy = refusal(503, "DB-BUSY");
    busy.headers.add("Retry-After", "7");
    const Verdict verdict = verdict_of(busy);
    ASSERT_TRUE(std::holds_alternative<NotReceived>(verdict));
    EXPECT_EQ(std::get<NotReceived>(verdict).error.code, "DB-BUSY");
    EXPECT_EQ(std::get<NotReceived>(verdict).wait_s, 7u);
    http::Reply plain = reply(503, "Busy.\n");
    plain.headers.add("Retry-After", "4294967295");
    EXPECT_EQ(std::get<NotReceived>(verdict_of(plain)).wait_s, 3600u)
        << "no office silences a kiosk for long";
    for (const char* odd : {"", "-1", "Fri, 15 Jan 2027 09:00:00 GMT", "99999999999"}) {
        http::Reply dated = reply(503, "");
        dated.headers.add("Retry-After", odd);
        EXPECT_EQ(std::get<NotReceived>(verdict_of(dated)).wait_s, 0u) << odd;
    }
}

TEST(Verdict, AnotherProgramAtTheAddressIsRefusedAndNotHammered) {
    for (const int status : {301, 400, 404, 413}) {
        const Verdict verdict = verdict_of(reply(status, "<html>"));
        ASSERT_TRUE(std::holds_alternative<Refused>(verdict)) << status;
        EXPECT_EQ(std::get<Refused>(verdict).error.code, "SEND-NO-GATEWAY");
    }
}

TEST(Verdict, NoAnswerIsUnknownOnlyWhereTheRequestWasSent) {
    EXPECT_TRUE(std::holds_alternative<Unknown>(verdict_of(Error{"HTTP-CUT-UNKNOWN", "", ""})));
    EXPECT_TRUE(std::holds_alternative<NotReceived>(verdict_of(Error{"HTTP-CUT", "", ""})));
    EXPECT_TRUE(std::holds_alternative<NotReceived>(verdict_of(Error{"HTTP-WRONG-KEY", "", ""})));
}

TEST(Answer, OnlyWhatIsARefusalIsRead) {
    const ledger::Refusal gap{{"BUNDLE-GAP", "ขาดช่วง", "a gap"}, 3};
    EXPECT_EQ(ledger::refusal_json(gap),
              "{\"code\":\"BUNDLE-GAP\",\"thai\":\"ขาดช่วง\",\"english\":\"a gap\",\"held\":3}\n");
    const auto read = ledger::parse_refusal(ledger::refusal_json(gap));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->error.thai, "ขาดช่วง");
    EXPECT_EQ(read->held, 3u);
    for (const char* other : {
             "",
             "{}",
             "[]",
             "{\"code\":\"A\",\"thai\":\"x\"}",
             "{\"code\":\"a b\",\"thai\":\"x\",\"english\":\"y\"}",
             "{\"code\":\"A\",\"thai\":\"\",\"english\":\"y\"}",
             "{\"code\":\"A\",\"thai\":\"\\u001b[2J\",\"english\":\"y\"}",
             "{\"code\":\"A\",\"thai\":\"x\",\"english\":\"y\",\"held\":-1}",
             "{\"code\":\"A\",\"thai\":\"x\",\"english\":\"y\",\"held\":9007199254740992}",
             "{\"code\":\"A\",\"thai\":1,\"english\":\"y\"}",
         }) {
        EXPECT_FALSE(ledger::parse_refusal(other)) << other;
    }
    EXPECT_FALSE(ledger::parse_refusal(std::string(100'000, ' ')));
}

}  // namespace
}  // namespace sala::courier
