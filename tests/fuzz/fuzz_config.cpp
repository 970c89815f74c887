// office.toml: an office that can be used, or problems that can be read.
#include "sync/record/office.h"
#include "sync/record/text_rules.h"
#include "tests/fuzz/promise.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sala;
    const record::LoadedOffice loaded = record::parse_office(text_of_input(data, size), "office.toml");
    promise(loaded.office.has_value() == loaded.problems.empty(), "an office or problems, never both");
    for (const record::Problem& problem : loaded.problems) {
        const std::string text = problem.text();
        promise(text.find('\n') == std::string::npos, "a problem is one line");
        promise(record::line_of_bad_utf8(text) == 0, "a problem is UTF-8");
    }
    if (loaded.office) promise(!loaded.office->divisions.empty(), "an office has a division");
    return 0;
}
