// What the courier makes of a witness's answer.
#include "sync/courier/witness_call.h"

#include <gtest/gtest.h>

namespace sala::courier {
namespace {

WitnessVerdict answered(int status, std::string body = "") {
    http::Reply reply;
    reply.status = status;
    reply.body = std::move(body);
    return witness_verdict_of(reply);
}

std::string refusal(const WitnessVerdict& verdict) {
    const auto* wont = std::get_if<WontVouch>(&verdict);
    return wont == nullptr ? "" : wont->error.code;
}

TEST(WitnessVerdict, ACosignatureIsHandedOnAsItCame) {
    EXPECT_EQ(std::get<Vouched>(answered(200, "— w abc\n")).signatures, "— w abc\n");
}

TEST(WitnessVerdict, AConflictNamesTheSizeOrIsNotUnderstood) {
    EXPECT_EQ(std::get<Holds>(answered(409, "20852014\n")).size, 20852014u);
    EXPECT_EQ(std::get<Holds>(answered(409, "0\n")).size, 0u);
    for (const char* body : {"", "7", "07\n", "-1\n", "7 \n", "7\n\n", "99999999999999999999\n"})
        EXPECT_TRUE(std::holds_alternative<NotVouched>(answered(409, body))) << body;
}

TEST(WitnessVerdict, WhatWillNotChangeIsNotAskedAgain) {
    EXPECT_EQ(refusal(answered(404)), "WITNESS-NOT-KNOWN");
    EXPECT_EQ(refusal(answered(403)), "WITNESS-NOT-KNOWN");
    EXPECT_EQ(refusal(answered(422)), "WITNESS-OTHER-HISTORY");
    EXPECT_EQ(refusal(answered(400)), "WITNESS-REFUSED");
    EXPECT_EQ(refusal(answered(301)), "WITNESS-REFUSED");
}

TEST(WitnessVerdict, WhatMayChangeIsAskedAgainAfterTheTimeItNames) {
    http::Reply busy;
    busy.status = 503;
    busy.headers.add("Retry-After", "7");
    EXPECT_EQ(std::get<NotVouched>(witness_verdict_of(busy)).wait_s, 7u);
    EXPECT_TRUE(std::holds_alternative<NotVouched>(answered(429)));
    EXPECT_TRUE(std::holds_alternative<NotVouched>(witness_verdict_of(Error{"HTTP-CUT-UNKNOWN", "x", "x"})));
    EXPECT_TRUE(std::holds_alternative<NotVouched>(witness_verdict_of(Error{"HTTP-NO-ANSWER", "x", "x"})));
}

}  // namespace
}  // namespace sala::courier
