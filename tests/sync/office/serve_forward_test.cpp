// Two processes: an office that forwards, and its province.
#include <thread>

#include "sync/courier/courier.h"
#include "sync/courier/schedule.h"
#include "tests/sync/office/office_fixture.h"
#include "tests/sync/office/office_process.h"

namespace sala::office {
namespace {

namespace fs = std::filesystem;

// One office, with a database of its own and one at the province.
class ServeForward : public testing::Test {
  protected:
    void SetUp() override {
        // One that begins at once: when within a minute an office begins hangs on its name.
        while (courier::start_jitter_ms(office_.domain) > 300)
            office_.domain = fmt::format("banmai{}.example", ++tries_);
        log_.emplace(1, office_.id, office_.domain);
        log_->whole_day(20270115);
        ASSERT_TRUE(init_office(own_ / "office.db", own_ / "keys", office_, "[office]\n"));
        ASSERT_TRUE(init_office(province_ / "office.db", province_ / "keys", office_, "[office]\n",
                                "rayong.example/sala/province"));
        for (const fs::path& place : {own_, province_}) {
            auto database = ReportDb::open(place / "office.db", Access::kWrite);
            ASSERT_TRUE(enrol(*database, log_->code(), "โถงหน้า", ""));
        }
    }
    static fs::path made(const fs::path& folder) {
        fs::create_directories(folder);
        return folder;
    }
    static std::vector<std::string> serve(const fs::path& place, std::vector<std::string> more = {}) {
        std::vector<std::string> words = {"serve",        "--db",     place / "office.db", "--keys",
                                          place / "keys", "--listen", "127.0.0.1:0"};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    // The address stands between "ready on " and the semicolon.
    static courier::Road road(const OfficeProcess& process) {
        const std::string& said = process.said();
        const std::size_t from = said.find("(ready on ") + 10;
        return {"https://" + said.substr(from, said.find(';', from) - from), process.printed("pin")};
    }

    TemporaryFolder folder_;
    int tries_ = 0;
    record::Office office_ = sample_office();
    fs::path own_ = made(folder_.path() / "own"), province_ = made(folder_.path() / "province");
    std::optional<LogBuilder> log_;
};

TEST_F(ServeForward, WhatAKioskSendsArrivesAtTheProvince) {
    const std::string ready = "=\"\n";
    OfficeProcess province(serve(province_), ready);
    const courier::Road upward = road(province);
    OfficeProcess office(serve(own_, {"--forward", upward.url, "--forward-pin", upward.pin}), ready);
    const courier::Verdict sent =
        courier::deliver(road(office), log_->bundle(), [](std::size_t) { return true; });
    ASSERT_TRUE(std::holds_alternative<courier::Delivered>(sent)) << office.said();
    const fs::path note = own_ / "keys/forwarded" / (log_->code() + ".note");
    for (int looks = 0; looks < 1200 && !fs::exists(note); ++looks)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ASSERT_TRUE(fs::exists(note));
    auto held =
        ReportDb::open(province_ / "office.db", Access::kRead)->next_bundle(office_.id, log_->code(), 0);
    ASSERT_TRUE(held && *held);
    EXPECT_EQ((*held)->bytes, log_->bundle());
    EXPECT_EQ(office.end(), 0);
    EXPECT_EQ(province.end(), 0);
}

TEST_F(ServeForward, TheAddressIsRefusedWhereItIsNone) {
    const auto code = [&](std::vector<std::string> more) {
        OfficeProcess process(serve(own_, std::move(more)), "nothing that it says");
        return process.end();
    };
    EXPECT_EQ(code({"--forward", "https://a.example"}), 2) << "no pin";
    EXPECT_EQ(code({"--forward", "a.example", "--forward-pin", "sha256//x"}), 2);
}

}  // namespace
}  // namespace sala::office
