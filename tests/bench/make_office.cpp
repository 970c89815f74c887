// make_office DATA DB KEYS: the report database of an office that took in, day by day, what the kiosk of DATA
// wrote in years, for tests/bench. Each day came as a bundle of its own.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "kiosk/store/exporter.h"
#include "sync/office/administration.h"
#include "sync/office/ingest.h"
#include "tests/fakes/hand_clock.h"

namespace {

using namespace sala;

constexpr std::uint64_t kNow_s = 2'100'000'000;

template <typename T>
T take(Result<T> result) {
    if (!result) {
        std::fputs((result.error().line() + "\n").c_str(), stderr);
        std::exit(1);
    }
    return *std::move(result);
}

void take(const Result<void>& result) {
    if (result) return;
    std::fputs((result.error().line() + "\n").c_str(), stderr);
    std::exit(1);
}

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

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("make_office DATA DB KEYS\n", stderr);
        return 2;
    }
    const record::LoadedOffice loaded = record::load_office(SALA_SOURCE_DIR "/assets/demo/office.toml");
    if (!loaded.office) return 1;
    const auto folder = take(kiosk::DataFolder::lock(argv[1]));
    auto key = take(folder.key());
    if (!key) return 1;
    take(office::init_office(argv[2], argv[3], *loaded.office, loaded.bytes));
    auto database = take(office::ReportDb::open(argv[2], office::Access::kWrite));
    const auto office_key = take(office::keys_of(take(database.office()), argv[3]));
    take(office::enrol(database, ledger::device_code(key->public_key()), "bench", ""));
    auto journal = take(sqlite::Database::open(kiosk::database_path(argv[1]), sqlite::OpenMode::kReadOnly));
    DailyBundles bundles(*loaded.office, std::move(*key), database, office_key);
    take(kiosk::each_line(journal, 0, std::uint64_t{1} << 52,
                          [&](std::string_view raw) { return bundles.line(raw); }));
    take(bundles.send());
    fmt::print("{} bundles\n", bundles.sent());
    return 0;
}
