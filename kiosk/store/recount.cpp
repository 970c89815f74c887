#include "kiosk/store/recount.h"

#include "kiosk/store/schema.h"

namespace sala::kiosk {
namespace {

// Between two steps no snapshot is held, so that the log can be cut after a close.
constexpr std::uint64_t kLinesOfAStep = 2'000;

}  // namespace

Result<crypto::Hash> recount_root(const std::filesystem::path& data, std::uint64_t size,
                                  const std::function<bool()>& go_on) {
    Result<sqlite::Database> database = open_store_database(data, sqlite::OpenMode::kReadOnly);
    if (!database) return database.error();
    ledger::Frontier tree;
    while (tree.size() < size) {
        if (!go_on())
            return Error{"TEST-STOPPED", "หยุดตรวจเพราะตู้บริการกำลังปิด",
                         "the test was stopped because the kiosk is shutting down"};
        const std::uint64_t end = std::min(size, tree.size() + kLinesOfAStep);
        const Result<void> read =
            each_line(*database, tree.size(), end, [&](std::string_view line) -> Result<void> {
                tree.append(ledger::leaf_hash(line));
                return {};
            });
        if (!read) return read.error();
        if (tree.size() != end) return damaged_at(tree.size());
    }
    return tree.root();
}

}  // namespace sala::kiosk
