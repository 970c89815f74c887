// The one thing that travels: the journal's lines [from, to) with all that is needed to check them, as one
// text file.
//
// The bytes on the stick, kept at the office, forwarded and audited are the same bytes. open_bundle()
// verifies everything that the bundle alone can prove; what it must be compared with (is the device enrolled,
// does it continue what we have) is the office's. FORMAT.md gives the bytes. The trap: a file's name proves
// nothing, its length, hashes and signature do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/ledger/line.h"
#include "sync/ledger/note.h"
#include "sync/ledger/place.h"

namespace sala::ledger {

inline constexpr int kBundleVersion = 2;  // the largest that we read; 1 is written where nothing is attached
inline constexpr std::size_t kAttachmentsMax = 2'000;
inline constexpr std::size_t kAttachmentBytesMax = std::size_t{64} << 10;
inline constexpr std::size_t kBundleBytesMax = std::size_t{64} << 20;
inline constexpr std::size_t kBundleLinesMax = 50'000;

// Sealed to a key that is not the kiosk's, and committed to by one of the bundle's lines. It is no part of
// the evidence: whoever erases it breaks no proof.
struct Attachment {
    std::string kind;  // "opening" of a `bound`; "text" or "letter", of `texts` in a day_closed
    crypto::Hash commitment{};
    Bytes sealed;
    friend bool operator==(const Attachment&, const Attachment&) = default;
};

// What a kiosk puts in.
struct BundleDraft {
    std::string office;              // the office's id
    std::string domain;              // the office's domain
    Frontier frontier;               // of the tree at `from`, which is its size
    std::vector<std::string> lines;  // 1..kBundleLinesMax, as written in the journal
    std::string cosigned;            // the last cosigned note, whole; empty when there is none yet
    std::vector<Attachment> attachments = {};
};

// The bundle's bytes. Equal drafts and keys give equal bytes. REQUIRES: the limits above.
std::string write_bundle(const BundleDraft& draft, const crypto::SigningKey& key);

// A checkpoint of the tree, signed by the device.
Note signed_checkpoint(const Frontier& tree, const std::string& origin, const crypto::SigningKey& key);

// What a verified bundle says. `raw`, `lines` and `leaves` match one another by index.
struct Bundle {
    std::string office;
    std::string origin;
    std::string device;  // code
    crypto::PublicKey key{};
    Frontier frontier;  // at `from`
    Frontier tree;      // at `to`
    std::string cosigned;
    std::vector<std::string_view> raw;  // into the bytes given to open_bundle()
    std::vector<Line> lines;
    std::vector<Hash> leaves;
    Note checkpoint;            // at `to`
    std::string_view evidence;  // the bytes that prove all this, without attachments
    std::vector<Attachment> attachments;

    std::uint64_t from() const { return frontier.size(); }
    std::uint64_t to() const { return tree.size(); }
    VerifierKey device_key() const { return {origin, KeyType::kEd25519, key}; }
};

// Verifies form, length, key, every line, the root, the checkpoint's and the bundle's signature. `bytes` must
// outlive the result. Refuses: BUNDLE-NOT-A-BUNDLE, BUNDLE-NEWER-FORMAT, BUNDLE-TOO-LARGE, BUNDLE-CUT
// (shorter than it says), BUNDLE-DAMAGED (anything that does not verify). Any thread.
Result<Bundle> open_bundle(std::string_view bytes);

}  // namespace sala::ledger
