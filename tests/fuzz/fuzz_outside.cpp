// What somebody typed or photographed for the audit.
#include "sync/audit/outside_head.h"
#include "tests/fuzz/promise.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sala;
    const auto heads = audit::read_outside_heads(text_of_input(data, size), "file");
    if (!heads) return 0;
    for (const audit::OutsideHead& head : *heads)
        promise(head.letters.size() == 16, "a head has sixteen letters");
    return 0;
}
