#include "sync/ledger/witnessing.h"

#include <charconv>

namespace sala::ledger {
namespace {

constexpr std::string_view kOld = "old ";

Error malformed(const char* why) {
    return {
        "WITNESS-MALFORMED", "คำขอให้เป็นพยานไม่ถูกรูปแบบ โปรดปรับรุ่นโปรแกรมของผู้ส่งแล้วส่งใหม่",
        fmt::format("the request to a witness is malformed ({}); update the sender's program and send again",
                    why)};
}

// Takes a line off the front, without its LF; nothing where there is none.
std::optional<std::string_view> take_line(std::string_view& bytes) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) return {};
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end + 1);
    return line;
}

}  // namespace

std::string WitnessRequest::bytes() const {
    std::string out = fmt::format("{}{}\n", kOld, old_size);
    for (const Hash& hash : proof) out += crypto::to_base64(hash) + "\n";
    return out + "\n" + note.bytes();
}

Result<WitnessRequest> parse_witness_request(std::string_view bytes) {
    if (bytes.size() > kWitnessRequestBytesMax) return malformed("it is too long");
    std::string_view rest = bytes;
    const std::optional<std::string_view> old = take_line(rest);
    if (!old || !old->starts_with(kOld)) return malformed("it does not begin with the old size");
    WitnessRequest request;
    const std::string_view size = old->substr(kOld.size());
    const auto [end, bad] = std::from_chars(size.data(), size.data() + size.size(), request.old_size);
    if (bad != std::errc() || fmt::format("{}", request.old_size) != size) return malformed("bad old size");
    for (;;) {
        const std::optional<std::string_view> line = take_line(rest);
        if (!line) return malformed("no empty line ends the proof");
        if (line->empty()) break;
        const auto hash = crypto::array_from_base64<32>(*line);
        if (!hash) return malformed("a line of the proof is not a hash");
        if (request.proof.size() == kProofHashesMax) return malformed("the proof is too long");
        request.proof.push_back(*hash);
    }
    Result<Note> note = parse_note(rest);
    if (!note) return note.error();
    Result<Checkpoint> checkpoint = parse_checkpoint(note->text);
    if (!checkpoint) return checkpoint.error();
    request.note = *std::move(note);
    request.checkpoint = *std::move(checkpoint);
    return request;
}

Witnessing judge(const WitnessRequest& request, const VerifierKey& log,
                 const std::optional<Checkpoint>& held) {
    const Checkpoint& now = request.checkpoint;
    const bool of_this_log = now.origin == log.name && (!held || held->origin == now.origin);
    if (!of_this_log || check_note(request.note, log) != NoteCheck::kValid) return Witnessing::kNotSigned;
    if (request.old_size > now.size) return Witnessing::kOldIsLarger;
    if (request.old_size != (held ? held->size : 0)) return Witnessing::kConflict;
    if (held && now.size == held->size && now.root != held->root) return Witnessing::kConflict;
    const Hash before = held ? held->root : Frontier().root();
    const bool grew = proves_consistency(request.proof, request.old_size, before, now.size, now.root);
    return grew ? Witnessing::kCosign : Witnessing::kInconsistent;
}

}  // namespace sala::ledger
