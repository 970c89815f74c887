// The body of a witness's POST /add-checkpoint; what is judged good was proven.
#include "sync/ledger/witnessing.h"
#include "tests/fuzz/promise.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sala;
    const std::string_view text = text_of_input(data, size);
    const Result<ledger::WitnessRequest> request = ledger::parse_witness_request(text);
    if (!request) return 0;
    promise(request->bytes() == text, "a request is written as it was");
    static const crypto::SigningKey signer = crypto::SigningKey::from_seed({});
    const ledger::VerifierKey log{request->checkpoint.origin, ledger::KeyType::kEd25519, signer.public_key()};
    promise(ledger::judge(*request, log, {}) != ledger::Witnessing::kCosign, "nobody signs by chance");
    const ledger::Checkpoint& now = request->checkpoint;
    static_cast<void>(
        ledger::proves_consistency(request->proof, request->old_size, now.root, now.size, now.root));
    return 0;
}
