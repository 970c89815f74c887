// Proofs that a log only grew, against the definition of RFC 6962 and against every way to get one wrong.
#include "sync/ledger/consistency.h"

#include <gtest/gtest.h>

#include "platform/base/bytes.h"

namespace sala::ledger {
namespace {

constexpr std::size_t kSizeMax = 70;

std::vector<Hash> some_leaves(std::size_t count) {
    std::vector<Hash> leaves;
    for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(fmt::format("line {}", i)));
    return leaves;
}

Frontier tree_of(std::span<const Hash> leaves) {
    Frontier tree;
    for (const Hash& leaf : leaves) tree.append(leaf);
    return tree;
}

Hash root_of(std::span<const Hash> leaves) { return tree_of(leaves).root(); }

// RFC 6962, section 2.1.2, as it is written there.
std::vector<Hash> subproof(std::size_t m, std::span<const Hash> d, bool known) {
    if (m == d.size()) return known ? std::vector<Hash>{} : std::vector<Hash>{root_of(d)};
    std::size_t k = 1;
    while (k * 2 < d.size()) k *= 2;
    std::vector<Hash> proof = m <= k ? subproof(m, d.first(k), known) : subproof(m - k, d.subspan(k), false);
    proof.push_back(m <= k ? root_of(d.subspan(k)) : root_of(d.first(k)));
    return proof;
}

class Consistency : public testing::Test {
  protected:
    std::vector<Hash> all_ = some_leaves(kSizeMax);
    std::span<const Hash> first(std::size_t count) const { return std::span(all_).first(count); }
    std::vector<Hash> proof(std::size_t from, std::size_t to) const {
        return consistency_proof(tree_of(first(from)), first(to).subspan(from));
    }
};

TEST_F(Consistency, IsProvedAsTheDefinitionSaysForEveryPairOfSizes) {
    for (std::size_t to = 1; to <= kSizeMax; ++to) {
        for (std::size_t from = 1; from <= to; ++from) {
            const std::vector<Hash> made = proof(from, to);
            ASSERT_EQ(made, subproof(from, first(to), true)) << from << " to " << to;
            ASSERT_TRUE(proves_consistency(made, from, root_of(first(from)), to, root_of(first(to))))
                << from << " to " << to;
        }
    }
}

// The example of RFC 6962, section 2.1.3: the proofs of trees of 3, 4 and 6 leaves within one of 7.
TEST_F(Consistency, HasTheHashesOfTheStandardsExample) {
    const auto node = [this](std::size_t begin, std::size_t end) {
        return root_of(std::span(all_).subspan(begin, end - begin));
    };
    EXPECT_EQ(proof(3, 7), (std::vector<Hash>{node(2, 3), node(3, 4), node(0, 2), node(4, 7)}));
    EXPECT_EQ(proof(4, 7), (std::vector<Hash>{node(4, 7)}));
    EXPECT_EQ(proof(6, 7), (std::vector<Hash>{node(4, 6), node(6, 7), node(0, 4)}));
}

TEST_F(Consistency, TheEmptyTreeBeginsEveryOtherAndEqualTreesNeedNoProof) {
    const Hash empty = Frontier().root(), nine = root_of(first(9));
    EXPECT_TRUE(proof(0, 9).empty());
    EXPECT_TRUE(proves_consistency({}, 0, empty, 9, nine));
    EXPECT_FALSE(proves_consistency({}, 0, nine, 9, nine)) << "that is not the empty tree's root";
    EXPECT_FALSE(proves_consistency(std::vector<Hash>{nine}, 0, empty, 9, nine));
    EXPECT_TRUE(proves_consistency({}, 9, nine, 9, nine));
    EXPECT_FALSE(proves_consistency({}, 9, root_of(first(8)), 9, nine));
    EXPECT_FALSE(proves_consistency(std::vector<Hash>{nine}, 9, nine, 9, nine));
}

TEST_F(Consistency, ALogThatChangedOneOldLineHasNoProof) {
    for (const std::size_t from : {1U, 2U, 3U, 8U, 21U, 32U, 63U}) {
        for (std::size_t changed = 0; changed < from; ++changed) {
            std::vector<Hash> forged = all_;
            forged[changed][0] ^= 1;
            const auto to = std::span<const Hash>(forged);
            const std::vector<Hash> made = consistency_proof(tree_of(to.first(from)), to.subspan(from));
            EXPECT_FALSE(proves_consistency(made, from, root_of(first(from)), kSizeMax, root_of(to)))
                << changed << " of " << from;
        }
    }
}

TEST_F(Consistency, NoDamagedProofIsTaken) {
    for (const std::size_t from : {1U, 4U, 7U, 32U, 45U}) {
        for (const std::size_t to : {46U, 64U, 70U}) {
            const Hash old_root = root_of(first(from)), new_root = root_of(first(to));
            const std::vector<Hash> good = proof(from, to);
            const auto taken = [&](const std::vector<Hash>& bad) {
                return proves_consistency(bad, from, old_root, to, new_root);
            };
            ASSERT_TRUE(taken(good));
            for (std::size_t i = 0; i < good.size(); ++i) {
                std::vector<Hash> bad = good;
                bad[i][31] ^= 0x80;
                EXPECT_FALSE(taken(bad));
                bad = good;
                bad.erase(bad.begin() + static_cast<std::ptrdiff_t>(i));
                EXPECT_FALSE(taken(bad));
                bad = good;
                bad.insert(bad.begin() + static_cast<std::ptrdiff_t>(i), good[i]);
                EXPECT_FALSE(taken(bad));
            }
            EXPECT_FALSE(taken({}));
            EXPECT_FALSE(taken(std::vector<Hash>(kProofHashesMax + 1)));
            EXPECT_FALSE(proves_consistency(good, from + 1, old_root, to, new_root));
            EXPECT_FALSE(proves_consistency(good, from, old_root, to, old_root));
            EXPECT_FALSE(proves_consistency(good, to, new_root, from, old_root)) << "backwards";
        }
    }
}

}  // namespace
}  // namespace sala::ledger
