// That a log only grew: consistency proofs of RFC 6962, section 2.1.2.
//
// Source of the check: RFC 9162, section 2.1.4.2. The trap: a proof ties two roots together and nothing else;
// who signed the roots must have been asked before.
#pragma once

#include <span>
#include <vector>

#include "sync/ledger/tree.h"

namespace sala::ledger {

// C2SP tlog-witness; a tree of 2^63 leaves needs no more.
inline constexpr std::size_t kProofHashesMax = 63;

// That the tree of `from` is the beginning of the one that has `leaves` (leaf hashes) after it. Needs only
// what came since: the right edge of the old tree holds all that a proof says about the rest. Empty where
// nothing was there before, or nothing came.
std::vector<Hash> consistency_proof(const Frontier& from, std::span<const Hash> leaves);

// Whether the proof shows that the larger tree begins with the smaller one. Two trees of one size need equal
// roots and an empty proof; the empty tree begins every other, with an empty proof.
bool proves_consistency(std::span<const Hash> proof, std::uint64_t from_size, const Hash& from_root,
                        std::uint64_t to_size, const Hash& to_root);

}  // namespace sala::ledger
