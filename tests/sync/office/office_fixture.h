// An office with its database and keys in a folder of its own, which goes with the test.
#pragma once

#include "platform/base/files.h"
#include "sync/office/administration.h"
#include "sync/office/ingest.h"
#include "tests/sync/office/engines.h"
#include "tests/sync/office/log_builder.h"
#include "tests/sync/office/temporary_folder.h"

namespace sala::office {

inline constexpr std::uint64_t kNow_s = 1'800'007'200;

inline record::Office sample_office() {
    const auto named = [](const char* text) { return record::Phrase{text, text}; };
    record::Office office;
    office.id = "banmai";
    office.domain = "banmai.example";
    office.name = named("อบต.บ้านใหม่");
    record::Service tax{"land-tax", named("ชำระภาษีที่ดิน")};
    record::Service waste{"waste", named("=ค่าขยะ")};
    record::Service birth{"birth", named("แจ้งเกิด")};
    office.divisions = {{"finance", named("กองคลัง"), 'B', {tax, waste}},
                        {"clerk", named("สำนักปลัด"), 'A', {birth}}};
    office.counters = {{"c1", named("ช่อง 1"), "finance"}};
    return office;
}

// What stays for ever of what is refused.
inline const std::vector<std::string> kKeptOfRefusals = {"fork_bundle", "incident"};

// Ingest runs as a role that may insert and read only; what needs the owner is done by `owner_`.
class OfficeTest : public testing::TestWithParam<Engine> {
  protected:
    void SetUp() override {
        const auto made = init_office(url_, keys_, sample_office(), "[office]\n");
        ASSERT_TRUE(made) << made.error().line();
        auto owner = ReportDb::open(url_, Access::kWrite);
        ASSERT_TRUE(owner) << owner.error().line();
        owner_.emplace(*std::move(owner));
        if (place_.on_a_server()) {
            const Result<void> granted = owner_->grant_to(kIngestRole);
            ASSERT_TRUE(granted) << granted.error().line();
        }
        auto opened = ReportDb::open(place_.ingest_url, Access::kWrite);
        ASSERT_TRUE(opened) << opened.error().line();
        database_.emplace(*std::move(opened));
        key_.emplace(*keys_of(*database_->office(), keys_));
    }

    void enrol_kiosk(const LogBuilder& log) {
        const Result<void> done = enrol(*owner_, log.code(), "โถงหน้า", "");
        ASSERT_TRUE(done) << done.error().line();
    }

    Result<Receipt> take(const std::string& bundle) { return ingest(*database_, *key_, bundle, kNow_s); }

    // The code with which the bundle is refused; empty when it is not. What is refused must change nothing
    // but what is kept of refusals.
    std::string refusal(const std::string& bundle) {
        const std::string before = dump(url_), without = dump(url_, kKeptOfRefusals);
        const Result<Receipt> receipt = take(bundle);
        if (receipt) return "";
        const bool kept = receipt.error().code == "BUNDLE-FORK" || receipt.error().code == "BUNDLE-BEHIND";
        EXPECT_EQ(kept ? without : before, dump(url_, kept ? kKeptOfRefusals : std::vector<std::string>()))
            << receipt.error().line();
        EXPECT_NE(receipt.error().thai, "");
        EXPECT_NE(receipt.error().english, "");
        return receipt.error().code;
    }

    TemporaryFolder folder_;
    Place place_{GetParam()};
    const std::string& url_ = place_.url;
    std::filesystem::path keys_ = folder_.path() / "keys";
    std::optional<ReportDb> owner_, database_;
    std::optional<OfficeKey> key_;
};

}  // namespace sala::office
