// A witness cosigns one history of a log and no other.
#include "sync/ledger/witnessing.h"

#include <gtest/gtest.h>

namespace sala::ledger {
namespace {

constexpr const char* kOrigin = "banmai.example/sala/ABCDEFGHIJKLMNOPQRSTUVWXYZ";

class WitnessingTest : public testing::Test {
  protected:
    WitnessingTest() {
        for (int i = 0; i < 40; ++i) leaves_.push_back(leaf_hash(fmt::format("line {}", i)));
    }
    static Frontier tree_of(std::span<const Hash> leaves) {
        Frontier tree;
        for (const Hash& leaf : leaves) tree.append(leaf);
        return tree;
    }
    Checkpoint checkpoint(std::size_t size) const {
        return {kOrigin, size, tree_of(std::span(leaves_).first(size)).root()};
    }
    WitnessRequest request(std::size_t from, std::size_t to) const {
        WitnessRequest made{from, {}, {}, checkpoint(to)};
        const std::span<const Hash> leaves(leaves_);
        if (from <= to) {
            made.proof = consistency_proof(tree_of(leaves.first(from)), leaves.subspan(from, to - from));
        }
        sign(made, key_);
        return made;
    }
    static void sign(WitnessRequest& request, const crypto::SigningKey& key) {
        request.note = {request.checkpoint.text(), {sign_note(request.checkpoint.text(), kOrigin, key)}};
    }

    crypto::SigningKey key_ = crypto::SigningKey::from_seed({7});
    VerifierKey log_{kOrigin, KeyType::kEd25519, key_.public_key()};
    std::vector<Hash> leaves_;
};

TEST_F(WitnessingTest, ALogThatOnlyGrowsIsCosignedFromItsFirstCheckpointOn) {
    EXPECT_EQ(judge(request(0, 5), log_, {}), Witnessing::kCosign);
    EXPECT_EQ(judge(request(5, 5), log_, checkpoint(5)), Witnessing::kCosign) << "the same once more";
    for (std::size_t to = 6; to <= 40; ++to) {
        EXPECT_EQ(judge(request(5, to), log_, checkpoint(5)), Witnessing::kCosign) << to;
    }
}

TEST_F(WitnessingTest, WhatTheWitnessHoldsAlreadyIsNeverTakenBack) {
    EXPECT_EQ(judge(request(0, 9), log_, checkpoint(5)), Witnessing::kConflict);
    EXPECT_EQ(judge(request(4, 9), log_, checkpoint(5)), Witnessing::kConflict);
    EXPECT_EQ(judge(request(5, 9), log_, {}), Witnessing::kConflict) << "it has never seen this log";
    EXPECT_EQ(judge(request(5, 4), log_, checkpoint(5)), Witnessing::kOldIsLarger);
    EXPECT_EQ(judge(request(4, 4), log_, checkpoint(5)), Witnessing::kConflict) << "a smaller tree";
}

TEST_F(WitnessingTest, AnotherHistoryIsNeverCosigned) {
    const Checkpoint held = checkpoint(5);
    leaves_[3][0] ^= 1;
    EXPECT_EQ(judge(request(5, 5), log_, held), Witnessing::kConflict);
    EXPECT_EQ(judge(request(5, 9), log_, held), Witnessing::kInconsistent);
    WitnessRequest without_proof = request(5, 9);
    without_proof.proof.clear();
    EXPECT_EQ(judge(without_proof, log_, held), Witnessing::kInconsistent);
    WitnessRequest first = request(0, 9);
    first.proof.push_back(held.root);
    EXPECT_EQ(judge(first, log_, {}), Witnessing::kInconsistent) << "a first checkpoint has no proof";
}

TEST_F(WitnessingTest, OnlyTheLogsOwnKeyCounts) {
    WitnessRequest foreign = request(0, 5);
    sign(foreign, crypto::SigningKey::from_seed({8}));
    EXPECT_EQ(judge(foreign, log_, {}), Witnessing::kNotSigned);
    foreign.note.signatures.push_back(sign_note(foreign.note.text, kOrigin, key_));
    EXPECT_EQ(judge(foreign, log_, {}), Witnessing::kCosign) << "an unknown key says nothing";
    WitnessRequest broken = request(0, 5);
    broken.note.signatures[0].blob[20] ^= 1;
    EXPECT_EQ(judge(broken, log_, {}), Witnessing::kNotSigned);
    VerifierKey other_log = log_;
    other_log.name = "other.example/sala/x";
    EXPECT_EQ(judge(request(0, 5), other_log, {}), Witnessing::kNotSigned);
}

TEST_F(WitnessingTest, ARequestIsReadAsItWasWritten) {
    for (const auto& [from, to] : {std::pair{0U, 1U}, {5U, 5U}, {7U, 40U}}) {
        const std::string bytes = request(from, to).bytes();
        const Result<WitnessRequest> read = parse_witness_request(bytes);
        ASSERT_TRUE(read) << read.error().line();
        EXPECT_EQ(read->bytes(), bytes);
        EXPECT_EQ(read->old_size, from);
        EXPECT_EQ(read->checkpoint, checkpoint(to));
    }
    EXPECT_TRUE(request(7, 40).bytes().starts_with("old 7\n"));
    EXPECT_NE(request(0, 5).bytes().find(fmt::format("old 0\n\n{}\n5\n", kOrigin)), std::string::npos);
}

TEST_F(WitnessingTest, NothingElseIsReadAsARequest) {
    const std::string good = request(7, 40).bytes();
    for (std::size_t cut = 0; cut < good.size(); ++cut) {
        EXPECT_FALSE(parse_witness_request(good.substr(0, cut))) << cut;
    }
    const std::string rest = good.substr(good.find('\n'));
    for (const char* old : {"old 07", "old -7", "old +7", "old", "old ", "Old 7", " old 7", "old 7 ",
                            "old 0x7", "old 18446744073709551616", "new 7"}) {
        const auto read = parse_witness_request(old + rest);
        ASSERT_FALSE(read) << old;
        EXPECT_EQ(read.error().code, "WITNESS-MALFORMED");
    }
    std::string long_proof = "old 7\n";
    for (std::size_t i = 0; i <= kProofHashesMax; ++i) long_proof += crypto::to_base64(leaves_[0]) + "\n";
    EXPECT_EQ(parse_witness_request(long_proof + good.substr(good.find("\n\n") + 1)).error().code,
              "WITNESS-MALFORMED");
    EXPECT_FALSE(parse_witness_request(good + "x"));
    EXPECT_FALSE(parse_witness_request(good + std::string(kWitnessRequestBytesMax, '\n')));
    std::string extended = good;
    extended.insert(extended.rfind("\n\n") + 1, "another line\n");
    EXPECT_EQ(parse_witness_request(extended).error().code, "NOTE-NOT-A-CHECKPOINT");
}

}  // namespace
}  // namespace sala::ledger
