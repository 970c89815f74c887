#include "kiosk/store/witness_notes.h"

#include <fmt/format.h>

#include "kiosk/store/on_store.h"
#include "sync/ledger/witnessing.h"

namespace sala::kiosk {
namespace {

constexpr std::uint64_t kLinesOfAJob = 500;

Error ahead(std::uint64_t held, std::uint64_t size) {
    return {"WITNESS-AHEAD",
            fmt::format("พยานเคยรับรองบันทึกของตู้นี้ถึงรายการที่ {} แต่ในตู้มีถึง {} ข้อมูลในตู้อาจถูกย้อนกลับ โปรดแจ้งผู้ดูแลระบบ",
                        held, size),
            fmt::format("the witness has cosigned {} lines of this kiosk, which has {}; its data may have "
                        "been rolled back: call the administrator",
                        held, size)};
}

Error not_vouched(const std::string& name) {
    return {"WITNESS-BAD-COSIGNATURE",
            fmt::format("ลายเซ็นของพยาน {} ไม่ถูกต้อง โปรดตรวจ vkey ใน office.toml กับพยาน", name),
            fmt::format("what the witness {} answered is not signed by its key; compare the vkey in "
                        "office.toml with the witness's own",
                        name)};
}

std::string setting_of(const std::string& witness_name) { return "witness " + witness_name; }

// How many lines the witness cosigned last, as far as we know.
Result<std::uint64_t> cosigned_by(sqlite::Database& database, const std::string& witness_name) {
    const Result<std::string> text = witnessed_note(database, witness_name);
    if (!text) return text.error();
    if (text->empty()) return 0;
    const Result<ledger::Note> note = ledger::parse_note(*text);
    const Result<ledger::Checkpoint> checkpoint =
        note ? ledger::parse_checkpoint(note->text) : Result<ledger::Checkpoint>(note.error());
    return checkpoint ? checkpoint->size : 0;
}

// What stands at the beginning of a proof: the old tree's edge, and the new checkpoint.
struct Ends {
    ledger::Frontier old;
    ledger::Frontier now;
    ledger::Note checkpoint;
};

Result<Ends> read_ends(Store& store, const std::string& witness_name, std::optional<std::uint64_t> held) {
    if (!held) {
        const Result<std::uint64_t> known = cosigned_by(store.database(), witness_name);
        if (!known) return known.error();
        held = *known;
    }
    const Position& at = store.position();
    if (*held > at.tree.size()) return ahead(*held, at.tree.size());
    Result<ledger::Frontier> old = tree_at(store.database(), *held);
    if (!old) return old.error();
    return Ends{*std::move(old), at.tree,
                ledger::signed_checkpoint(at.tree, at.state.start.origin, store.key())};
}

}  // namespace

Result<std::string> witnessed_note(sqlite::Database& database, const std::string& witness_name) {
    return read_setting(database, setting_of(witness_name));
}

Result<WitnessQuestion> question_for(const OnStore& on_store, const record::WitnessRoad& witness,
                                     std::optional<std::uint64_t> held) {
    const Result<ledger::VerifierKey> key = ledger::parse_verifier_key(witness.vkey);
    if (!key) return key.error();
    const Result<Ends> ends =
        ask_store<Ends>(on_store, [&](Store& store) { return read_ends(store, key->name, held); });
    if (!ends) return ends.error();
    const std::uint64_t old = ends->old.size(), size = ends->now.size();
    std::vector<ledger::Hash> leaves;
    // An empty tree begins every other: its proof is empty and needs no line.
    for (std::uint64_t at = old; at < size && old > 0; at = old + leaves.size()) {
        const std::uint64_t wanted = std::min(kLinesOfAJob, size - at);
        const auto lines = ask_store<std::vector<std::string>>(
            on_store, [&](Store& store) { return read_lines(store.database(), at, wanted); });
        if (!lines) return lines.error();
        if (lines->size() != wanted) return damaged_at(at);
        for (const std::string& line : *lines) leaves.push_back(ledger::leaf_hash(line));
    }
    const Result<ledger::Checkpoint> checkpoint = ledger::parse_checkpoint(ends->checkpoint.text);
    if (!checkpoint) return checkpoint.error();
    const ledger::WitnessRequest request{old, ledger::consistency_proof(ends->old, leaves), ends->checkpoint,
                                         *checkpoint};
    return WitnessQuestion{request.bytes(), old, size, ends->checkpoint};
}

Result<void> take_cosignature(const OnStore& on_store, const record::WitnessRoad& witness,
                              const WitnessQuestion& question, std::string_view signatures) {
    const Result<ledger::VerifierKey> key = ledger::parse_verifier_key(witness.vkey);
    if (!key) return key.error();
    // "The client MAY concatenate it to the checkpoint."
    Result<ledger::Note> note = ledger::parse_note(question.checkpoint.bytes() + std::string(signatures));
    std::uint64_t time_s = 0;
    if (!note || ledger::check_note(*note, *key, &time_s) != ledger::NoteCheck::kValid) {
        return not_vouched(key->name);
    }
    const Result<ledger::Checkpoint> checkpoint = ledger::parse_checkpoint(note->text);
    if (!checkpoint) return checkpoint.error();
    // Others' signatures say nothing to us.
    ledger::Note ours = question.checkpoint;
    for (const ledger::NoteSignature& signature : note->signatures) {
        if (signature.name == key->name && signature.key_id == key->id())
            ours.signatures.push_back(signature);
    }
    const auto taken = ask_store<bool>(on_store, [&](Store& store) -> Result<bool> {
        const Result<void> kept = store.change([&](Draft& draft) -> Result<void> {
            const ledger::Cosigned line{checkpoint->size, checkpoint->root, key->name, time_s};
            if (auto seq = draft.append(line); !seq) return seq.error();
            return write_setting(store.database(), setting_of(key->name), ours.bytes());
        });
        if (!kept) return kept.error();
        return true;
    });
    return taken ? Result<void>() : taken.error();
}

}  // namespace sala::kiosk
