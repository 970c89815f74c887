// The kiosk's store and a real gateway: what is sent is there once, and the kiosk knows it.
#include "kiosk/app/sending.h"

#include <algorithm>

#include "kiosk/app/commands.h"
#include "kiosk/store/officer_figures.h"
#include "kiosk/store/officer_lines.h"
#include "kiosk/store/rotation.h"
#include "platform/base/files.h"
#include "tests/kiosk/store/store_fixture.h"
#include "tests/sync/courier/cutting_proxy.h"
#include "tests/sync/office/office_server.h"

namespace sala::kiosk {
namespace {

namespace fs = std::filesystem;

class SendingTest : public StoreFixture {
  protected:
    void SetUp() override {
        StoreFixture::SetUp();
        server_.emplace(root_ / "office", office_);
        office_.sync = server_->road();
    }
    void TearDown() override {
        StoreFixture::TearDown();
        server_.reset();
    }
    void enrol() { server_->enrol_device(ledger::device_code(store().key().public_key())); }
    SendOutcome send() {
        return send_lines(directly_on(store()), [](int) { return true; });
    }
    // The code of why it was not sent; empty where it was.
    std::string refusal() {
        const SendOutcome outcome = send();
        const auto* not_sent = std::get_if<NotSent>(&outcome);
        return not_sent == nullptr ? "" : not_sent->error.code;
    }
    std::uint64_t cosigned() { return *cosigned_size(store().database()); }

    std::optional<office::OfficeServer> server_;
};

TEST_F(SendingTest, WhatWasSentIsThereAndKnownToBeAndNothingIsLeftToSend) {
    for (int i = 0; i < 6; ++i) rate(5);
    ASSERT_TRUE(store().close_day().ok());
    enrol();
    const std::uint64_t lines = store().position().tree.size();
    int last = -1;
    const SendOutcome outcome = send_lines(directly_on(store()), [&](int percent) {
        EXPECT_GE(percent, last);
        last = percent;
        return true;
    });
    const Sent* sent = std::get_if<Sent>(&outcome);
    ASSERT_NE(sent, nullptr) << std::get<NotSent>(outcome).error.line();
    EXPECT_EQ(sent->lines, lines);
    EXPECT_EQ(sent->cosigned_size, lines);
    EXPECT_EQ(last, 100);
    EXPECT_EQ(cosigned(), lines);
    EXPECT_EQ(server_->figures().ratings_cast, 6);
    EXPECT_EQ(lines_of<ledger::Cosigned>().size(), 1u);
    EXPECT_FALSE(*close_is_unsent(store()));
    const int requests = server_->requests();
    EXPECT_EQ(std::get<Sent>(send()).lines, 0u) << "the office's answer alone is not sent back for ever";
    EXPECT_EQ(server_->requests(), requests);
    rate(1);
    const std::uint64_t size = store().position().tree.size();
    EXPECT_EQ(std::get<Sent>(send()).lines, size - lines);
    EXPECT_EQ(server_->figures().ratings_cast, 7);
}

TEST_F(SendingTest, TheOfficersPageSaysThatTheOfficeHasAllUntilAVisitorComes) {
    const auto unsent = [&] { return read_day_figures(store())->unsent_lines; };
    for (int i = 0; i < 6; ++i) rate(5);
    enrol();
    EXPECT_EQ(unsent(), store().position().tree.size());
    ASSERT_EQ(refusal(), "");
    ASSERT_GT(store().position().tree.size(), cosigned());
    EXPECT_EQ(unsent(), 0u) << "the office's own answer is nothing that it lacks";
    ASSERT_TRUE(note_entered(store()).ok());
    clock_.pass_minutes(16);
    ASSERT_TRUE(store().tick().ok());
    ASSERT_GT(store().position().tree.size(), cosigned() + 2);
    EXPECT_EQ(unsent(), 0u);
    EXPECT_EQ(read_day_figures(store())->unsent_since, std::nullopt);
    rate(1);
    EXPECT_EQ(unsent(), store().position().tree.size() - cosigned());
}

TEST_F(SendingTest, AnEndedLogIsSentWithTheOneThatGoesOn) {
    for (int i = 0; i < 5; ++i) rate(5);
    ASSERT_TRUE(store().close_day().ok());
    enrol();
    Store going = *std::move(store_);
    store_.reset();
    const Result<Rotation> rotation = rotate(std::move(going), false);
    ASSERT_TRUE(rotation.ok()) << rotation.error().line();
    rate(4);
    enrol();
    EXPECT_EQ(refusal(), "");
    const office::Status status = *office::ReportDb::open(server_->url(), office::Access::kRead)->status();
    ASSERT_EQ(status.devices.size(), 2u);
    EXPECT_EQ(status.figures.ratings_cast, 6);
    EXPECT_EQ(std::ranges::count(status.devices, true, &office::DeviceStatus::ended), 1);
    const SendOutcome again = send();
    EXPECT_EQ(std::get<Sent>(again).lines, 0u) << "the ended log gets no line more, not even the answer";
}

TEST_F(SendingTest, AMissedCloseIsKnown) {
    EXPECT_FALSE(*close_is_unsent(store())) << "a new kiosk has missed nothing";
    rate(5);
    EXPECT_FALSE(*close_is_unsent(store()));
    ASSERT_TRUE(store().close_day().ok());
    EXPECT_TRUE(*close_is_unsent(store()));
}

TEST_F(SendingTest, EachRefusalIsNamedAndChangesNothing) {
    rate(5);
    EXPECT_EQ(refusal(), "BUNDLE-NOT-ENROLLED");
    EXPECT_FALSE(std::get<NotSent>(send()).again) << "trying again enrols nobody";
    server_->stop();
    EXPECT_EQ(refusal(), "HTTP-NO-ANSWER");
    EXPECT_TRUE(std::get<NotSent>(send()).again);
    EXPECT_EQ(cosigned(), 0u);
    store_.reset();
    office_.sync.reset();
    EXPECT_EQ(refusal(), "SEND-NO-ROAD");
}

TEST_F(SendingTest, AServerWithAnotherKeyGetsNothing) {
    rate(5);
    office_.sync->pin = "sha256//" + std::string(43, 'A') + "=";
    EXPECT_EQ(refusal(), "HTTP-WRONG-KEY");
    EXPECT_EQ(server_->requests(), 0);
}

TEST_F(SendingTest, AnOfficeOfAnotherCosigningKeyIsNotBelieved) {
    rate(5);
    enrol();
    const auto pinned = crypto::SigningKey::generate();
    const ledger::VerifierKey other{ledger::office_key_name(office_.domain), ledger::KeyType::kCosignature,
                                    pinned.public_key()};
    ASSERT_TRUE(write_setting(store().database(), "office_key", other.text()).ok());
    EXPECT_EQ(refusal(), "NOTE-BAD-SIGNATURE");
    EXPECT_EQ(cosigned(), 0u);
}

// Its newest lines are gone; the kiosk still has them, and sends them as often as it is asked.
TEST_F(SendingTest, AnOfficeThatWasRestoredFromItsBackupGetsTheLinesAgain) {
    rate(5);
    enrol();
    ASSERT_EQ(refusal(), "");
    server_->stop();
    fs::copy_file(server_->url(), server_->url() + ".backup");
    server_->start();
    for (int i = 0; i < 5; ++i) rate(4);
    ASSERT_EQ(refusal(), "");
    const std::uint64_t known = cosigned();
    server_->stop();
    for (const char* part : {"", "-wal", "-shm"}) fs::remove(server_->url() + part);
    fs::copy_file(server_->url() + ".backup", server_->url());
    server_->start();
    rate(3);
    EXPECT_EQ(refusal(), "");
    EXPECT_EQ(server_->figures().ratings_cast, 7);
    EXPECT_GT(cosigned(), known);
}

TEST_F(SendingTest, AKioskThatWasRolledBackIsToldSo) {
    rate(5);
    enrol();
    ASSERT_EQ(refusal(), "");
    store_.reset();
    fs::copy(data(), root_ / "old", fs::copy_options::recursive);
    const std::int64_t then_ms = clock_.wall_ms();
    for (int i = 0; i < 5; ++i) rate(4);
    ASSERT_EQ(refusal(), "");
    store_.reset();
    fs::remove_all(data());
    fs::rename(root_ / "old", data());
    clock_.pass_ms(then_ms - clock_.wall_ms());
    rate(1);
    EXPECT_EQ(refusal(), "NOTE-AHEAD") << "so far the same lines, at the same moment";
    clock_.pass_minutes(1);
    rate(1);
    EXPECT_EQ(refusal(), "BUNDLE-FORK") << "other lines stand where the office has some already";
    EXPECT_EQ(server_->figures().ratings_cast, 6);
}

TEST_F(SendingTest, AJournalOfManyLinesGoesInSeveralBundles) {
    enrol();
    ASSERT_TRUE(store()
                    .change([](Draft& draft) -> Result<void> {
                        for (int i = 0; i < 10'050; ++i) {
                            if (auto seq = draft.append(ledger::Alive{}); !seq) return seq.error();
                        }
                        return {};
                    })
                    .ok());
    const std::uint64_t lines = store().position().tree.size();
    EXPECT_EQ(refusal(), "");
    EXPECT_EQ(server_->requests(), 2);
    EXPECT_EQ(cosigned(), lines);
    EXPECT_EQ(static_cast<std::uint64_t>(server_->figures().lines), lines);
}

// After the office's commit and before its answer is whole, wherever that is cut.
TEST_F(SendingTest, ALostAnswerIsAskedForAgainAndCountsOnce) {
    enrol();
    courier::CuttingProxy proxy(server_->port());
    int lost = 0;
    for (std::size_t cut = 900; cut < 2'200; cut += 90) {
        store_.reset();
        office_.sync = server_->road(proxy.port());
        rate(5);
        proxy.cut_after(courier::kNever, cut);
        const std::uint64_t before = cosigned();
        const bool arrived = std::holds_alternative<Sent>(send());
        EXPECT_EQ(cosigned() > before, arrived);
        lost += !arrived && static_cast<std::uint64_t>(server_->figures().lines) > before;
        store_.reset();
        office_.sync = server_->road();
        ASSERT_EQ(refusal(), "");
        EXPECT_EQ(static_cast<std::uint64_t>(server_->figures().ratings_cast),
                  read_figures(data())->ratings_cast);
    }
    EXPECT_GT(lost, 0);
}

TEST_F(SendingTest, TheCommandSendsWhileTheKioskIsOffAndSaysWhatCameOfIt) {
    rate(5);
    enrol();
    auto config = *read_file(std::string(SALA_SOURCE_DIR) + "/assets/demo/office.toml", 1 << 20);
    ASSERT_TRUE(write_file_durably(kept_config_path(data()), config).ok());
    store_.reset();
    const Outcome no_road = run_send(data());
    EXPECT_EQ(no_road.exit_code, 3);
    EXPECT_TRUE(no_road.text.starts_with("SEND-NO-ROAD: ")) << no_road.text;
    config += fmt::format("[sync]\nurl = \"{}\"\npin = \"{}\"\n", office_.sync->url, office_.sync->pin);
    ASSERT_TRUE(write_file_durably(kept_config_path(data()), config).ok());
    const Outcome sent = run_send(data());
    EXPECT_EQ(sent.exit_code, 0) << sent.text;
    EXPECT_NE(sent.text.find("sent "), std::string::npos) << sent.text;
    const Outcome again = run_send(data());
    EXPECT_EQ(again.exit_code, 0) << again.text;
    EXPECT_NE(again.text.find("nothing new to send"), std::string::npos) << again.text;
    server_->stop();
    rate(4);
    store_.reset();
    EXPECT_EQ(run_send(data()).exit_code, 3);
}

}  // namespace
}  // namespace sala::kiosk
