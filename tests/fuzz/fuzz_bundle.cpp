// Whoever opens a bundle meets any bytes: from a stick, or as the body of POST /bundle. The input is taken as
// it is, and once more as a bundle whose length and signatures are right, so that what lies behind them is
// reached too.
#include "sync/ledger/bundle.h"
#include "sync/ledger/log_state.h"
#include "tests/fuzz/promise.h"

namespace {

using namespace sala;

void take(std::string_view bytes) {
    const Result<ledger::Bundle> bundle = ledger::open_bundle(bytes);
    if (!bundle) return promise(!bundle.error().code.empty(), "a refusal has a code");
    promise(bundle->raw.size() == bundle->lines.size() && bundle->lines.size() == bundle->leaves.size(),
            "lines, bytes and leaves match one another");
    promise(bundle->to() - bundle->from() == bundle->lines.size(), "a bundle holds the lines that it names");
    ledger::LogState state;
    for (const ledger::Line& line : bundle->lines) {
        if (!state.take(line)) break;
        promise(ledger::LogState::restore(state.save()) == state, "a state is read back as it was");
    }
}

// The input's lines as those of a log, properly hashed and signed.
void take_signed(std::string_view text) {
    static const crypto::SigningKey key = crypto::SigningKey::from_seed({});
    ledger::BundleDraft draft{"banmai", "banmai.example", {}, {}, ""};
    while (!text.empty() && draft.lines.size() < 100) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        draft.lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (!draft.lines.empty()) take(ledger::write_bundle(draft, key));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    take(sala::text_of_input(data, size));
    take_signed(sala::text_of_input(data, size));
    return 0;
}
