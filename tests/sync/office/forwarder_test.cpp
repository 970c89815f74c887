// An office that passes on what it has taken in to a province: a real gateway with a database of its own.
#include "sync/office/forwarder.h"

#include "sync/office/audit.h"
#include "sync/office/serve.h"
#include "tests/sync/courier/cutting_proxy.h"
#include "tests/sync/office/office_fixture.h"
#include "tests/sync/office/office_server.h"

namespace sala::office {
namespace {

namespace fs = std::filesystem;

constexpr const char* kProvince = "rayong.example/sala/province";
constexpr std::int64_t kHourMs = 3'600'000;

class ForwarderTest : public OfficeTest {
  protected:
    void SetUp() override {
        OfficeTest::SetUp();
        province_.emplace(folder_.path() / "province", sample_office(), kProvince);
        enrol_kiosk(log_);
        province_->enrol_device(log_.code());
        log_.whole_day(20270115);
        first_ = log_.size();
        log_.whole_day(20270118);
    }
    void TearDown() override {
        forwarder_.reset();
        province_.reset();
        OfficeTest::TearDown();
    }

    void take_both() {
        ASSERT_TRUE(take(log_.bundle(0, first_)));
        ASSERT_TRUE(take(log_.bundle(first_, log_.size())));
    }
    void start(std::optional<std::uint16_t> port = {}) {
        const record::SyncRoad road = province_->road(port.value_or(province_->port()));
        forwarder_.emplace(ForwardSettings{.db = url_,
                                           .notes = notes_,
                                           .province = {road.url, road.pin},
                                           .office = "banmai.example",
                                           .seed = 1,
                                           .now_ms = [this] { return now_ms_.load(); },
                                           .log =
                                               [this](const std::string& line) {
                                                   const std::lock_guard lock(mutex_);
                                                   said_ += line + "\n";
                                                   notes_seen_.push_back(note());
                                               }});
    }
    // The clock goes on by `step` until it is so, or for `limit`.
    bool becomes(const std::function<bool()>& so, std::int64_t limit_ms = 2 * kHourMs) {
        for (std::int64_t passed = 0; passed < limit_ms; passed += 20'000) {
            now_ms_ += 20'000;
            forwarder_->nudge();
            for (int looks = 0; looks < 10; ++looks) {
                if (so()) return true;
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        }
        return so();
    }
    std::uint64_t province_has(const LogBuilder& log) {
        return ReportDb::open(province_->url(), Access::kRead)->head("banmai", log.code())->tree.size();
    }
    bool province_has_all() { return province_has(log_) == log_.size(); }
    std::string note() {
        const auto bytes = read_file(notes_ / (log_.code() + ".note"), ledger::kNoteBytesMax);
        return bytes ? *bytes : "";
    }
    bool noted(std::uint64_t size) { return note().find(fmt::format("\n{}\n", size)) != std::string::npos; }
    bool has_said(const std::string& text) {
        const std::lock_guard lock(mutex_);
        return said_.find(text) != std::string::npos;
    }
    static std::vector<std::string> evidence(const std::string& url, const LogBuilder& log) {
        std::vector<std::string> all;
        Result<ReportDb> database = ReportDb::open(url, Access::kRead);
        for (std::uint64_t at = 0;;) {
            const auto next = database->next_bundle("banmai", log.code(), at);
            if (!next || !*next) return all;
            at = (*next)->to;
            all.push_back((*next)->bytes);
        }
    }
    audit::AuditReport audited_with_the_note() {
        const auto heads = audit::read_outside_heads(note(), "province.note");
        EXPECT_TRUE(heads) << heads.error().line();
        return *audit_office(*database_, *heads, static_cast<std::int64_t>(kNow_s));
    }

    LogBuilder log_;
    std::uint64_t first_ = 0;
    fs::path notes_ = keys_ / "forwarded";
    std::atomic<std::int64_t> now_ms_ = 1'000'000;
    std::mutex mutex_;
    std::string said_;
    std::vector<std::string> notes_seen_;  // as it lay there when something was said
    std::optional<OfficeServer> province_;
    std::optional<Forwarder> forwarder_;
};

TEST_P(ForwarderTest, TheProvinceHoldsTheSameBytes) {
    take_both();
    start();
    ASSERT_TRUE(becomes([&] { return noted(log_.size()); })) << said_;
    EXPECT_EQ(evidence(province_->url(), log_), evidence(url_, log_));
    EXPECT_EQ(evidence(url_, log_).size(), 2u);
}

TEST_P(ForwarderTest, WhatTheProvinceCosignedIsHeldOutsideTheOffice) {
    take_both();
    EXPECT_EQ(audit_office(*database_, {}, kNow_s)->logs.at(0).held.at(0).by, audit::HeldBy::kOffice);
    start();
    ASSERT_TRUE(becomes([&] { return noted(log_.size()); })) << said_;
    const audit::AuditReport report = audited_with_the_note();
    EXPECT_EQ(report.breaks(), 0u);
    ASSERT_EQ(report.logs.at(0).held.size(), 1u);
    EXPECT_EQ(report.logs.at(0).held.at(0).by, audit::HeldBy::kOutside);
    EXPECT_EQ(report.logs.at(0).held.at(0).to, log_.size());
    // Under the province's own name and key, which lies beside the notes.
    const auto key =
        ledger::parse_verifier_key(read_file(notes_ / "province.vkey", 256)
                                       ->substr(0, read_file(notes_ / "province.vkey", 256)->find('\n')));
    ASSERT_TRUE(key);
    EXPECT_EQ(key->name, kProvince);
    EXPECT_EQ(ledger::check_note(*ledger::parse_note(note()), *key), ledger::NoteCheck::kValid);
}

TEST_P(ForwarderTest, AProvinceThatWasAwayGetsEverythingWhenItComes) {
    take_both();
    province_->stop();
    start();
    EXPECT_FALSE(becomes([&] { return noted(first_); }, 3 * kHourMs));
    EXPECT_TRUE(has_said("HTTP-NO-ANSWER"));
    province_->start();
    EXPECT_TRUE(becomes([&] { return noted(log_.size()); })) << said_;
    EXPECT_TRUE(province_has_all());
}

TEST_P(ForwarderTest, ALostReplyCountsOnce) {
    ASSERT_TRUE(take(log_.bundle(0, first_)));
    courier::CuttingProxy proxy(province_->port());
    start(proxy.port());
    ASSERT_TRUE(becomes([&] { return noted(first_); })) << said_;
    while (proxy.ended() < 1) std::this_thread::yield();
    // All but the end of the reply gets through.
    proxy.cut_after(courier::kNever, proxy.down() - 200);
    ASSERT_TRUE(take(log_.bundle(first_, log_.size())));
    ASSERT_TRUE(becomes([&] { return has_said("-UNKNOWN"); })) << said_;
    EXPECT_TRUE(province_has_all());
    EXPECT_FALSE(noted(log_.size()));
    proxy.cut_after(courier::kNever, courier::kNever);
    EXPECT_TRUE(becomes([&] { return noted(log_.size()); })) << said_;
    EXPECT_EQ(evidence(province_->url(), log_), evidence(url_, log_));
}

TEST_P(ForwarderTest, ARestartSendsNothingTwice) {
    take_both();
    start();
    ASSERT_TRUE(becomes([&] { return noted(log_.size()); })) << said_;
    const int requests = province_->requests();
    forwarder_.reset();
    start();
    EXPECT_FALSE(becomes([&] { return province_->requests() != requests; }, kHourMs / 2));
}

TEST_P(ForwarderTest, AProvinceThatLostItsDatabaseIsFilledAgainAndTheLargerNoteStays) {
    take_both();
    start();
    ASSERT_TRUE(becomes([&] { return noted(log_.size()); })) << said_;
    province_->stop();
    for (const char* file : {"office.db", "office.db-wal", "office.db-shm"})
        fs::remove(folder_.path() / "province" / file);
    ASSERT_TRUE(init_office(province_->url(), province_->keys(), sample_office(), "[office]\n", kProvince));
    province_->enrol_device(log_.code());
    province_->start();
    const std::uint64_t before = log_.size();
    const std::string larger = note();
    {
        const std::lock_guard lock(mutex_);
        notes_seen_.clear();
    }
    EXPECT_FALSE(becomes([&] { return !noted(before); }, kHourMs / 2));
    log_.whole_day(20270119);
    ASSERT_TRUE(take(log_.bundle(before, log_.size())));
    EXPECT_TRUE(becomes([&] { return noted(log_.size()); })) << said_;
    EXPECT_EQ(evidence(province_->url(), log_), evidence(url_, log_));
    forwarder_.reset();
    ASSERT_EQ(notes_seen_.size(), 3u) << said_;
    EXPECT_EQ(notes_seen_[0], larger) << "while the first bundle was there again";
    EXPECT_EQ(notes_seen_[1], larger);
    EXPECT_NE(notes_seen_[2], larger);
}

TEST_P(ForwarderTest, AKioskThatTheProvinceDoesNotKnowBlocksNoOther) {
    LogBuilder other(2), third(3);
    for (LogBuilder* log : {&other, &third}) {
        log->whole_day(20270115);
        enrol_kiosk(*log);
        ASSERT_TRUE(take(log->bundle()));
    }
    province_->enrol_device(third.code());
    take_both();
    start();
    EXPECT_TRUE(becomes([&] { return province_has_all() && province_has(third) == third.size(); })) << said_;
    EXPECT_TRUE(becomes([&] { return has_said("BUNDLE-NOT-ENROLLED"); })) << said_;
    EXPECT_EQ(province_has(other), 0u);
    province_->enrol_device(other.code());
    EXPECT_TRUE(becomes([&] { return province_has(other) == other.size(); })) << said_;
}

TEST_P(ForwarderTest, AnOfficeThatLosesLinesIsFoundByTheNote) {
    take_both();
    start();
    ASSERT_TRUE(becomes([&] { return noted(log_.size()); })) << said_;
    forwarder_.reset();
    // The same office with the same keys, brought back from before the second day.
    const std::string old = folder_.path() / "old.db";
    ASSERT_TRUE(init_office(old, keys_, sample_office(), "[office]\n"));
    database_.emplace(*ReportDb::open(old, Access::kWrite));
    ASSERT_TRUE(enrol(*database_, log_.code(), "โถงหน้า", ""));
    ASSERT_TRUE(take(log_.bundle(0, first_)));
    const audit::AuditReport report = audited_with_the_note();
    EXPECT_GT(report.breaks(), 0u);
    EXPECT_EQ(report.logs.at(0).held.back().by, audit::HeldBy::kNobody);
}

TEST(Road, IsWrittenAsInTheKiosksOwnFile) {
    const std::string pin = "sha256//ff7hEoGWLkEq+ZhylKcv7WhnPELm0919BXxIFATtZ9E=";
    EXPECT_TRUE(parse_road("https://10.0.0.5:8443", pin));
    for (const char* url : {"", "10.0.0.5:8443", "http://10.0.0.5", "https://a.example/bundle"})
        EXPECT_FALSE(parse_road(url, pin)) << url;
    EXPECT_FALSE(parse_road("https://10.0.0.5:8443", ""));
}

SALA_ON_BOTH_ENGINES(ForwarderTest);

}  // namespace
}  // namespace sala::office
