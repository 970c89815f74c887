#include "sync/witness/witness.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "platform/base/files.h"
#include "tests/sync/office/log_builder.h"
#include "tests/sync/office/temporary_folder.h"

namespace sala::witness {
namespace {

constexpr std::uint64_t kNow_s = 1'800'007'200;
constexpr const char* kName = "news.example/witness";

// A kiosk's log, and a witness that knows it.
class WitnessTest : public testing::Test {
  protected:
    void SetUp() override {
        log_.whole_day(20270115);
        ASSERT_EQ(::mkdir(folder_.c_str(), 0700), 0);
        ASSERT_TRUE(write_file_durably(folder_ / "logs", "# banmai\n" + log_.verifier().text() + "\n", 0600));
        open();
    }

    void open() {
        witness_.reset();
        Result<std::unique_ptr<Witness>> opened = Witness::open(folder_, kName);
        ASSERT_TRUE(opened) << opened.error().line();
        witness_ = *std::move(opened);
    }

    static std::string request(const office::LogBuilder& log, std::uint64_t old_size, std::uint64_t size) {
        std::vector<ledger::Hash> leaves;
        for (std::uint64_t i = old_size; i < size; ++i) leaves.push_back(ledger::leaf_hash(log.line(i)));
        const ledger::Note note = log.checkpoint(size);
        return ledger::WitnessRequest{old_size, ledger::consistency_proof(log.tree(old_size), leaves), note,
                                      *ledger::parse_checkpoint(note.text)}
            .bytes();
    }

    Answer ask(const std::string& body) { return witness_->add_checkpoint(body, kNow_s); }

    // Whether the answer, put under the checkpoint, is this witness's cosignature.
    bool cosigns(const Answer& answer, const office::LogBuilder& log, std::uint64_t size) {
        const auto note = ledger::parse_note(log.checkpoint(size).bytes() + answer.body);
        std::uint64_t time_s = 0;
        return note &&
               ledger::check_note(*note, witness_->verifier(), &time_s) == ledger::NoteCheck::kValid &&
               time_s == kNow_s;
    }

    office::LogBuilder log_;
    office::TemporaryFolder temporary_;
    std::filesystem::path folder_ = temporary_.path() / "witness";
    std::unique_ptr<Witness> witness_;
};

TEST_F(WitnessTest, CosignsALogThatOnlyGrew) {
    const Answer first = ask(request(log_, 0, 5));
    EXPECT_EQ(first.status, 200);
    EXPECT_TRUE(cosigns(first, log_, 5));
    const Answer second = ask(request(log_, 5, log_.size()));
    EXPECT_EQ(second.status, 200);
    EXPECT_TRUE(cosigns(second, log_, log_.size()));
}

TEST_F(WitnessTest, CosignsTheSameCheckpointAgain) {
    ASSERT_EQ(ask(request(log_, 0, 5)).status, 200);
    EXPECT_TRUE(cosigns(ask(request(log_, 5, 5)), log_, 5));
}

TEST_F(WitnessTest, TellsTheSizeItHoldsToWhoeverNamesAnother) {
    ASSERT_EQ(ask(request(log_, 0, 5)).status, 200);
    const Answer answer = ask(request(log_, 0, 7));
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.content_type, "text/x.tlog.size");
    EXPECT_EQ(answer.body, "5\n");
}

TEST_F(WitnessTest, RemembersAcrossARestart) {
    ASSERT_EQ(ask(request(log_, 0, 7)).status, 200);
    open();
    EXPECT_EQ(ask(request(log_, 0, 5)).body, "7\n");
    EXPECT_EQ(ask(request(log_, 7, 9)).status, 200);
}

TEST_F(WitnessTest, CosignsNoOtherHistoryUnderTheSameKey) {
    ASSERT_EQ(ask(request(log_, 0, 7)).status, 200);
    office::LogBuilder other;
    other.whole_day(20270116);
    EXPECT_EQ(ask(request(other, 7, 9)).status, 422);
    EXPECT_EQ(ask(request(other, 7, 7)).status, 409);
    EXPECT_EQ(ask(request(log_, 7, 9)).status, 200);
}

TEST_F(WitnessTest, KnowsOnlyTheLogsOfItsList) {
    office::LogBuilder stranger(9);
    stranger.whole_day(20270115);
    EXPECT_EQ(ask(request(stranger, 0, 5)).status, 404);
}

TEST_F(WitnessTest, WantsTheLogsOwnSignature) {
    office::LogBuilder stranger(9);
    ledger::Note note = log_.checkpoint(5);
    note.signatures = {ledger::sign_note(note.text, log_.origin(), stranger.key())};
    const ledger::WitnessRequest forged{0, {}, note, *ledger::parse_checkpoint(note.text)};
    EXPECT_EQ(ask(forged.bytes()).status, 403);
}

TEST_F(WitnessTest, RefusesWhatIsNoRequest) {
    EXPECT_EQ(ask("").status, 400);
    EXPECT_EQ(ask("old 0\n\nnonsense").status, 400);
}

TEST_F(WitnessTest, OfManyRequestsAtOnceCosignsOneHistory) {
    office::LogBuilder other;
    other.whole_day(20270116);
    std::vector<std::string> bodies;
    for (int i = 0; i < 8; ++i) bodies.push_back(request(i % 2 == 0 ? log_ : other, 0, 6));
    std::vector<int> statuses(bodies.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < bodies.size(); ++i)
        threads.emplace_back([&, i] { statuses[i] = ask(bodies[i]).status; });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 200), 1);
    EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 409), 7);
}

TEST_F(WitnessTest, KeepsItsNameAndKey) {
    const std::string before = witness_->verifier().text();
    EXPECT_EQ(Witness::open(folder_, "other.example/witness").error().code, "WITNESS-OTHER-NAME");
    witness_.reset();
    Result<std::unique_ptr<Witness>> again = Witness::open(folder_, "");
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->verifier().text(), before);
}

TEST_F(WitnessTest, DoesNotBeginAnewWhereItsMemoryIsGone) {
    witness_.reset();
    std::filesystem::remove(folder_ / "witness.db");
    EXPECT_EQ(Witness::open(folder_, kName).error().code, "WITNESS-LOST");
}

TEST_F(WitnessTest, NamesTheLineThatIsNoLogsKey) {
    ASSERT_TRUE(write_file_durably(folder_ / "logs", log_.verifier().text() + "\nnonsense\n", 0600));
    const auto opened = Witness::open(folder_, kName);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "WITNESS-LOGS");
    EXPECT_NE(opened.error().english.find("line 2"), std::string::npos);
}

TEST(NewWitness, NeedsAName) {
    office::TemporaryFolder folder;
    EXPECT_EQ(Witness::open(folder.path() / "w", "").error().code, "WITNESS-NO-NAME");
    EXPECT_EQ(Witness::open(folder.path() / "w", "two words").error().code, "WITNESS-NO-NAME");
}

}  // namespace
}  // namespace sala::witness
