#include "sync/ledger/tree.h"

#include <bit>

#include "platform/base/bytes.h"

namespace sala::ledger {
namespace {

std::string bytes_from(const char* hex) { return std::string(text_of(*from_hex(hex))); }

// RFC 6962 section 2.1, as it is written there.
Hash naive_root(std::span<const std::string> lines) {
    if (lines.empty()) return crypto::sha256(ByteView{});
    if (lines.size() == 1) return leaf_hash(lines[0]);
    std::size_t k = 1;
    while (k * 2 < lines.size()) k *= 2;
    return node_hash(naive_root(lines.first(k)), naive_root(lines.subspan(k)));
}

Frontier tree_of(std::span<const std::string> lines) {
    Frontier tree;
    for (const std::string& line : lines) tree.append(leaf_hash(line));
    return tree;
}

// The reference inputs of Certificate Transparency (transparency-dev/merkle, testonly/constants.go).
struct Published {
    const char* leaf;
    const char* leaf_hash;
    const char* root;  // of the tree that ends with this leaf
};
constexpr Published kPublished[] = {
    {"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
     "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
    {"00", "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
     "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
    {"10", "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
     "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
    {"2021", "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
     "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
    {"3031", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
     "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
    {"40414243", "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
     "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
    {"5051525354555657", "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
     "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
    {"606162636465666768696a6b6c6d6e6f", "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1",
     "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
};

TEST(Tree, HasThePublishedRoots) {
    Frontier tree;
    EXPECT_EQ(to_hex(tree.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (const Published& published : kPublished) {
        const Hash leaf = leaf_hash(bytes_from(published.leaf));
        EXPECT_EQ(to_hex(leaf), published.leaf_hash);
        tree.append(leaf);
        EXPECT_EQ(to_hex(tree.root()), published.root) << tree.size();
    }
}

TEST(Tree, AgreesWithTheDefinitionAtEverySizeTo300) {
    std::vector<std::string> lines;
    for (std::size_t size = 0; size <= 300; ++size) {
        const Frontier tree = tree_of(lines);
        ASSERT_EQ(tree.size(), size);
        ASSERT_EQ(tree.root(), naive_root(lines)) << size;
        lines.push_back(fmt::format("line {}", size * size));
    }
}

TEST(Tree, GoesOnFromARestoredFrontierAsIfItHadNeverStopped) {
    std::vector<std::string> lines;
    for (int i = 0; i < 40; ++i) lines.push_back(fmt::format("{}", i));
    for (std::size_t cut = 0; cut <= lines.size(); ++cut) {
        const Frontier half = tree_of(std::span(lines).first(cut));
        std::optional<Frontier> tree = Frontier::restore(half.size(), half.hashes());
        ASSERT_TRUE(tree);
        EXPECT_EQ(*tree, half);
        for (std::size_t i = cut; i < lines.size(); ++i) tree->append(leaf_hash(lines[i]));
        EXPECT_EQ(*tree, tree_of(lines)) << cut;
    }
}

TEST(Tree, RefusesAFrontierWithTheWrongNumberOfHashes) {
    for (const std::uint64_t size : {0U, 1U, 2U, 3U, 7U, 8U, 300U}) {
        const auto right = static_cast<std::size_t>(std::popcount(size));
        for (std::size_t count = 0; count < 12; ++count) {
            EXPECT_EQ(Frontier::restore(size, std::vector<Hash>(count)).has_value(), count == right)
                << size << " " << count;
        }
    }
}

TEST(Tree, ShowsTheRootAsSixteenLetters) {
    // Base32 of e3b0c44298fc1c149afb...
    EXPECT_EQ(root_letters(Frontier().root()), "4OYMIQUY7QOBJGX3");
}

}  // namespace
}  // namespace sala::ledger
