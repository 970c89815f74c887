// A line of the journal has one spelling: what is read is written again as the same bytes.
#include "sync/ledger/line.h"
#include "sync/ledger/line_values.h"
#include "tests/fuzz/promise.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sala;
    const std::string_view text = text_of_input(data, size);
    const Result<ledger::Line> line = ledger::parse_line(text);
    if (!line) return 0;
    promise(ledger::write_line(*line) == text, "a line that is read is written as it was");
    static_cast<void>(ledger::broken_value(*line));
    return 0;
}
