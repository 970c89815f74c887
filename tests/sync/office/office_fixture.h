// An office with its database and keys in a folder of its own, which goes with the test.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>

#include "platform/base/files.h"
#include "sync/office/administration.h"
#include "sync/office/ingest.h"
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

// Every row of every table, in order.
inline std::string dump(const std::string& path) {
    auto database = sqlite::Database::open(path, sqlite::OpenMode::kReadOnly);
    if (!database) return database.error().line();
    const auto column = [&](const std::string& sql) {
        std::vector<std::string> values;
        auto query = database->prepare(sql);
        EXPECT_TRUE(query) << sql;
        while (query && *query->step()) values.emplace_back(query->text(0));
        return values;
    };
    std::string out;
    for (const std::string& table :
         column("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
        std::string row;
        for (const std::string& name :
             column(fmt::format("SELECT name FROM pragma_table_info('{}')", table))) {
            row += fmt::format("{}quote({})", row.empty() ? "" : " || ',' || ", name);
        }
        out += table + "\n";
        for (const std::string& line : column(fmt::format("SELECT {} FROM {} ORDER BY 1", row, table))) {
            out += "  " + line + "\n";
        }
    }
    return out;
}

class OfficeTest : public testing::Test {
  protected:
    void SetUp() override {
        const auto made = init_office(url_, keys_, sample_office(), "[office]\n");
        ASSERT_TRUE(made) << made.error().line();
        database_.emplace(*ReportDb::open(url_, Access::kWrite));
        key_.emplace(*keys_of(*database_->office(), keys_));
    }

    void enrol_kiosk(const LogBuilder& log) {
        const Result<void> done = enrol(*database_, log.code(), "โถงหน้า", "");
        ASSERT_TRUE(done) << done.error().line();
    }

    Result<Receipt> take(const std::string& bundle) { return ingest(*database_, *key_, bundle, kNow_s); }

    // The code with which the bundle is refused; empty when it is not. What is refused must change nothing.
    std::string refusal(const std::string& bundle) {
        const std::string before = dump(url_);
        const Result<Receipt> receipt = take(bundle);
        if (receipt) return "";
        EXPECT_EQ(before, dump(url_)) << receipt.error().line();
        EXPECT_NE(receipt.error().thai, "");
        EXPECT_NE(receipt.error().english, "");
        return receipt.error().code;
    }

    TemporaryFolder folder_;
    std::string url_ = folder_.path() / "office.db";
    std::filesystem::path keys_ = folder_.path() / "keys";
    std::optional<ReportDb> database_;
    std::optional<OfficeKey> key_;
};

}  // namespace sala::office
