// The kiosk's store and a real witness: what it vouches for is a line of the journal, and whatever goes wrong
// on the way changes nothing.
#include "kiosk/app/witness_asking.h"

#include "kiosk/store/witness_notes.h"
#include "sync/office/audit.h"
#include "tests/kiosk/store/store_fixture.h"
#include "tests/sync/courier/cutting_proxy.h"
#include "tests/sync/office/office_server.h"
#include "tests/sync/office/witness_server.h"

namespace sala::kiosk {
namespace {

namespace fs = std::filesystem;

constexpr const char* kName = "news.example/witness";

class WitnessAskingTest : public StoreFixture {
  protected:
    void SetUp() override {
        StoreFixture::SetUp();
        witness_.emplace(root_ / "witness", kName);
        witness_->vouch_for(log_key());
        for (int i = 0; i < 6; ++i) rate(5);
    }
    void TearDown() override {
        StoreFixture::TearDown();
        witness_.reset();
    }
    ledger::VerifierKey log_key() {
        const ledger::LogStart& start = store().position().state.start;
        return {start.origin, ledger::KeyType::kEd25519, start.key};
    }
    std::optional<NotSent> ask(const record::WitnessRoad& road) {
        return ask_for_cosignature(directly_on(store()), road, [] { return true; });
    }
    // The code of why it does not vouch; empty where it did.
    std::string refusal(const record::WitnessRoad& road) {
        const std::uint64_t before = size();
        const std::optional<NotSent> outcome = ask(road);
        EXPECT_TRUE(!outcome || size() == before) << "a refusal leaves no line";
        return outcome ? outcome->error.code : "";
    }
    std::string refusal() { return refusal(witness_->road()); }
    std::uint64_t size() { return store().position().tree.size(); }

    std::optional<office::WitnessServer> witness_;
};

TEST_F(WitnessAskingTest, WhatItVouchesForIsALineOfTheJournal) {
    const std::uint64_t before = size();
    const ledger::Hash root = store().position().tree.root();
    ASSERT_EQ(refusal(), "");
    const auto lines = lines_of<ledger::Cosigned>();
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0], (ledger::Cosigned{before, root, kName, office::kWitnessNow_s}));
    const auto note = ledger::parse_note(*witnessed_note(store().database(), kName));
    ASSERT_TRUE(note);
    EXPECT_EQ(ledger::check_note(*note, log_key()), ledger::NoteCheck::kValid);
    EXPECT_EQ(ledger::check_note(*note, witness_->key()), ledger::NoteCheck::kValid);
}

TEST_F(WitnessAskingTest, TheNextOneGoesOnFromThere) {
    ASSERT_EQ(refusal(), "");
    for (int day = 0; day < 3; ++day) {
        for (int i = 0; i < 5; ++i) rate(4);
        ASSERT_TRUE(store().close_day().ok());
        reopen();
        ASSERT_EQ(refusal(), "");
    }
    EXPECT_EQ(witness_->requests(), 4) << "each with the right proof at once";
    EXPECT_EQ(lines_of<ledger::Cosigned>().size(), 4u);
}

TEST_F(WitnessAskingTest, AfterALostReplyItIsAskedAgainFromWhatItHolds) {
    courier::CuttingProxy proxy(witness_->port());
    ASSERT_EQ(refusal(witness_->road(proxy.port())), "");
    while (proxy.ended() < 1) std::this_thread::yield();
    rate(3);
    proxy.cut_after(courier::kNever, proxy.down() - 100);
    const std::optional<NotSent> lost = ask(witness_->road(proxy.port()));
    ASSERT_TRUE(lost);
    EXPECT_TRUE(lost->again);
    EXPECT_NE(lost->error.code.find("-UNKNOWN"), std::string::npos) << lost->error.code;
    EXPECT_EQ(lines_of<ledger::Cosigned>().size(), 1u);
    rate(2);
    const int before = witness_->requests();
    EXPECT_EQ(refusal(), "");
    EXPECT_EQ(witness_->requests(), before + 2) << "told the size, then asked with the proof from there";
    EXPECT_EQ(lines_of<ledger::Cosigned>().size(), 2u);
}

TEST_F(WitnessAskingTest, AWitnessThatDoesNotKnowTheKioskSaysSo) {
    office::WitnessServer stranger(root_ / "stranger", "other.example");
    EXPECT_EQ(refusal(stranger.road()), "WITNESS-NOT-KNOWN");
    EXPECT_FALSE(ask(stranger.road())->again);
}

TEST_F(WitnessAskingTest, OneThatIsAwayIsAskedLater) {
    witness_->stop();
    EXPECT_EQ(refusal(), "HTTP-NO-ANSWER");
    EXPECT_TRUE(ask(witness_->road())->again);
    witness_->start();
    EXPECT_EQ(refusal(), "");
}

TEST_F(WitnessAskingTest, ACosignatureOfAnotherKeyIsNotBelieved) {
    office::WitnessServer other(root_ / "other", kName);
    record::WitnessRoad road = witness_->road();
    road.vkey = other.key().text();
    EXPECT_EQ(refusal(road), "WITNESS-BAD-COSIGNATURE");
    road = witness_->road();
    road.pin = other.road().pin;
    EXPECT_EQ(refusal(road), "HTTP-WRONG-KEY");
}

TEST_F(WitnessAskingTest, AKioskThatWasRolledBackIsNoticed) {
    store_.reset();
    fs::copy(data(), root_ / "old", fs::copy_options::recursive);
    for (int i = 0; i < 5; ++i) rate(1);
    ASSERT_EQ(refusal(), "");
    store_.reset();
    fs::remove_all(data());
    fs::rename(root_ / "old", data());
    EXPECT_EQ(refusal(), "WITNESS-AHEAD");
    for (int i = 0; i < 20; ++i) rate(5);
    EXPECT_EQ(refusal(), "WITNESS-OTHER-HISTORY");
    EXPECT_FALSE(ask(witness_->road())->again);
}

TEST_F(WitnessAskingTest, ItsAnswersAloneAreNothingToSend) {
    office::OfficeServer office(root_ / "office", office_);
    office_.sync = office.road();
    reopen();
    office.enrol_device(ledger::device_code(store().key().public_key()));
    const auto send = [&] {
        return std::get<Sent>(send_lines(directly_on(store()), [](int) { return true; })).lines;
    };
    EXPECT_GT(send(), 0u);
    ASSERT_EQ(refusal(), "");
    EXPECT_EQ(send(), 0u);
    rate(5);
    EXPECT_EQ(send(), 3u) << "both answers go with the rating";
}

// What is held outside is what the witness itself hands out; the log only names whom to ask.
TEST_F(WitnessAskingTest, TheAuditBelievesWhatTheWitnessHandsOut) {
    office::OfficeServer office(root_ / "office", office_);
    office_.sync = office.road();
    reopen();
    office.enrol_device(ledger::device_code(store().key().public_key()));
    ASSERT_TRUE(store().close_day().ok());
    const std::uint64_t vouched = size();
    ASSERT_EQ(refusal(), "");
    rate(5);
    ASSERT_TRUE(std::holds_alternative<Sent>(send_lines(directly_on(store()), [](int) { return true; })));

    auto database = office::ReportDb::open(office.url(), office::Access::kRead);
    const std::int64_t now_s = kFridayMorning / 1000 + 3600;
    const auto alone = office::audit_office(*database, {}, now_s);
    ASSERT_TRUE(alone) << alone.error().line();
    EXPECT_EQ(alone->breaks(), 0u);
    const audit::LogReport& log = alone->logs.at(0);
    ASSERT_EQ(log.witnesses.size(), 1u);
    EXPECT_EQ(log.witnesses[0].name, kName);
    EXPECT_EQ(log.witnesses[0].size, vouched);
    EXPECT_EQ(log.held.at(0).by, audit::HeldBy::kOffice) << "the log's own word is no proof";

    const auto heads = audit::read_outside_heads(witness_->held(log_key().name), "witness");
    ASSERT_TRUE(heads) << heads.error().line();
    const auto with = office::audit_office(*database, *heads, now_s);
    ASSERT_TRUE(with);
    EXPECT_EQ(with->breaks(), 0u);
    EXPECT_EQ(with->logs.at(0).held.at(0).by, audit::HeldBy::kOutside);
    EXPECT_EQ(with->logs.at(0).held.at(0).to, vouched);
}

}  // namespace
}  // namespace sala::kiosk
