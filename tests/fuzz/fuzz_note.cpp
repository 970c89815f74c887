// A signed note, a checkpoint, a verifier key: each has one spelling.
#include "sync/ledger/note.h"
#include "tests/fuzz/promise.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sala;
    const std::string_view text = text_of_input(data, size);
    const Result<ledger::VerifierKey> key = ledger::parse_verifier_key(text);
    promise(!key || key->text() == text, "a verifier key is written as it was");
    const Result<ledger::Note> note = ledger::parse_note(text);
    if (!note) return 0;
    promise(note->bytes() == text, "a note is written as it was");
    static const crypto::SigningKey signer = crypto::SigningKey::from_seed({});
    const ledger::VerifierKey stranger{"banmai.example/sala/office", ledger::KeyType::kCosignature,
                                       signer.public_key()};
    promise(ledger::check_note(*note, stranger) != ledger::NoteCheck::kValid, "nobody signs by chance");
    const Result<ledger::Checkpoint> checkpoint = ledger::parse_checkpoint(note->text);
    promise(!checkpoint || checkpoint->text() == note->text, "a checkpoint is written as it was");
    return 0;
}
