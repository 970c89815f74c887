// make_office DATA DB KEYS: the report database of an office that took in, day by day, what the kiosk of DATA
// wrote in years, for tests/bench. Each day came as a bundle of its own.
#include <fmt/format.h>

#include <cstdio>

#include "kiosk/store/exporter.h"
#include "sync/office/administration.h"
#include "sync/office/ingest.h"
#include "tests/bench/bench_tools.h"

namespace {

using namespace sala;
using bench::take;

constexpr std::uint64_t kNow_s = 2'100'000'000;

class DailyBundles {
  public:
    DailyBundles(const record::Office& office, crypto::SigningKey key, office::ReportDb& database,
                 const office::OfficeKey& office_key)
        : office_(office), key_(std::move(key)), database_(database), office_key_(office_key) {}

    Result<void> line(std::string_view raw) {
        lines_.emplace_back(raw);
        if (raw.find("\"kind\":\"day_closed\"") == std::string_view::npos) return {};
        return send();
    }
    Result<void> send() {
        if (lines_.empty()) return {};
        ledger::Frontier next = frontier_;
        for (const std::string& raw : lines_) next.append(ledger::leaf_hash(raw));
        const std::string bytes =
            ledger::write_bundle({office_.id, office_.domain, frontier_, std::move(lines_), cosigned_}, key_);
        const Result<office::Receipt> receipt = office::ingest(database_, office_key_, bytes, kNow_s);
        if (!receipt) return receipt.error();
        cosigned_ = receipt->cosigned;
        frontier_ = next;
        lines_.clear();
        ++sent_;
        return {};
    }
    std::uint64_t sent() const { return sent_; }

  private:
    const record::Office& office_;
    crypto::SigningKey key_;
    office::ReportDb& database_;
    const office::OfficeKey& office_key_;
    ledger::Frontier frontier_;
    std::vector<std::string> lines_;
    std::string cosigned_;
    std::uint64_t sent_ = 0;
};

void make(const char* data, const char* url, const char* keys) {
    const record::LoadedOffice loaded = record::load_office(SALA_SOURCE_DIR "/assets/demo/office.toml");
    if (!loaded.office) bench::give_up("the demo office could not be read");
    const auto folder = take(kiosk::DataFolder::lock(data));
    auto key = take(folder.key());
    if (!key) bench::give_up("the kiosk has no key");
    take(office::init_office(url, keys, *loaded.office, loaded.bytes));
    auto database = take(office::ReportDb::open(url, office::Access::kWrite));
    const auto office_key = take(office::keys_of(take(database.office()), keys));
    take(office::enrol(database, ledger::device_code(key->public_key()), "bench", ""));
    auto journal = take(sqlite::Database::open(kiosk::database_path(data), sqlite::OpenMode::kReadOnly));
    DailyBundles bundles(*loaded.office, std::move(*key), database, office_key);
    take(kiosk::each_line(journal, 0, std::uint64_t{1} << 52,
                          [&](std::string_view raw) { return bundles.line(raw); }));
    take(bundles.send());
    fmt::print("{} bundles\n", bundles.sent());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 4) return bench::exit_code_of([&] { make(argv[1], argv[2], argv[3]); });
    std::fputs("usage: make_office DATA DB KEYS\n", stderr);
    return 2;
}
