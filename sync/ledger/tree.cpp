#include "sync/ledger/tree.h"

#include <bit>

namespace sala::ledger {

Hash leaf_hash(std::string_view line) {
    static constexpr std::uint8_t kLeaf[] = {0x00};
    return crypto::sha256({kLeaf, bytes_of(line)});
}

Hash node_hash(const Hash& left, const Hash& right) {
    static constexpr std::uint8_t kNode[] = {0x01};
    return crypto::sha256({kNode, left, right});
}

std::optional<Frontier> Frontier::restore(std::uint64_t size, std::vector<Hash> hashes) {
    if (hashes.size() != static_cast<std::size_t>(std::popcount(size))) return {};
    Frontier frontier;
    frontier.size_ = size;
    frontier.hashes_ = std::move(hashes);
    return frontier;
}

void Frontier::append(const Hash& leaf) {
    Hash carried = leaf;
    // Each trailing one-bit of the old size is a full subtree that the new leaf completes to one of twice its
    // size.
    for (std::uint64_t rest = size_; rest & 1; rest >>= 1) {
        carried = node_hash(hashes_.back(), carried);
        hashes_.pop_back();
    }
    hashes_.push_back(carried);
    ++size_;
}

Hash Frontier::root() const {
    if (hashes_.empty()) return crypto::sha256(ByteView{});
    Hash root = hashes_.back();
    for (std::size_t i = hashes_.size() - 1; i > 0; --i) root = node_hash(hashes_[i - 1], root);
    return root;
}

std::string root_letters(const Hash& root) { return to_base32(root, 16); }

}  // namespace sala::ledger
