// C2SP signed notes and tlog cosignatures: text that anybody can check with a public key.
//
// Sources: https://c2sp.org/signed-note, https://c2sp.org/tlog-cosignature (v1),
// https://c2sp.org/tlog-checkpoint. A note is its text (ending in LF), an empty line, and one line per
// signature: "— <name> <base64>". The trap: a signature by an unknown key says nothing and is skipped; one by
// a known key that does not verify condemns the note.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/crypto/crypto.h"
#include "sync/ledger/tree.h"

namespace sala::ledger {

inline constexpr std::size_t kNoteBytesMax = 16 * 1024;
inline constexpr std::size_t kNoteSignaturesMax = 16;

using KeyId = std::array<std::uint8_t, 4>;

enum class KeyType : std::uint8_t {
    kEd25519 = 0x01,      // signs the text itself
    kCosignature = 0x04,  // signs "cosignature/v1", a time and the text
};

// 1 to 255 printable ASCII characters, neither space nor plus (C2SP allows more; Sala's names are such).
bool is_key_name(std::string_view name);

// Who may sign, in C2SP's spelling "<name>+<8 hex>+<base64 of type byte and key>".
struct VerifierKey {
    std::string name;
    KeyType type;
    crypto::PublicKey key;

    KeyId id() const;
    std::string text() const;
    friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};

// Refuses NOTE-BAD-KEY: malformed, a type we do not know, or a hash that does not fit.
Result<VerifierKey> parse_verifier_key(std::string_view text);

struct NoteSignature {
    std::string name;
    KeyId key_id;
    Bytes blob;  // what follows the key id
    friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

struct Note {
    std::string text;  // ends in LF
    std::vector<NoteSignature> signatures;

    std::string bytes() const;
};

// Refuses NOTE-MALFORMED. Canonical: parse_note(x)->bytes() == x for every accepted x.
Result<Note> parse_note(std::string_view bytes);

NoteSignature sign_note(std::string_view text, const std::string& name, const crypto::SigningKey& key);

// A cosignature made at `unix_s` seconds since 1970 UTC.
NoteSignature cosign_note(std::string_view text, const std::string& name, const crypto::SigningKey& key,
                          std::uint64_t unix_s);

enum class NoteCheck { kValid, kAbsent, kForged };

// Whether the note carries this key's signature. `time_s`, if given, receives the time of a valid
// cosignature, which is below 2^53.
NoteCheck check_note(const Note& note, const VerifierKey& key, std::uint64_t* time_s = nullptr);

// C2SP tlog-checkpoint: three lines, no extensions.
struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Hash root{};

    std::string text() const;
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// Refuses NOTE-NOT-A-CHECKPOINT.
Result<Checkpoint> parse_checkpoint(std::string_view text);

// ---- names ----

// 26 base32 letters of SHA-256(public key): stands on the kiosk's case, and CODE of `sala-office enrol`.
std::string device_code(const crypto::PublicKey& key);
bool is_device_code(std::string_view text);

// "<office domain>/sala/<device code>": origin and key name of a kiosk's log.
std::string log_origin(std::string_view domain, std::string_view code);

// "<office domain>/sala/office": key name of the office's cosignature.
std::string office_key_name(std::string_view domain);

}  // namespace sala::ledger
