// The Merkle tree of RFC 6962 over the journal's lines, kept as its right edge.
//
// A Frontier holds the roots of the full subtrees that make up [0, size): as many as `size` has one-bits,
// largest first. It is all that is needed to append and to know the root; proofs need the lines themselves.
#pragma once

#include <optional>
#include <vector>

#include "platform/crypto/crypto.h"

namespace sala::ledger {

using crypto::Hash;

// SHA-256(0x00 || line): the line's bytes without the LF that ends it.
Hash leaf_hash(std::string_view line);

// SHA-256(0x01 || left || right).
Hash node_hash(const Hash& left, const Hash& right);

class Frontier {
  public:
    Frontier() = default;

    // Nothing when the number of hashes does not fit the size.
    static std::optional<Frontier> restore(std::uint64_t size, std::vector<Hash> hashes);

    void append(const Hash& leaf);

    std::uint64_t size() const { return size_; }
    const std::vector<Hash>& hashes() const { return hashes_; }

    // Of the empty tree: SHA-256 of nothing.
    Hash root() const;

    friend bool operator==(const Frontier&, const Frontier&) = default;

  private:
    std::uint64_t size_ = 0;
    std::vector<Hash> hashes_;
};

// The first 16 base32 letters of a root: what fits a ticket.
std::string root_letters(const Hash& root);

}  // namespace sala::ledger
