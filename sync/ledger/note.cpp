#include "sync/ledger/note.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <charconv>
#include <cstring>

#include "sync/ledger/line.h"

namespace sala::ledger {
namespace {

constexpr std::string_view kDash = "\xe2\x80\x94 ";  // EM DASH and a space begin a signature line.

Error malformed(const char* what) {
    return {"NOTE-MALFORMED", "หลักฐานที่ลงนามไว้อ่านไม่ได้ โปรดใช้ไฟล์ต้นฉบับที่ไม่ถูกแก้ไข",
            fmt::format("the signed note cannot be read ({}); use the file as it was written", what)};
}

Error bad_key(const char* what) {
    return {"NOTE-BAD-KEY", "กุญแจตรวจสอบลายเซ็นไม่ถูกต้อง โปรดคัดลอกใหม่ให้ครบทุกตัวอักษร",
            fmt::format("the verifier key is not right ({}); copy it again, whole", what)};
}

KeyId key_id(std::string_view name, KeyType type, const crypto::PublicKey& key) {
    const std::uint8_t separator[] = {'\n', static_cast<std::uint8_t>(type)};
    const Hash hash = crypto::sha256({bytes_of(name), separator, key});
    KeyId id;
    std::copy_n(hash.begin(), id.size(), id.begin());
    return id;
}

std::string cosigned_message(std::string_view text, std::uint64_t unix_s) {
    return fmt::format("cosignature/v1\ntime {}\n{}", unix_s, text);
}

Result<NoteSignature> parse_signature(std::string_view line) {
    if (!line.starts_with(kDash)) return malformed("a signature line does not begin with an em dash");
    line.remove_prefix(kDash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !is_key_name(line.substr(0, space)))
        return malformed("bad key name");
    const std::optional<Bytes> bytes = crypto::from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() < 5) return malformed("bad signature");
    NoteSignature signature;
    signature.name = line.substr(0, space);
    std::copy_n(bytes->begin(), 4, signature.key_id.begin());
    signature.blob.assign(bytes->begin() + 4, bytes->end());
    return signature;
}

}  // namespace

bool is_key_name(std::string_view name) {
    if (name.empty() || name.size() > 255) return false;
    for (const char c : name) {
        if (c == '+' || static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f)
            return false;
    }
    return true;
}

KeyId VerifierKey::id() const { return key_id(name, type, key); }

std::string VerifierKey::text() const {
    Bytes typed = {static_cast<std::uint8_t>(type)};
    typed.insert(typed.end(), key.begin(), key.end());
    return fmt::format("{}+{}+{}", name, to_hex(id()), crypto::to_base64(typed));
}

Result<VerifierKey> parse_verifier_key(std::string_view text) {
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos) return bad_key("it has not three parts");
    const std::optional<Bytes> typed = crypto::from_base64(text.substr(second + 1));
    if (!typed || typed->size() != 33) return bad_key("the key part is not 33 bytes of base64");
    VerifierKey key;
    key.name = text.substr(0, first);
    if (!is_key_name(key.name)) return bad_key("bad name");
    if (typed->front() != 0x01 && typed->front() != 0x04) return bad_key("a type we do not know");
    key.type = static_cast<KeyType>(typed->front());
    std::copy_n(typed->begin() + 1, 32, key.key.begin());
    if (to_hex(key.id()) != text.substr(first + 1, second - first - 1))
        return bad_key("its hash does not fit");
    return key;
}

std::string Note::bytes() const {
    std::string out = text + "\n";
    for (const NoteSignature& signature : signatures) {
        Bytes blob(signature.key_id.begin(), signature.key_id.end());
        blob.insert(blob.end(), signature.blob.begin(), signature.blob.end());
        out += fmt::format("{}{} {}\n", kDash, signature.name, crypto::to_base64(blob));
    }
    return out;
}

Result<Note> parse_note(std::string_view bytes) {
    if (bytes.size() > kNoteBytesMax) return malformed("it is too long");
    for (const char c : bytes) {
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n') return malformed("it has control characters");
    }
    if (!simdjson::validate_utf8(bytes.data(), bytes.size())) return malformed("it is not UTF-8");
    const std::size_t split = bytes.rfind("\n\n");
    if (split == std::string_view::npos || !bytes.ends_with('\n')) return malformed("it has no signatures");
    Note note;
    note.text = bytes.substr(0, split + 1);
    std::string_view rest = bytes.substr(split + 2);
    while (!rest.empty()) {
        if (note.signatures.size() == kNoteSignaturesMax) return malformed("it has too many signatures");
        const std::size_t end = rest.find('\n');
        Result<NoteSignature> signature = parse_signature(rest.substr(0, end));
        if (!signature) return signature.error();
        note.signatures.push_back(*std::move(signature));
        rest.remove_prefix(end + 1);
    }
    if (note.signatures.empty()) return malformed("it has no signatures");
    return note;
}

NoteSignature sign_note(std::string_view text, const std::string& name, const crypto::SigningKey& key) {
    const crypto::Signature signature = key.sign(bytes_of(text));
    return {name, key_id(name, KeyType::kEd25519, key.public_key()),
            Bytes(signature.begin(), signature.end())};
}

NoteSignature cosign_note(std::string_view text, const std::string& name, const crypto::SigningKey& key,
                          std::uint64_t unix_s) {
    const crypto::Signature signature = key.sign(bytes_of(cosigned_message(text, unix_s)));
    Bytes blob;
    append_u64(blob, unix_s);
    blob.insert(blob.end(), signature.begin(), signature.end());
    return {name, key_id(name, KeyType::kCosignature, key.public_key()), std::move(blob)};
}

NoteCheck check_note(const Note& note, const VerifierKey& key, std::uint64_t* time_s) {
    const bool timed = key.type == KeyType::kCosignature;
    const std::size_t prefix = timed ? 8 : 0;
    const KeyId id = key.id();
    for (const NoteSignature& signature : note.signatures) {
        if (signature.name != key.name || signature.key_id != id) continue;
        if (signature.blob.size() != prefix + 64) return NoteCheck::kForged;
        std::uint64_t unix_s = 0;
        for (std::size_t i = 0; i < prefix; ++i) unix_s = unix_s << 8 | signature.blob[i];
        // A line of the journal must be able to tell the time.
        if (unix_s > static_cast<std::uint64_t>(kIntegerMax)) return NoteCheck::kForged;
        crypto::Signature bytes;
        std::copy_n(signature.blob.begin() + static_cast<std::ptrdiff_t>(prefix), bytes.size(),
                    bytes.begin());
        const std::string message = timed ? cosigned_message(note.text, unix_s) : note.text;
        if (!crypto::verify(key.key, bytes_of(message), bytes)) return NoteCheck::kForged;
        if (time_s != nullptr) *time_s = unix_s;
        return NoteCheck::kValid;
    }
    return NoteCheck::kAbsent;
}

std::string Checkpoint::text() const {
    return fmt::format("{}\n{}\n{}\n", origin, size, crypto::to_base64(root));
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
    Checkpoint checkpoint;
    const std::size_t first = text.find('\n');
    const std::size_t second = first == std::string_view::npos ? first : text.find('\n', first + 1);
    if (second != std::string_view::npos && text.ends_with('\n')) {
        const std::string_view size = text.substr(first + 1, second - first - 1);
        const std::string_view root = text.substr(second + 1, text.size() - second - 2);
        checkpoint.origin = text.substr(0, first);
        std::from_chars(size.data(), size.data() + size.size(), checkpoint.size);
        const auto hash = crypto::array_from_base64<32>(root);
        if (hash) checkpoint.root = *hash;
        // Writing it again settles all that is left: leading zeros, further lines, a number too large.
        if (hash && is_key_name(checkpoint.origin) && checkpoint.text() == text) return checkpoint;
    }
    return Error{"NOTE-NOT-A-CHECKPOINT", "หลักฐานนี้ไม่ใช่ยอดสรุปของบันทึก โปรดใช้ไฟล์ที่ตู้บริการหรือสำนักงานออกให้",
                 "the note is not a checkpoint of a log; use the file that a kiosk or an office wrote"};
}

std::string device_code(const crypto::PublicKey& key) { return to_base32(crypto::sha256(key), 26); }

bool is_device_code(std::string_view text) {
    return text.size() == 26 &&
           text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == std::string_view::npos;
}

std::string log_origin(std::string_view domain, std::string_view code) {
    return fmt::format("{}/sala/{}", domain, code);
}

std::string office_key_name(std::string_view domain) { return fmt::format("{}/sala/office", domain); }

}  // namespace sala::ledger
