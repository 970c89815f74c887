#include "sync/ledger/consistency.h"

#include <bit>
#include <cassert>

namespace sala::ledger {
namespace {

// PROOF(m, D[n]) of the RFC over [begin, end) of the larger tree; `old` is m.
class Prover {
  public:
    Prover(const Frontier& from, std::span<const Hash> leaves) : from_(from), leaves_(leaves) {}

    std::vector<Hash> prove() {
        descend(0, old() + leaves_.size(), true);
        return std::move(proof_);
    }

  private:
    std::uint64_t old() const { return from_.size(); }

    // `known`: its root is the old tree's own, which the verifier has.
    void descend(std::uint64_t begin, std::uint64_t end, bool known) {
        if (end == old()) {
            if (!known) proof_.push_back(root(begin, end));
            return;
        }
        const std::uint64_t middle = begin + std::bit_floor(end - begin - 1);
        if (old() <= middle) {
            descend(begin, middle, known);
            proof_.push_back(root(middle, end));
        } else {
            descend(middle, end, false);
            proof_.push_back(root(begin, middle));
        }
    }

    // What descend() asks for lies wholly in the new leaves, or is one of the old tree's full subtrees.
    Hash root(std::uint64_t begin, std::uint64_t end) const {
        if (begin >= old()) {
            Frontier part;
            for (std::uint64_t at = begin; at < end; ++at) part.append(leaves_[at - old()]);
            return part.root();
        }
        std::uint64_t start = 0;
        for (const Hash& peak : from_.hashes()) {
            if (start == begin) return peak;
            start += std::bit_floor(old() - start);
        }
        assert(false);
        return {};
    }

    const Frontier& from_;
    std::span<const Hash> leaves_;
    std::vector<Hash> proof_;
};

}  // namespace

std::vector<Hash> consistency_proof(const Frontier& from, std::span<const Hash> leaves) {
    if (from.size() == 0 || leaves.empty()) return {};
    return Prover(from, leaves).prove();
}

bool proves_consistency(std::span<const Hash> proof, std::uint64_t from_size, const Hash& from_root,
                        std::uint64_t to_size, const Hash& to_root) {
    if (from_size > to_size || proof.size() > kProofHashesMax) return false;
    if (from_size == to_size) return proof.empty() && from_root == to_root;
    if (from_size == 0) return proof.empty() && from_root == Frontier().root();
    // An old tree that is one full subtree is where the proof begins, and is left out of it.
    std::vector<Hash> path(proof.begin(), proof.end());
    if (std::has_single_bit(from_size)) path.insert(path.begin(), from_root);
    if (path.empty()) return false;

    std::uint64_t from_node = from_size - 1, to_node = to_size - 1;
    const int full = std::countr_one(from_node);
    from_node >>= full;
    to_node >>= full;
    Hash from_hash = path[0], to_hash = path[0];
    for (const Hash& next : std::span(path).subspan(1)) {
        if (to_node == 0) return false;
        if ((from_node & 1) != 0 || from_node == to_node) {
            from_hash = node_hash(next, from_hash);
            to_hash = node_hash(next, to_hash);
            while ((from_node & 1) == 0 && from_node != 0) {
                from_node >>= 1;
                to_node >>= 1;
            }
        } else {
            to_hash = node_hash(to_hash, next);
        }
        from_node >>= 1;
        to_node >>= 1;
    }
    return to_node == 0 && from_hash == from_root && to_hash == to_root;
}

}  // namespace sala::ledger
